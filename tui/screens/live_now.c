/* Notes now: the car ahead, the places, the car behind; and which alarms are on. */
#include <stdio.h>

#include "core/analysis/now.h"
#include "core/analysis/to_go.h"
#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"
#include "tui/widgets/text.h"

enum { TEXT_X = 10, ONE_LINE_W = 78 }; /* narrower: a note may take two lines */

static void now_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	(void)d;
	(void)s;
	(void)right;
	snprintf(left, 80, "Notes now");
}

static int now_want(const struct dash *d, int w)
{
	return !dash_live(d) ? 0 : w < ONE_LINE_W ? 2 * NOW_LINES + 1 : NOW_LINES + 1;
}

/* Returns the lines it took: as many as it needs where `spare` lines more than one are free. */
static int draw_note(struct surface s, int y, uint32_t i, const struct now_line *line, int spare)
{
	int w = surface_w(s) - TEXT_X, lines = text_lines(w, str_from(line->text), 0);

	surface_fmt(s, 1, y, STYLE(DIM), "%u", i + 1);
	surface_text(s, 3, y, style_with(STYLE(TEXT), ATTR_BOLD), line->head);
	if (lines < 2 || spare < lines - 1) {
		surface_field(s, TEXT_X, y, w, ALIGN_LEFT, STYLE(TEXT), str_from(line->text));
		return 1;
	}
	text_wrap(surface_sub(s, (struct rect){TEXT_X, y, w, lines}), STYLE(TEXT), str_from(line->text), 0, 0);
	return lines;
}

static void draw_alarms(const struct view *v, struct surface s, int y)
{
	char alarms[200];

	alarm_rules_words(data_alarms(v->owner), alarms, sizeof(alarms));
	surface_field(s, 1, y, surface_w(s) - 1, ALIGN_LEFT, STYLE(DIM), str_from(alarms));
}

static void now_draw(const struct dash *d, struct surface s)
{
	const struct view *v = d->view;
	struct to_go go = to_go_of(v->analysis, v->length);
	struct now_line line[NOW_LINES];
	uint32_t n = now_lines(v->analysis, &v->cmp, v->you, go.known ? go.laps : 0, line);
	int y = 0;

	for (uint32_t i = 0; i < n; i++)
		y += draw_note(s, y, i, &line[i], surface_h(s) - y - (int)(n - i));
	if (v->owner && y < surface_h(s))
		draw_alarms(v, s, surface_h(s) - 1);
}

const struct pane_ops pane_now = {
	.name = "Now",
	.title = now_title,
	.want = now_want,
	.draw = now_draw,
	.export_pane = dash_export_coach,
};
