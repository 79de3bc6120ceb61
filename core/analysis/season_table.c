#include "core/analysis/season_table.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/str.h"

struct maker {
	const struct dataset *d;
	struct arena *a;
	struct season_table *t;
	const struct session **of_race; /* per race: the session it comes from; NULL only the JSON has it */
	uint32_t races_cap, rows_cap;
	bool failed;
};

/* --- Races ------------------------------------------------------------------ */

static bool same_race(const struct season_race *r, const char *track, int number)
{
	return r->number == number && strcmp(r->track, track) == 0;
}

static int64_t find_race(const struct season_table *t, const char *track, int number)
{
	for (uint32_t i = 0; i < t->nraces; i++)
		if (same_race(&t->races[i], track, number))
			return i;
	return -1;
}

/* "BAR" of "barber": what stands over two narrow columns. */
static const char *track_code(struct maker *m, const char *track)
{
	char *code = arena_strndup(m->a, track, strlen(track) < 3 ? strlen(track) : 3);

	m->failed = m->failed || !code;
	for (char *p = code; p && *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return code ? code : "";
}

static void add_race(struct maker *m, const char *track, int number)
{
	if (track[0] == '\0' || number <= 0 || find_race(m->t, track, number) >= 0)
		return;
	m->t->races[m->t->nraces++] = (struct season_race){track, track_code(m, track), number};
}

static int by_track(const void *a, const void *b)
{
	const struct season_race *x = a, *y = b;
	int c = strcmp(x->track, y->track);

	return c ? c : (x->number > y->number) - (x->number < y->number);
}

/* The session of a race: the first one listed that is a race of that track and number (sessions stand newest first). */
static const struct session *session_of(const struct dataset *d, const struct season_race *r)
{
	for (uint32_t i = 0; i < d->nsessions; i++) {
		const struct session *s = d->sessions[i];

		if (s->kind == KIND_RACE && same_race(r, s->track, s->number))
			return s;
	}
	return NULL;
}

static bool make_races(struct maker *m)
{
	const struct season *js = m->d->season;
	size_t most = m->d->nsessions;

	for (uint32_t i = 0; js && i < js->ndrivers; i++)
		most += js->drivers[i].nresults;
	m->t->races = ARENA_ARRAY(m->a, most, struct season_race);
	m->of_race = ARENA_ARRAY(m->a, most, const struct session *);
	if (!m->t->races || !m->of_race)
		return false;
	for (uint32_t i = 0; i < m->d->nsessions; i++)
		if (m->d->sessions[i]->kind == KIND_RACE)
			add_race(m, m->d->sessions[i]->track, m->d->sessions[i]->number);
	for (uint32_t i = 0; js && i < js->ndrivers; i++)
		for (uint32_t k = 0; k < js->drivers[i].nresults; k++)
			add_race(m, js->drivers[i].results[k].track, js->drivers[i].results[k].race);
	if (m->t->nraces > 0)
		qsort(m->t->races, m->t->nraces, sizeof *m->t->races, by_track);
	for (uint32_t i = 0; i < m->t->nraces; i++)
		m->of_race[i] = session_of(m->d, &m->t->races[i]);
	return !m->failed;
}

/* --- Rows ------------------------------------------------------------------- */

/* Nameless cars are one driver a number; else name decides too, since two drivers can share a number. */
static bool names_agree(const char *a, const char *b)
{
	return a[0] == '\0' || b[0] == '\0' || str_eq_nocase(str_from(a), str_from(b));
}

static const char *row_number(const struct car *c)
{
	return c->season_number[0] ? c->season_number : c->number;
}

static const struct season_driver *driver_of(const struct dataset *d, const struct car *c)
{
	return c->season_number[0] && d->season ? season_driver(d->season, c->season_number) : NULL;
}

/* A car that may be joined is its number in the JSON's spelling; one that may not is number and name, as painted. Another name is
 * another driver in any case. */
static bool row_is(const struct season_row *r, const struct car *c, const struct season_driver *json)
{
	if (!names_agree(r->name, c->driver))
		return false;
	return json || r->json ? json == r->json : strcmp(r->number, row_number(c)) == 0;
}

static struct season_row *new_row(struct maker *m, const char *number, const char *name)
{
	struct season_row *r = &m->t->rows[m->t->nrows];

	*r = (struct season_row){.number = number, .name = name, .median_finish = (double)NAN, .points = -1};
	r->cell = ARENA_ARRAY(m->a, m->t->nraces, struct season_cell);
	if (!r->cell) {
		m->failed = true;
		return NULL;
	}
	m->t->nrows++;
	return r;
}

static struct season_row *row_of_car(struct maker *m, const struct car *c)
{
	const struct season_driver *json = driver_of(m->d, c);
	struct season_row *r;

	for (uint32_t i = 0; i < m->t->nrows; i++) {
		r = &m->t->rows[i];
		if (!row_is(r, c, json))
			continue;
		if (r->name[0] == '\0')
			r->name = c->driver;
		return r;
	}
	r = new_row(m, json ? json->number : row_number(c), c->driver);
	if (r)
		r->json = json;
	return r;
}

/* Two drivers drove with this number at different races: the JSON, which knows numbers only, tells of neither. */
static bool number_is_shared(struct maker *m, const struct season_driver *json)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->t->nrows; i++)
		n += m->t->rows[i].json == json;
	for (uint32_t i = 0; n > 1 && i < m->t->nrows; i++)
		if (m->t->rows[i].json == json)
			m->t->rows[i].json = NULL;
	return n > 1;
}

