/* The figures of every lap at the cursor, with what is usual there for YOUR other laps. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/telemetry.h"

/* The least needed last: rows go from the end. */
enum at_row { AT_SPEED, AT_BRAKE, AT_THROTTLE, AT_STEER, AT_LOST, AT_LATERAL, AT_GEAR, AT_LONG, AT_RPM, AT_ROWS };

static const struct {
	const char *name;
	int decimals;
} rows[AT_ROWS] = {
	[AT_SPEED] = {"speed", 0},    [AT_BRAKE] = {"brake", 0},       [AT_THROTTLE] = {"throttle", 0},
	[AT_STEER] = {"steering", 0}, [AT_LATERAL] = {"lateral g", 1}, [AT_LONG] = {"along g", 1},
	[AT_GEAR] = {"gear", 0},      [AT_RPM] = {"rpm", 0},           [AT_LOST] = {"time lost", 3},
};

static const float *channel(const struct tel_lap *l, enum at_row r)
{
	static const enum tel_channel of[AT_ROWS] = {
		[AT_SPEED] = TEL_SPEED, [AT_BRAKE] = TEL_BRAKE_F, [AT_STEER] = TEL_STEER, [AT_LATERAL] = TEL_ACCY,
		[AT_LONG] = TEL_ACCX,   [AT_GEAR] = TEL_GEAR,     [AT_RPM] = TEL_RPM};
	const char *name;

	if (!l || r == AT_LOST)
		return NULL;
	return r == AT_THROTTLE ? tel_throttle(l, &name) : l->v[of[r]];
}

static bool has_row(const struct tel_screen *t, enum at_row r)
{
	if (r == AT_LOST)
		return tels_compared(t);
	for (int k = 0; k < TEL_SLOTS; k++)
		if (channel(tels_lap(t, (enum tel_slot)k), r))
			return true;
	return false;
}

static double value(const struct tel_screen *t, enum tel_slot slot, enum at_row r, uint32_t at)
{
	const float *v = channel(tels_lap(t, slot), r);

	return v ? (double)v[at] : (double)NAN;
}

static void at_title(const struct tel_screen *t, char left[80], char right[120])
{
	const struct tel_lap *you = tels_lap(t, TEL_YOU);
	uint32_t at = tel_point(tels_set(t), t->at);
	char d[NUM_LEN];

	snprintf(left, 80, "At %.0f m", t->at);
	if (you->t)
		snprintf(right, 120, "%s s", dec_str(d, (double)you->t[at], 2));
}

static int at_want(const struct tel_screen *t, int w)
{
	int n = 0;

	(void)w;
	if (!tels_ready(t))
		return 0;
	for (int r = 0; r < AT_ROWS; r++)
		n += has_row(t, (enum at_row)r);
	return n + 1;
}

/* Of YOUR other usable laps; n: how many have a value there. */
static unsigned usual(const struct tel_screen *t, enum at_row r, uint32_t at, double *lo, double *hi)
{
	const struct tel_set *s = tels_set(t);
	uint32_t car = tel_session_car(s, tels_lap(t, TEL_YOU));
	unsigned n = 0;

	for (uint32_t i = 0; i < s->nlaps; i++) {
		const float *v = channel(&s->lap[i], r);

		if (&s->lap[i] == tels_lap(t, TEL_YOU) || !s->lap[i].usable || tel_session_car(s, &s->lap[i]) != car ||
		    !v || isnan(v[at]))
			continue;
		*lo = n ? fmin(*lo, (double)v[at]) : (double)v[at];
		*hi = n ? fmax(*hi, (double)v[at]) : (double)v[at];
		n++;
	}
	return n;
}

struct columns {
	int slot[TEL_SLOTS], usual; /* ends; -1: not shown */
};

static struct columns columns_of(const struct tel_screen *t, int w)
{
	bool third = tels_lap(t, TEL_THIRD) != NULL;
	int last = third ? 28 : 22, usual = last + 12;
	struct columns k = {{16, 22, third ? 28 : -1}, w > last + 9 ? (w - 1 < usual ? w - 1 : usual) : -1};

	if (w < 24)
		k.slot[TEL_YOU] = 15, k.slot[TEL_REF] = 21;
	return k;
}

static void put_end(struct surface s, int end, int y, struct style st, const char *text)
{
	if (end > 0)
		surface_text(s, end - (int)strlen(text), y, st, text);
}

static void draw_usual(const struct tel_screen *t, struct surface s, int y, enum at_row r, uint32_t at, int end)
{
	char a[NUM_LEN], b[NUM_LEN], text[2 * NUM_LEN + 1];
	double lo = 0, hi = 0;

	if (end < 0 || r == AT_LOST || usual(t, r, at, &lo, &hi) == 0)
		return;
	snprintf(text, sizeof(text), "%s %s", dec_str(a, lo, rows[r].decimals), dec_str(b, hi, rows[r].decimals));
	put_end(s, end, y, STYLE(TEXT), text);
}

/* Colours stand in the head alone: a line of one look takes a third of the bytes at every step of the cursor. */
static void draw_row(const struct tel_screen *t, struct surface s, int y, enum at_row r, uint32_t at)
{
	struct columns k = columns_of(t, surface_w(s));
	char text[NUM_LEN];

	surface_text(s, 1, y, STYLE(TEXT), rows[r].name);
	if (r == AT_LOST) {
		double v = (double)t->tel->table.delta.d[at];
		char signed_text[NUM_LEN + 1];
		snprintf(signed_text, sizeof(signed_text), "%s%s", v > 0 ? "+" : "", dec_str(text, v, 3));
		put_end(s, k.slot[TEL_REF], y, STYLE(TEXT), signed_text);
		return;
	}
	for (int i = 0; i < TEL_SLOTS; i++)
		if (tels_lap(t, (enum tel_slot)i))
			put_end(s, k.slot[i], y, STYLE(TEXT),
				dec_str(text, value(t, (enum tel_slot)i, r, at), rows[r].decimals));
	draw_usual(t, s, y, r, at, k.usual);
}

static void at_draw(const struct tel_screen *t, struct surface s)
{
	static const char *const names[TEL_SLOTS] = {"you", "ref", "third"};
	struct columns k = columns_of(t, surface_w(s));
	uint32_t at = tel_point(tels_set(t), t->at);
	int y = 1;

	for (int i = 0; i < TEL_SLOTS; i++)
		if (tels_lap(t, (enum tel_slot)i))
			put_end(s, k.slot[i], 0, tels_style((enum tel_slot)i), names[i]);
	put_end(s, k.usual, 0, STYLE(HEAD), "usual");
	for (int r = 0; r < AT_ROWS && y < surface_h(s); r++)
		if (has_row(t, (enum at_row)r))
			draw_row(t, s, y++, (enum at_row)r, at);
	if (t->focus == TELP_AT)
		surface_cursor(s, 0, 0);
}

const struct tel_pane telp_at = {"At the cursor", at_title, at_want, at_draw, tels_why_trace, false};
