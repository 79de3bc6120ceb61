/* Cars that meet: gaps that are kept, passes, cars that are lapped. */
#include "data/generator/clock.h"

enum {
	BEHIND_LAG = 100000, /* microseconds: how late a driver follows what the car in front does */
	BEHIND_MM = 8800,    /* and how far behind him he stays */
	CAUTION_GAP = 700000,
	PASS_FLOOR = 55000, /* gaining less than this on a stretch, nobody passes */
	PASS_SURE = 420000, /* gaining that much more, he does where passing is easy */
	BLUE_FLAG = 260000  /* who is lapped loses that */
};

bool under_caution(const struct race *r, int64_t at)
{
	return r->caution_from > 0 && at >= r->caution_from && (r->caution_to < 0 || at < r->caution_to);
}

/* The least gap at the end of a mini-sector: a distance, so it is longer in time where cars are slow. */
static int64_t least_gap(struct race *r, int mini, int64_t at)
{
	int64_t gap = BEHIND_LAG + (int64_t)BEHIND_MM * 1000000 / r->run->pace->speed_at[mini];

	return under_caution(r, at) ? CAUTION_GAP : gap;
}

static bool is_lapped(const struct race *r, int ahead, int car)
{
	return r->runner[ahead].lap < r->runner[car].lap ||
	       (r->runner[ahead].lap == r->runner[car].lap && r->runner[ahead].mini < r->runner[car].mini);
}

/* Gains on the car in front, in microseconds on this stretch: enough to get by here? */
static bool gets_by(struct race *r, int mini, int ahead, int64_t gain)
{
	int64_t needed = (int64_t)PASS_FLOOR * r->run->car[ahead].pace->driver->defence / 100;
	int64_t chance = (gain - needed) * 1000 / PASS_SURE;
	int64_t here = (int64_t)2 * r->run->pace->layout.track->pass[mini];

	if (gain <= needed)
		return false;
	chance = chance > 1000 ? 1000 : chance;
	return rng_below(&r->rng, 100000) < chance * here;
}

static void follow_in(struct stretch *s, int car, int64_t in, int64_t out)
{
	s->before_out = s->car < 0 ? 0 : s->out;
	s->car = car;
	s->in = in;
	s->out = out;
}

/* The car goes in front of the one it caught; that one comes out behind it. */
static int64_t pass(struct race *r, struct stretch *s, int64_t in, int64_t out, int64_t gap, int64_t lost)
{
	struct runner *behind = &r->runner[s->car];
	int64_t least = s->before_out + gap;

	out = out < least ? least : out;
	behind->at = s->out + lost > out + gap ? s->out + lost : out + gap;
	s->before_out = out;
	s->out = behind->at;
	s->in = in;
	return out;
}

int64_t traffic_out(struct race *r, int car, int64_t alone)
{
	struct runner *me = &r->runner[car];
	struct stretch *s = &r->stretch[me->mini];
	int64_t out = me->at + alone, gap = least_gap(r, me->mini, me->at), held = s->out + gap, in = me->at;

	if (s->car < 0 || out >= held) {
		follow_in(s, car, in, out);
		return out;
	}
	bool lapped = is_lapped(r, s->car, car), still_in = r->runner[s->car].at == s->out && !r->runner[s->car].out;

	if (still_in && !under_caution(r, in) && (lapped || gets_by(r, me->mini, s->car, held - out))) {
		int64_t passed = pass(r, s, in, out, gap, lapped ? BLUE_FLAG : rng_between(&r->rng, 20000, 160000));

		return passed;
	}
	out = held + rng_below(&r->rng, 90000);
	follow_in(s, car, in, out);
	return out;
}