static struct season_row *row_of_driver(struct maker *m, const struct season_driver *json)
{
	struct season_row *r;

	for (uint32_t i = 0; i < m->t->nrows; i++)
		if (m->t->rows[i].json == json)
			return &m->t->rows[i];
	r = new_row(m, json->number, json->name);
	if (r)
		r->json = json;
	return r;
}

/* --- Cells from a session ------------------------------------------------------ */

/* The official file that decides: final before provisional. */
static const struct official *official_of(const struct car *c)
{
	if (c->final.present)
		return &c->final;
	return c->provisional.present ? &c->provisional : NULL;
}

static int32_t laps_of(const struct car *c)
{
	const struct official *o = official_of(c);

	return o && o->laps >= 0 ? o->laps : (int32_t)c->n;
}

static ms_t last_elapsed(const struct session *s, const struct car *c)
{
	return c->n ? s->laps.elapsed[c->first + c->n - 1] : MS_NONE;
}

/* Was b classified before a, going by laps and time alone? */
static bool drove_further(const struct session *s, const struct car *b, const struct car *a)
{
	if (b->n != a->n)
		return b->n > a->n;
	return last_elapsed(s, b) != MS_NONE && last_elapsed(s, a) != MS_NONE &&
	       last_elapsed(s, b) < last_elapsed(s, a);
}

static uint16_t place_of(const struct session *s, const struct car *c)
{
	const struct official *o = official_of(c);
	uint16_t place = 1;

	if (o)
		return (uint16_t)(o->position > 0 && o->position < UINT16_MAX ? o->position : 0);
	for (uint32_t i = 0; i < s->ncars; i++)
		place = (uint16_t)(place + drove_further(s, &s->cars[i], c));
	return place;
}

static int32_t winner_laps(const struct session *s)
{
	int32_t most = 0;

	for (uint32_t i = 0; i < s->ncars; i++) {
		if (place_of(s, &s->cars[i]) == 1)
			return laps_of(&s->cars[i]);
		most = laps_of(&s->cars[i]) > most ? laps_of(&s->cars[i]) : most;
	}
	return most;
}

/* Retirements are marked nowhere: under three quarters of the winner's laps. */
static bool is_retired(int32_t laps, int32_t winner)
{
	return winner > 0 && 4 * (int64_t)laps < 3 * (int64_t)winner;
}

static void cell_from_session(struct season_row *r, uint32_t race, const struct session *s, const struct car *c,
			      int32_t winner)
{
	struct season_cell *cell = &r->cell[race];

	if (cell->from != FROM_NOWHERE) /* two cars of one driver: the better placed stands */
		if (cell->place && (place_of(s, c) == 0 || place_of(s, c) >= cell->place))
			return;
	*cell = (struct season_cell){.from = FROM_SESSION, .started = c->n > 0, .session = s, .car = c};
	cell->place = cell->started ? place_of(s, c) : 0;
	cell->retired = cell->started && is_retired(laps_of(c), winner);
	r->poles += c->grid == 1;
}

static void cells_from_session(struct maker *m, uint32_t race)
{
	const struct session *s = m->of_race[race];
	int32_t winner = winner_laps(s);

	for (uint32_t i = 0; i < s->ncars + s->nnot_started && !m->failed; i++) {
		const struct car *c = i < s->ncars ? &s->cars[i] : &s->not_started[i - s->ncars];
		struct season_row *r;

		if (i >= s->ncars && c->season_number[0] == '\0')
			continue; /* never drove and nobody else's: nothing to show */
		r = row_of_car(m, c);
		if (r)
			cell_from_session(r, race, s, c, winner);
	}
}

/* --- Cells from the JSON --------------------------------------------------------- */

static int32_t json_winner_laps(const struct season *js, const struct season_race *race)
{
	int32_t most = 0;

	for (uint32_t i = 0; i < js->ndrivers; i++)
		for (uint32_t k = 0; k < js->drivers[i].nresults; k++) {
			const struct season_result *x = &js->drivers[i].results[k];

			if (same_race(race, x->track, x->race) && x->finish == 1)
				most = x->laps > most ? x->laps : most;
		}
	return most;
}

