/* The traces of screen 4: one channel of two or three laps over the shared x. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/telemetry.h"
#include "tui/widgets/trace.h"

/* What the traces show along x ---------------------------------------------------------------------*/

static struct trace_in input(const struct tel_screen *t, const float *v)
{
	const struct tel_set *s = tels_set(t);
	const struct tel_lap *you = tels_lap(t, TEL_YOU);

	return (struct trace_in){t->by_time ? you->t : NULL, s->step, v, s->n};
}

struct chart tels_chart(const struct tel_screen *t)
{
	return (struct chart){.x0 = tels_x(t, t->from),
			      .x1 = tels_x(t, t->to),
			      .label_w = TEL_LABEL_W,
			      .label_every = 1,
			      .no_off_scale = true,
			      .cursor_x = (double)NAN};
}

int tels_label_every(int rows)
{
	int steps = rows - 1;

	return steps < 1 ? 1 : steps < 4 ? steps : steps % 2 == 0 ? steps / 2 : steps % 3 == 0 ? steps / 3 : steps;
}

int tels_cursor_column(const struct tel_screen *t, int w)
{
	struct chart c = tels_chart(t);

	c.y1 = 1;
	return chart_column(&c, w, tels_x(t, t->at));
}

/* A dashed line through all panes would cost a slow line hundreds of bytes a step: the heads carry the cursor, and one cell lights up where
 * YOUR value is. */
static void mark_value(const struct tel_screen *t, const struct chart *c, struct surface s, const float *v)
{
	double value = v ? (double)v[tel_point(tels_set(t), t->at)] : (double)NAN;
	double part = (c->y1 - value) / (c->y1 - c->y0);
	int h = surface_h(s), y = isfinite(part) ? (int)fmin(fmax(part, 0) * h, h - 1) : h - 1;

	surface_ground(s, (struct rect){tels_cursor_column(t, surface_w(s)), y, 1, 1}, ROLE_CURSOR);
}

bool tels_place_at(const struct tel_screen *t, int w, int column, double *metres)
{
	struct chart c = tels_chart(t);

	if (column <= TEL_LABEL_W || column >= w || !tels_ready(t))
		return false;
	c.y1 = 1;
	*metres = tels_metres(t, fmax(c.x0, fmin(chart_value(&c, w, column), c.x1)));
	return true;
}

/* A channel ----------------------------------------------------------------------------------------*/

static const float *channel(const struct tel_lap *l, enum tel_pane_id p)
{
	const char *name;

	if (!l)
		return NULL;
	switch (p) {
	case TELP_SPEED:
		return l->v[TEL_SPEED];
	case TELP_THROTTLE:
		return tel_throttle(l, &name);
	case TELP_BRAKE:
		return l->v[TEL_BRAKE_F];
	case TELP_STEER:
		return l->v[TEL_STEER];
	case TELP_GEAR:
		return l->v[TEL_GEAR];
	default:
		return NULL;
	}
}

static bool has_channel(const struct tel_screen *t, enum tel_pane_id p)
{
	bool has = false;

	for (int k = 0; tels_ready(t) && k < TEL_SLOTS; k++)
		has = has || channel(tels_lap(t, (enum tel_slot)k), p) != NULL;
	return has;
}

/* Range over the whole lap, whatever is zoomed: a trace must not change its height while one moves along it. */
static void range_of(const struct tel_screen *t, enum tel_pane_id p, double *lo, double *hi)
{
	*lo = (double)INFINITY;
	*hi = -(double)INFINITY;
	for (int k = 0; k < TEL_SLOTS; k++) {
		const float *v = channel(tels_lap(t, (enum tel_slot)k), p);

		for (uint32_t i = 0; v && i < tels_set(t)->n; i++) {
			if (isnan(v[i]))
				continue;
			*lo = fmin(*lo, (double)v[i]);
			*hi = fmax(*hi, (double)v[i]);
		}
	}
	if (*lo > *hi)
		*lo = *hi = 0;
}

/* Ends of the axis that a reader can take in: steps of `step` round what there is. */
static void round_out(double step, double *lo, double *hi)
{
	*lo = floor(*lo / step) * step;
	*hi = ceil(*hi / step) * step;
	if (!(*hi > *lo))
		*hi = *lo + step;
}

static void range_for(const struct tel_screen *t, enum tel_pane_id p, double *lo, double *hi)
{
	range_of(t, p, lo, hi);
	if (p == TELP_SPEED) {
		round_out(10, lo, hi);
	} else if (p == TELP_THROTTLE) {
		*lo = 0;
		*hi = 100;
	} else if (p == TELP_BRAKE) {
		*lo = 0;
		*hi = fmax(*hi, 20);
		round_out(20, lo, hi);
	} else if (p == TELP_STEER) {
		*hi = fmax(fmax(*hi, -*lo), 30);
		*lo = -*hi;
		round_out(30, lo, hi);
	} else {
		*lo = fmin(*lo, 1);
		round_out(1, lo, hi);
	}
}

static void label_whole(double y, char out[24])
{
	snprintf(out, 24, "%.0f", y < 0 && y > -0.5 ? 0.0 : y);
}

