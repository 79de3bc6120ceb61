#include "core/load/build_rows.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --- Cars ----------------------------------------------------------------- */

/* "3#2", or the next number no car paints on itself. */
static const char *car_id(struct session_build *b, const char *number, uint32_t rank)
{
	char id[128];
	if (rank == 1)
		return number;
	do {
		snprintf(id, sizeof id, "%s#%u", number, (unsigned)rank);
		rank += BUILD_SAME_NUMBER_MAX;
	} while (*build_text_slot(&b->texts, str_from(id)));
	return arena_strndup(b->s->arena, id, strlen(id));
}

struct car_order {
	struct str number;
	uint32_t rank, chain;
};

static int car_order_cmp(const void *pa, const void *pb)
{
	const struct car_order *a = pa, *b = pb;
	int c = str_cmp(a->number, b->number);
	return c ? c : (a->rank > b->rank) - (a->rank < b->rank);
}

static bool name_cars(struct chaining *c, const struct car_order *order)
{
	struct session_build *b = c->b;
	struct session *s = b->s;
	for (uint32_t i = 0; i < s->ncars; i++) {
		struct car *car = &s->cars[i];
		const struct chain *ch = &c->chains[order[i].chain];
		bool shared = ch->rank > 1 || (i + 1 < s->ncars && order[i + 1].rank > 1);
		car->number = build_text_of(b, ch->number);
		car->id = car_id(b, car->number, ch->rank);
		car->season_number = shared ? "" : car->number;
		car->driver = car->class_name = car->group = car->team = car->vehicle = "";
		car->grid_time = MS_NONE;
		if (!car->id)
			return false;
		if (ch->rank > 1) {
			char why[160];
			snprintf(why, sizeof why, "another car carries NUMBER %s: it is called %s", car->number,
				 car->id);
			session_build_warn(b, ch->first_line, why);
		}
	}
	return true;
}

/* Lists the cars by number and turns chain_of from chains into cars. */
bool build_make_cars(struct chaining *c)
{
	struct session *s = c->b->s;
	struct car_order *order = malloc(c->nchains * sizeof *order);
	uint32_t *car_of_chain = malloc(c->nchains * sizeof *car_of_chain);
	s->cars = ARENA_ARRAY(s->arena, c->nchains, struct car);
	s->ncars = c->nchains;
	bool ok = order && car_of_chain && s->cars;
	if (ok) {
		for (uint32_t i = 0; i < c->nchains; i++)
			order[i] = (struct car_order){c->b->texts.at[c->chains[i].number], c->chains[i].rank, i};
		qsort(order, c->nchains, sizeof *order, car_order_cmp);
		for (uint32_t i = 0; i < c->nchains; i++)
			car_of_chain[order[i].chain] = i;
		for (uint32_t i = 0; i < c->n; i++)
			if (c->chain_of[i] != NONE)
				c->chain_of[i] = car_of_chain[c->chain_of[i]];
		ok = name_cars(c, order);
	}
	free(order);
	free(car_of_chain);
	return ok;
}

/* --- Laps ----------------------------------------------------------------- */

static bool alloc_laps(struct session *s, uint32_t n)
{
	struct laps *l = &s->laps;
	struct arena *a = s->arena;
	bool ok = (l->car = ARENA_ARRAY(a, n, uint16_t)) && (l->number = ARENA_ARRAY(a, n, uint16_t)) &&
		  (l->time = ARENA_ARRAY(a, n, ms_t)) && (l->elapsed = ARENA_ARRAY(a, n, ms_t)) &&
		  (l->hour = ARENA_ARRAY(a, n, ms_t)) && (l->pit_time = ARENA_ARRAY(a, n, ms_t)) &&
		  (l->kph = ARENA_ARRAY(a, n, uint16_t)) && (l->top_speed = ARENA_ARRAY(a, n, uint16_t)) &&
		  (l->driver = ARENA_ARRAY(a, n, uint16_t)) && (l->flag = ARENA_ARRAY(a, n, uint8_t)) &&
		  (l->bits = ARENA_ARRAY(a, n, uint8_t)) && (l->line = ARENA_ARRAY(a, n, uint32_t));
	for (int i = 0; i < SECTORS && ok; i++)
		ok = (l->sector[i] = ARENA_ARRAY(a, n, ms_t));
	for (int i = 0; i < MINIS && ok; i++)
		ok = (l->mini[i] = ARENA_ARRAY(a, n, ms_t));
	l->n = ok ? n : 0;
	return ok;
}

