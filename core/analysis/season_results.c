#include "core/analysis/season_results.h"

#include <math.h>
#include <string.h>

#include "core/analysis/analysis.h"

int season_points(uint32_t place)
{
	static const int points[] = {0, 25, 18, 15, 12, 10, 8, 6, 4, 2, 1};

	return place < sizeof(points) / sizeof(points[0]) ? points[place] : 0;
}

/* The official fastest lap, else the laps' own. A file may give 0 for a driver of one lap (then it is missing there). */
static ms_t best_of(const struct session *s, const struct car *c)
{
	const struct official *o = car_official(c);

	return o && o->fastest != MS_NONE && o->fastest > 0 ? o->fastest : car_best_lap(s, c);
}

static const struct car *winner_of(const struct season_table *t, uint32_t race)
{
	for (uint32_t i = 0; i < t->nrows; i++)
		if (t->rows[i].cell[race].place == 1 && t->rows[i].cell[race].car)
			return t->rows[i].cell[race].car;
	return NULL;
}

static ms_t last_elapsed(const struct session *s, const struct car *c)
{
	return c->n ? s->laps.elapsed[c->first + c->n - 1] : MS_NONE;
}

static ms_t driven_gap(const struct session *s, const struct car *c, const struct car *winner)
{
	if (!winner || winner == c || winner->n != c->n || last_elapsed(s, c) == MS_NONE ||
	    last_elapsed(s, winner) == MS_NONE)
		return MS_NONE;
	return last_elapsed(s, c) - last_elapsed(s, winner);
}

static void from_session(const struct season_table *t, const struct season_cell *cell, uint32_t race,
			 struct season_line *out)
{
	const struct car *c = cell->car;
	const struct official *o = car_official(c);

	out->grid = c->grid;
	out->laps = o && o->laps >= 0 ? o->laps : (int32_t)c->n;
	out->best = cell->started ? best_of(cell->session, c) : MS_NONE;
	out->qualifying = c->grid_time;
	out->gap = o && strcmp(o->gap, "-") != 0 ? o->gap : "";
	out->gap_time = o ? MS_NONE : driven_gap(cell->session, c, winner_of(t, race));
	out->status = o ? o->status : "";
}

static void from_json(const struct season_result *x, struct season_line *out)
{
	out->grid = x->start;
	out->laps = x->laps;
	out->best = x->fastest;
	out->qualifying = x->qualifying;
	out->gap = strcmp(x->gap, "-") != 0 ? x->gap : "";
	out->status = x->status;
}

static ms_t cell_best(const struct season_cell *c)
{
	if (!c->started)
		return MS_NONE;
	return c->car ? best_of(c->session, c->car) : c->json ? c->json->fastest : MS_NONE;
}

/* The JSON leaves some drivers out: only where every place down to the last is somebody's is the least lap the race's. */
static bool all_are_known(const struct season_table *t, uint32_t race)
{
	uint32_t placed = 0, last = 0;

	for (uint32_t i = 0; i < t->nrows; i++) {
		const struct season_cell *c = &t->rows[i].cell[race];
		if (c->car)
			return true; /* a session has all its cars */
		placed += c->place > 0;
		last = c->place > last ? c->place : last;
	}
	return placed == last;
}

static bool is_fastest(const struct season_table *t, uint32_t race, ms_t best)
{
	for (uint32_t i = 0; best != MS_NONE && i < t->nrows; i++) {
		ms_t other = cell_best(&t->rows[i].cell[race]);
		if (other != MS_NONE && other < best)
			return false;
	}
	return best != MS_NONE && all_are_known(t, race);
}

bool season_line(const struct season_table *t, const struct season_row *row, uint32_t race, struct season_line *out)
{
	const struct season_cell *cell = &row->cell[race];

	if (cell->from == FROM_NOWHERE)
		return false;
	*out = (struct season_line){.track = t->races[race].track,
				    .race = t->races[race].number,
				    .from = cell->from,
				    .started = cell->started,
				    .retired = cell->retired,
				    .finish = cell->place,
				    .best = MS_NONE,
				    .qualifying = MS_NONE,
				    .gap = "",
				    .gap_time = MS_NONE,
				    .status = ""};
	if (cell->car)
		from_session(t, cell, race, out);
	else if (cell->json)
		from_json(cell->json, out);
	out->has_gained = out->grid > 0 && out->finish > 0;
	out->gained = out->has_gained ? out->grid - out->finish : 0;
	out->fastest = is_fastest(t, race, out->best);
	return true;
}

static double average(int64_t sum, uint32_t n)
{
	return n ? (double)sum / n : (double)NAN;
}

struct season_sum season_sum(const struct season_table *t, const struct season_row *row)
{
	struct season_sum s = {0};
	int64_t finish = 0, grid = 0, gained = 0;
	uint32_t nfinish = 0, ngrid = 0, ngained = 0;
	struct season_line l;

	for (uint32_t i = 0; i < t->nraces; i++) {
		if (!season_line(t, row, i, &l))
			continue;
		s.races += l.started;
		s.retired += l.retired;
		s.fastest_laps += l.fastest;
		s.poles += l.grid == 1;
		ngrid += l.grid > 0;
		grid += l.grid;
		ngained += l.has_gained;
		gained += l.gained;
		if (l.finish == 0)
			continue;
		nfinish++;
		finish += l.finish;
		s.wins += l.finish == 1;
		s.podiums += l.finish <= 3;
		s.top5 += l.finish <= 5;
		s.top10 += l.finish <= 10;
		s.points += season_points((uint32_t)l.finish);
	}
	s.avg_finish = average(finish, nfinish);
	s.avg_qualifying = average(grid, ngrid);
	s.avg_gained = average(gained, ngained);
	return s;
}
