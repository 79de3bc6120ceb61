#include "core/load/laps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/load/build.h"

enum { NUMBER_MAX = 64, FLAGS_TOLD = 16, QUOTED = 40, CANCEL_EVERY = 256 };

struct columns { /* where each name stands in this file; -1: not there */
	int number, seat, lap, time, improvement, in_pit, kph, elapsed, hour, top_speed, driver, pit_time;
	int class_name, group, team, vehicle, flag;
	int sector[SECTORS], sector_large[SECTORS], sector_seconds[SECTORS], mini[MINIS];
};

struct laps_reader {
	struct csv_reader *r;
	const char *path; /* the caller's */
	struct session_build *b;
	struct columns col;
	char told[FLAGS_TOLD][QUOTED + 1]; /* unknown flags warned about */
	unsigned ntold;
	bool any_mini;
};

/* --- Columns -------------------------------------------------------------- */

static int either(const struct csv_reader *r, const char *name, const char *other)
{
	int c = csv_column(r, name);
	return c >= 0 ? c : csv_column(r, other);
}

static void find_sectors(const struct csv_reader *r, struct columns *c)
{
	static const char *const plain[SECTORS] = {"S1", "S2", "S3"};
	static const char *const large[SECTORS] = {"S1_LARGE", "S2_LARGE", "S3_LARGE"};
	static const char *const seconds[SECTORS] = {"S1_SECONDS", "S2_SECONDS", "S3_SECONDS"};
	for (int i = 0; i < SECTORS; i++) {
		c->sector[i] = csv_column(r, plain[i]);
		c->sector_large[i] = csv_column(r, large[i]);
		c->sector_seconds[i] = csv_column(r, seconds[i]);
	}
}

static void find_columns(const struct csv_reader *r, struct columns *c)
{
	c->number = csv_column(r, "NUMBER");
	c->seat = csv_column(r, "DRIVER_NUMBER");
	c->lap = csv_column(r, "LAP_NUMBER");
	c->time = csv_column(r, "LAP_TIME");
	c->improvement = csv_column(r, "LAP_IMPROVEMENT");
	c->in_pit = csv_column(r, "CROSSING_FINISH_LINE_IN_PIT");
	c->kph = csv_column(r, "KPH");
	c->elapsed = csv_column(r, "ELAPSED");
	c->hour = csv_column(r, "HOUR");
	c->top_speed = csv_column(r, "TOP_SPEED");
	c->driver = csv_column(r, "DRIVER_NAME");
	c->pit_time = csv_column(r, "PIT_TIME");
	c->class_name = csv_column(r, "CLASS");
	c->group = either(r, "GROUP", "GROUP_NAME");
	c->team = csv_column(r, "TEAM");
	c->vehicle = either(r, "MANUFACTURER", "VEHICLE");
	c->flag = csv_column(r, "FLAG_AT_FL");
	find_sectors(r, c);
	c->mini[0] = csv_column(r, "IM1a_time");
	c->mini[1] = either(r, "IM1_time", "INT-1_time");
	c->mini[2] = csv_column(r, "IM2a_time");
	c->mini[3] = either(r, "IM2_time", "INT-2_time");
	c->mini[4] = csv_column(r, "IM3a_time");
	c->mini[5] = csv_column(r, "FL_time");
}

bool laps_header(const struct csv_reader *r)
{
	return csv_column(r, "NUMBER") >= 0 && csv_column(r, "LAP_NUMBER") >= 0 && csv_column(r, "LAP_TIME") >= 0;
}

/* --- Values --------------------------------------------------------------- */

/* A text of the file inside a message: shortened at a whole UTF-8 character. */
static void quote(char out[QUOTED + 1], struct str s)
{
	size_t n = s.n < QUOTED ? s.n : QUOTED;
	if (n < s.n)
		while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
	if (n > 0)
		memcpy(out, s.p, n);
	out[n] = '\0';
}

/* What stands there is not what the column is for: it is taken as missing, and told. */
static void tell_value(struct laps_reader *d, int column, struct str s, const char *wanted)
{
	char text[QUOTED + 1], name[QUOTED + 1], why[160];
	quote(text, s);
	quote(name, csv_header(d->r, (uint32_t)column));
	snprintf(why, sizeof why, "%s '%s' is not %s: taken as missing", name, text, wanted);
	session_build_warn(d->b, csv_line(d->r), why);
}

static ms_t form_at(struct laps_reader *d, int column, const char *wanted)
{
	ms_t t = MS_NONE;
	struct str s = csv_field(d->r, column);
	if (s.n == 0)
		return MS_NONE;
	if (time_parse(s, &t))
		return t;
	tell_value(d, column, s, wanted);
	return MS_NONE;
}

static ms_t time_at(struct laps_reader *d, int column)
{
	return form_at(d, column, "a time");
}

