/* Tables of text: cells are collected, then printed in columns wide enough for all. Widths are terminal columns. */
#ifndef REPORT_COLUMNS_H
#define REPORT_COLUMNS_H

#include "core/base/buf.h"
#include "core/base/num.h"

enum { COLUMNS_MAX = 24 };

struct columns {
	struct buf *out;
	bool ascii;
	struct buf cells; /* each NUL-terminated; the header is the first row */
	unsigned n;
	bool right[COLUMNS_MAX];
	int width[COLUMNS_MAX];
	unsigned at; /* column of the next cell */
};

/* titles: "P> #> Driver Best>": parted by blanks ('_' in a title is printed as a blank), '>' puts a column to the right. */
void columns_begin(struct columns *c, struct buf *out, bool ascii, const char *titles);
void columns_text(struct columns *c, const char *v); /* from a file: cleaned; NULL and "": "-" */
void columns_word(struct columns *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
void columns_int(struct columns *c, int64_t v);
void columns_count(struct columns *c, int64_t v); /* 0: "-" */
void columns_time(struct columns *c, ms_t v);
void columns_diff(struct columns *c, ms_t v);
void columns_dec(struct columns *c, double v, int decimals);
/* Seconds of a time with a fraction of ms, three decimals. */
void columns_sec(struct columns *c, double ms);
/* Prints what was collected, indented by `indent` blanks, and frees it. */
void columns_end(struct columns *c, int indent);

/* Text in lines of at most `width` columns, all but the first indented; our words with cleaned parts of files. */
void report_wrap(struct buf *out, const char *text, int indent, int width, bool ascii);

#endif
