#include "core/telemetry/match.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/telemetry/match_trial.h"
#include "core/telemetry/words.h"

enum { HOUR_MS = 3600000, DAY_MS = 86400000 };
static const double fits = 0.5, fits_no_clock = 2.5; /* s */
static const double sure_of_car = 1.5; /* a car found by fit must fit so many times better than the next */

/* "013" and "13" are one; "000" and "" are none. */
static const char *unpadded(const char *number)
{
	while (*number == '0')
		number++;
	return number;
}

/* --- which car ------------------------------------------------------------------ */

/* Whether a car of the session answers to the number, and how nearly: 2 as painted, 1 without zeros in front, 0 no. */
static int answers_to(const struct car *c, const char *number)
{
	if (*unpadded(number) == '\0')
		return 0;
	if (strcmp(c->number, number) == 0)
		return 2;
	return strcmp(unpadded(c->number), unpadded(number)) == 0;
}

static int nearest_number(const struct session *s, const char *number)
{
	int best = 0;

	for (uint32_t i = 0; i < s->ncars; i++) {
		int a = answers_to(&s->cars[i], number);

		best = a > best ? a : best;
	}
	return best;
}

/* The spelling that says a number at all: chassis 002 sent "000" before it was given one. */
static void said_number(const struct tel_car *c, char *out, size_t size)
{
	const char *p = c->numbers && *c->numbers ? c->numbers : c->number ? c->number : "";

	snprintf(out, size, "%s", c->number ? c->number : "");
	while (*unpadded(out) == '\0' && *p) {
		size_t n = strcspn(p, " ");

		snprintf(out, size, "%.*s", (int)(n < size ? n : size - 1), p);
		p += n + (p[n] == ' ');
	}
}

struct verdict {
	struct trial best;
	double next_hour, next_car;
	bool any;
};

static bool try_cars(const struct matcher *m, const char *number, int nearness, struct verdict *v, struct err *err)
{
	*v = (struct verdict){.next_hour = NAN, .next_car = NAN};
	for (uint32_t car = 0; car < m->s->ncars; car++) {
		struct trial t;
		double next;

		if (nearness && answers_to(&m->s->cars[car], number) != nearness)
			continue;
		if (!trial_best(m, car, &t, &next, err))
			return false;
		if (!v->any || trial_better(&t, &v->best)) {
			v->next_car = v->any ? v->best.misfit : (double)NAN;
			v->best = t;
			v->next_hour = next;
		} else if (!isnan(t.misfit) && !(t.misfit >= v->next_car)) {
			v->next_car = t.misfit;
		}
		v->any = true;
	}
	return true;
}

static bool no_match(struct tel_match *out, const char *why)
{
	out->found = false;
	out->why = why;
	return why != NULL;
}

static void take(const struct verdict *v, enum tel_known_by by, struct tel_match *out)
{
	*out = (struct tel_match){.found = true,
				  .car = (int)v->best.car,
				  .by = by,
				  .zone = v->best.zone,
				  .midnight = v->best.midnight,
				  .late = (ms_t)round_half_away(v->best.late),
				  .misfit = v->best.misfit,
				  .next_misfit = by == KNOWN_BY_FIT ? v->next_car : v->next_hour,
				  .laps = v->best.laps,
				  .why = ""};
}

static bool judge(const struct matcher *m, const struct verdict *v, const char *number, enum tel_known_by by,
		  struct tel_match *out, struct err *err)
{
	double most = m->stream->car.has_clock ? fits : fits_no_clock;

	if (!v->any || v->best.laps == 0)
		return no_match(out, tel_say(m->arena, err, "no lap of %s %s is in its samples",
					     by == KNOWN_BY_FIT ? "any car in" : "car",
					     by == KNOWN_BY_FIT ? m->s->id : number));
	if (isnan(v->best.misfit))
		return no_match(out, tel_say(m->arena, err,
					     "one lap without any sign of the line: it cannot be told which it is"));
	if (v->best.misfit > most)
		return no_match(out,
				tel_say(m->arena, err, "its samples fit no lap of %s: they miss the line by %.1f s",
					m->s->id, v->best.misfit));
	if (by == KNOWN_BY_FIT && !(v->next_car >= sure_of_car * v->best.misfit) && !isnan(v->next_car))
		return no_match(out, tel_say(m->arena, err,
					     "no number, and its samples fit car %s hardly better than another",
					     m->s->cars[v->best.car].id));
	take(v, by, out);
	return true;
}

