/* Panes export what the command of the same content prints: the same function, the same numbers. */
#ifndef TUI_SCREENS_DASH_EXPORT_H
#define TUI_SCREENS_DASH_EXPORT_H

#include "tui/screens/dash.h"

bool dash_export_standings(const struct dash *d, enum export_format format, struct buf *out, struct err *err);
bool dash_export_compare(const struct dash *d, enum export_format format, struct buf *out, struct err *err);
bool dash_export_coach(const struct dash *d, enum export_format format, struct buf *out, struct err *err);
bool dash_export_season(const struct dash *d, enum export_format format, struct buf *out, struct err *err);

#endif
