/* Which car of a session a stream of samples is, and where its clock lies on the session's.
 *
 * The car by its number, unpadded ("013" is 13; "007" stays apart from "7" where both are there), and by chassis where the number is 0:
 * then the car whose official lines its samples fit best. The session's local day and whole-hour zone by least misfit among all days and
 * hours that the samples can have: at an official crossing a car is at the line, and what it drives between two is the track's length.
 * meta_session is only a hint: a session that fits none of the samples is said not to fit. */
#ifndef TELEMETRY_MATCH_H
#define TELEMETRY_MATCH_H

#include "core/base/err.h"
#include "core/model/session.h"
#include "core/model/telemetry.h"
#include "core/telemetry/options.h"

enum tel_known_by { KNOWN_BY_NUMBER, KNOWN_BY_PADDED_NUMBER, KNOWN_BY_FIT };

struct tel_match {
	bool found;
	int car; /* index in session.cars; -1 none */
	enum tel_known_by by;
	int zone;         /* hours: local = UTC + zone */
	int64_t midnight; /* ms since 1970 UTC of the session's local midnight: an official `hour` h is at midnight + h */
	ms_t late; /* by which the car's clock (with offset) is late against the officials' after that: 0.26 to 0.44 s at
		      most tracks, 7.4 at COTA; taken off. From the car's own signs of the line; 300 without any */
	double misfit;      /* s: rms of what the lines miss by */
	double next_misfit; /* of the next best day and hour; NAN: there was no other */
	uint32_t laps;      /* official laps of the car that its samples cover whole */
	const char *why;    /* a sentence when not found: what does not fit; "" else */
};

/* Memory of `why` from arena. false only when out of memory. */
bool tel_match_make(const struct session *s, const struct tel_stream *t, const struct tel_options *o,
		    struct arena *arena, struct tel_match *out, struct err *err) MUST_CHECK;
/* The session, among n, that the samples fit best; NULL none. */
const struct session *tel_match_session(const struct session *const *s, uint32_t n, const struct tel_stream *t,
					const struct tel_options *o, struct arena *arena, struct tel_match *out,
					struct err *err) MUST_CHECK;
/* "2025-09-06 UTC-5" of a match; out holds 32. */
char *tel_match_day(const struct tel_match *m, char *out);
/* "2025-09-06T18:46:41.525Z" of ms since 1970; out holds 32. */
char *tel_utc(int64_t ms, char *out);

#endif
