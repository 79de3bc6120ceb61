/* What the tests of the demo season share: its generator, run as a user would, and what it wrote, loaded. */
#ifndef TESTS_DEMO_DEMO_H
#define TESTS_DEMO_DEMO_H

#include "core/source/load.h"
#include "tests/unit/helper.h"

/* Runs $O/data/generator/pitwall-demo with these arguments; fails the test when it fails. */
void generate(const char *seed, const char *option, const char *dir);
/* A folder under $O for one test, empty at first, and its end. */
void scratch_make(char *out, size_t cap);
void scratch_remove(const char *dir);
struct dataset *demo_load(const char *path);
const struct session *demo_session(const struct dataset *d, const char *id);

#endif
