/* The program's own log, newest first: what went wrong, and when. */
#include <stdio.h>

#include "core/base/utf8.h"
#include "tui/screens/sources.h"

static int log_rows(const struct sources *s)
{
	return (int)s->nlines;
}

static void log_title(const struct sources *s, char right[80])
{
	if (s->nlines)
		snprintf(right, 80, "%u lines, the newest first", s->nlines);
}

static void log_cell(const void *ctx, int row, int col, struct table_cell *out)
{
	(void)col;
	source_cell(out, ((const struct sources *)ctx)->line[row]);
}

static void log_words(const struct sources *s, int row, struct buf *out)
{
	text_clean(out, str_from(s->line[row]), false);
	buf_char(out, '\n');
}

static void log_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct sources *s = ctx;

	record_text(r, "line", i < s->nlines ? s->line[i] : NULL);
}

static const struct table_column columns[] = {
	{.title = "line", .align = ALIGN_LEFT, .w = 30, .max_w = 95, .tight = true},
};

const struct source_pane source_log = {
	.name = "Log",
	.title = log_title,
	.columns = columns,
	.ncolumns = 1,
	.rows = log_rows,
	.cell = log_cell,
	.words = log_words,
	.record = log_record,
	.rule = "--log FILE keeps the log in a file.",
	.none = "nothing has gone wrong since the start",
};
