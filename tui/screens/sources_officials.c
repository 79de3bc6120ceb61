/* What the officials decided about the session shown, each difference from the clock with its reason. */
#include <stdio.h>

#include "core/base/utf8.h"
#include "tui/screens/sources.h"

static int officials_rows(const struct sources *s)
{
	return (int)s->notes.n;
}

static void officials_title(const struct sources *s, char right[80])
{
	unsigned open = 0;

	for (uint32_t i = 0; i < s->notes.n; i++)
		open += !s->notes.at[i].explained;
	if (open)
		snprintf(right, 80, "%u without a reason in the files", open);
}

static void officials_cell(const void *ctx, int row, int col, struct table_cell *out)
{
	const struct official_note *n = &((const struct sources *)ctx)->notes.at[row];

	if (!n->explained)
		out->style = STYLE(ALARM);
	if (col == 0)
		snprintf(out->text, sizeof(out->text), "%s", official_kind_name(n->kind));
	else if (col == 1)
		source_cell(out, n->car->id);
	else if (col == 2)
		source_cell(out, n->text);
}

static void officials_words(const struct sources *s, int row, struct buf *out)
{
	const struct official_note *n = &s->notes.at[row];

	buf_fmt(out, "%s: ", official_kind_name(n->kind));
	text_clean(out, str_from(n->car->id), false);
	buf_char(out, ' ');
	text_clean(out, str_from(n->text), false);
	buf_char(out, '\n');
}

static void officials_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct sources *s = ctx;
	const struct official_note *n = i < s->notes.n ? &s->notes.at[i] : NULL;

	record_text(r, "car", n ? n->car->id : NULL);
	record_word(r, "kind", n ? official_kind_name(n->kind) : NULL);
	record_text(r, "text", n ? n->text : NULL);
	record_bool(r, "explained", n && n->explained);
}

static const struct table_column columns[] = {
	{.title = "what", .align = ALIGN_LEFT, .w = 11, .tight = true},
	{.title = "car", .align = ALIGN_RIGHT, .w = 5},
	{.title = "", .align = ALIGN_LEFT, .w = 40, .max_w = 95},
};

const struct source_pane source_officials = {
	.name = "Officials",
	.title = officials_title,
	.columns = columns,
	.ncolumns = 3,
	.rows = officials_rows,
	.cell = officials_cell,
	.words = officials_words,
	.record = officials_record,
	.rule = "The results file decides the classification. A penalty is the official total minus the last ELAPSED; "
		"a place that moved "
		"without one is explained by the cars that fell behind. Official goes before provisional.",
	.none = "the result is as it was driven, or there is none",
};
