/* Screen 4: life, size, drawing; each pane draws itself. */
#include "tui/screens/telemetry.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool shown(const struct tel_screen *t, enum tel_pane_id p)
{
	return t->layout.pane[p].w > 0;
}

/* Size ---------------------------------------------------------------------------------------------*/

static void settle(struct tel_screen *t)
{
	if (!shown(t, t->focus))
		t->focus = shown(t, TELP_LAPS) && t->choosing >= 0 ? TELP_LAPS : TELP_SPEED;
	for (int p = 0; p < TELP_COUNT; p++)
		t->body[p] = t->layout.pane[p].h > 0 ? t->layout.pane[p].h - 1 : 0;
	table_settle(&t->rows[TELP_CORNERS], tels_corner_rows(t), t->body[TELP_CORNERS] - 1);
	table_settle(&t->rows[TELP_LAPS], (int)t->nlist, t->body[TELP_LAPS] - 1);
}

static int telemetry_arrange(void *self, int w, int h, bool linear)
{
	struct tel_screen *t = self;

	t->w = w;
	memset(&t->layout, 0, sizeof(t->layout));
	if (!tels_ready(t) && !(t->choosing >= 0 && t->nlist)) {
		t->linear = linear;
		t->h = h > 0 ? h : HEAD_ROWS + 8;
		return t->h;
	}
	t->h = tels_layout(t, w, h, linear);
	settle(t);
	return t->h;
}

/* Drawing ------------------------------------------------------------------------------------------*/

static bool is_rule(struct surface head, int x)
{
	const struct cell *c = surface_cell(head, x, 0);

	return c && (c->cp == 0x2500 || c->cp == '-');
}

/* In the rule over a trace, where no word stands. */
static void mark_cursor(const struct tel_screen *t, struct surface head)
{
	int x = tels_cursor_column(t, surface_w(head));

	if (is_rule(head, x - 1) && is_rule(head, x) && (is_rule(head, x + 1) || x + 1 == surface_w(head)))
		surface_put(head, x, 0, surface_cell(head, x, 0)->style, surface_ascii(head) ? '+' : 0x253C);
}

static void draw_pane(const struct tel_screen *t, enum tel_pane_id p, struct surface s)
{
	const struct tel_pane *ops = telp_of(p);
	struct rect at = t->layout.pane[p];
	char left[80] = "", right[120] = "";

	ops->title(t, left, right);
	if (t->linear)
		pane_head_plain(s, at, left, right);
	else
		pane_head_draw(s, at, left, right, t->focus == p);
	ops->draw(t, surface_sub(s, (struct rect){at.x, at.y + 1, at.w, at.h - 1}));
	if (ops->trace)
		mark_cursor(t, surface_sub(s, (struct rect){at.x, at.y, at.w, 1}));
}

static void telemetry_draw(const void *self, struct surface s)
{
	const struct tel_screen *t = self;
	bool any = false;

	tels_head(t, s);
	if (!t->view || !t->view->session) {
		empty_draw(t->view, s);
		return;
	}
	layout_draw(&t->layout, s);
	for (int p = 0; p < TELP_COUNT; p++) {
		if (!shown(t, (enum tel_pane_id)p))
			continue;
		draw_pane(t, (enum tel_pane_id)p, s);
		any = true;
	}
	if (!any)
		tels_empty(t, s);
}

/* Life ---------------------------------------------------------------------------------------------*/

static void no_picks(struct tel_screen *t)
{
	for (int k = 0; k < TEL_SLOTS; k++)
		t->pick[k] = (struct tel_pick){NO_CAR, 0};
}

/* Another session, or other cars marked on another screen: what was chosen here is over. */
static void follow_view(struct tel_screen *t, const struct view *v)
{
	const struct session *s = v ? v->session : NULL;
	uint16_t you = s && v->paired ? v->you : NO_CAR, ref = s && v->paired ? v->ref : NO_CAR;

	if (s == t->session && you == t->you && ref == t->ref)
		return;
	no_picks(t);
	if (s != t->session)
		t->from = t->to = t->at = 0;
	t->session = s;
	t->you = you;
	t->ref = ref;
}

static void telemetry_data(void *self, const void *data)
{
	struct tel_screen *t = self;
	double length = tels_ready(t) ? tels_set(t)->length : 0;

	t->view = data;
	follow_view(t, t->view);
	t->tel = t->view ? data_tel_view(t->view->owner) : NULL;
	/* Other laps may make the lap a little longer or shorter: all of it stays all of it. */
	if (tels_ready(t) && (!(t->to > 0) || t->to - t->from >= length - 1))
		t->from = 0, t->to = tels_set(t)->length;
	if (tels_ready(t))
		tels_at(t, t->at);
	tels_list_make(t);
	int row = tels_row_of(t, tels_corner(t));
	if (row >= 0)
		t->rows[TELP_CORNERS].cursor = row;
}

