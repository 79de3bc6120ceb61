/* What stands behind a note: the laps of both sides with their times and lines. */
#include "core/analysis/class_clock.h"
#include "core/analysis/coach_draft.h"

void set_side(struct coach *k, const struct note *n, struct note_side *side, const char *name, const uint32_t *lap,
	      uint32_t count)
{
	const struct laps *l = &k->an->session->laps;
	const ms_t *times = place_times(k->an->session, n->sector, n->mini);

	*side = (struct note_side){.name = name,
				   .lap = new_laps(k, count),
				   .time = new_times(k, count),
				   .line = ARENA_ARRAY(k->arena, count, uint32_t)};
	k->failed = k->failed || !side->line;
	if (k->failed)
		return;
	for (uint32_t i = 0; i < count; i++) {
		side->lap[i] = l->number[lap[i]];
		side->time[i] = times[lap[i]];
		side->line[i] = l->line[lap[i]];
	}
	side->n = count;
}

void side_of_numbers(struct coach *k, const struct note *n, struct note_side *side, const char *name, uint16_t car,
		     const uint16_t *number, uint32_t count)
{
	uint32_t *lap = ARENA_ARRAY(k->arena, count, uint32_t), found = 0;

	k->failed = k->failed || !lap;
	for (uint32_t i = 0; lap && i < count; i++) {
		int64_t at = session_lap(k->an->session, car, number[i]);

		if (at >= 0 && at < (int64_t)car_first(k->an, car) + car_seen(k->an, car))
			lap[found++] = (uint32_t)at;
	}
	if (lap)
		set_side(k, n, side, name, lap, found);
}

void fill_sides(struct coach *k, struct note *n)
{
	if (n->nlaps == 0 || n->of_you.n > 0)
		return;
	side_of_numbers(k, n, &n->of_you, you_id(k), k->c->you, n->laps, n->nlaps);
	if (k->c->ref != k->c->you)
		side_of_numbers(k, n, &n->of_ref, ref_id(k), k->c->ref, n->laps, n->nlaps);
}

/* --- Both on one scale ---------------------------------------------------------- */

static void widen(const struct note_side *s, ms_t *least, ms_t *most)
{
	for (uint32_t i = 0; i < s->n; i++) {
		if (s->time[i] == MS_NONE)
			continue;
		*least = *least == MS_NONE || s->time[i] < *least ? s->time[i] : *least;
		*most = s->time[i] > *most ? s->time[i] : *most;
	}
}

void note_range(const struct note *n, ms_t *least, ms_t *most)
{
	*least = *most = MS_NONE;
	widen(&n->of_you, least, most);
	widen(&n->of_ref, least, most);
}

void note_strip(const struct note *n, const struct note_side *s, unsigned w, char *out)
{
	ms_t least, most;

	note_range(n, &least, &most);
	*out = '\0';
	if (s->n == 0 || least == MS_NONE || w == 0)
		return;
	for (unsigned x = 0; x < w; x++)
		out[x] = '.';
	out[w] = '\0';
	for (uint32_t i = 0; i < s->n; i++) {
		char *at;

		if (s->time[i] == MS_NONE)
			continue;
		at = &out[most == least ? 0 : (int64_t)(s->time[i] - least) * (w - 1) / (most - least)];
		*at = *at == '.' ? '1' : *at >= '1' && *at < '9' ? (char)(*at + 1) : '+';
	}
}
