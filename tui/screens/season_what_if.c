/* Screen 5, What-if: points on the factors of the driver under the cursor, and the finish and pace that go with them. */
#include <math.h>
#include <stdio.h>

#include "tui/screens/season.h"

enum { NOW_X = 13, POINTS_X = 19, THEN_X = 24, PLACES_X = 30, LAP_X = 37, ROWS = 11 };

static void number(struct surface b, int x, int y, int w, struct style st, double v, int decimals)
{
	char t[NUM_LEN];

	surface_field(b, x, y, w, ALIGN_RIGHT, st, str_from(dec_str(t, v, decimals)));
}

/* "-0.80", with "?" behind what is not clear. */
static void effect(struct surface b, int x, int y, int w, const struct estimate *e, double scale, int decimals)
{
	bool clear = !isnan(e->value) && estimate_is_clear(e);
	struct style st = !clear ? STYLE(DIM) : e->value < 0 ? STYLE(GAIN) : STYLE(LOSS);
	char t[NUM_LEN];

	surface_field(b, x, y, w, ALIGN_RIGHT, st, str_from(dec_sign_str(t, e->value * scale, decimals)));
	if (!clear && !isnan(e->value))
		surface_put(b, x + w, y, STYLE(DIM), '?');
}

static void head_row(struct surface b)
{
	struct style st = STYLE(HEAD);

	surface_text(b, 1, 0, st, "Factor");
	surface_field(b, NOW_X, 0, 5, ALIGN_RIGHT, st, STR("Now"));
	surface_field(b, POINTS_X - 1, 0, 5, ALIGN_RIGHT, st, STR("Pts"));
	surface_field(b, THEN_X, 0, 5, ALIGN_RIGHT, st, STR("Then"));
	surface_field(b, PLACES_X, 0, 6, ALIGN_RIGHT, st, STR("Places"));
	surface_field(b, LAP_X, 0, 7, ALIGN_RIGHT, st, STR("s/lap"));
}

static void factor_row(const struct season_board *s, int f, struct surface b)
{
	const struct season_ahead *a = &s->ahead;
	bool here = a->factor == f && s->focus == SEASON_WHAT_IF && !s->linear;
	struct style st = here ? STYLE(FOCUS) : STYLE(TEXT);
	int y = f + 1;

	if (a->factor == f && !s->linear)
		surface_put(b, 0, y, STYLE(FOCUS), '>');
	surface_text(b, 1, y, st, factor_name((enum factor)f));
	number(b, NOW_X, y, 5, st, a->if_.from[f], 1);
	surface_fmt(b, POINTS_X + 1, y, st, a->points[f] ? "%+3d" : "  0", a->points[f]);
	number(b, THEN_X, y, 5, st, a->if_.to[f], 1);
	if (a->points[f] == 0)
		return;
	effect(b, PLACES_X, y, 6, &a->if_.places[f], 1, 2);
	effect(b, LAP_X, y, 7, &a->if_.lap_ms[f], 0.001, 3);
}

/* "finish 15.1 (12.7-17.5), then 14.1 (11.7-16.5)" */
static void finish_rows(const struct season_board *s, struct surface b, int y)
{
	const struct improve *v = &s->ahead.if_;
	const struct relation *r = &s->book->improve.finish;
	uint32_t cars = s->book->improve.cars;

	if (!r->known) {
		if (r->n < RELATION_LEAST)
			surface_fmt(b, 1, y, STYLE(DIM), "finish not known: %u drivers, %d needed", r->n,
				    RELATION_LEAST);
		else
			surface_text(b, 1, y, STYLE(DIM), "finish not known: these factors are too alike");
		return;
	}
	surface_fmt(b, 1, y, STYLE(TEXT), "finish %.1f (%.1f-%.1f) -> %.1f (%.1f-%.1f)", v->before.value, v->before.low,
		    v->before.high, v->after.value, v->after.low, v->after.high);
	if (isnan(v->driven))
		surface_fmt(b, 1, y + 1, STYLE(DIM), "of %u; error %.1f, guessing %.1f", cars, r->mae * cars,
			    r->mae_mean * cars);
	else
		surface_fmt(b, 1, y + 1, STYLE(DIM), "of %u, driven %.1f; error %.1f, guessing %.1f", cars, v->driven,
			    r->mae * cars, r->mae_mean * cars);
}

