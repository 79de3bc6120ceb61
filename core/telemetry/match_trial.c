/* How well the samples fit the official laps of one car, for every day and whole-hour zone they can have. */
#include "core/telemetry/match_trial.h"

#include <math.h>

#include "core/analysis/stat.h"
#include "core/telemetry/lines.h"

enum { ZONE_WEST = -12, ZONE_EAST = 14, HOUR_MS = 3600000, DAY_MS = 86400000 };
enum { USUALLY_LATE = 300 };
/* ms: how early and how late a sign of the line may be against an official crossing to be of it. COTA's clocks differ by 7.4 s. */
static const double early = 2000, late = 10000;
static const double edge = 1000;       /* ms: a lap is covered when samples come as near as that to both ends */
static const double worst_sign = 5000; /* ms: what one sign can count */

/* Do samples come near both ends, and for at least half of the time between? */
static bool covered(const struct matcher *m, double start, double end)
{
	const struct tel_path *p = &m->path;
	uint32_t a = tel_path_find(p, start - edge), b = tel_path_find(p, end + edge), i;
	double known = 0;

	if (b <= a + 1 || p->t[a] > start + edge || p->t[b - 1] < end - edge)
		return false;
	for (i = a + 1; i < b; i++)
		if (p->t[i] - p->t[i - 1] <= 4 * p->gap)
			known += p->t[i] - p->t[i - 1];
	return known >= (end - start) / 2;
}

static double lap_end(const struct trial *t, uint32_t i)
{
	return t->ends ? (double)t->midnight + t->ends[i] : (double)NAN;
}

static ms_t lap_time(const struct trial *t, uint32_t i)
{
	return t->s->laps.time[t->s->cars[t->car].first + i];
}

/* How far the car's own signs of the line are from the official crossings: the median is how late its clock is. Returns what they scatter
 * by, ms; NAN without a sign. */
static double signs_scatter(const struct matcher *m, struct trial *t)
{
	uint32_t n = 0, cars_laps = t->s->cars[t->car].n;
	double sum = 0;

	t->laps = 0;
	for (uint32_t i = 0; i < cars_laps; i++) {
		double end = lap_end(t, i), start = end - lap_time(t, i);

		if (isnan(end) || !covered(m, start, end))
			continue;
		t->laps++;
		for (int k = 0; k < 2; k++) {
			double off = tel_sign_off(&m->signs, k ? end : start, -early, late);

			if (!isnan(off))
				t->off[n++] = off;
		}
	}
	t->late = USUALLY_LATE;
	if (n < 2)
		return NAN; /* one always fits itself */
	t->late = dbl_median(t->off, n);
	for (uint32_t i = 0; i < n; i++) {
		double d = fmin(fabs(t->off[i] - t->late), worst_sign);

		sum += d * d;
	}
	return sqrt(sum / n);
}

static ms_t quickest(const struct matcher *m, const struct trial *t)
{
	ms_t best = MS_NONE;

	for (uint32_t i = 0; i < t->s->cars[t->car].n; i++)
		if (!isnan(t->ends[i]) && (best == MS_NONE || lap_time(t, i) < best) &&
		    covered(m, lap_end(t, i) - lap_time(t, i), lap_end(t, i)))
			best = lap_time(t, i);
	return best;
}

/* Metres at the line and at each official loop of one lap: parts of its length; the length itself comes last. */
static bool lap_parts(const struct matcher *m, const struct trial *t, uint32_t i, unsigned n, double *part)
{
	double end = lap_end(t, i) + t->late, start = end - lap_time(t, i);
	double from = tel_path_at(&m->path, start), length = tel_path_at(&m->path, end) - from;
	ms_t at[TEL_LINES];

	if (isnan(length) || length < 100)
		return false;
	tel_line_times(t->s, t->s->cars[t->car].first + i, at);
	for (unsigned k = 0; k < n; k++)
		part[k] = at[k] == MS_NONE ? (double)NAN : (tel_path_at(&m->path, start + at[k]) - from) / length;
	part[n] = length;
	return true;
}

