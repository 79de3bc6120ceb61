/* Messages: what has happened, the newest at the bottom. */
#include <stdio.h>

#include "core/analysis/now.h"
#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"

enum { WISHED = 8, MOST = 64 };

static void messages_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	(void)d;
	(void)s;
	(void)right;
	snprintf(left, 80, "Messages");
}

static int messages_want(const struct dash *d, int w)
{
	(void)w;
	return dash_live(d) ? WISHED : 0;
}

static void messages_draw(const struct dash *d, struct surface s)
{
	const struct view *v = d->view;
	struct message m[MOST];
	int rows = surface_h(s);

	if (rows <= 0)
		return;
	uint32_t n = messages_make(v->analysis, &v->cmp, &v->events, m, rows < MOST ? (uint32_t)rows : MOST);
	for (uint32_t i = 0; i < n; i++) {
		char lap[12];
		snprintf(lap, sizeof(lap), "L%u", m[i].lap);
		int x = 1 + surface_text(s, 1, (int)i, STYLE(DIM), lap) + 1;
		surface_text(s, x, (int)i, STYLE(TEXT), m[i].text);
	}
}

const struct pane_ops pane_messages = {
	.name = "Messages",
	.title = messages_title,
	.want = messages_want,
	.draw = messages_draw,
	.export_pane = dash_export_compare,
};