/* Nothing takes no time: an interval of zero is one that was not measured. */
static ms_t interval_at(struct laps_reader *d, int column)
{
	ms_t t = time_at(d, column);
	return t == 0 ? MS_NONE : t;
}

/* The same time stands in up to three columns: the first that can be read tells it. */
static ms_t sector_at(struct laps_reader *d, int i)
{
	const int columns[] = {d->col.sector[i], d->col.sector_large[i], d->col.sector_seconds[i]};
	for (size_t k = 0; k < sizeof columns / sizeof columns[0]; k++) {
		ms_t t = MS_NONE;
		if (time_parse(csv_field(d->r, columns[k]), &t) && t > 0)
			return t;
	}
	return interval_at(d, columns[0]);
}

/* Speeds have the form of a time in seconds, so thousandths become tenths. */
static uint16_t speed_at(struct laps_reader *d, int column)
{
	ms_t v = form_at(d, column, "a speed");
	if (v == MS_NONE)
		return 0;
	ms_t tenths = v / 100 + (v % 100 >= 50);
	if (tenths <= UINT16_MAX)
		return (uint16_t)tenths;
	tell_value(d, column, csv_field(d->r, column), "a speed");
	return 0;
}

static uint16_t seat_at(struct laps_reader *d)
{
	int64_t v = 0;
	struct str s = csv_field(d->r, d->col.seat);
	if (s.n == 0)
		return 0;
	if (int_parse(s, &v) && v >= 0 && v <= UINT16_MAX)
		return (uint16_t)v;
	tell_value(d, d->col.seat, s, "a number");
	return 0;
}

static uint8_t bits_at(const struct laps_reader *d)
{
	uint8_t bits = str_is(csv_field(d->r, d->col.in_pit), "B") ? LAP_IN_PIT : 0;
	struct str s = csv_field(d->r, d->col.improvement);
	if (str_is(s, "2"))
		bits |= LAP_BEST_OWN;
	if (str_is(s, "3"))
		bits |= LAP_BEST_SESSION;
	return bits;
}

/* One warning for each text no one knows, not one for each row. */
static void tell_flag(struct laps_reader *d, struct str s)
{
	char text[QUOTED + 1], why[120];
	quote(text, s);
	for (unsigned i = 0; i < d->ntold; i++)
		if (strcmp(d->told[i], text) == 0)
			return;
	if (d->ntold == FLAGS_TOLD)
		return;
	memcpy(d->told[d->ntold++], text, sizeof text);
	snprintf(why, sizeof why, "unknown flag '%s': counted as a caution", text);
	session_build_warn(d->b, csv_line(d->r), why);
}

static uint8_t flag_at(struct laps_reader *d)
{
	struct str s = csv_field(d->r, d->col.flag);
	if (s.n == 0)
		return FLAG_EMPTY;
	for (int f = FLAG_GREEN; f < FLAG_OTHER; f++)
		if (str_is(s, flag_name((enum flag)f)))
			return (uint8_t)f;
	tell_flag(d, s);
	return FLAG_OTHER;
}

/* --- Rows ----------------------------------------------------------------- */

static void refuse(struct laps_reader *d, const char *column, int at, const char *what)
{
	char text[QUOTED + 1], why[160];
	struct str s = csv_field(d->r, at);
	quote(text, s);
	if (s.n == 0)
		snprintf(why, sizeof why, "no %s", column);
	else
		snprintf(why, sizeof why, "%s '%s' %s", column, text, what);
	session_build_refuse(d->b, csv_line(d->r), why);
	csv_refused(d->r);
}

/* The three values a lap cannot do without. false: refused. */
static bool read_key(struct laps_reader *d, struct lap_row *row)
{
	int64_t lap = 0;
	row->number = csv_field(d->r, d->col.number);
	if (row->number.n == 0 || row->number.n > NUMBER_MAX) {
		refuse(d, "NUMBER", d->col.number, "is too long");
		return false;
	}
	if (!int_parse(csv_field(d->r, d->col.lap), &lap) || lap < 1 || lap > UINT16_MAX) {
		refuse(d, "LAP_NUMBER", d->col.lap, "is not a number from 1 to 65535");
		return false;
	}
	row->lap = (uint16_t)lap;
	if (!time_parse(csv_field(d->r, d->col.time), &row->time)) {
		refuse(d, "LAP_TIME", d->col.time, "is not a time");
		return false;
	}
	if (row->time == 0) {
		refuse(d, "LAP_TIME", d->col.time, "is zero");
		return false;
	}
	return true;
}

/* A file that is being written ends anywhere: what stands there may be half a time. */
static bool cut_off(const struct laps_reader *d)
{
	return csv_unfinished(d->r) && csv_fields(d->r) < csv_columns(d->r);
}

