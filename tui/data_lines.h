/* Commands and ':' lines about the data that hold on every screen: replay, class, length, pit loss. */
#ifndef TUI_DATA_LINES_H
#define TUI_DATA_LINES_H

#include "tui/data.h"

/* Keys of replay and classes; false: none of them. */
bool data_command(struct data *d, enum cmd cmd);
/* "class GT3", "class", "length 45m", "loss 35.2", "to L12", "to 27:39", "whole". ERR_NOT_FOUND: none of them. */
bool data_line(struct data *d, const char *text, struct err *err);
/* "45m", "2h", "2h40m", "24 h", "1:30:00"; false: no length. */
bool length_parse(const char *text, ms_t *out);

#endif
