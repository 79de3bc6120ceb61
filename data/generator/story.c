#include "data/generator/story.h"

#include <string.h>

enum { PLACES = 10 };
static const char *const places[PLACES] = {"Lap", "S1", "S2", "S3", "IM1a", "IM1", "IM2a", "IM2", "IM3a", "FL"};
struct figures {
	int64_t us[PLACES];
};

/* Mini-sectors into all places. */
static struct figures places_of(const int64_t mini[MINI_COUNT])
{
	struct figures f = {{0}};

	for (int i = 0; i < MINI_COUNT; i++) {
		f.us[0] += mini[i];
		f.us[1 + i / 2] += mini[i];
		f.us[4 + i] = mini[i];
	}
	return f;
}

static struct figures fresh_of(const struct car_run *c)
{
	int64_t mini[MINI_COUNT];

	for (int i = 0; i < MINI_COUNT; i++)
		mini[i] = c->pace->mini[i].fresh;
	return places_of(mini);
}

static struct figures wear_of(const struct car_run *c)
{
	int64_t mini[MINI_COUNT];

	for (int i = 0; i < MINI_COUNT; i++)
		mini[i] = c->pace->mini[i].wear;
	return places_of(mini);
}

static struct figures expected_of(const struct car_run *c)
{
	int64_t mini[MINI_COUNT];

	for (int i = 0; i < MINI_COUNT; i++)
		mini[i] = c->pace->mini[i].fresh + c->pace->mini[i].wear * c->laps / 2;
	return places_of(mini);
}

/* Microseconds as seconds with four decimals. */
static void put_us(struct buf *b, int64_t us)
{
	int64_t t = ((us < 0 ? -us : us) + 50) / 100;

	buf_fmt(b, "%s%lld.%04lld", us < 0 && t > 0 ? "-" : "", (long long)(t / 10000), (long long)(t % 10000));
}

static void put_figures(struct buf *b, const char *name, const struct figures *f, const struct figures *less)
{
	buf_fmt(b, ", \"%s\": [", name);
	for (int i = 0; i < PLACES; i++) {
		buf_str(b, i ? ", " : "");
		put_us(b, f->us[i] - (less ? less->us[i] : 0));
	}
	buf_char(b, ']');
}

static struct figures best_of(const struct run *r)
{
	struct figures best = expected_of(&r->car[r->order[0]]);

	for (int i = 1; i < r->ncars; i++) {
		struct figures f = expected_of(&r->car[r->order[i]]);

		for (int k = 0; k < PLACES && r->car[r->order[i]].laps > 0; k++)
			best.us[k] = f.us[k] < best.us[k] ? f.us[k] : best.us[k];
	}
	return best;
}

static void put_car(struct buf *b, const struct run *r, int who, const struct figures *best)
{
	const struct car_run *c = &r->car[who];
	struct figures leader = expected_of(&r->car[r->order[0]]), own = expected_of(c), fresh = fresh_of(c),
		       wear = wear_of(c);

	buf_fmt(b, "      {\"car\": \"%s\", \"driver\": \"%s %s\"", c->id, drivers[who].first, drivers[who].last);
	put_figures(b, "expected", &own, NULL);
	put_figures(b, "fresh", &fresh, NULL);
	put_figures(b, "wear", &wear, NULL);
	put_figures(b, "loss_leader", &own, &leader);
	put_figures(b, "loss_best", &own, best);
	buf_str(b, ", \"noise\": ");
	put_us(b, c->pace->noise);
	buf_char(b, '}');
}

static bool is_corner(const struct grown *g)
{
	return g->plant->corner > 0;
}

static const char *place_name(const struct grown *g)
{
	if (is_corner(g))
		return places[4 + g->mini];
	return g->plant->cause == START ? "IM1a" : "Lap";
}

static const char *id_of(const struct run *r, const char *number)
{
	for (int i = 0; i < DRIVERS; i++)
		if (r->car[i].grid > 0 && strcmp(drivers[i].number, number) == 0)
			return r->car[i].id;
	return number;
}

static void put_size(struct buf *b, const struct run *r, const struct grown *g)
{
	enum cause c = g->plant->cause;

	if (!is_corner(g)) {
		buf_str(b, ", \"corner\": null, \"at\": null, \"size\": null");
		return;
	}
	buf_fmt(b, ", \"corner\": %d, \"at\": %d, \"size\": ", g->plant->corner,
		(int)r->pace->layout.corner[g->plant->corner - 1].apex);
	if (c == BRAKES_EARLY || c == LATE_THROTTLE)
		buf_fmt(b, "%d", g->size);
	else
		put_us(b, (int64_t)g->size * 10000);
}

static void put_plant(struct buf *b, const struct run *r, const struct grown *g)
{
	buf_fmt(b, "      {\"car\": \"%s\", \"cause\": \"%s\", \"place\": \"%s\"", id_of(r, g->plant->number),
		cause_name(g->plant->cause), place_name(g));
	put_size(b, r, g);
	buf_str(b, ", \"seconds\": ");
	put_us(b, g->us);
	buf_str(b, ", \"lap\": ");
	put_us(b, g->lap_us);
	buf_char(b, '}');
}

void story_begin(struct buf *b, uint64_t seed)
{
	buf_fmt(b, "{\n  \"seed\": %llu,\n  \"places\": [", (unsigned long long)seed);
	for (int i = 0; i < PLACES; i++)
		buf_fmt(b, "%s\"%s\"", i ? ", " : "", places[i]);
	buf_str(b, "],\n  \"sessions\": [\n");
}

void story_session(struct buf *b, const struct run *r, bool first)
{
	struct figures best = best_of(r);

	buf_fmt(b, "%s    {\"id\": \"%s_r%d\", \"laps\": %d, \"leader\": \"%s\", \"cars\": [\n", first ? "" : ",\n",
		r->pace->layout.track->id, r->number, r->laps, r->car[r->order[0]].id);
	for (int i = 0; i < r->ncars && r->car[r->order[i]].laps > 0; i++) {
		buf_str(b, i ? ",\n" : "");
		put_car(b, r, r->order[i], &best);
	}
	buf_str(b, "\n    ], \"planted\": [\n");
	for (unsigned i = 0; i < r->pace->ngrown; i++) {
		buf_str(b, i ? ",\n" : "");
		put_plant(b, r, &r->pace->grown[i]);
	}
	buf_str(b, "\n    ]}");
}

void story_end(struct buf *b)
{
	buf_str(b, "\n  ]\n}\n");
}
