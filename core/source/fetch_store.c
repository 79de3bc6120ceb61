/* Rows into the local store of telemetry, as one source that replaces itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/source/fetch_sink.h"
#include "core/telemetry/store.h"

enum role { ROLE_NUMBER, ROLE_VEHICLE, ROLE_LAP, ROLE_META, ROLE_STAMP, ROLE_CHANNEL, ROLE_NONE };

struct kept_column {
	enum role role;
	int channel;
	enum sf_type type;
};

struct store {
	struct tel_store *db;
	struct tel_writer *w;
	struct kept_column column[FETCH_COLUMNS];
	unsigned n;
	bool has_clock, has_time;
	char race[16];
	uint64_t refused;
};

/* --- Rows ------------------------------------------------------------------------------------------------------------- */

static enum role role_of(const char *name, int *channel)
{
	static const struct {
		const char *name;
		enum role role;
	} known[] = {{"VEHICLE_NUMBER", ROLE_NUMBER},
		     {"VEHICLE_ID", ROLE_VEHICLE},
		     {"LAP", ROLE_LAP},
		     {"META_TIME", ROLE_META},
		     {"TIMESTAMP", ROLE_STAMP}};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcasecmp(name, known[i].name) == 0)
			return known[i].role;
	*channel = tel_channel_by_name(name, strlen(name));
	return *channel >= 0 ? ROLE_CHANNEL : ROLE_NONE;
}

static bool begin(void *ctx, const struct sf_column *c, unsigned n, struct err *err)
{
	struct store *s = ctx;

	for (unsigned i = 0; i < n && i < FETCH_COLUMNS; i++) {
		s->column[i].type = c[i].type;
		s->column[i].role = role_of(c[i].name, &s->column[i].channel);
		s->has_clock |= s->column[i].role == ROLE_STAMP;
		s->has_time |= s->column[i].role == ROLE_STAMP || s->column[i].role == ROLE_META;
	}
	s->n = n;
	return s->has_time ||
	       err_set(err, ERR_NOT_FOUND,
		       "the table has neither TIMESTAMP nor META_TIME: its rows have no place in the store "
		       "(--to FILE writes them as they are)");
}

static bool lap_of(struct str cell, uint16_t *lap)
{
	int64_t v;

	if (!sf_cell_whole(cell, &v) || v < 0 || v > UINT16_MAX)
		return false;
	*lap = (uint16_t)v;
	return true;
}

/* false: the cell is not what it should be. */
static bool take(const struct kept_column *c, struct str cell, struct tel_tick *t, struct tel_who *who,
		 struct tel_counts *counts)
{
	double v;

	switch (c->role) {
	case ROLE_NUMBER:
		who->number = cell;
		return true;
	case ROLE_VEHICLE:
		who->vehicle = cell;
		return true;
	case ROLE_LAP:
		return lap_of(cell, &t->lap);
	case ROLE_META:
		return sf_cell_ms(c->type, cell, &t->meta);
	case ROLE_STAMP:
		return sf_cell_ms(c->type, cell, &t->clock);
	case ROLE_CHANNEL:
		if (!sf_cell_number(cell, &v))
			return false;
		if (v == v) /* NaN is a value that is missing */
			tel_tick_set(t, c->channel, v, counts);
		return true;
	default:
		return true;
	}
}

/* A row without a moment or a number, or with a cell that cannot be read, is counted and left out. */
static bool row(void *ctx, const struct str *cells, unsigned n, struct err *err)
{
	struct store *s = ctx;
	struct tel_tick t = {.clock = TEL_NO_TIME, .meta = TEL_NO_TIME, .lap = TEL_NO_LAP, .rows = 1};
	struct tel_who who = {STR(""), STR(""), STR(""), str_from(s->race)};
	struct tel_counts counts = {0};
	bool ok = true;

	for (unsigned i = 0; i < n && i < s->n && ok; i++)
		ok = !cells[i].p || take(&s->column[i], cells[i], &t, &who, &counts);
	if (s->has_clock && t.meta == TEL_NO_TIME)
		t.meta = t.clock; /* a table without arrivals */
	if (!s->has_clock)
		t.clock = t.meta;
	if (!ok || t.clock == TEL_NO_TIME || t.meta == TEL_NO_TIME || (who.number.n == 0 && who.vehicle.n == 0)) {
		s->refused++;
		return true;
	}
	return tel_writer_add(s->w, &who, &t, s->has_clock, err);
}

