/* Sessions for tests: from text written in the test, or from real timing files where they are there. */
#ifndef TESTS_UNIT_LAPS_HELPER_H
#define TESTS_UNIT_LAPS_HELPER_H

#include "core/analysis/analysis.h"
#include "tests/unit/helper.h"

/* A lap file as text; fails the test when it gives no session. */
struct session *session_from_text(const char *csv);
/* A real lap file, named from the folder $PITWALL_SHARED or ../shared/data; skips the test when it is not there. */
struct session *session_from_file(const char *name);
/* The session analysed; fails the test with the reason. */
struct analysis *analysed(const struct session *s, const struct analysis_options *o);
/* Index of a car, or of a lap, that must exist. */
uint32_t car_of(const struct session *s, const char *id);
uint32_t lap_of(const struct session *s, const char *id, uint32_t number);
void session_and_analysis_free(struct session *s, struct analysis *an);

#endif
