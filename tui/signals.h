/* Signals. Those that end or resize are blocked except inside the one wait, and only leave a mark there; those that
 * mean a crash put the terminal back and end the program at once. */
#ifndef TUI_SIGNALS_H
#define TUI_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* Before threads are started and before the terminal is opened. */
void signals_init(void);
/* The mask to wait with. */
const sigset_t *signals_wait_mask(void);
/* INT, TERM, HUP or QUIT if one came, else 0. */
int signals_end(void);
/* Whether TSTP or CONT came since the last call. */
bool signals_stop(void);
bool signals_continued(void);
/* What a crash writes to fd, and the settings it puts back. n 0: nothing to restore. */
void signals_restore_with(int fd, const char *bytes, size_t n, const struct termios *saved);
/* Where a crash says a word; -1: standard error. */
void signals_complain_to(int fd);
/* Ends the program by the signal, with its default action. */
_Noreturn void signals_raise(int sig);
/* Stops the process group; returns when continued. */
void signals_stop_now(void);

#endif
