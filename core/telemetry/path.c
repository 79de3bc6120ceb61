#include "core/telemetry/path.h"

#include <math.h>

static const double kph_ms = 3600;         /* km/h times ms over this are metres */
static const double g_kph = 9.80665 * 3.6; /* 1 g in km/h per second */
static const double beside = 120;          /* ms of accelerations beside a hole that are taken */

/* Mean acceleration in km/h per second around tick `at`, on the side that is not the hole; 0 where nothing is known. */
static double accel_beside(const struct tel_stream *s, uint32_t at, bool before)
{
	const float *a = s->v[TEL_ACCX];
	double sum = 0;
	unsigned n = 0;

	for (uint32_t i = at; a && i < s->n && fabs((double)(s->t[i] - s->t[at])) <= beside; before ? i-- : i++) {
		if (!isnan(a[i])) {
			sum += (double)a[i];
			n++;
		}
		if (before && i == 0)
			break;
	}
	return n ? sum / n * g_kph : 0;
}

/* Metres between two speed samples at ticks a and b. */
static double step_metres(const struct tel_stream *s, const struct tel_options *o, uint32_t a, uint32_t b)
{
	const float *v = s->v[TEL_SPEED];
	double ms = (double)(s->t[b] - s->t[a]), h = ms / 1000;
	double metres = ((double)v[a] + (double)v[b]) / 2 * ms / kph_ms;

	if (h > o->gap) /* integral of the Hermite cubic beyond that of the line */
		metres += h * h * (accel_beside(s, a, true) - accel_beside(s, b, false)) / 12 / 3.6;
	return metres;
}

static bool all_arrays(struct arena *arena, uint32_t n, double **t, double **v, double **m, struct err *err)
{
	*t = ARENA_ARRAY(arena, n, double);
	*v = ARENA_ARRAY(arena, n, double);
	*m = ARENA_ARRAY(arena, n, double);
	return (*t && *v && *m) || err_set(err, ERR_NOMEM, "no memory for the telemetry of a car");
}

/* The trigger's distance falls back to 0 at the line, some metres after its last sample: they are filled in at the rate of the step
 * before. It jitters, but nobody drives backwards. */
static double trigger_step(const double *t, const double *m, uint32_t n, double last, double now)
{
	if (now < last - 500)
		return n > 1 ? (m[n - 1] - m[n - 2]) / (t[n - 1] - t[n - 2]) * (t[n] - t[n - 1]) : now;
	return now > last ? now - last : 0;
}

bool tel_path_make(const struct tel_stream *s, const struct tel_options *o, bool from_trigger, struct arena *arena,
		   struct tel_path *out, struct err *err)
{
	const float *x = s->v[from_trigger ? TEL_LAPDIST : TEL_SPEED];
	double *t, *v, *m;
	uint32_t last = 0, n = 0;

	*out = (struct tel_path){.gap = o->gap * 1000};
	if (!x)
		return true;
	if (!all_arrays(arena, s->n, &t, &v, &m, err))
		return false;
	for (uint32_t i = 0; i < s->n; i++) {
		if (isnan(x[i]))
			continue;
		t[n] = (double)s->t[i];
		v[n] = from_trigger ? (double)NAN : (double)x[i];
		if (n == 0)
			m[n] = 0;
		else
			m[n] = m[n - 1] + (from_trigger ? trigger_step(t, m, n, (double)x[last], (double)x[i])
							: step_metres(s, o, last, i));
		last = i;
		n++;
	}
	out->n = n;
	out->t = t;
	out->v = from_trigger ? NULL : v;
	out->m = m;
	return true;
}

uint32_t tel_path_find(const struct tel_path *p, double ms)
{
	uint32_t low = 0, high = p->n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (p->t[mid] < ms)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Metres a ms at a sample. */
static double speed_ms(const struct tel_path *p, uint32_t i)
{
	if (p->v)
		return p->v[i] / kph_ms;
	uint32_t a = i > 0 && p->t[i] - p->t[i - 1] <= TEL_APART ? i - 1 : i;
	uint32_t b = i + 1 < p->n && p->t[i + 1] - p->t[i] <= TEL_APART ? i + 1 : i;

	return b > a ? (p->m[b] - p->m[a]) / (p->t[b] - p->t[a]) : 0;
}

/* Metres when the speed of sample i goes on; NAN further than the gap from it. */
static double goes_on(const struct tel_path *p, uint32_t i, double ms)
{
	return fabs(ms - p->t[i]) <= p->gap ? p->m[i] + speed_ms(p, i) * (ms - p->t[i]) : (double)NAN;
}

double tel_path_at(const struct tel_path *p, double ms)
{
	uint32_t i = tel_path_find(p, ms);

	if (p->n == 0)
		return NAN;
	if (i == 0 || i == p->n)
		return goes_on(p, i == 0 ? 0 : p->n - 1, ms);
	double span = p->t[i] - p->t[i - 1], x = (ms - p->t[i - 1]) / span, all = p->m[i] - p->m[i - 1];

	if (span > TEL_APART)
		return isnan(goes_on(p, i - 1, ms)) ? goes_on(p, i, ms) : goes_on(p, i - 1, ms);
	if (!p->v || span > p->gap)
		return p->m[i - 1] + all * x;
	double v0 = p->v[i - 1], v1 = p->v[i];

	return p->m[i - 1] + (v0 * x + (v1 - v0) * x * x / 2) * span / kph_ms;
}

bool tel_path_hole(const struct tel_path *p, double ms)
{
	uint32_t i = tel_path_find(p, ms);
	double before = i > 0 ? ms - p->t[i - 1] : (double)INFINITY, after = i < p->n ? p->t[i] - ms : (double)INFINITY;

	if (before + after > TEL_APART)
		return before > p->gap && after > p->gap;
	return after > 0 && before + after > p->gap;
}

/* Within one step from v0 to v1 km/h: the part of its time after which `part` of its metres are done. */
static double part_time(double v0, double v1, double part)
{
	double half = (v0 + v1) / 2, a = (v1 - v0) / 2;

	if (half <= 0)
		return part;
	if (fabs(a) < 1e-6 * half)
		return part;
	double root = v0 * v0 + 4 * a * half * part;

	return (sqrt(root > 0 ? root : 0) - v0) / (2 * a);
}

double tel_path_time(const struct tel_path *p, double metres)
{
	uint32_t low = 0, high = p->n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (p->m[mid] < metres)
			low = mid + 1;
		else
			high = mid;
	}
	if (p->n == 0 || (low == 0 && metres < p->m[0] && speed_ms(p, 0) <= 0))
		return NAN;
	if (low == 0)
		return p->t[0] - (p->m[0] - metres) / (speed_ms(p, 0) > 0 ? speed_ms(p, 0) : 1);
	if (low == p->n) {
		double v = speed_ms(p, p->n - 1);

		return v > 0 ? p->t[p->n - 1] + (metres - p->m[p->n - 1]) / v : (double)NAN;
	}
	double span = p->t[low] - p->t[low - 1], all = p->m[low] - p->m[low - 1];

	if (span > TEL_APART) {
		double v = speed_ms(p, low), back = v > 0 ? (p->m[low] - metres) / v : (double)INFINITY;

		if (back <= p->gap)
			return p->t[low] - back;
		v = speed_ms(p, low - 1);
		return v > 0 ? p->t[low - 1] + (metres - p->m[low - 1]) / v : (double)NAN;
	}
	double part = all > 0 ? (metres - p->m[low - 1]) / all : 0;

	return p->t[low - 1] + span * (p->v && span <= p->gap ? part_time(p->v[low - 1], p->v[low], part) : part);
}