bool tel_match_make(const struct session *s, const struct tel_stream *t, const struct tel_options *o,
		    struct arena *arena, struct tel_match *out, struct err *err)
{
	struct matcher m = {.s = s, .stream = t, .o = o, .arena = arena};
	char number[32];
	int nearness;
	struct verdict v;

	*out = (struct tel_match){.car = -1, .misfit = NAN, .next_misfit = NAN, .why = ""};
	said_number(&t->car, number, sizeof number);
	nearness = nearest_number(s, number);
	if (nearness == 0 && *unpadded(number))
		return no_match(out, tel_say(m.arena, err, "there is no car %s in %s", number, s->id));
	if (t->n == 0)
		return no_match(out, tel_say(m.arena, err, "no samples"));
	if (!tel_path_make(t, o, !t->car.has_clock, arena, &m.path, err) || !tel_signs_make(t, arena, &m.signs, err))
		return false;
	if (m.path.n == 0)
		return no_match(out,
				tel_say(m.arena, err,
					t->car.has_clock ? "no speed in its samples" : "no distance in its samples"));
	return try_cars(&m, number, nearness, &v, err) && judge(&m, &v, number,
								nearness == 2   ? KNOWN_BY_NUMBER
								: nearness == 1 ? KNOWN_BY_PADDED_NUMBER
										: KNOWN_BY_FIT,
								out, err);
}

const struct session *tel_match_session(const struct session *const *s, uint32_t n, const struct tel_stream *t,
					const struct tel_options *o, struct arena *arena, struct tel_match *out,
					struct err *err)
{
	const struct session *best = NULL;

	*out = (struct tel_match){.car = -1, .misfit = NAN, .next_misfit = NAN, .why = "no session"};
	for (uint32_t i = 0; i < n; i++) {
		struct tel_match m;

		if (!tel_match_make(s[i], t, o, arena, &m, err))
			return NULL;
		if (!m.found && !best)
			*out = m;
		if (!m.found || (best && (m.laps < out->laps || (m.laps == out->laps && m.misfit >= out->misfit))))
			continue;
		*out = m;
		best = s[i];
	}
	return best;
}

/* Civil date of a day number since 1970: the calendar counted from March of year 0. */
static void put_date(int64_t day, char *out, size_t size)
{
	int64_t days = day + 719468, era = (days >= 0 ? days : days - 146096) / 146097, in_era = days - era * 146097;
	int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t in_year = in_era - (365 * year + year / 4 - year / 100), month = (5 * in_year + 2) / 153;

	snprintf(out, size, "%04u-%02u-%02u", (unsigned)(year + era * 400 + (month >= 10)) % 10000u,
		 (unsigned)(month < 10 ? month + 3 : month - 9) % 100u,
		 (unsigned)(in_year - (153 * month + 2) / 5 + 1) % 100u);
}

char *tel_match_day(const struct tel_match *m, char *out)
{
	char date[16];

	put_date(tel_day_floor(m->midnight + (int64_t)m->zone * HOUR_MS) / DAY_MS, date, sizeof date);
	snprintf(out, 32, "%s UTC%+d", date, m->zone);
	return out;
}

char *tel_utc(int64_t ms, char *out)
{
	int64_t day = tel_day_floor(ms);
	unsigned in_day = (unsigned)(ms - day);
	char date[16];

	put_date(day / DAY_MS, date, sizeof date);
	snprintf(out, 32, "%sT%02u:%02u:%02u.%03uZ", date, in_day / HOUR_MS % 24, in_day / 60000 % 60,
		 in_day / 1000 % 60, in_day % 1000);
	return out;
}
