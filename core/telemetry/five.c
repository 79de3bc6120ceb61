/* The best laps of each, up to five, corner by corner. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/telemetry/figures.h"
#include "core/telemetry/words.h"

struct ranked {
	ms_t time;
	uint32_t index; /* in set.lap */
};

static int by_time(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

/* Usable clean laps of a car that nobody held up, quickest first. */
static uint32_t quickest(const struct tel_set *s, uint32_t session_car, struct ranked *room, uint32_t *out)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->nlaps; i++) {
		const struct tel_lap *l = &s->lap[i];

		if (l->usable && l->clean && !l->held && tel_session_car(s, l) == session_car)
			room[n++] = (struct ranked){l->time, i};
	}
	qsort(room, n, sizeof *room, by_time);
	for (uint32_t i = 0; i < n; i++)
		out[i] = room[i].index;
	return n;
}

static void take_side(const struct tel_set *s, struct tel_side *side, uint32_t car, const uint32_t *lap, uint32_t n)
{
	side->car = car;
	side->n = n > TEL_BEST ? TEL_BEST : n;
	for (unsigned i = 0; i < side->n; i++) {
		side->index[i] = lap[i];
		side->lap[i] = s->lap[lap[i]].number;
	}
}

/* A car against itself: the quicker half is the reference. */
static bool choose_laps(const struct tel_set *s, struct tel_five *f, uint32_t ref, uint32_t you, struct arena *arena)
{
	f->all_ref = ARENA_ARRAY(arena, s->nlaps, uint32_t);
	f->all_you = ARENA_ARRAY(arena, s->nlaps, uint32_t);
	struct ranked *room = ARENA_ARRAY(arena, s->nlaps, struct ranked);

	if (!f->all_ref || !f->all_you || !room)
		return false;
	f->nall_ref = quickest(s, ref, room, f->all_ref);
	f->nall_you = quickest(s, you, room, f->all_you);
	if (ref == you) {
		f->nall_ref = (f->nall_ref + 1) / 2;
		f->all_you += f->nall_ref;
		f->nall_you -= f->nall_ref;
	}
	take_side(s, &f->ref, ref, f->all_ref, f->nall_ref);
	take_side(s, &f->you, you, f->all_you, f->nall_you);
	return true;
}

/* --- figures -------------------------------------------------------------------------- */

static unsigned values(const struct tel_set *s, const uint32_t *lap, uint32_t laps, uint32_t corner, enum tel_figure f,
		       double *out)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < laps; i++) {
		double x = tel_figure(tel_corner_at(s, &s->lap[lap[i]], corner), f);

		if (!isnan(x))
			out[n++] = x;
	}
	return n;
}

/* How many of YOURS lie beyond all of REF's, on the side the difference is on. */
static unsigned beyond(const double *you, unsigned n, const struct tel_range *ref, double diff)
{
	unsigned count = 0;

	for (unsigned i = 0; i < n; i++)
		count += diff > 0 ? you[i] > ref->high : you[i] < ref->low;
	return count;
}

static double median_of(const struct tel_set *s, const uint32_t *lap, uint32_t n, uint32_t corner, enum tel_figure f,
			double *room)
{
	return tel_range_of(room, values(s, lap, n, corner, f, room)).median;
}

static struct tel_two compare(const struct tel_set *s, const struct tel_five *f, uint32_t corner, enum tel_figure fig,
			      double *room)
{
	struct tel_two t = {.all_you = median_of(s, f->all_you, f->nall_you, corner, fig, room)};
	double you[TEL_BEST], ref[TEL_BEST];
	unsigned ny = values(s, f->you.index, f->you.n, corner, fig, you);
	unsigned nr = values(s, f->ref.index, f->ref.n, corner, fig, ref);

	t.all_ref = median_of(s, f->all_ref, f->nall_ref, corner, fig, room);
	t.you = tel_range_of(you, ny);
	t.ref = tel_range_of(ref, nr);
	t.diff = t.all_you - t.all_ref;
	if (isnan(t.diff))
		return t;
	t.apart = beyond(you, ny, &t.ref, t.diff);
	t.told = ny >= TEL_LEAST && nr >= TEL_LEAST && t.apart + (f->enough ? 1 : 0) >= ny &&
		 fabs(t.diff) > tel_figure_floor(&s->options, fig, f->floor);
	return t;
}

/* How many of a side's laps are on the side of the other's median that the difference is on. */
static unsigned on_side(const double *v, unsigned n, double median, bool above)
{
	unsigned count = 0;

	for (unsigned i = 0; i < n; i++)
		count += above ? v[i] > median : v[i] < median;
	return count;
}

