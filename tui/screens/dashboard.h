/* Screen 1: who is fast, where, why, and what to tell the driver. */
#ifndef TUI_SCREENS_DASHBOARD_H
#define TUI_SCREENS_DASHBOARD_H

#include "tui/screen.h"

extern const struct screen_ops dashboard_screen;

#endif
