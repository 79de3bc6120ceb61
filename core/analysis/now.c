#include "core/analysis/now.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/analysis/live_gap.h"

enum { CAUGHT = 500, FEWEST_PAIRS = 6 };

static uint16_t last_number(const struct analysis *an, uint16_t car)
{
	uint32_t seen = car_seen(an, car);
	return seen ? an->session->laps.number[car_first(an, car) + seen - 1] : 0;
}

/* ELAPSED of `you` minus that of `other` at a lap; MS_NONE unknown. */
static ms_t gap_at(const struct analysis *an, uint16_t you, uint16_t other, uint16_t lap)
{
	const struct session *s = an->session;
	int64_t i = session_lap(s, you, lap), k = session_lap(s, other, lap);
	if (i < 0 || k < 0 || i >= (int64_t)car_first(an, you) + car_seen(an, you) ||
	    k >= (int64_t)car_first(an, other) + car_seen(an, other) || s->laps.elapsed[i] == MS_NONE ||
	    s->laps.elapsed[k] == MS_NONE)
		return MS_NONE;
	return s->laps.elapsed[i] - s->laps.elapsed[k];
}

static uint16_t common_lap(const struct analysis *an, uint16_t a, uint16_t b)
{
	uint16_t x = last_number(an, a), y = last_number(an, b);
	return x < y ? x : y;
}

ms_t gap_to_you(const struct analysis *an, uint16_t you, uint16_t other, int32_t *laps)
{
	struct gap behind = gap_live(an->session, &an->classes, other, you),
		   ahead = gap_live(an->session, &an->classes, you, other);
	*laps = (int32_t)behind.laps - (int32_t)ahead.laps;
	if (*laps != 0)
		return MS_NONE;
	return gap_at(an, other, you, common_lap(an, you, other));
}

static uint16_t neighbour(const struct analysis *an, uint16_t you, int by)
{
	int row = an->order.row_of[you] + by;
	if (row < 0 || row >= (int)an->session->ncars || car_seen(an, an->order.table[row].car) == 0)
		return NO_CAR;
	return an->order.table[row].car;
}

static const char *id_of(const struct analysis *an, uint16_t car)
{
	return an->session->cars[car].id;
}

/* --- CATCH ---------------------------------------------------------------- */

/* The laps from which the car ahead was close, and the laps on which the gap fell before. */
struct chase {
	uint16_t caught, from, last; /* lap numbers; caught 0: not close now; from = caught: it did not fall before */
	ms_t low, high;              /* of the gap since; low MS_NONE: nothing since */
};

static bool is_close(ms_t gap)
{
	return gap != MS_NONE && gap >= 0 && gap < CAUGHT;
}

static struct chase chase_of(const struct analysis *an, uint16_t you, uint16_t ahead)
{
	struct chase c = {.last = common_lap(an, you, ahead), .low = MS_NONE, .high = MS_NONE};
	uint16_t lap = c.last;
	for (; lap > 0 && is_close(gap_at(an, you, ahead, lap)); lap--)
		c.caught = lap;
	c.from = c.caught;
	for (lap = c.caught; lap > 2; lap--) {
		ms_t g = gap_at(an, you, ahead, lap), before = gap_at(an, you, ahead, lap - 1),
		     first = gap_at(an, you, ahead, lap - 2);
		if (g == MS_NONE || before == MS_NONE || first == MS_NONE || before <= g || first <= before)
			break;
		c.from = lap - 1;
	}
	for (lap = c.caught + 1; c.caught && lap <= c.last; lap++) {
		ms_t g = gap_at(an, you, ahead, lap);
		c.low = c.low == MS_NONE || g < c.low ? g : c.low;
		c.high = c.high == MS_NONE || g > c.high ? g : c.high;
	}
	return c;
}

static void caught_words(const struct analysis *an, uint16_t you, uint16_t ahead, const struct chase *c, char out[120])
{
	char a[NUM_LEN], b[NUM_LEN];
	int n;
	if (c->from < c->caught)
		n = snprintf(out, 120, "done: %s (lap %u) to %s (lap %u)", time_str(a, gap_at(an, you, ahead, c->from)),
			     c->from, time_str(b, gap_at(an, you, ahead, c->caught)), c->caught);
	else
		n = snprintf(out, 120, "behind %.12s by %s since lap %u", id_of(an, ahead),
			     time_str(a, gap_at(an, you, ahead, c->caught)), c->caught);
	if (c->low != MS_NONE && n > 0)
		snprintf(out + n, 120 - (size_t)n, "; %s to %s since", time_str(a, c->low), time_str(b, c->high));
}

static char *hundredths(char out[NUM_LEN], double ms)
{
	return dec_str(out, fabs(ms) / 1000, 2);
}