static bool read_row(struct laps_reader *d, struct err *err)
{
	const struct columns *c = &d->col;
	struct lap_row row = {.line = csv_line(d->r)};
	if (cut_off(d)) {
		session_build_refuse(d->b, row.line, "the file ends inside this row");
		return true;
	}
	if (!read_key(d, &row))
		return true;
	row.driver = csv_field(d->r, c->driver);
	row.class_name = csv_field(d->r, c->class_name);
	row.group = csv_field(d->r, c->group);
	row.team = csv_field(d->r, c->team);
	row.vehicle = csv_field(d->r, c->vehicle);
	row.seat = seat_at(d);
	for (int i = 0; i < SECTORS; i++)
		row.sector[i] = sector_at(d, i);
	for (int i = 0; i < MINIS; i++) {
		row.mini[i] = interval_at(d, c->mini[i]);
		d->any_mini |= row.mini[i] != MS_NONE;
	}
	row.elapsed = time_at(d, c->elapsed);
	row.hour = time_at(d, c->hour);
	row.pit_time = interval_at(d, c->pit_time);
	row.kph = speed_at(d, c->kph);
	row.top_speed = speed_at(d, c->top_speed);
	row.flag = flag_at(d);
	row.bits = bits_at(d);
	return session_build_row(d->b, &row, err);
}

static bool read_rows(struct laps_reader *d, const char *path, const atomic_bool *cancel, struct err *err)
{
	for (uint32_t n = 0;; n++) {
		if (cancel && n % CANCEL_EVERY == 0 && atomic_load_explicit(cancel, memory_order_relaxed))
			return err_set(err, ERR_CANCELLED, "%s: cancelled", path);
		switch (csv_next(d->r, err)) {
		case CSV_ROW:
			if (!read_row(d, err))
				return false;
			break;
		case CSV_BAD_ROW:
			session_build_refuse(d->b, csv_line(d->r), csv_why(d->r));
			break;
		case CSV_END:
			return true;
		case CSV_FAILED:
			return false;
		}
	}
}

/* "INT-1_time" -> "INT-1". A file counts as having mini-sectors when all six columns are there and one has a value. */
static bool name_minis(const struct laps_reader *d, struct session *s)
{
	for (int i = 0; i < MINIS; i++)
		if (!d->any_mini || d->col.mini[i] < 0)
			return true;
	for (int i = 0; i < MINIS; i++) {
		struct str name = csv_header(d->r, (uint32_t)d->col.mini[i]);
		s->mini_name[i] = arena_strndup(s->arena, name.p, name.n - strlen("_time"));
		if (!s->mini_name[i])
			return false;
	}
	s->nmini = MINIS;
	return true;
}

/* What the columns tell about the session as a whole. Frees s when memory is out. */
static struct session *with_columns(const struct laps_reader *d, struct session *s, const char *path, struct err *err)
{
	if (!s)
		return NULL;
	s->has_flags = d->col.flag >= 0;
	if (name_minis(d, s))
		return s;
	session_free(s);
	err_set(err, ERR_NOMEM, "%s: out of memory", path);
	return NULL;
}

static bool start(struct laps_reader *d, struct csv_reader *r, const char *path, struct err *err)
{
	*d = (struct laps_reader){.r = r, .path = path};
	if (!laps_header(r))
		return err_set(err, ERR_FORMAT,
			       "%s: is no lap analysis: the header has no NUMBER, LAP_NUMBER and LAP_TIME", path);
	find_columns(r, &d->col);
	d->b = session_build_new(path, err);
	return d->b != NULL;
}

struct session *laps_load(struct csv_reader *r, const char *path, const atomic_bool *cancel, struct err *err)
{
	struct laps_reader d;
	if (!start(&d, r, path, err))
		return NULL;
	if (!read_rows(&d, path, cancel, err)) {
		session_build_free(d.b);
		return NULL;
	}
	return with_columns(&d, session_build_finish(d.b, err), path, err);
}

/* --- In pieces ------------------------------------------------------------ */

struct laps_reader *laps_reader_new(struct csv_reader *r, const char *path, struct err *err)
{
	struct laps_reader *d = malloc(sizeof *d);
	if (!d) {
		err_set(err, ERR_NOMEM, "%s: out of memory", path);
		return NULL;
	}
	if (start(d, r, path, err))
		return d;
	free(d);
	return NULL;
}

bool laps_reader_take(struct laps_reader *d, const atomic_bool *cancel, struct err *err)
{
	return read_rows(d, d->path, cancel, err);
}

uint32_t laps_reader_rows(const struct laps_reader *d)
{
	return session_build_rows(d->b);
}

struct session *laps_reader_snapshot(const struct laps_reader *d, struct err *err)
{
	return with_columns(d, session_build_snapshot(d->b, err), d->path, err);
}

void laps_reader_free(struct laps_reader *d)
{
	if (!d)
		return;
	session_build_free(d->b);
	free(d);
}