static void near_row(const struct season_board *s, struct surface b, int y, const char *what,
		     const struct similar *near)
{
	int x = 11;

	surface_text(b, 1, y, STYLE(DIM), what);

	for (uint32_t i = 0; i < s->ahead.if_.nnear; i++) {
		char name[64];
		season_name(s, near[i].row, name);
		x += surface_fmt(b, x, y, season_style(s, near[i].row), "%s %.12s%s", s->book->id[near[i].row], name,
				 i + 1 < s->ahead.if_.nnear ? ", " : "");
	}
}

static void what_if_draw(const struct season_board *s, struct surface b)
{
	const struct season_ahead *a = &s->ahead;

	if (!a->known) {
		surface_text(b, 1, 0, STYLE(DIM), "the four factors of this driver are not known");
		return;
	}
	head_row(b);
	for (int f = 0; f < FACTORS; f++)
		factor_row(s, f, b);
	surface_fmt(b, 1, 5, STYLE(TEXT), "%d of %d points spent", season_ahead_spent(a), IMPROVE_BUDGET);
	if (season_ahead_spent(a) > 0) {
		effect(b, PLACES_X, 5, 6, &a->if_.change, 1, 2);
		effect(b, LAP_X, 5, 7, &a->if_.seconds, 0.001, 3);
	}
	finish_rows(s, b, 6);
	near_row(s, b, 8, "like now", a->if_.near_before);
	near_row(s, b, 9, "like then", a->if_.near_after);
	surface_text(b, 1, 10, STYLE(DIM), "? not clear. What goes together: no promise");
}

static void what_if_title(const struct season_board *s, char left[80], char right[80])
{
	uint32_t row = season_chosen(s);

	snprintf(left, 80, "What if %.12s", row == NO_ROW ? "-" : s->book->id[row]);
	snprintf(right, 80, "up to %d a factor", IMPROVE_MOST);
}

static int what_if_want(const struct season_board *s, int w)
{
	(void)w;
	for (uint32_t i = 0; i < s->n; i++)
		if (s->book->skill[i].known)
			return ROWS;
	return 0;
}

static bool what_if_command(struct season_board *s, enum cmd cmd)
{
	struct season_ahead *a = &s->ahead;

	switch (cmd) {
	case CMD_UP:
		a->factor -= a->factor > 0;
		return true;
	case CMD_DOWN:
		a->factor += a->factor < FACTORS - 1;
		return true;
	case CMD_LEFT:
	case CMD_RIGHT:
		season_ahead_points(a, cmd == CMD_LEFT ? -1 : 1);
		return true;
	default:
		return false;
	}
}

static bool what_if_click(struct season_board *s, struct surface body, const struct mouse_event *ev)
{
	(void)body;
	if (ev->y >= 1 && ev->y <= FACTORS)
		s->ahead.factor = ev->y - 1;
	return true;
}

static bool what_if_why(const struct season_board *s, char title[80], struct buf *out)
{
	uint32_t row = season_chosen(s);

	if (!s->ahead.known)
		return false;
	snprintf(title, 80, "Why  what if %.12s", s->book->id[row]);
	struct err err = {0};
	buf_str(out, "Mean finish and pace of all drivers over their four factors, least squares.\n"
		     "Intervals 95 %; of the finish 80 % of drivers, each foretold by all others.\n\n");
	return season_report(s, report_improve, row, EXPORT_TEXT, out, &err);
}

static bool what_if_export(const struct season_board *s, enum export_format format, struct buf *out, struct err *err)
{
	return season_report(s, report_improve, season_chosen(s), format, out, err);
}

const struct season_pane season_what_if = {
	.name = "What-if",
	.title = what_if_title,
	.want = what_if_want,
	.draw = what_if_draw,
	.command = what_if_command,
	.click = what_if_click,
	.why = what_if_why,
	.export_pane = what_if_export,
};
