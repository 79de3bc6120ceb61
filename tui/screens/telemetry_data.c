/* What the panes of screen 4 share: laps, the place of the cursor, the window, the list of laps. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screens/telemetry.h"

enum { LEAST_WINDOW = 40 };

const struct tel_set *tels_set(const struct tel_screen *t)
{
	return t->tel ? t->tel->part->set : NULL;
}

bool tels_ready(const struct tel_screen *t)
{
	const struct tel_set *s = tels_set(t);

	return s && s->n > 1 && t->tel->lap[TEL_YOU];
}

const struct tel_lap *tels_lap(const struct tel_screen *t, enum tel_slot slot)
{
	return t->tel ? t->tel->lap[slot] : NULL;
}

bool tels_compared(const struct tel_screen *t)
{
	return tels_ready(t) && tels_lap(t, TEL_REF) && t->tel->table.delta.known;
}

struct style tels_style(enum tel_slot slot)
{
	static const enum role roles[TEL_SLOTS] = {ROLE_YOU, ROLE_REF, ROLE_THIRD};

	return style_of(roles[slot]);
}

void tels_lap_name(const struct tel_screen *t, enum tel_slot slot, char out[40])
{
	const struct tel_lap *l = tels_lap(t, slot);

	snprintf(out, 40, "-");
	if (l)
		snprintf(out, 40, "%.20s lap %u", t->view->session->cars[tel_view_car(t->tel, slot)].id, l->number);
}

/* Place and window --------------------------------------------------------------------------------*/

static double length_of(const struct tel_screen *t)
{
	return tels_ready(t) ? tels_set(t)->length : 0;
}

/* The window moved so that it holds the cursor and stays in the lap. */
static void settle(struct tel_screen *t)
{
	double length = length_of(t), w = t->to - t->from;

	if (!(w > 0) || w > length)
		w = length;
	if (t->at < t->from)
		t->from = t->at;
	if (t->at > t->from + w)
		t->from = t->at - w;
	t->from = fmax(0, fmin(t->from, length - w));
	t->to = t->from + w;
}

void tels_at(struct tel_screen *t, double metres)
{
	t->at = fmax(0, fmin(metres, length_of(t)));
	settle(t);
}

void tels_window(struct tel_screen *t, double metres)
{
	double w = t->to - t->from, part = w > 0 ? (t->at - t->from) / w : 0;

	metres = fmax(LEAST_WINDOW, fmin(metres, length_of(t)));
	t->from = t->at - part * metres;
	t->to = t->from + metres;
	settle(t);
}

double tels_column(const struct tel_screen *t)
{
	int w = t->layout.pane[TELP_SPEED].w > 0 ? t->layout.pane[TELP_SPEED].w : t->layout.pane[t->focus].w;
	int columns = w - TEL_LABEL_W - 1;

	return (t->to - t->from) / (columns > 1 ? columns : 1);
}

/* YOUR time at a place; a hole is bridged: what stands beside it says where it is. */
static double time_at(const struct tel_screen *t, double metres)
{
	const struct tel_set *s = tels_set(t);
	const struct tel_lap *you = tels_lap(t, TEL_YOU);
	const float *time = you ? you->t : NULL;
	uint32_t at = tel_point(s, metres), a = at, b = at;

	if (!time)
		return metres;
	while (a > 0 && isnan(time[a]))
		a--;
	while (b + 1 < s->n && isnan(time[b]))
		b++;
	if (a == b || !isfinite(time[a]) || !isfinite(time[b]))
		return (double)(isfinite(time[a]) ? time[a] : time[b]);
	return (double)time[a] + (double)(time[b] - time[a]) * (at - a) / (b - a);
}

/* Is there a time to go by? */
static bool is_timed(const struct tel_screen *t)
{
	return t->by_time && tels_lap(t, TEL_YOU) && tels_lap(t, TEL_YOU)->t;
}

double tels_x(const struct tel_screen *t, double metres)
{
	return is_timed(t) ? time_at(t, metres) : metres;
}

double tels_metres(const struct tel_screen *t, double x)
{
	const struct tel_set *s = tels_set(t);
	uint32_t lo = 0, hi;

	if (!is_timed(t))
		return x;
	hi = s->n - 1;
	while (hi - lo > 1) {
		uint32_t mid = (lo + hi) / 2;
		if (time_at(t, tel_metres(s, mid)) <= x)
			lo = mid;
		else
			hi = mid;
	}
	double a = time_at(t, tel_metres(s, lo)), b = time_at(t, tel_metres(s, hi));
	return tel_metres(s, b - x < x - a ? hi : lo);
}

/* Corners -----------------------------------------------------------------------------------------*/

int tels_corner(const struct tel_screen *t)
{
	return tels_ready(t) ? tel_corner_of(tels_set(t), t->at) : -1;
}

int tels_corner_rows(const struct tel_screen *t)
{
	return tels_ready(t) ? (int)tels_set(t)->ncorners : 0;
}

static bool five_shown(const struct tel_screen *t)
{
	return t->five && t->tel->five.known;
}

int tels_corner_of_row(const struct tel_screen *t, int row)
{
	if (row < 0 || row >= tels_corner_rows(t))
		return -1;
	if (five_shown(t))
		return (uint32_t)row < t->tel->five.n ? (int)t->tel->five.row[row].corner : -1;
	if (t->tel->table.row && (uint32_t)row < t->tel->table.n)
		return (int)t->tel->table.row[row].corner;
	return row;
}

int tels_row_of(const struct tel_screen *t, int corner)
{
	for (int i = 0; i < tels_corner_rows(t); i++)
		if (tels_corner_of_row(t, i) == corner)
			return i;
	return -1;
}

/* The list of laps --------------------------------------------------------------------------------*/

static uint32_t laps_of(const struct tel_set *s, uint16_t car)
{
	uint32_t n = 0;

	for (uint32_t i = 0; s && i < s->nlaps; i++)
		n += tel_session_car(s, &s->lap[i]) == car;
	return n;
}

static void add_laps(struct tel_screen *t, uint16_t car)
{
	const struct tel_set *s = tels_set(t);

	for (uint32_t i = 0; s && i < s->nlaps; i++)
		if (tel_session_car(s, &s->lap[i]) == car)
			t->list[t->nlist++] = (struct tel_list_row){car, &s->lap[i]};
}

void tels_list_make(struct tel_screen *t)
{
	const struct tel_part *p = t->tel ? t->tel->part : NULL;
	int slot = t->choosing >= 0 ? t->choosing : TEL_YOU;
	const struct tel_lap *on = tels_lap(t, tels_lap(t, (enum tel_slot)slot) ? (enum tel_slot)slot : TEL_YOU);

	free(t->list);
	t->list = NULL;
	t->nlist = 0;
	if (!p)
		return;
	t->list = calloc(p->noffers + (p->set ? p->set->nlaps : 0) + 1u, sizeof(*t->list));
	for (uint32_t i = 0; t->list && i < p->noffers; i++) {
		if (laps_of(p->set, p->offer[i].car) > 0)
			add_laps(t, p->offer[i].car);
		else
			t->list[t->nlist++] = (struct tel_list_row){p->offer[i].car, NULL};
	}
	for (uint32_t i = 0; i < t->nlist; i++)
		if (t->list[i].lap && t->list[i].lap == on)
			t->rows[TELP_LAPS].cursor = (int)i;
}
