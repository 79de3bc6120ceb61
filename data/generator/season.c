/* Counting: every race once, as its official (else provisional) result has it. */
#include "data/generator/season.h"

static bool is_clean(const struct car_run *c, int n, int32_t best)
{
	const struct lap *l = &c->lap[n];

	return n > 0 && !l->in_pit && l->pit_time == 0 && l->flag != LAP_CAUTION &&
	       (int64_t)l->time * 100 < (int64_t)best * 107;
}

static int clean_laps(const struct car_run *c, int32_t time[LAPS_MAX])
{
	const struct lap *best = run_best(c);
	int n = 0;

	for (int i = 0; best && i < c->laps; i++)
		if (is_clean(c, i, best->time))
			time[n++] = c->lap[i].time;
	return n;
}

static int64_t mean_of(const int32_t *time, int n)
{
	int64_t sum = 0;

	for (int i = 0; i < n; i++)
		sum += time[i];
	return n ? sum / n : 0;
}

static void count_pace(struct season_entry *e, const struct car_run *c)
{
	int32_t time[LAPS_MAX];
	int n = clean_laps(c, time), third = n / 3;
	int64_t mean = mean_of(time, n), off = 0;

	for (int i = 0; i < n; i++)
		off += time[i] > mean ? time[i] - mean : mean - time[i];
	e->spread = n ? off / n : 0;
	e->fade = third ? mean_of(time + n - third, third) - mean_of(time, third) : 0;
}

static void count_laps(struct season_entry *e, const struct car_run *c)
{
	int64_t sum = 0;

	e->fastest = run_best(c)->time;
	for (int s = 0; s < 3; s++)
		e->sector[s] = lap_sector(&c->lap[0], s);
	for (int i = 0; i < c->laps; i++) {
		const struct lap *l = &c->lap[i];

		sum += l->time;
		e->worst = l->time > e->worst ? l->time : e->worst;
		for (int s = 0; s < 3; s++)
			if (lap_sector(l, s) < e->sector[s])
				e->sector[s] = lap_sector(l, s);
	}
	e->mean = sum / c->laps;
}

/* What each lacks to the best of all. */
static void count_differences(struct season_book *s, int race)
{
	struct season_entry best = {.fastest = INT32_MAX, .qualifying = INT32_MAX};

	for (int k = 0; k < 3; k++)
		best.sector[k] = INT32_MAX;
	for (int i = 0; i < DRIVERS; i++) {
		const struct season_entry *e = &s->entry[i][race];

		if (!e->there)
			continue;
		best.fastest = e->fastest < best.fastest ? e->fastest : best.fastest;
		best.qualifying = e->qualifying < best.qualifying ? e->qualifying : best.qualifying;
		for (int k = 0; k < 3; k++)
			best.sector[k] = e->sector[k] < best.sector[k] ? e->sector[k] : best.sector[k];
	}
	for (int i = 0; i < DRIVERS; i++) {
		struct season_entry *e = &s->entry[i][race];

		e->to_fastest = e->fastest - best.fastest;
		e->to_pole = e->qualifying - best.qualifying;
		for (int k = 0; k < 3; k++)
			e->to_sector[k] = e->sector[k] - best.sector[k];
	}
}

void season_add(struct season_book *s, const struct run *r)
{
	bool late = events[r->pace->event].official_late[r->number - 1];
	enum stage stage = late ? STAGE_OFFICIAL : STAGE_PROVISIONAL;
	uint8_t place[DRIVERS];

	classify(r, stage, place);
	s->race[s->races].event = r->pace->event;
	s->race[s->races].number = r->number;
	for (int i = 0; i < r->ncars; i++) {
		const struct car_run *c = &r->car[place[i]], *first = &r->car[place[0]];
		struct season_entry *e = &s->entry[place[i]][s->races];

		if (c->laps == 0)
			continue;
		*e = (struct season_entry){.there = true,
					   .retired = c->retired,
					   .start = (int16_t)c->grid,
					   .finish = (int16_t)(i + 1),
					   .laps = (int16_t)c->laps,
					   .qualifying = c->grid_time,
					   .total = classified_total(c, stage),
					   .behind = classified_total(c, stage) - classified_total(first, stage),
					   .laps_behind = (int16_t)(first->laps - c->laps)};
		count_laps(e, c);
		count_pace(e, c);
	}
	count_differences(s, s->races++);
}