static bool claimed(const struct tel_set *s, const struct tel_five *f, const struct tel_five_row *r)
{
	const struct tel_two *t = &r->fig[FIG_LOST];
	double you[TEL_BEST], ref[TEL_BEST];
	unsigned ny = values(s, f->you.index, f->you.n, r->corner, FIG_LOST, you);
	unsigned nr = values(s, f->ref.index, f->ref.n, r->corner, FIG_LOST, ref);

	if (!(fabs(r->lost) > f->floor) || ny < TEL_LEAST || nr < TEL_LEAST)
		return false;
	if (!f->enough)
		return t->told;
	return on_side(you, ny, t->ref.median, r->lost > 0) + 1 >= ny &&
	       on_side(ref, nr, t->you.median, r->lost < 0) + 1 >= nr;
}

static void fill_row(const struct tel_set *s, const struct tel_five *f, struct tel_five_row *r, double *room)
{
	double times[TEL_BEST];
	unsigned n = values(s, f->you.index, f->you.n, r->corner, FIG_LOST, times);

	for (int i = 0; i < FIG_COUNT; i++)
		r->fig[i] = compare(s, f, r->corner, (enum tel_figure)i, room);
	r->lost = r->fig[FIG_LOST].diff;
	r->slower = on_side(times, n, r->fig[FIG_LOST].ref.median, true);
	r->claim = claimed(s, f, r);
}

/* --- how sure --------------------------------------------------------------------------- */

static double mean_line(const struct tel_set *s, const struct tel_side *side, unsigned line, bool check)
{
	double sum = 0;
	unsigned n = 0;

	for (unsigned i = 0; i < side->n; i++) {
		const struct tel_line *l = &s->lap[side->index[i]].line[line];
		double x = check ? l->check : l->residual;

		sum += isnan(x) ? 0 : x;
		n += !isnan(x);
	}
	return n ? sum / n : (double)NAN;
}

static double rms_of(const struct tel_set *s, const struct tel_five *f, bool check)
{
	double sum = 0;
	unsigned n = 0;

	for (unsigned i = 0; i < s->lap[f->you.index[0]].nlines; i++) {
		double x = mean_line(s, &f->you, i, check) - mean_line(s, &f->ref, i, check);

		sum += isnan(x) ? 0 : x * x;
		n += !isnan(x);
	}
	return n ? sqrt(sum / n) : (double)NAN;
}

static const char *too_few(const struct tel_set *s, const struct tel_five *f, struct arena *a, struct err *err)
{
	const struct tel_side *x = f->you.n < TEL_LEAST ? &f->you : &f->ref;

	if (f->you.n >= TEL_LEAST && f->ref.n >= TEL_LEAST)
		return "";
	return tel_say(a, err, "telemetry of %u clean lap%s of car %s that nobody held up, three are needed", x->n,
		       x->n == 1 ? "" : "s", s->session->cars[x->car].id);
}

static int by_lost(const void *a, const void *b)
{
	const struct tel_five_row *x = a, *y = b;

	if (isnan(x->lost) != isnan(y->lost))
		return isnan(x->lost) ? 1 : -1;
	if (x->lost != y->lost && !isnan(x->lost))
		return x->lost > y->lost ? -1 : 1;
	return x->corner < y->corner ? -1 : 1;
}

bool tel_five_make(const struct tel_set *s, uint32_t ref, uint32_t you, struct arena *arena, struct tel_five *out,
		   struct err *err)
{
	double *room = ARENA_ARRAY(arena, s->nlaps, double);

	*out = (struct tel_five){.residual = NAN, .check = NAN, .floor = INFINITY};
	out->row = ARENA_ARRAY(arena, s->ncorners, struct tel_five_row);
	if (!room || !out->row || !choose_laps(s, out, ref, you, arena))
		return err_set(err, ERR_NOMEM, "no memory for a comparison of laps");
	out->why = too_few(s, out, arena, err);
	if (!out->why || *out->why)
		return out->why != NULL;
	out->known = true;
	out->enough = out->you.n == TEL_BEST && out->ref.n == TEL_BEST;
	out->n = s->ncorners;
	out->residual = rms_of(s, out, false);
	out->check = rms_of(s, out, true);
	if (!isnan(out->check))
		out->floor = 2 * out->check;
	for (uint32_t i = 0; i < s->ncorners; i++) {
		out->row[i].corner = i;
		fill_row(s, out, &out->row[i], room);
	}
	qsort(out->row, out->n, sizeof *out->row, by_lost);
	return true;
}
