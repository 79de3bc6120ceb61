/* The program on a terminal in memory with a known session open, and what its screen should be. */
#ifndef TESTS_SCREENS_SESSION_H
#define TESTS_SCREENS_SESSION_H

#include "tests/screens/term.h"
#include "tests/unit/helper.h"

enum { HOME_MAX = 4096 };

/* A home of the tests' own, and the program under test ($PITWALL). Group set-up and tear-down. */
extern char session_home[HOME_MAX];
extern const char *session_program;
int session_setup(void **state);
int session_teardown(void **state);

/* Starts the program on a folder with `session` open first and nothing else kept from before; marks: lines of the state file, "" none. */
struct term *session_open(int cols, int rows, const char *data, const char *session, const char *marks,
			  const char *const *env, const char *extra);
/* q ends it, and the terminal is as it was. */
void session_quit(struct term *t);
/* The screen equals tests/screens/golden/NAME.txt. GOLDEN_UPDATE=1 writes it anew: read the diff before committing it. */
void session_golden(struct term *t, const char *name);

#endif