enum { DRIVERS_OF_CAR = 64 }; /* more names than that at one car are no crew */

static bool room_for_driver(struct session *s)
{
	bool full = s->ndrivers == 0 || (s->ndrivers >= 64 && (s->ndrivers & (s->ndrivers - 1)) == 0);
	if (!full)
		return true;
	uint32_t cap = s->ndrivers == 0 ? 64 : s->ndrivers * 2;
	struct driver_entry *wider = ARENA_ARRAY(s->arena, cap, struct driver_entry);
	if (!wider)
		return false;
	if (s->ndrivers > 0)
		memcpy(wider, s->drivers, s->ndrivers * sizeof *wider);
	s->drivers = wider;
	return true;
}

/* The entry of a name at this car and seat, added when new. The entries of the car at work stand at the table's end. */
static uint16_t driver_entry(struct session_build *b, uint16_t car, const struct row *r)
{
	struct session *s = b->s;
	const char *name = build_text_of(b, r->text[TEXT_DRIVER]);
	uint32_t i = s->ndrivers;
	if (r->text[TEXT_DRIVER] == 0)
		return NO_DRIVER;
	for (; i > 0 && s->drivers[i - 1].car == car; i--)
		if (s->drivers[i - 1].name == name && s->drivers[i - 1].seat == r->seat)
			return (uint16_t)(i - 1);
	if (s->ndrivers >= NO_DRIVER || s->ndrivers - i >= DRIVERS_OF_CAR)
		return NO_DRIVER;
	if (!room_for_driver(s)) {
		b->nomem = true;
		return NO_DRIVER;
	}
	s->drivers[s->ndrivers] = (struct driver_entry){name, car, r->seat};
	return (uint16_t)s->ndrivers++;
}

static void put_lap(struct session_build *b, uint32_t i, uint16_t car, const struct row *r)
{
	struct laps *l = &b->s->laps;
	l->car[i] = car;
	l->number[i] = r->lap;
	l->time[i] = r->time;
	for (int k = 0; k < SECTORS; k++)
		l->sector[k][i] = r->sector[k];
	for (int k = 0; k < MINIS; k++)
		l->mini[k][i] = r->mini[k];
	l->elapsed[i] = r->elapsed;
	l->hour[i] = r->hour;
	l->pit_time[i] = r->pit_time;
	l->kph[i] = r->kph;
	l->top_speed[i] = r->top_speed;
	l->driver[i] = driver_entry(b, car, r);
	l->flag[i] = r->flag;
	l->bits[i] = r->bits;
	l->line[i] = r->line;
}

/* The last lap that has a text says it for the car. */
static void put_texts(struct session_build *b, struct car *car, const struct row *r)
{
	const char **to[TEXT_COLUMNS] = {[TEXT_DRIVER] = &car->driver,
					 [TEXT_CLASS] = &car->class_name,
					 [TEXT_GROUP] = &car->group,
					 [TEXT_TEAM] = &car->team,
					 [TEXT_VEHICLE] = &car->vehicle};
	for (int i = TEXT_DRIVER; i < TEXT_COLUMNS; i++)
		if (r->text[i])
			*to[i] = build_text_of(b, r->text[i]);
}

/* Rows again, now by car and lap: the same keys serve with the car as number and the lap as the only place. */
bool build_put_laps(struct chaining *c)
{
	struct session *s = c->b->s;
	uint32_t n = 0;
	for (uint32_t i = 0; i < c->n; i++) {
		if (c->chain_of[i] == NONE)
			continue;
		struct key k = c->k[i];
		c->k[n++] = (struct key){c->chain_of[i], 0, k.lap, k.line, k.row};
	}
	build_sort_keys(c->k, n);
	if (!alloc_laps(s, n))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		const struct row *r = &c->b->rows[c->k[i].row];
		struct car *car = &s->cars[c->k[i].number];
		if (car->n++ == 0)
			car->first = i;
		put_lap(c->b, i, (uint16_t)c->k[i].number, r);
		put_texts(c->b, car, r);
	}
	return !c->b->nomem;
}

/* --- Checks and sums ------------------------------------------------------ */

