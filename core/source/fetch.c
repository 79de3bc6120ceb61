#include "core/source/fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/source/fetch_sink.h"
#include "core/source/snowflake/http.h"

enum step { ASK_COLUMNS, ASK_ROWS, ASK_CARS, OVER };

struct fetch {
	const struct sf_settings *s;
	struct fetch_want want;
	const char *car[SF_CARS_MAX]; /* those that are not there */
	unsigned ncars;
	struct sf_client *client;
	struct fetch_sink sink;
	enum step step;
	enum fetch_state state, after; /* after: when the session is closed */
	struct err err;
	struct sf_column *table, column[FETCH_COLUMNS];
	unsigned ntable, ncolumns;
	int64_t begun, ended;
	uint64_t rows; /* taken */
	bool cut;
	char prefix[FETCH_NAME], name[FETCH_NAME];
	char cars[FETCH_NAME], there[FETCH_NAME], without[FETCH_NAME], columns[FETCH_COLUMNS * 40];
	uint64_t rows_of[SF_CARS_MAX]; /* by car */
	unsigned last;                 /* car of the row before: they come in order */
	char known[FETCH_NAME];        /* cars the table has, where it has none of those asked for */
};

/* --- Names --------------------------------------------------------------------------------------------------------------- */

static void join(char *out, size_t cap, const char *text, const char *between)
{
	size_t n = strlen(out);

	snprintf(out + n, cap - n, "%s%s", n ? between : "", text);
}

/* What the store calls it: the table and the filter, so that it replaces itself and nothing else. */
static void make_prefix(struct fetch *f)
{
	snprintf(f->prefix, sizeof(f->prefix), "%.100s/%.60s.%.60s.%.60s/%.60s track=%.40s", f->s->host, f->s->database,
		 f->s->schema, f->s->table, f->want.session, f->want.track);
}

static void make_name(struct fetch *f)
{
	char laps[24] = "all";

	if (f->want.first > 0)
		snprintf(laps, sizeof(laps), "%u-%u", (unsigned)f->want.first, (unsigned)f->want.last);
	snprintf(f->name, sizeof(f->name), "%.300s laps=%s cars=%.60s", f->prefix, laps, f->cars);
}

/* Cars that the store has are not asked for again. */
static bool choose_cars(struct fetch *f, struct err *err)
{
	bool there[SF_CARS_MAX] = {false};

	if (f->want.ncars == 0 || f->want.ncars > SF_CARS_MAX)
		return err_set(err, ERR_USAGE, "a fetch is for 1 to %d cars", SF_CARS_MAX);
	make_prefix(f);
	if (!f->want.to && !f->want.again && !fetch_is_there(f->want.store, f->prefix, &f->want, there, err))
		return false;
	for (unsigned i = 0; i < f->want.ncars; i++) {
		join(there[i] ? f->there : f->cars, FETCH_NAME, f->want.cars[i], " ");
		if (!there[i])
			f->car[f->ncars++] = f->want.cars[i];
	}
	make_name(f);
	return true;
}

/* --- Statements ---------------------------------------------------------------------------------------------------------- */

static void fail(struct fetch *f, const struct err *err)
{
	f->err = *err;
	f->after = FETCH_FAILED;
	f->state = FETCH_CLOSING;
	f->ended = sf_now_ms();
	if (f->client)
		sf_client_close(f->client);
}

static bool take_table(void *ctx, const struct sf_column *c, unsigned n, uint64_t total, struct err *err)
{
	struct fetch *f = ctx;

	(void)total;
	free(f->table);
	f->table = calloc(n, sizeof(*c));
	if (!f->table)
		return err_set(err, ERR_NOMEM, "no memory for the columns");
	memcpy(f->table, c, n * sizeof(*c));
	f->ntable = n;
	return true;
}

static bool too_many(const struct fetch *f, struct err *err)
{
	return err_set(err, ERR_USAGE,
		       "more than %llu rows: nothing is kept; ask for fewer laps or cars, or raise --max-rows",
		       (unsigned long long)f->want.most);
}

static bool take_columns(void *ctx, const struct sf_column *c, unsigned n, uint64_t total, struct err *err)
{
	struct fetch *f = ctx;

	if (total != UINT64_MAX && total > f->want.most && !f->want.cut)
		return too_many(f, err);
	return f->sink.begin(f->sink.ctx, c, n, err);
}

