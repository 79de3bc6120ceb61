#include "core/telemetry/cutting.h"

#include <math.h>

#include "core/analysis/stat.h"
#include "core/telemetry/crossing.h"
#include "core/telemetry/words.h"

static const double listed = 0.5;     /* a lap is listed when so much of its time has samples */
static const double arrives = 2500;   /* ms: rows without a car clock come in bursts so far apart */
static const double near_line = 4000; /* ms: arrival of the trigger's fall after the crossing */

static bool no_memory(struct err *err)
{
	return err_set(err, ERR_NOMEM, "no memory for the laps of the telemetry");
}

/* --- which laps --------------------------------------------------------------------- */

static uint32_t tick_at(const struct tel_stream *s, double ms)
{
	uint32_t low = 0, high = s->n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if ((double)s->t[mid] < ms)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Time between start and end that has ticks less than a second apart (or a burst, without a clock). */
static double time_known(const struct tel_stream *s, double start, double end)
{
	double known = 0, most = s->car.has_clock ? 1000 : arrives;

	for (uint32_t i = tick_at(s, start) + 1; i < s->n && (double)s->t[i] <= end; i++)
		if ((double)(s->t[i] - s->t[i - 1]) <= most)
			known += (double)(s->t[i] - s->t[i - 1]);
	return known;
}

struct stretch {
	double start, end;
};

/* The lap on the car's clock. Without a clock the line is where the trigger fell back. */
static struct stretch lap_stretch(const struct tel_set_car *c, const struct tel_signs *signs, double end, ms_t time)
{
	struct stretch x = {.end = (double)c->match.midnight + end + c->match.late};

	x.start = x.end - time;
	if (c->no_clock) {
		double a = tel_sign_off(signs, x.start, -near_line, near_line),
		       b = tel_sign_off(signs, x.end, -near_line, near_line);

		x.start += isnan(a) ? 0 : a;
		x.end += isnan(b) ? 0 : b;
	}
	return x;
}

/* Label that most of the ticks carry. */
static uint16_t most_label(const struct tel_stream *s, uint32_t from, uint32_t n)
{
	uint32_t best = 0, run = 0;
	uint16_t label = TEL_NO_LAP;

	for (uint32_t i = from; i < from + n; i++) {
		run = i > from && s->lap[i] == s->lap[i - 1] ? run + 1 : 1;
		if (run > best) {
			best = run;
			label = s->lap[i];
		}
	}
	return label;
}

static void add_lap(struct tel_set *s, struct cutting *k, uint32_t car, uint32_t lap, const struct stretch *x)
{
	const struct tel_stream *t = k->streams[car];
	struct tel_cut *c = &k->cut[s->nlaps];
	struct tel_lap *l = &s->lap[s->nlaps++];

	*c = (struct tel_cut){.stream = t, .start = x->start, .end = x->end, .tick = tick_at(t, x->start)};
	c->ticks = tick_at(t, x->end) - c->tick;
	*l = (struct tel_lap){.car = car,
			      .lap = lap,
			      .number = s->session->laps.number[lap],
			      .label = most_label(t, c->tick, c->ticks),
			      .clean = lap_is_clean(k->an, lap),
			      .held = k->an->order.air[lap].air == AIR_HELD,
			      .time = s->session->laps.time[lap],
			      .start = (int64_t)llround(x->start),
			      .ticks = c->ticks,
			      .length = NAN,
			      .error = NAN,
			      .residual = NAN,
			      .check = NAN,
			      .gap_max = NAN,
			      .hole_from = NAN,
			      .hole_to = NAN,
			      .why = ""};
	s->cars[car].n++;
}

static bool find_laps(struct tel_set *s, struct cutting *k, uint32_t car, struct err *err)
{
	struct tel_set_car *c = &s->cars[car];
	const struct tel_stream *t = k->streams[car];
	uint32_t official = (uint32_t)c->match.car, first = s->session->cars[official].first;
	struct tel_signs signs;
	double *ends;

	c->first = s->nlaps;
	if (!tel_official_ends(s->session, official, k->scratch, &ends, err) ||
	    !tel_signs_make(t, k->scratch, &signs, err))
		return false;
	for (uint32_t i = 0; i < car_seen(k->an, official); i++) {
		c->clean_laps += lap_is_clean(k->an, first + i);

		struct stretch x = lap_stretch(c, &signs, ends[i], s->session->laps.time[first + i]);

		if (!isnan(x.end) && time_known(t, x.start, x.end) >= listed * (x.end - x.start))
			add_lap(s, k, car, first + i, &x);
	}
	return true;
}

/* --- length and holes ------------------------------------------------------------------ */

static double length_by(const struct tel_path *p, const struct tel_cut *c)
{
	return tel_path_at(p, c->end) - tel_path_at(p, c->start);
}

/* Median over the clean laps with a clock, else over all of them. */
static double median_length(const struct tel_set *s, const struct cutting *k, const struct tel_path *path, double *room)
{
	for (int clean = 1; clean >= 0; clean--) {
		uint32_t n = 0;

		for (uint32_t i = 0; i < s->nlaps; i++) {
			const struct tel_lap *l = &s->lap[i];
			double m = length_by(&path[l->car], &k->cut[i]);

			if (!isnan(m) && m > 100 && !s->cars[l->car].no_clock && (l->clean || !clean))
				room[n++] = m;
		}
		if (n > 0)
			return dbl_median(room, n);
	}
	return NAN;
}

/* The longest stretch without a speed sample; at the ends of the lap, with what lies outside. */
static void find_hole(const struct tel_set *s, const struct tel_path *p, const struct tel_cut *c, struct tel_lap *l)
{
	uint32_t i = tel_path_find(p, c->start);
	double last = i > 0 ? p->t[i - 1] : c->start, from = NAN;

	last = c->start - last > p->gap ? c->start : last;
	l->gap_max = 0;
	for (; last < c->end; i++) {
		double next = i < p->n && p->t[i] - c->end < p->gap ? p->t[i] : c->end;

		if (next - last > l->gap_max * 1000) {
			l->gap_max = (next - last) / 1000;
			from = last;
		}
		if (i >= p->n || next >= c->end)
			break;
		last = p->t[i];
	}
	if (l->gap_max <= s->options.gap)
		return;
	l->hole_from = tel_cut_metres(c, from);
	l->hole_to = tel_cut_metres(c, from + l->gap_max * 1000);
}

/* Time at which the path, not scaled, is the track's length from the line. */
static double unscaled_error(const struct tel_cut *c, double length)
{
	return (tel_path_time(c->path, c->from + length) - c->end) / 1000;
}

/* --- what may be used ---------------------------------------------------------------------- */

static bool judge_lap(struct tel_set *s, struct tel_lap *l, struct err *err)
{
	const struct tel_options *o = &s->options;

	l->usable = false;
	if (s->cars[l->car].no_clock) {
		l->why = "no clock of the car: values over distance, no times";
		return true;
	}
	if (isnan(l->length)) {
		l->why = "no samples at its beginning or end";
		return true;
	}
	if (!(fabs(l->error) <= o->most_error))
		return (l->why = tel_say(s->arena, err, "%.0f m driven, the track has %.0f", l->length, s->length)) !=
		       NULL;
	if (l->residual > o->most_residual)
		return (l->why = tel_say(s->arena, err, "misses the official lines by %.2f s, more than %.2f",
					 l->residual, o->most_residual)) != NULL;
	l->usable = true;
	if (l->gap_max > o->gap)
		l->why = tel_say(s->arena, err, "no samples from %.0f to %.0f m", l->hole_from, l->hole_to);
	return l->why != NULL;
}

/* --- all of it --------------------------------------------------------------------------------- */

static bool make_paths(struct tel_set *s, struct cutting *k, struct err *err)
{
	k->speed = ARENA_ARRAY(k->scratch, s->ncars, struct tel_path);
	k->trigger = ARENA_ARRAY(k->scratch, s->ncars, struct tel_path);
	if (!k->speed || !k->trigger)
		return no_memory(err);
	for (uint32_t i = 0; i < s->ncars; i++)
		if (s->cars[i].match.found &&
		    (!tel_path_make(k->streams[i], &s->options, false, k->scratch, &k->speed[i], err) ||
		     !tel_path_make(k->streams[i], &s->options, true, k->scratch, &k->trigger[i], err)))
			return false;
	return true;
}

static bool make_laps(struct tel_set *s, struct cutting *k, struct err *err)
{
	size_t most = 0;

	for (uint32_t i = 0; i < s->ncars; i++)
		if (s->cars[i].match.found)
			most += s->session->cars[s->cars[i].match.car].n;
	s->lap = ARENA_ARRAY(s->arena, most, struct tel_lap);
	k->cut = ARENA_ARRAY(k->scratch, most, struct tel_cut);
	if (!s->lap || !k->cut)
		return no_memory(err);
	for (uint32_t i = 0; i < s->ncars; i++)
		if (s->cars[i].match.found && !find_laps(s, k, i, err))
			return false;
	return true;
}

/* The path that counts for each lap: the set's source; without a clock the trigger. */
static void choose_path(struct tel_set *s, struct cutting *k, uint32_t i)
{
	struct tel_lap *l = &s->lap[i];
	struct tel_cut *c = &k->cut[i];

	l->source = s->cars[l->car].no_clock ? DIST_TRIGGER : k->source;
	c->path = l->source == DIST_TRIGGER ? &k->trigger[l->car] : &k->speed[l->car];
	c->from = tel_path_at(c->path, c->start);
	c->metres = length_by(c->path, c);
	l->length = s->cars[l->car].no_clock ? (double)NAN : length_by(&k->speed[l->car], c);
	if (c->metres > 100)
		tel_lines_pin(s, l, c);
	else
		c->metres = 0;
}

static double trigger_length(const struct tel_set *s, const struct cutting *k, double *room)
{
	double l = median_length(s, k, k->trigger, room);
	uint32_t n = 0;

	if (!isnan(l))
		return l;
	for (uint32_t i = 0; i < s->nlaps; i++) {
		double m = length_by(&k->trigger[s->lap[i].car], &k->cut[i]);

		if (m > 100)
			room[n++] = m;
	}
	return n ? dbl_median(room, n) : (double)NAN;
}

bool tel_laps_cut(struct tel_set *s, struct cutting *k, struct err *err)
{
	double *room, by_trigger, by_speed;

	s->length = NAN;
	if (!make_paths(s, k, err) || !make_laps(s, k, err))
		return false;
	room = ARENA_ARRAY(k->scratch, s->nlaps, double);
	if (!room)
		return no_memory(err);
	s->length = median_length(s, k, k->speed, room);
	by_trigger = trigger_length(s, k, room);
	if (isnan(s->length))
		s->length = by_trigger;
	if (isnan(s->length))
		return true;
	s->n = (uint32_t)llround(s->length / s->options.step) + 1;
	s->step = s->length / (s->n - 1);
	by_speed = tel_lines_fit(s, k, DIST_SPEED);
	k->source = tel_lines_fit(s, k, DIST_TRIGGER) < by_speed ? DIST_TRIGGER : DIST_SPEED;
	tel_lines_fit(s, k, k->source);
	for (uint32_t i = 0; i < s->nlaps; i++) {
		choose_path(s, k, i);
		if (k->cut[i].metres > 0 && !s->cars[s->lap[i].car].no_clock) {
			s->lap[i].error =
				unscaled_error(&k->cut[i], k->source == DIST_TRIGGER ? by_trigger : s->length);
			find_hole(s, &k->speed[s->lap[i].car], &k->cut[i], &s->lap[i]);
		}
		if (!judge_lap(s, &s->lap[i], err))
			return false;
	}
	return true;
}
