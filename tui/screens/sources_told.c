/* Rows that were refused, warnings about rows that were kept, and files that could not be read: each with file and line. */
#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/utf8.h"
#include "tui/screens/sources.h"

static const char *kind_word(enum told_kind k)
{
	return k == TOLD_PROBLEM ? "problem" : k == TOLD_REFUSED ? "refused" : "warning";
}

static int told_rows(const struct sources *s)
{
	return (int)s->ntold;
}

static uint64_t count(const struct sources *s, enum told_kind kind)
{
	uint64_t n = 0;

	for (uint32_t i = 0; i < s->ntold; i++)
		if (s->told[i].kind == kind)
			n += s->told[i].more ? s->told[i].more : 1;
	return n;
}

static void told_title(const struct sources *s, char right[80])
{
	snprintf(right, 80, "%llu refused, %llu warnings, %llu problems", (unsigned long long)count(s, TOLD_REFUSED),
		 (unsigned long long)count(s, TOLD_WARNING), (unsigned long long)count(s, TOLD_PROBLEM));
}

static void told_cell(const void *ctx, int row, int col, struct table_cell *out)
{
	const struct sources *s = ctx;
	const struct told *t = &s->told[row];

	out->style = t->kind == TOLD_WARNING ? STYLE(TEXT) : STYLE(ERROR);
	if (col == 0)
		snprintf(out->text, sizeof(out->text), "%s", kind_word(t->kind));
	else if (col == 1)
		source_cell(out, path_base(t->diag->file));
	else if (col == 2 && t->diag->line && !t->more)
		snprintf(out->text, sizeof(out->text), "%u", t->diag->line);
	else if (col == 3 && t->more)
		snprintf(out->text, sizeof(out->text), "%llu more of the kind", (unsigned long long)t->more);
	else if (col == 3)
		source_cell(out, t->diag->why);
}

static void told_words(const struct sources *s, int row, struct buf *out)
{
	const struct told *t = &s->told[row];

	buf_fmt(out, "%s: ", kind_word(t->kind));
	text_clean(out, str_from(t->diag->file), false);
	if (t->more) {
		buf_fmt(out, ": %llu more of the kind, counted and not kept\n", (unsigned long long)t->more);
		return;
	}
	if (t->diag->line)
		buf_fmt(out, ":%u", t->diag->line);
	buf_str(out, ": ");
	text_clean(out, str_from(t->diag->why), false);
	buf_char(out, '\n');
}

static void told_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct sources *s = ctx;
	const struct told *t = i < s->ntold ? &s->told[i] : NULL;

	record_word(r, "kind", t ? kind_word(t->kind) : NULL);
	record_text(r, "file", t ? t->diag->file : NULL);
	record_count(r, "line", t && !t->more ? t->diag->line : 0);
	record_text(r, "why", t && !t->more ? t->diag->why : NULL);
	record_count(r, "more", t ? (int64_t)t->more : 0);
}

static const struct table_column columns[] = {
	{.title = "kind", .align = ALIGN_LEFT, .w = 7, .tight = true},
	{.title = "file", .align = ALIGN_LEFT, .w = 20, .max_w = 40},
	{.title = "line", .align = ALIGN_RIGHT, .w = 6},
	{.title = "why", .align = ALIGN_LEFT, .w = 30, .max_w = 95},
};

const struct source_pane source_told = {
	.name = "Rows",
	.title = told_title,
	.columns = columns,
	.ncolumns = 4,
	.rows = told_rows,
	.cell = told_cell,
	.words = told_words,
	.record = told_record,
	.rule = "A row without a number, a lap number or a readable lap time is refused. A row that breaks a check "
		"(the sectors' sum, the "
		"clock) is kept, and told. Of a file the first 200 are kept word for word, all are counted. No row "
		"loses a session.",
	.none = "no row was refused, nothing to warn of",
};
