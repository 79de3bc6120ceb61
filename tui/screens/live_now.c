/* Notes now: the car ahead, the places, the car behind; and which alarms are on. */
#include <stdio.h>

#include "core/analysis/now.h"
#include "core/analysis/to_go.h"
#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"

enum { TEXT_X = 10 };

static void now_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	(void)d;
	(void)s;
	(void)right;
	snprintf(left, 80, "Notes now");
}

static int now_want(const struct dash *d, int w)
{
	(void)w;
	return dash_live(d) ? NOW_LINES + 1 : 0;
}

static void now_draw(const struct dash *d, struct surface s)
{
	const struct view *v = d->view;
	struct to_go go = to_go_of(v->analysis, v->length);
	struct now_line line[NOW_LINES];
	uint32_t n = now_lines(v->analysis, &v->cmp, v->you, go.known ? go.laps : 0, line);
	char alarms[200];

	for (uint32_t i = 0; i < n; i++) {
		surface_fmt(s, 1, (int)i, STYLE(DIM), "%u", i + 1);
		surface_text(s, 3, (int)i, style_with(STYLE(TEXT), ATTR_BOLD), line[i].head);
		surface_field(s, TEXT_X, (int)i, surface_w(s) - TEXT_X, ALIGN_LEFT, STYLE(TEXT),
			      str_from(line[i].text));
	}
	if (!v->owner || surface_h(s) <= NOW_LINES)
		return;
	alarm_rules_words(data_alarms(v->owner), alarms, sizeof(alarms));
	surface_field(s, 1, NOW_LINES, surface_w(s) - 1, ALIGN_LEFT, STYLE(DIM), str_from(alarms));
}

const struct pane_ops pane_now = {
	.name = "Now",
	.title = now_title,
	.want = now_want,
	.draw = now_draw,
	.export_pane = dash_export_coach,
};
