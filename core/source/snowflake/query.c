#include "core/source/snowflake/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SQL_MAX = 64 * 1024, VALUES_MAX = 256 * 1024 };

struct bound {
	const char *type;
	size_t at, n;
};

struct sf_query {
	struct buf sql, values;
	struct bound bind[SF_BINDS_MAX];
	unsigned n;
	bool full;
};

/* --- Making --------------------------------------------------------------------------------------------------------- */

static struct sf_query *query_new(struct err *err)
{
	struct sf_query *q = calloc(1, sizeof(*q));

	if (!q) {
		err_set(err, ERR_NOMEM, "no memory for a query");
		return NULL;
	}
	buf_init(&q->sql, SQL_MAX);
	buf_init(&q->values, VALUES_MAX);
	return q;
}

void sf_query_free(struct sf_query *q)
{
	if (!q)
		return;
	buf_release(&q->sql);
	buf_release(&q->values);
	free(q);
}

static struct sf_query *made(struct sf_query *q, struct err *err)
{
	if (!q->sql.failed && !q->values.failed && !q->full)
		return q;
	sf_query_free(q);
	err_set(err, ERR_USAGE, "the query is too long: ask for less at a time");
	return NULL;
}

static void bind(struct sf_query *q, const char *type, const char *value)
{
	if (q->n == SF_BINDS_MAX) {
		q->full = true;
		return;
	}
	q->bind[q->n++] = (struct bound){type, q->values.n, strlen(value)};
	buf_str(&q->values, value);
}

static void bind_int(struct sf_query *q, int64_t v)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)v);
	bind(q, "FIXED", text);
}

/* Names come from settings or from the table itself: plain ones as they are, all others quoted. */
static void name(struct sf_query *q, const char *id)
{
	bool plain = *id && (*id < '0' || *id > '9');

	for (const char *p = id; *p; p++)
		plain = plain && ((*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '_');
	if (plain) {
		buf_str(&q->sql, id);
		return;
	}
	buf_char(&q->sql, '"');
	for (; *id; id++) {
		if (*id == '"')
			buf_char(&q->sql, '"');
		buf_char(&q->sql, *id);
	}
	buf_char(&q->sql, '"');
}

static void from_session(struct sf_query *q, const char *table, const struct sf_session *s)
{
	buf_str(&q->sql, " FROM ");
	name(q, table);
	buf_str(&q->sql, " WHERE TRACK_ID = ? AND RACE_NUM = ?");
	bind(q, "TEXT", s->track);
	bind_int(q, s->race);
}

/* --- The four ------------------------------------------------------------------------------------------------------- */

struct sf_query *sf_query_health(struct err *err)
{
	struct sf_query *q = query_new(err);

	if (!q)
		return NULL;
	buf_str(&q->sql, "SELECT CURRENT_VERSION(), CURRENT_ROLE(), CURRENT_WAREHOUSE()");
	return made(q, err);
}

struct sf_query *sf_query_columns(const char *table, const struct sf_session *s, struct err *err)
{
	struct sf_query *q = query_new(err);

	if (!q)
		return NULL;
	buf_str(&q->sql, "SELECT *");
	from_session(q, table, s);
	buf_str(&q->sql, " LIMIT 0");
	return made(q, err);
}

struct sf_query *sf_query_cars(const char *table, const struct sf_session *s, struct err *err)
{
	struct sf_query *q = query_new(err);

	if (!q)
		return NULL;
	buf_str(&q->sql, "SELECT VEHICLE_NUMBER, COUNT(*)");
	from_session(q, table, s);
	buf_str(&q->sql, " GROUP BY VEHICLE_NUMBER ORDER BY VEHICLE_NUMBER");
	return made(q, err);
}

/* The table's number of a car has no zeros before it: 03 is 3. false: no number at all. */
static bool number(const char *car, const char **out)
{
	size_t n = strspn(car, "0123456789");

	if (n == 0 || car[n] || n > 9)
		return false;
	while (car[0] == '0' && car[1])
		car++;
	*out = car;
	return true;
}

static bool cars(struct sf_query *q, const struct sf_filter *f, bool numeric, struct err *err)
{
	if (f->ncars == 0 || f->ncars > SF_CARS_MAX)
		return err_set(err, ERR_USAGE, "a query is for 1 to %d cars", SF_CARS_MAX);
	buf_str(&q->sql, " AND VEHICLE_NUMBER IN (");
	for (unsigned i = 0; i < f->ncars; i++) {
		const char *value = f->cars[i];
		if (numeric && !number(f->cars[i], &value))
			return err_set(err, ERR_USAGE, "car %.40s: the table has numbers only", f->cars[i]);
		buf_str(&q->sql, i > 0 ? ", ?" : "?");
		bind(q, numeric ? "FIXED" : "TEXT", value);
	}
	buf_char(&q->sql, ')');
	return true;
}

struct sf_query *sf_query_rows(const char *table, const struct sf_filter *f, const struct sf_column *columns,
			       unsigned n, const char *order, struct err *err)
{
	struct sf_query *q = query_new(err);

	if (!q)
		return NULL;
	buf_str(&q->sql, "SELECT ");
	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			buf_str(&q->sql, ", ");
		name(q, columns[i].name);
	}
	from_session(q, table, &f->session);
	if (!cars(q, f, columns[0].type != SF_TEXT, err)) {
		sf_query_free(q);
		return NULL;
	}
	if (f->first > 0) {
		buf_str(&q->sql, " AND LAP BETWEEN ? AND ?");
		bind_int(q, f->first);
		bind_int(q, f->last);
	}
	buf_str(&q->sql, " ORDER BY VEHICLE_NUMBER, ");
	name(q, order);
	return made(q, err);
}

/* --- Reading -------------------------------------------------------------------------------------------------------- */

const char *sf_query_sql(const struct sf_query *q)
{
	return q->sql.p;
}

unsigned sf_query_binds(const struct sf_query *q)
{
	return q->n;
}

struct sf_bind sf_query_bind(const struct sf_query *q, unsigned i)
{
	const struct bound *b = &q->bind[i];

	return (struct sf_bind){b->type, {q->values.p + b->at, b->n}};
}