static bool is_car(const char *car, struct str cell)
{
	while (car[0] == '0' && car[1])
		car++;
	while (cell.n > 1 && cell.p[0] == '0')
		cell = (struct str){cell.p + 1, cell.n - 1};
	return str_is(cell, car);
}

static void count_row(struct fetch *f, struct str number)
{
	for (unsigned k = 0; number.p && k < f->ncars; k++) {
		unsigned i = (f->last + k) % f->ncars;
		if (is_car(f->car[i], number)) {
			f->rows_of[i]++;
			f->last = i;
			return;
		}
	}
}

static bool take_row(void *ctx, const struct str *cells, unsigned n, struct err *err)
{
	struct fetch *f = ctx;

	if (f->rows == f->want.most) {
		f->cut = f->want.cut;
		return too_many(f, err);
	}
	f->rows++;
	count_row(f, cells[0]);
	return f->sink.row(f->sink.ctx, cells, n, err);
}

static int seconds_left(const struct fetch *f)
{
	int64_t left = f->s->timeout_s - (sf_now_ms() - f->begun) / 1000;

	return left < 1 ? 1 : (int)left;
}

static void ask_rows(struct fetch *f)
{
	const struct sf_hooks hooks = {take_columns, take_row, f};
	struct sf_filter filter = {{f->want.track, f->want.race}, f->car, f->ncars, f->want.first, f->want.last};
	struct err err = {0};
	const char *order;
	struct sf_query *q;

	if (!fetch_columns(&f->want, f->table, f->ntable, f->column, &f->ncolumns, &order, &err)) {
		fail(f, &err);
		return;
	}
	for (unsigned i = 0; i < f->ncolumns; i++)
		join(f->columns, sizeof(f->columns), f->column[i].name, ", ");
	f->step = ASK_ROWS;
	q = sf_query_rows(f->s->table, &filter, f->column, f->ncolumns, order, &err);
	if (!q || !sf_client_start(f->client, q, &hooks, seconds_left(f), true, &err))
		fail(f, &err);
}

static bool ask_columns(struct fetch *f, struct err *err)
{
	const struct sf_hooks hooks = {take_table, NULL, f};
	const struct sf_session session = {f->want.track, f->want.race};
	struct sf_query *q = sf_query_columns(f->s->table, &session, err);

	return q && sf_client_start(f->client, q, &hooks, seconds_left(f), true, err);
}

/* --- Life ----------------------------------------------------------------------------------------------------------------- */

static bool begin(struct fetch *f, struct err *err)
{
	if (!choose_cars(f, err))
		return false;
	if (f->ncars == 0) {
		f->state = FETCH_KEPT;
		f->ended = sf_now_ms();
		return true;
	}
	f->client = sf_client_new(f->s, err);
	if (!f->client)
		return false;
	if (f->want.to ? !fetch_to_file(f->want.to, &f->sink, err)
		       : !fetch_to_store(f->want.store, f->name, f->want.race, &f->sink, err))
		return false;
	return ask_columns(f, err);
}

struct fetch *fetch_new(const struct sf_settings *s, const struct fetch_want *w, struct err *err)
{
	struct fetch *f = calloc(1, sizeof(*f));

	if (!f) {
		err_set(err, ERR_NOMEM, "no memory to fetch");
		return NULL;
	}
	f->s = s;
	f->want = *w;
	f->begun = sf_now_ms();
	if (!begin(f, err)) {
		fetch_free(f);
		return NULL;
	}
	return f;
}

void fetch_free(struct fetch *f)
{
	if (!f)
		return;
	if (f->sink.drop)
		f->sink.drop(f->sink.ctx);
	sf_client_free(f->client);
	free(f->table);
	free(f);
}

int fetch_wait(struct fetch *f, struct pollfd *fds, int max, int *timeout_ms)
{
	if (!f->client || (f->state != FETCH_RUNNING && f->state != FETCH_CLOSING))
		return 0;
	if (sf_client_state(f->client) != SF_RUNNING)
		*timeout_ms = 0; /* it ended without an answer: cancelled, or not even begun */
	return sf_client_wait(f->client, fds, max, timeout_ms);
}

static bool take_car(void *ctx, const struct str *cells, unsigned n, struct err *err)
{
	struct fetch *f = ctx;
	char number[24];

	(void)n;
	(void)err;
	snprintf(number, sizeof(number), "%.*s", cells[0].n < 20 ? (int)cells[0].n : 20, cells[0].p ? cells[0].p : "");
	join(f->known, sizeof(f->known), number, ", ");
	return true;
}