static void check_sectors(struct session_build *b, uint32_t i)
{
	const struct laps *l = &b->s->laps;
	int64_t sum = 0;
	for (int k = 0; k < SECTORS; k++) {
		if (l->sector[k][i] == MS_NONE)
			return;
		sum += l->sector[k][i];
	}
	if (sum == l->time[i])
		return;
	char why[128], left[NUM_LEN], right[NUM_LEN];
	snprintf(why, sizeof why, "S1 + S2 + S3 = %s is not LAP_TIME %s",
		 time_str(left, sum > MS_MAX ? MS_MAX : (ms_t)sum), time_str(right, l->time[i]));
	session_build_warn(b, l->line[i], why);
}

static void check_clock(struct session_build *b, uint32_t i)
{
	const struct laps *l = &b->s->laps;
	char why[160], left[NUM_LEN], right[NUM_LEN];
	const char *id = b->s->cars[l->car[i]].id;
	bool first = i == 0 || l->car[i - 1] != l->car[i];
	unsigned before = first ? 0 : l->number[i - 1], lost = l->number[i] - before - 1U;
	if (lost > 0) {
		snprintf(why, sizeof why, "car %s: %u lap%s missing before lap %u", id, lost, lost > 1 ? "s" : "",
			 l->number[i]);
		session_build_warn(b, l->line[i], why);
	}
	ms_t start = first ? 0 : l->elapsed[i - 1];
	if (first && b->clock_before && l->elapsed[i] >= l->time[i])
		return;
	if (lost > 0 || l->elapsed[i] == MS_NONE || start == MS_NONE || l->elapsed[i] - start == l->time[i])
		return;
	snprintf(why, sizeof why, "car %s: ELAPSED rises by %s on lap %u, LAP_TIME is %s", id,
		 time_str(left, l->elapsed[i] - start), l->number[i], time_str(right, l->time[i]));
	session_build_warn(b, l->line[i], why);
}

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static bool clock_of(const struct laps *l, uint32_t i, ms_t *out)
{
	if (l->hour[i] == MS_NONE || l->elapsed[i] == MS_NONE)
		return false;
	int64_t start = ((int64_t)l->hour[i] - l->elapsed[i]) % DAY_MS;
	*out = (ms_t)(start < 0 ? start + DAY_MS : start);
	return true;
}

/* HOUR - ELAPSED is one constant of the file. A damaged row or two must not cost it: nine rows in ten decide. */
static ms_t clock_start(const struct laps *l)
{
	ms_t candidate = MS_NONE, at;
	int64_t votes = 0, agree = 0, all = 0;
	for (uint32_t i = 0; i < l->n; i++) {
		if (!clock_of(l, i, &at))
			continue;
		if (votes == 0)
			candidate = at;
		votes += at == candidate ? 1 : -1;
	}
	for (uint32_t i = 0; i < l->n; i++) {
		if (!clock_of(l, i, &at))
			continue;
		all++;
		agree += at == candidate;
	}
	return all > 0 && agree * 10 >= all * 9 ? candidate : MS_NONE;
}

/* A sum over rows does not depend on their order. */
static uint64_t fingerprint(const struct laps *l)
{
	uint64_t sum = 0;
	for (uint32_t i = 0; i < l->n; i++) {
		uint64_t h = build_mix(l->number[i]);
		h = build_mix(h ^ (uint32_t)l->time[i]);
		h = build_mix(h ^ (uint32_t)l->elapsed[i]);
		sum += build_mix(h ^ (uint32_t)l->hour[i]);
	}
	return sum;
}

void build_sum_up(struct session_build *b)
{
	struct session *s = b->s;
	for (uint32_t i = 0; i < s->laps.n; i++) {
		check_sectors(b, i);
		check_clock(b, i);
		s->flag_count[s->laps.flag[i] < FLAG_COUNT ? s->laps.flag[i] : FLAG_OTHER]++;
		s->has_elapsed |= s->laps.elapsed[i] != MS_NONE;
	}
	s->has_names = s->ndrivers > 0;
	s->clock_start = clock_start(&s->laps);
	s->fingerprint = fingerprint(&s->laps);
}

void build_add_file(struct session_build *b)
{
	struct stat st;
	bool there = stat(b->path, &st) == 0;
	struct file_entry e = {.path = b->path,
			       .role = ROLE_LAPS,
			       .state = FILE_USED,
			       .why = "",
			       .rows = b->s->rows,
			       .refused = b->refused,
			       .size = there ? st.st_size : 0,
			       .mtime = there ? st.st_mtime : 0};
	b->s->mtime = e.mtime;
	if (!file_list_add(&b->s->files, b->s->arena, &e))
		b->nomem = true;
}