static void *telemetry_create(struct app *app, const void *data, struct err *err)
{
	struct tel_screen *t = calloc(1, sizeof(*t));

	if (!t) {
		err_set(err, ERR_NOMEM, "no memory for the telemetry screen");
		return NULL;
	}
	t->app = app;
	t->choosing = -1;
	t->find_from = (double)NAN;
	no_picks(t);
	telemetry_data(t, data);
	return t;
}

static void telemetry_shown(void *self)
{
	struct tel_screen *t = self;

	if (t->view && t->view->session)
		data_tel_ask(t->view->owner, t->pick);
}

static void telemetry_destroy(void *self)
{
	struct tel_screen *t = self;

	free(t->list);
	free(t);
}

/* Answers ------------------------------------------------------------------------------------------*/

static bool telemetry_why(const void *self, char title[80], struct buf *out)
{
	const struct tel_screen *t = self;

	return tels_ready(t) && telp_of(t->focus)->why(t, title, out);
}

static void telemetry_export_name(const void *self, char out[64])
{
	const struct tel_screen *t = self;

	pane_export_name(t->view, t->focus == TELP_CORNERS ? "corners" : t->focus == TELP_LAPS ? "laps" : "trace", out);
}

static int telemetry_hints(const void *self, struct hint_item *out, int max)
{
	static const struct hint_item traces[] = {{CMD_LEFT, CMD_RIGHT, "cursor"},
						  {CMD_TEL_CLOSER, CMD_TEL_WIDER, "zoom"},
						  {CMD_TEL_CORNER, CMD_NONE, "next corner"},
						  {CMD_YOU, CMD_REF, "choose lap"},
						  {CMD_DOWN, CMD_UP, "your lap"},
						  {CMD_TEL_THIRD, CMD_NONE, "third lap"},
						  {CMD_TEL_FIVE, CMD_NONE, "best five"},
						  {CMD_CHART, CMD_NONE, "traces"},
						  {CMD_TEL_AXIS, CMD_NONE, "distance/time"},
						  {CMD_WHY, CMD_NONE, NULL},
						  {CMD_EXPORT, CMD_NONE, NULL},
						  {CMD_HELP, CMD_NONE, NULL}};
	static const struct hint_item list[] = {{CMD_DOWN, CMD_UP, "lap"},     {CMD_ENTER, CMD_NONE, "choose"},
						{CMD_BACK, CMD_NONE, "close"}, {CMD_FIND, CMD_NONE, NULL},
						{CMD_WHY, CMD_NONE, NULL},     {CMD_HELP, CMD_NONE, NULL}};
	static const struct hint_item nothing[] = {{CMD_ENTER, CMD_NONE, "look again"},
						   {CMD_SESSION_PREV, CMD_SESSION_NEXT, "session"},
						   {CMD_HELP, CMD_NONE, NULL}};
	const struct tel_screen *t = self;
	const struct hint_item *items = !tels_ready(t) ? nothing : t->focus == TELP_LAPS ? list : traces;
	size_t n = !tels_ready(t)          ? sizeof(nothing) / sizeof(nothing[0])
		   : t->focus == TELP_LAPS ? sizeof(list) / sizeof(list[0])
					   : sizeof(traces) / sizeof(traces[0]);

	n = n > (size_t)max ? (size_t)max : n;
	memcpy(out, items, n * sizeof(*out));
	return (int)n;
}

static int telemetry_keys(const void *self, const char **place, enum cmd *out, int max)
{
	static const enum cmd all[] = {CMD_TEL_CLOSER, CMD_TEL_WIDER, CMD_TEL_CORNER, CMD_TEL_CORNER_PREV,
				       CMD_TEL_THIRD,  CMD_TEL_FIVE,  CMD_TEL_AXIS,   CMD_PANE_NEXT,
				       CMD_PANE_PREV,  CMD_DOWN,      CMD_UP,         CMD_LEFT,
				       CMD_RIGHT,      CMD_FIRST,     CMD_LAST,       CMD_PAGE_DOWN,
				       CMD_PAGE_UP,    CMD_ENTER,     CMD_YOU,        CMD_REF,
				       CMD_CHART,      CMD_ZOOM};
	const struct tel_screen *t = self;
	int n = (int)(sizeof(all) / sizeof(all[0]));

	*place = telp_of(t->focus)->name;
	n = n > max ? max : n;
	memcpy(out, all, (size_t)n * sizeof(*out));
	return n;
}

const struct screen_ops telemetry_screen = {
	.name = "Telemetry",
	.create = telemetry_create,
	.destroy = telemetry_destroy,
	.data = telemetry_data,
	.arrange = telemetry_arrange,
	.draw = telemetry_draw,
	.command = tels_command,
	.mouse = tels_mouse,
	.line = tels_line,
	.why = telemetry_why,
	.export_pane = tels_export,
	.export_name = telemetry_export_name,
	.find = tels_find,
	.hints = telemetry_hints,
	.keys = telemetry_keys,
	.shown = telemetry_shown,
	.scope = SCOPE_TELEMETRY,
};