/* At the official loops a car is always at the same place: rms of what it is not, ms. NAN with fewer than two laps of a usual time. */
static double lines_scatter(const struct matcher *m, struct trial *t)
{
	const char *name[TEL_LINES];
	unsigned n = tel_line_names(t->s, name);
	ms_t best = quickest(m, t);
	uint32_t laps = 0, count = 0;
	double sum = 0;

	for (uint32_t i = 0; best != MS_NONE && i < t->s->cars[t->car].n; i++) {
		double end = lap_end(t, i), time = lap_time(t, i);

		if (!isnan(end) && time * 100 < 107.0 * best && covered(m, end - time, end) &&
		    lap_parts(m, t, i, n, t->part + (size_t)laps * (n + 1)))
			laps++;
	}
	for (unsigned k = 0; k <= n && laps >= 2; k++) {
		double mean = 0;
		uint32_t known = 0;

		for (uint32_t i = 0; i < laps; i++) {
			double x = t->part[(size_t)i * (n + 1) + k];

			mean += isnan(x) ? 0 : x;
			known += !isnan(x);
		}
		mean /= known ? known : 1;
		for (uint32_t i = 0; i < laps; i++) {
			double x = t->part[(size_t)i * (n + 1) + k], d = (x - mean) * best / (k == n ? mean : 1);

			sum += isnan(x) ? 0 : d * d;
			count += !isnan(x);
		}
	}
	return count ? sqrt(sum / count) : (double)NAN;
}

static void try_it(const struct matcher *m, struct trial *t)
{
	double signs = signs_scatter(m, t), lines = NAN;

	t->misfit = NAN;
	if (t->laps == 0)
		return;
	if (m->stream->car.has_clock)
		lines = lines_scatter(m, t);
	if (isnan(signs) && (isnan(lines) || tel_signs_strong(&m->signs) >= 2))
		return; /* no sign of the line where there should be one, or one lap without any: another hour would do as well */
	t->misfit = hypot(isnan(signs) ? 0 : signs, isnan(lines) ? 0 : lines) / 1000;
}

bool trial_better(const struct trial *a, const struct trial *b)
{
	if (isnan(a->misfit) || isnan(b->misfit))
		return !isnan(a->misfit);
	if (2 * a->laps < b->laps || 2 * b->laps < a->laps)
		return a->laps > b->laps;
	return a->misfit < b->misfit;
}

static bool trial_start(const struct matcher *m, uint32_t car, struct trial *t, struct err *err)
{
	uint32_t n = m->s->cars[car].n + 1;
	double *ends = NULL;

	*t = (struct trial){.s = m->s, .car = car, .misfit = NAN};
	t->off = ARENA_ARRAY(m->arena, (size_t)2 * n, double);
	t->part = ARENA_ARRAY(m->arena, (size_t)(TEL_LINES + 1) * n, double);
	if (!t->off || !t->part)
		return err_set(err, ERR_NOMEM, "no memory for the laps of car %s", m->s->cars[car].id);
	if (!tel_official_ends(m->s, car, m->arena, &ends, err) || !ends)
		return false;
	t->ends = ends;
	return true;
}

/* Local midnights that begin a day of the samples in this zone. */
int64_t tel_day_floor(int64_t ms)
{
	return (ms >= 0 ? ms / DAY_MS : -((-ms + DAY_MS - 1) / DAY_MS)) * DAY_MS;
}

/* Best day and zone for one car. next: the misfit of the second best. */
bool trial_best(const struct matcher *m, uint32_t car, struct trial *best, double *next, struct err *err)
{
	const struct tel_stream *s = m->stream;
	struct trial t;

	if (!trial_start(m, car, &t, err))
		return false;
	*best = t;
	*next = NAN;
	for (int zone = ZONE_WEST; zone <= ZONE_EAST; zone++) {
		int64_t shift = (int64_t)zone * HOUR_MS, last = tel_day_floor(s->t[s->n - 1] + shift);

		for (int64_t day = tel_day_floor(s->t[0] + shift) - DAY_MS; day <= last; day += DAY_MS) {
			t.midnight = day - shift;
			t.zone = zone;
			try_it(m, &t);
			if (trial_better(&t, best)) {
				*next = best->misfit;
				*best = t;
			} else if (!isnan(t.misfit) && !(t.misfit >= *next)) {
				*next = t.misfit;
			}
		}
	}
	return true;
}