static void chase_words(const struct analysis *an, uint16_t you, uint16_t ahead, ms_t gap, char out[120])
{
	struct pace_now p;
	char t[NUM_LEN], d[NUM_LEN];
	pace_now_of(an, ahead, you, &p);
	time_str(t, gap);
	if (p.catch_lap > 0)
		snprintf(out, 120, "%.12s at %s, %s quicker a lap: reaches %.12s on lap %d", id_of(an, ahead), t,
			 hundredths(d, p.diff), id_of(an, ahead), (int)p.catch_lap);
	else if (p.clear && p.diff > 0)
		snprintf(out, 120, "%.12s at %s and losing %s a lap", id_of(an, ahead), t, hundredths(d, p.diff));
	else
		snprintf(out, 120, "%.12s at %s: holding", id_of(an, ahead), t);
}

static bool catch_line(const struct analysis *an, uint16_t you, struct now_line *l)
{
	uint16_t ahead = neighbour(an, you, -1);
	int32_t laps = 0;
	ms_t gap = ahead == NO_CAR ? MS_NONE : gap_to_you(an, you, ahead, &laps);
	if (gap == MS_NONE)
		return false;
	l->head = "CATCH";
	struct chase c = chase_of(an, you, ahead);
	if (c.caught)
		caught_words(an, you, ahead, &c, l->text);
	else
		chase_words(an, you, ahead, -gap, l->text);
	return true;
}

/* --- WHERE ---------------------------------------------------------------- */

static const struct place_row *most(const struct comparison *c, bool gain, bool mini)
{
	const struct place_row *best = NULL;
	uint32_t score = 0;
	for (unsigned i = 0; i < c->nrows; i++) {
		const struct place_row *r = &c->row[i];
		if ((mini ? r->mini : r->sector) < 0 || r->all.n < FEWEST_PAIRS)
			continue;
		uint32_t laps = gain ? r->all.won : r->all.n - r->all.won;
		if (laps * 2 > r->all.n && laps > score) {
			score = laps;
			best = r;
		}
	}
	return best;
}

static bool where_line(const struct analysis *an, const struct comparison *c, struct now_line *l)
{
	bool mini = an->session->nmini > 0;
	const struct place_row *gain = most(c, true, mini), *loss = most(c, false, mini);
	int n = 0;
	l->head = "WHERE";
	if (gain)
		n = snprintf(l->text, sizeof l->text, "you gain in %s (%u of %u laps)", gain->name, gain->all.won,
			     gain->all.n);
	if (loss && n >= 0)
		snprintf(l->text + n, sizeof l->text - (size_t)n, "%s %s (%u of %u)",
			 gain ? ", lose in" : "you lose in", loss->name, loss->all.n - loss->all.won, loss->all.n);
	return gain || loss;
}

/* --- BEHIND --------------------------------------------------------------- */

static bool behind_line(const struct analysis *an, uint16_t you, int32_t to_go, struct now_line *l)
{
	uint16_t car = neighbour(an, you, 1);
	int32_t laps = 0;
	ms_t gap = car == NO_CAR ? MS_NONE : gap_to_you(an, you, car, &laps);
	struct pace_now p;
	char t[NUM_LEN], d[NUM_LEN], end[40] = "";
	if (gap == MS_NONE)
		return false;
	l->head = "BEHIND";
	pace_now_of(an, you, car, &p);
	time_str(t, gap);
	if (to_go > 0)
		snprintf(end, sizeof end, " in %d lap%s", (int)to_go, to_go == 1 ? "" : "s");
	if (p.clear && p.diff > 0)
		snprintf(l->text, sizeof l->text, "%.12s at %s and losing %s a lap: no threat%s", id_of(an, car), t,
			 hundredths(d, p.diff), end);
	else if (p.catch_lap > 0)
		snprintf(l->text, sizeof l->text, "%.12s at %s, %s quicker a lap: reaches you on lap %d",
			 id_of(an, car), t, hundredths(d, p.diff), (int)p.catch_lap);
	else
		snprintf(l->text, sizeof l->text, "%.12s at %s: holding", id_of(an, car), t);
	return true;
}

uint32_t now_lines(const struct analysis *an, const struct comparison *c, uint16_t you, int32_t laps_to_go,
		   struct now_line out[NOW_LINES])
{
	uint32_t n = 0;
	if (you == NO_CAR || car_seen(an, you) == 0 || an->session->kind != KIND_RACE)
		return 0;
	n += catch_line(an, you, &out[n]);
	n += c && where_line(an, c, &out[n]);
	n += behind_line(an, you, laps_to_go, &out[n]);
	return n;
}
