/* While the screen is ours nothing may be written over it: what libraries print to a terminal is kept and shown after. */
#ifndef TUI_STDERR_HOLD_H
#define TUI_STDERR_HOLD_H

/* Does nothing where standard error is not a terminal. Where it is, returns a descriptor of the terminal (for a last
 * word in a crash), else -1. */
int stderr_hold(void);
/* Puts standard error back and prints what was kept. */
void stderr_release(void);

#endif