static void draw_channel(const struct tel_screen *t, enum tel_pane_id p, struct surface s)
{
	static struct trace trace[TEL_SLOTS];
	static const char ascii[TEL_SLOTS] = {'x', 'o', '3'};
	struct chart_series series[TEL_SLOTS];
	struct chart c = tels_chart(t);
	int n = 0, columns = (surface_w(s) - TEL_LABEL_W - 1) * (surface_ascii(s) ? 1 : 2), h = surface_h(s);

	for (int k = 0; k < TEL_SLOTS; k++) {
		struct trace_in in = input(t, channel(tels_lap(t, (enum tel_slot)k), p));

		if (!in.v)
			continue;
		trace_reduce(&in, c.x0, c.x1, columns, &trace[k]);
		series[n++] = (struct chart_series){
			trace[k].x, trace[k].y, trace[k].n, CHART_LINE, tels_style((enum tel_slot)k), ascii[k]};
	}
	c.series = series;
	c.nseries = n;
	c.label = label_whole;
	c.label_every = tels_label_every(h);
	range_for(t, p, &c.y0, &c.y1);
	chart_draw(&c, s);
	if (p == TELP_SPEED || t->focus == p)
		mark_value(t, &c, s, channel(tels_lap(t, TEL_YOU), p));
	if (t->focus == p)
		surface_cursor(s, tels_cursor_column(t, surface_w(s)), h - 1);
}

/* Alone on the screen a trace has the axis under it. */
static void draw_pane(const struct tel_screen *t, enum tel_pane_id p, struct surface s)
{
	int w = surface_w(s), h = surface_h(s), axis = t->zoom && h > 2 * TEL_AXIS_ROWS ? TEL_AXIS_ROWS : 0;

	draw_channel(t, p, surface_sub(s, (struct rect){0, 0, w, h - axis}));
	if (axis)
		tels_axis(t, surface_sub(s, (struct rect){0, h - axis, w, axis}));
}

/* Titles: the unit, and what the lines are ---------------------------------------------------------*/

static void at_cursor(const struct tel_screen *t, enum tel_pane_id p, const char *unit, char right[120])
{
	uint32_t at = tel_point(tels_set(t), t->at);
	int n = 0;

	/* Where all figures at the cursor stand beside it anyway, they do not stand here too. */
	if (t->focus != p || (t->layout.pane[TELP_AT].w > 0 && !t->linear))
		return;
	for (int k = 0; k < TEL_SLOTS; k++) {
		const float *v = channel(tels_lap(t, (enum tel_slot)k), p);
		char d[NUM_LEN];

		if (v)
			n += snprintf(right + n, 120 - (size_t)n, "%s%s %s", n ? "  " : "",
				      k == TEL_YOU   ? "you"
				      : k == TEL_REF ? "ref"
						     : "third",
				      dec_str(d, (double)v[at], p == TELP_GEAR ? 0 : 1));
	}
	snprintf(right + n, 120 - (size_t)n, "%s%s at %.0f m", *unit ? " " : "", unit, t->at);
}

static void speed_title(const struct tel_screen *t, char left[80], char right[120])
{
	const char *x = t->by_time ? ", over your time" : "";

	snprintf(left, 80, "Speed km/h%s", x);
	at_cursor(t, TELP_SPEED, "km/h", right);
}

static void throttle_title(const struct tel_screen *t, char left[80], char right[120])
{
	const char *name = "";

	tel_throttle(tels_lap(t, TEL_YOU), &name);
	snprintf(left, 80, "Throttle %%%s%s", *name ? ", " : "", name);
	at_cursor(t, TELP_THROTTLE, "%", right);
}

static void brake_title(const struct tel_screen *t, char left[80], char right[120])
{
	snprintf(left, 80, "Brake bar, front");
	at_cursor(t, TELP_BRAKE, "bar", right);
}

static void steer_title(const struct tel_screen *t, char left[80], char right[120])
{
	snprintf(left, 80, "Steering degrees, up is left");
	at_cursor(t, TELP_STEER, "degrees", right);
}

static void gear_title(const struct tel_screen *t, char left[80], char right[120])
{
	snprintf(left, 80, "Gear");
	at_cursor(t, TELP_GEAR, "", right);
}

/* The panes ----------------------------------------------------------------------------------------*/

enum { SPEED_ROWS = 9, THROTTLE_ROWS = 2, BRAKE_ROWS = 3, STEER_ROWS = 3, GEAR_ROWS = 2, LINEAR_ROWS = 8 };

#define TRACE_PANE(name_, id, rows)                                                                                    \
	static int name_##_want(const struct tel_screen *t, int w)                                                     \
	{                                                                                                              \
		(void)w;                                                                                               \
		return !has_channel(t, id) ? 0 : t->linear ? LINEAR_ROWS : (rows);                                     \
	}                                                                                                              \
	static void name_##_draw(const struct tel_screen *t, struct surface s)                                         \
	{                                                                                                              \
		draw_pane(t, id, s);                                                                                   \
	}

TRACE_PANE(speed, TELP_SPEED, SPEED_ROWS)
TRACE_PANE(throttle, TELP_THROTTLE, THROTTLE_ROWS)
TRACE_PANE(brake, TELP_BRAKE, BRAKE_ROWS)
TRACE_PANE(steer, TELP_STEER, STEER_ROWS)
TRACE_PANE(gear, TELP_GEAR, GEAR_ROWS)

const struct tel_pane telp_speed = {"Speed", speed_title, speed_want, speed_draw, tels_why_trace, true};
const struct tel_pane telp_throttle = {"Throttle", throttle_title, throttle_want, throttle_draw, tels_why_trace, true};
const struct tel_pane telp_brake = {"Brake", brake_title, brake_want, brake_draw, tels_why_trace, true};
const struct tel_pane telp_steer = {"Steering", steer_title, steer_want, steer_draw, tels_why_trace, true};
const struct tel_pane telp_gear = {"Gear", gear_title, gear_want, gear_draw, tels_why_trace, true};
