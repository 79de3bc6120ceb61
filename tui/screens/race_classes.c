/* The other classes of a race while one is shown: leader, next three, pace of the leader now. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/analysis/class_cars.h"
#include "core/analysis/last_laps.h"
#include "tui/screens/race.h"

enum { NEXT = 4, NAME_W = 10, FIRST_W = 17, CELL_W = 16, TAIL_W = 26 };

static bool shown(const struct race *r, const char *name)
{
	return r->view->class_name && strcmp(name, r->view->class_name) == 0;
}

static void cursor_class(const struct race *r, int row, struct surface s, int y)
{
	if (r->focus == RACE_CLASSES && !r->linear && r->rows[RACE_CLASSES].cursor == row)
		surface_ground(s, (struct rect){0, y, surface_w(s), 1}, ROLE_CURSOR);
}

static void draw_class(const struct race *r, const char *name, struct surface s, int y)
{
	const struct analysis *an = r->view->analysis;
	uint16_t cars[NEXT];
	uint32_t n = class_cars(an, name, cars, NEXT);
	char gap[TABLE_TEXT], t[NUM_LEN];
	int x = NAME_W + 2, w = surface_w(s);

	surface_field(s, 1, y, NAME_W, ALIGN_LEFT, STYLE(HEAD), str_from(name));
	if (n == 0)
		return;
	x += surface_fmt(s, x, y, STYLE(TEXT), "%s %u laps", an->session->cars[cars[0]].id, car_seen(an, cars[0]));
	x = x < NAME_W + 2 + FIRST_W ? NAME_W + 2 + FIRST_W : x + 2;
	for (uint32_t i = 1; i < n && x + CELL_W < w; i++, x += CELL_W) {
		race_gap_words(r->view, cars[i], cars[0], gap);
		surface_fmt(s, x, y, STYLE(TEXT), "%s %s", an->session->cars[cars[i]].id, gap);
	}
	struct last_laps last = last_laps_of(an, cars[0]);
	if (last.n && x + TAIL_W <= w) {
		time_str(t, (ms_t)(round_half_away(last.mean / 100) * 100));
		t[strlen(t) - 2] = '\0';
		surface_fmt(s, x, y, STYLE(DIM), "leader last 5  %s", t);
	}
}

static uint32_t others(const struct race *r, const char *out[CLASSES_MAX])
{
	const char *names[CLASSES_MAX];
	uint32_t n = class_names(r->view->analysis, names), k = 0;

	for (uint32_t i = 0; n > 1 && i < n; i++)
		if (!shown(r, names[i]))
			out[k++] = names[i];
	return k;
}

static int classes_rows(const struct race *r)
{
	const char *names[CLASSES_MAX];

	return (int)others(r, names);
}

static void classes_title(const struct race *r, struct surface s, char left[80], char right[80])
{
	snprintf(left, 80, r->view->class_name ? "Other classes" : "Classes");
	if (surface_w(s) > 60)
		snprintf(right, 80, "c: next class, C: all");
}

static int classes_want(const struct race *r, int w)
{
	(void)w;
	return view_is_timed(r->view) ? 0 : classes_rows(r);
}

static void classes_draw(const struct race *r, struct surface s)
{
	const char *names[CLASSES_MAX];
	int n = (int)others(r, names);

	for (int i = 0; i < n && i < surface_h(s); i++) {
		draw_class(r, names[i], s, i);
		cursor_class(r, i, s, i);
	}
}

static bool classes_click(struct race *r, struct surface s, const struct mouse_event *ev)
{
	const char *names[CLASSES_MAX];
	int n = (int)others(r, names);

	(void)s;
	if (ev->y >= n)
		return false;
	r->rows[RACE_CLASSES].cursor = ev->y;
	if (ev->kind == MOUSE_DOUBLE)
		data_set_class(r->view->owner, names[ev->y]);
	return true;
}

static bool classes_why(const struct race *r, char title[80], struct buf *out)
{
	return race_why_rule(r, RACE_CLASSES, title, out);
}

const struct race_pane race_classes = {
	.name = "Classes",
	.title = classes_title,
	.want = classes_want,
	.draw = classes_draw,
	.click = classes_click,
	.why = classes_why,
	.export_pane = race_export_tower,
	.cursor_rows = classes_rows,
};
