/* A program on a fresh pty, with the moment and the number of every byte it writes. */
#ifndef TESTS_BENCH_PTY_RUN_H
#define TESTS_BENCH_PTY_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct pty_run {
	int fd;
	pid_t pid;
	double began;       /* the moment of exec; times below are ms since then */
	double first, last; /* of the first and last byte; -1 none */
	size_t bytes;
	char tail[4096]; /* the end of what came, without escape sequences */
	size_t ntail;
	int escape; /* where in an escape sequence the output stands */
};

double now_ms(void);

/* Pinned environment: TERM xterm-256color, LC_ALL C.UTF-8, HOME `home`, no XDG_*, NO_COLOR, COLORTERM. Exits on failure. */
void pty_start(struct pty_run *r, const char *const *argv, const char *home, int cols, int rows);
/* Kills the program, so that it leaves nothing behind for the next run, and waits for it. */
void pty_stop(struct pty_run *r);

void pty_send(struct pty_run *r, const char *keys);
/* Reads until nothing came for quiet_ms (counted from now at the earliest); false: the program ended, or still wrote after
 * limit_ms. */
bool pty_settle(struct pty_run *r, int quiet_ms, int limit_ms);
/* Waits for the first bytes, at most limit_ms; false: the program ended. */
bool pty_answer(struct pty_run *r, int limit_ms);
/* Reads until `word` was written, then settles. */
bool pty_expect(struct pty_run *r, const char *word, int quiet_ms, int limit_ms);

long pty_peak_kib(const struct pty_run *r); /* VmHWM; -1 unknown */
long pty_wakes(const struct pty_run *r);    /* voluntary context switches of all threads; -1 unknown */

#endif