/* A number that cars of this race carry but must not be joined to mixes two drivers in the JSON as well. */
static bool is_mixed(const struct session *s, const char *number)
{
	for (uint32_t i = 0; s && i < s->ncars; i++) {
		const char *n = s->cars[i].number;

		if (s->cars[i].season_number[0] == '\0' &&
		    strcmp(n + strspn(n, "0"), number + strspn(number, "0")) == 0)
			return true;
	}
	return false;
}

static void cell_from_json(struct maker *m, struct season_row *r, const struct season_result *x)
{
	int64_t race = find_race(m->t, x->track, x->race);
	struct season_cell *cell;

	if (race < 0)
		return;
	cell = &r->cell[race];
	if (cell->from != FROM_NOWHERE || is_mixed(m->of_race[race], r->number))
		return;
	cell->from = FROM_JSON;
	cell->json = x;
	cell->started = strcmp(x->status, "Not started") != 0;
	if (!cell->started)
		return;
	cell->place = (uint16_t)(x->finish > 0 && x->finish < UINT16_MAX ? x->finish : 0);
	cell->retired = x->laps > 0 && is_retired(x->laps, json_winner_laps(m->d->season, &m->t->races[race]));
	r->poles += x->start == 1;
}

static void cells_from_json(struct maker *m)
{
	const struct season *js = m->d->season;

	for (uint32_t i = 0; js && i < js->ndrivers && !m->failed; i++) {
		struct season_row *r;

		if (number_is_shared(m, &js->drivers[i]))
			continue;
		r = row_of_driver(m, &js->drivers[i]);
		if (!r)
			return;
		if (js->drivers[i].has_stats)
			r->points = js->drivers[i].points;
		for (uint32_t k = 0; k < js->drivers[i].nresults; k++)
			cell_from_json(m, r, &js->drivers[i].results[k]);
	}
}

/* --- Figures of a row ------------------------------------------------------------- */

static void finish_row(struct maker *m, struct season_row *r)
{
	ms_t *place = ARENA_ARRAY(m->a, m->t->nraces, ms_t);
	uint32_t n = 0;

	if (!place) {
		m->failed = true;
		return;
	}
	for (uint32_t i = 0; i < m->t->nraces; i++) {
		const struct season_cell *c = &r->cell[i];

		r->races += c->started;
		r->retired += c->retired;
		r->wins += c->place == 1;
		r->podiums += c->place >= 1 && c->place <= 3;
		for (uint32_t k = n; c->place > 0 && !c->retired && k <= n; k--) { /* kept in order */
			if (k > 0 && place[k - 1] > c->place) {
				place[k] = place[k - 1];
				continue;
			}
			place[k] = c->place;
			n++;
			break;
		}
	}
	if (n > 0) {
		uint32_t low = (n - 1) / 2, high = n / 2;

		r->median_finish = (place[low] + place[high]) * 0.5;
	}
}

static int by_number(const void *a, const void *b)
{
	const struct season_row *x = a, *y = b;
	int c = str_cmp_natural(str_from(x->number), str_from(y->number));

	return c ? c : strcmp(x->name, y->name);
}

static size_t most_rows(const struct dataset *d)
{
	size_t most = d->season ? d->season->ndrivers : 0;

	for (uint32_t i = 0; i < d->nsessions; i++)
		most += (size_t)d->sessions[i]->ncars + d->sessions[i]->nnot_started;
	return most;
}

bool season_table_make(const struct dataset *d, struct arena *a, struct season_table *out, struct err *err)
{
	struct maker m = {.d = d, .a = a, .t = out};

	*out = (struct season_table){0};
	out->rows = ARENA_ARRAY(a, most_rows(d), struct season_row);
	if (!out->rows || !make_races(&m))
		return err_set(err, ERR_NOMEM, "out of memory for the season's table");
	for (uint32_t i = 0; i < out->nraces && !m.failed; i++)
		if (m.of_race[i])
			cells_from_session(&m, i);
	cells_from_json(&m);
	for (uint32_t i = 0; i < out->nrows && !m.failed; i++)
		finish_row(&m, &out->rows[i]);
	if (m.failed)
		return err_set(err, ERR_NOMEM, "out of memory for the season's table");
	if (out->nrows > 0)
		qsort(out->rows, out->nrows, sizeof *out->rows, by_number);
	return true;
}

const struct season_row *season_table_row(const struct season_table *t, const struct car *c)
{
	for (uint32_t i = 0; i < t->nrows; i++) {
		const struct season_row *r = &t->rows[i];

		if (strcmp(r->number, row_number(c)) == 0 && names_agree(r->name, c->driver) &&
		    (!r->json || c->season_number[0]))
			return r;
	}
	return NULL;
}
