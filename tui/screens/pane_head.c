/* What stands round panes: their heads, and what is shown instead of them while there is no session. */
#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"
#include "tui/screens/common.h"
#include "tui/widgets/text.h"

enum { PROBLEMS_SHOWN = 8 };

void pane_head_plain(struct surface s, struct rect pane, const char *left, const char *right)
{
	int n = utf8_columns(str_from(right));

	surface_text(s, pane.x, pane.y, STYLE(HEAD), left);
	if (utf8_columns(str_from(left)) + n + 6 <= pane.w)
		surface_text(s, pane.x + pane.w - n - 3, pane.y, STYLE(DIM), right);
}

/* A whole title underlined would be louder than what is below it: the first word is enough. */
void pane_head_draw(struct surface s, struct rect pane, const char *left, const char *right, bool focused)
{
	char word[80];

	/* The rule reaches the dividers beside the pane, so that they join. */
	surface_hline(s, pane.x > 0 ? pane.x - 1 : 0, pane.y, pane.w + (pane.x > 0) + (pane.x + pane.w < surface_w(s)),
		      STYLE(STRUCT));
	surface_rule(s, pane.x, pane.y, pane.w, left, right, STYLE(HEAD));
	if (!focused || pane.w < 5)
		return;
	snprintf(word, sizeof(word), "%.*s", (int)strcspn(left, " "), left);
	surface_text(surface_sub(s, (struct rect){pane.x, pane.y, pane.w - 2, 1}), 2, 0, STYLE(FOCUS), word);
}

void empty_draw(const struct view *v, struct surface s)
{
	const char *why = "reading the files ...";
	int y = surface_h(s) / 3;

	if (v)
		why = *v->failure ? v->failure : "no timing session in the folders given";
	if (y < HEAD_ROWS)
		y = HEAD_ROWS;
	text_wrap(surface_sub(s, (struct rect){2, y, surface_w(s) - 4, 3}), STYLE(TEXT), str_from(why), 0, 0);
	if (!v || !v->dataset)
		return;
	const struct dataset *ds = v->dataset;
	surface_fmt(s, 2, y + 1, STYLE(DIM), "%u files looked at; pitwall sessions says what each of them is",
		    ds->files.n);
	for (uint32_t i = 0; i < ds->problems.n && i < PROBLEMS_SHOWN; i++)
		surface_fmt(s, 2, y + 3 + (int)i, STYLE(ERROR), "%s: %s", ds->problems.at[i].file,
			    ds->problems.at[i].why);
}

void pane_export_name(const struct view *v, const char *pane, char out[64])
{
	char name[24];
	size_t n = 0;

	for (const char *p = pane; *p && n + 1 < sizeof(name); p++)
		name[n++] = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p == ' ' ? '_' : *p);
	name[n] = '\0';
	snprintf(out, 64, "%.39s_%s", v && v->session ? v->session->id : "pitwall", name);
}