/* None of the cars has a row: which have? */
static void ask_cars(struct fetch *f)
{
	const struct sf_hooks hooks = {NULL, take_car, f};
	const struct sf_session session = {f->want.track, f->want.race};
	struct err err = {0};
	struct sf_query *q = sf_query_cars(f->s->table, &session, &err);

	f->step = ASK_CARS;
	if (!q || !sf_client_start(f->client, q, &hooks, seconds_left(f), true, &err))
		fail(f, &err);
}

static void nothing_there(struct fetch *f)
{
	struct err err = {0};

	f->step = OVER;
	if (f->known[0])
		err_set(&err, ERR_NOT_FOUND, "no rows of %.60s in %.60s race %d; the table has: %.200s", f->cars,
			f->want.track, f->want.race, f->known);
	else
		err_set(&err, ERR_NOT_FOUND, "the table has nothing of track %.60s race %d", f->want.track,
			f->want.race);
	fail(f, &err);
}

static void rows_done(struct fetch *f)
{
	for (unsigned i = 0; i < f->ncars && !f->cut; i++)
		if (f->rows_of[i] == 0)
			join(f->without, FETCH_NAME, f->car[i], " ");
	f->step = OVER;
	f->state = FETCH_WHOLE;
}

static void statement_done(struct fetch *f)
{
	if (f->step == ASK_COLUMNS)
		ask_rows(f);
	else if (f->step == ASK_CARS)
		nothing_there(f);
	else if (f->rows == 0 && f->want.first == 0)
		ask_cars(f);
	else
		rows_done(f);
}

void fetch_woke(struct fetch *f, const struct pollfd *fds, int n)
{
	enum sf_client_state state;

	if (!f->client || (f->state != FETCH_RUNNING && f->state != FETCH_CLOSING))
		return;
	sf_client_woke(f->client, fds, n);
	state = sf_client_state(f->client);
	if (state == SF_RUNNING)
		return;
	if (f->state == FETCH_CLOSING)
		f->state = f->after;
	else if (state == SF_DONE || f->cut)
		statement_done(f);
	else
		fail(f, sf_client_error(f->client));
}

enum fetch_state fetch_state(const struct fetch *f)
{
	return f->state == FETCH_CLOSING && (!f->client || sf_client_state(f->client) != SF_RUNNING) ? f->after
												     : f->state;
}

bool fetch_keep(struct fetch *f, struct err *err)
{
	return f->sink.keep(f->sink.ctx, f->rows, err);
}

void fetch_kept(struct fetch *f, bool ok, const struct err *err)
{
	f->ended = sf_now_ms();
	if (!ok) {
		fail(f, err);
		return;
	}
	f->after = FETCH_KEPT;
	f->state = FETCH_CLOSING;
	sf_client_close(f->client);
}

void fetch_cancel(struct fetch *f)
{
	if (f->state == FETCH_RUNNING)
		sf_client_cancel(f->client);
	/* The client may end at once; the next turn sees it. */
}

/* --- What is told --------------------------------------------------------------------------------------------------------- */

void fetch_told(const struct fetch *f, struct fetch_told *out)
{
	int64_t until = f->ended ? f->ended : sf_now_ms();

	*out = (struct fetch_told){.doing = f->step == OVER ? "writing" : "",
				   .name = f->name,
				   .columns = f->columns,
				   .cars = f->cars,
				   .there = f->there,
				   .without = f->without,
				   .ms = until - f->begun,
				   .total = UINT64_MAX};
	if (f->sink.refused)
		out->refused = f->sink.refused(f->sink.ctx);
	if (!f->client)
		return;
	const struct sf_progress *p = sf_client_progress(f->client);
	out->rows = f->rows;
	out->cut = f->cut;
	out->total = f->step != ASK_ROWS && f->step != OVER ? UINT64_MAX : p->total;
	out->bytes = p->bytes;
	out->requests = p->requests;
	out->retries = p->retries;
	out->trouble = p->trouble;
	if (f->step != OVER)
		out->doing = p->doing;
	snprintf(out->statement, sizeof(out->statement), "%s", p->statement);
	snprintf(out->code, sizeof(out->code), "%s", p->code);
}

const struct err *fetch_error(const struct fetch *f)
{
	return &f->err;
}