static uint64_t refused(const void *ctx)
{
	return ((const struct store *)ctx)->refused;
}

static bool keep(void *ctx, uint64_t rows, struct err *err)
{
	struct store *s = ctx;
	struct tel_writer *w = s->w;

	s->w = NULL;
	tel_writer_totals(w, rows, s->refused);
	return tel_writer_commit(w, err);
}

static void drop(void *ctx)
{
	struct store *s = ctx;

	tel_writer_rollback(s->w);
	tel_store_close(s->db);
	free(s);
}

bool fetch_to_store(const char *path, const char *name, int race, struct fetch_sink *out, struct err *err)
{
	struct store *s = calloc(1, sizeof(*s));
	const struct tel_provenance from = {.kind = "snowflake", .name = name};

	if (!s)
		return err_set(err, ERR_NOMEM, "no memory to fetch");
	snprintf(s->race, sizeof(s->race), "R%d", race);
	s->db = tel_store_open(path, TEL_STORE_WRITE, NULL, err);
	s->w = s->db ? tel_writer_begin(s->db, &from, err) : NULL;
	if (!s->w) {
		drop(s);
		return false;
	}
	*out = (struct fetch_sink){begin, row, refused, keep, drop, NULL};
	out->ctx = s;
	return true;
}

/* --- What is there ------------------------------------------------------------------------------------------------------ */

/* Laps of a source by its name: "... laps=3-10 ..." or "laps=all". */
static bool covers(const char *name, const struct fetch_want *w)
{
	const char *laps = strstr(name, " laps="), *text = laps ? laps + strlen(" laps=") : "";
	char *dash;

	if (strncmp(text, "all", 3) == 0)
		return true;
	unsigned long first = strtoul(text, &dash, 10);
	return w->first > 0 && *dash == '-' && first > 0 && first <= w->first && strtoul(dash + 1, NULL, 10) >= w->last;
}

/* 03 of the session is 3 of the table. */
static bool same_number(const char *a, const char *b)
{
	while (a[0] == '0' && a[1])
		a++;
	while (b[0] == '0' && b[1])
		b++;
	return strcmp(a, b) == 0;
}

static void look(const struct tel_store_list *l, const char *prefix, const struct fetch_want *w, bool *there)
{
	for (uint32_t k = 0; k < l->ncars; k++) {
		const struct tel_store_car *c = &l->car[k];
		if (strcmp(c->from->kind, "snowflake") != 0 || strncmp(c->from->name, prefix, strlen(prefix)) != 0 ||
		    !covers(c->from->name, w))
			continue;
		for (unsigned i = 0; i < w->ncars; i++)
			there[i] = there[i] || same_number(w->cars[i], c->car.number);
	}
}

bool fetch_is_there(const char *path, const char *prefix, const struct fetch_want *w, bool *there, struct err *err)
{
	struct err why = {0};
	struct tel_store *s = tel_store_open(path, TEL_STORE_READ, NULL, &why);
	struct tel_store_list *l;

	for (unsigned i = 0; i < w->ncars; i++)
		there[i] = false;
	if (!s) {
		if (why.code == ERR_NOT_FOUND)
			return true;
		*err = why;
		return false;
	}
	l = tel_store_cars(s, err);
	if (l)
		look(l, prefix, w, there);
	tel_store_list_free(l);
	tel_store_close(s);
	return l != NULL;
}
