#include "core/analysis/colours.h"

#include "core/analysis/sort_keys.h"

/* What is coloured: the sectors, and the lap as one more. */
enum { WHOLE_LAP = SECTORS, COLOURED = SECTORS + 1 };

/* What the walk over the clock knows: the best of all and of each car, so far. */
struct so_far {
	ms_t all[COLOURED];
	ms_t (*own)[COLOURED]; /* per car */
};

const char *colour_name(enum colour c)
{
	switch (c) {
	case COLOUR_PURPLE:
		return "purple";
	case COLOUR_GREEN:
		return "green";
	case COLOUR_YELLOW:
		return "yellow";
	case COLOUR_NONE:
		break;
	}
	return NULL;
}

static ms_t value_of(const struct session *s, uint32_t lap, unsigned k)
{
	return k == WHOLE_LAP ? s->laps.time[lap] : s->laps.sector[k][lap];
}

/* When the time became known; MS_NONE: not to be told. */
static ms_t known_at(const struct session *s, uint32_t lap, unsigned k)
{
	ms_t elapsed = s->laps.elapsed[lap], s1 = s->laps.sector[0][lap], s3 = s->laps.sector[2][lap];
	ms_t start = elapsed - s->laps.time[lap];

	if (k == 0)
		return start + s1;
	if (k != 1)
		return elapsed;
	if (s3 != MS_NONE)
		return elapsed - s3;
	return s1 != MS_NONE ? start + s1 + s->laps.sector[1][lap] : MS_NONE;
}

static bool is_coloured(const struct session *s, const struct classes *c, uint32_t lap)
{
	uint8_t status = c->lap[lap].status;

	return status != LAP_EXCLUDED && status != LAP_NO_TIME && status != LAP_FUTURE &&
	       s->laps.elapsed[lap] != MS_NONE;
}

/* Events of one lap: index is lap * COLOURED + what, so that one number says both. */
static uint32_t add_lap(const struct session *s, uint32_t lap, uint32_t rank, struct keyed *out)
{
	uint32_t n = 0;

	for (unsigned k = 0; k < COLOURED; k++) {
		if (value_of(s, lap, k) == MS_NONE)
			continue;
		ms_t at = known_at(s, lap, k);
		if (at != MS_NONE)
			out[n++] = (struct keyed){key_of(at, rank * COLOURED + k), lap * COLOURED + k};
	}
	return n;
}

static uint32_t add_all(const struct session *s, const struct analysis_options *o, const struct classes *c,
			const uint32_t *rank, struct keyed *out)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->laps.n; i++) {
		uint16_t car = s->laps.car[i];
		if (is_coloured(s, c, i) && analysis_in_class(o, &s->cars[car]))
			n += add_lap(s, i, rank[car], out + n);
	}
	return n;
}

static enum colour judge(struct so_far *f, uint16_t car, unsigned k, ms_t v)
{
	enum colour colour = COLOUR_YELLOW;

	if (f->own[car][k] == MS_NONE || v < f->own[car][k]) {
		f->own[car][k] = v;
		colour = COLOUR_GREEN;
	}
	if (f->all[k] == MS_NONE || v < f->all[k]) {
		f->all[k] = v;
		colour = COLOUR_PURPLE;
	}
	return colour;
}

static void nothing_yet(struct so_far *f, uint32_t ncars)
{
	for (unsigned k = 0; k < COLOURED; k++)
		f->all[k] = MS_NONE;
	for (uint32_t i = 0; i < ncars; i++)
		for (unsigned k = 0; k < COLOURED; k++)
			f->own[i][k] = MS_NONE;
}

static void walk(const struct session *s, const struct keyed *events, uint32_t n, struct so_far *f, struct colours *out)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t lap = events[i].index / COLOURED;
		unsigned k = events[i].index % COLOURED;
		enum colour colour = judge(f, s->laps.car[lap], k, value_of(s, lap, k));

		if (k == WHOLE_LAP) {
			out->lap[lap] = (uint8_t)colour;
			continue;
		}
		out->sector[k][lap] = (uint8_t)colour;
		out->purple += colour == COLOUR_PURPLE;
		out->green += colour == COLOUR_GREEN;
		out->yellow += colour == COLOUR_YELLOW;
	}
}

static bool colour_with(const struct session *s, const struct analysis_options *o, const struct classes *c,
			struct arena *scratch, struct colours *out)
{
	const uint32_t *rank = car_id_ranks(s, scratch);
	size_t most = (size_t)s->laps.n * COLOURED;
	struct keyed *events = ARENA_ARRAY(scratch, 2 * most, struct keyed);
	struct so_far f = {.own = arena_array(scratch, s->ncars, sizeof *f.own)};

	if (!rank || !events || !f.own || most > UINT32_MAX)
		return false;
	nothing_yet(&f, s->ncars);
	uint32_t n = add_all(s, o, c, rank, events);
	keys_sort(events, events + most, n);
	walk(s, events, n, &f, out);
	return true;
}

bool colours_make(const struct session *s, const struct analysis_options *o, const struct classes *c, struct arena *a,
		  struct colours *out, struct err *err)
{
	struct arena *scratch = arena_new(0);

	*out = (struct colours){.lap = ARENA_ARRAY(a, s->laps.n, uint8_t)};
	bool done = scratch && out->lap;
	for (unsigned k = 0; k < SECTORS; k++) {
		out->sector[k] = ARENA_ARRAY(a, s->laps.n, uint8_t);
		done = done && out->sector[k];
	}
	done = done && colour_with(s, o, c, scratch, out);
	arena_free(scratch);
	return done || err_set(err, ERR_NOMEM, "no memory for the colours of %s", s->id);
}
