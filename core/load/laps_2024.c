#include "core/load/laps_2024.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/load/build.h"
#include "core/load/entry_2024.h"

enum { NUMBER_MAX = 64, FLAGS_TOLD = 16, QUOTED = 40, CANCEL_EVERY = 256 };

/* Every time stands twice: as text, and as whole milliseconds. */
struct pair {
	int text, ms; /* columns; -1: not there */
};

struct columns {
	int number, name, lap, hour, class_name, flag, entry, drivers;
	struct pair time, elapsed, sector[SECTORS], mini[MINIS];
};

struct reading {
	struct csv_reader *r;
	struct session_build *b;
	struct columns col;
	struct entry_2024 entry; /* of the row before: mostly the same again */
	char told[FLAGS_TOLD][QUOTED + 1];
	unsigned ntold;
	bool any_mini;
};

static const char *const sector_names[SECTORS] = {"S1", "S2", "S3"};
static const char *const mini_names[MINIS] = {"S1a", "S1b", "S2a", "S2b", "S3a", "S3b"};

/* --- Columns -------------------------------------------------------------- */

static struct pair pair_of(const struct csv_reader *r, const char *name)
{
	char in_ms[40];
	snprintf(in_ms, sizeof in_ms, "%s (ms)", name);
	return (struct pair){csv_column(r, name), csv_column(r, in_ms)};
}

static void find_columns(const struct csv_reader *r, struct columns *c)
{
	c->number = csv_column(r, "#");
	c->name = csv_column(r, "Name");
	c->lap = csv_column(r, "Laps");
	c->hour = csv_column(r, "Passing Tm");
	c->class_name = csv_column(r, "Class");
	c->flag = csv_column(r, "Flag");
	c->entry = csv_column(r, "entry");
	c->drivers = csv_column(r, "drivers");
	c->time = pair_of(r, "Lap Time");
	c->elapsed = pair_of(r, "Elapsed Time");
	for (int i = 0; i < SECTORS; i++)
		c->sector[i] = pair_of(r, sector_names[i]);
	for (int i = 0; i < MINIS; i++)
		c->mini[i] = pair_of(r, mini_names[i]);
}

bool laps_2024_header(const struct csv_reader *r)
{
	return csv_column(r, "Lap Time (ms)") >= 0 && csv_column(r, "Elapsed Time (ms)") >= 0;
}

/* --- Values --------------------------------------------------------------- */

/* Whole milliseconds; the text where there are none. Nothing takes no time. */
static ms_t time_at(const struct reading *d, struct pair p)
{
	int64_t whole = 0;
	ms_t t = MS_NONE;
	if (int_parse(csv_field(d->r, p.ms), &whole) && whole > 0 && whole < MS_MAX)
		return (ms_t)whole;
	return time_parse(csv_field(d->r, p.text), &t) && t > 0 ? t : MS_NONE;
}

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

static void tell_flag(struct reading *d, struct str s)
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

/* Yellow is shown around the whole track in these races: a full course yellow. */
static uint8_t flag_at(struct reading *d)
{
	static const struct {
		const char *text;
		enum flag flag;
	} flags[] = {{"", FLAG_EMPTY},
		     {"Green Flag", FLAG_GREEN},
		     {"Yellow Flag", FLAG_FCY},
		     {"Finish Flag", FLAG_FINISH},
		     {"Red Flag", FLAG_RED}};
	struct str s = csv_field(d->r, d->col.flag);
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (str_eq_nocase(s, str_from(flags[i].text)))
			return (uint8_t)flags[i].flag;
	tell_flag(d, s);
	return FLAG_OTHER;
}

/* --- Rows ----------------------------------------------------------------- */

static void refuse(struct reading *d, const char *column, int at, const char *what)
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
static bool read_key(struct reading *d, struct lap_row *row)
{
	int64_t lap = 0;
	row->number = csv_field(d->r, d->col.number);
	row->time = time_at(d, d->col.time);
	if (row->number.n == 0 || row->number.n > NUMBER_MAX)
		refuse(d, "#", d->col.number, "is too long");
	else if (!int_parse(csv_field(d->r, d->col.lap), &lap) || lap < 1 || lap > UINT16_MAX)
		refuse(d, "Laps", d->col.lap, "is not a number from 1 to 65535");
	else if (row->time == MS_NONE)
		refuse(d, "Lap Time", d->col.time.text, "is not a time");
	else {
		row->lap = (uint16_t)lap;
		return true;
	}
	return false;
}

/* The last row of these files has no newline: it is whole when it has all its fields. */
static bool cut_off(const struct reading *d)
{
	return csv_unfinished(d->r) && csv_fields(d->r) < csv_columns(d->r);
}

static bool read_row(struct reading *d, struct err *err)
{
	const struct columns *c = &d->col;
	struct lap_row row = {.line = csv_line(d->r), .pit_time = MS_NONE};
	if (cut_off(d)) {
		session_build_refuse(d->b, row.line, "the file ends inside this row");
		return true;
	}
	if (!read_key(d, &row))
		return true;
	if (!entry_2024_read(&d->entry, csv_field(d->r, c->entry), csv_field(d->r, c->drivers)))
		return err_set(err, ERR_NOMEM, "out of memory on line %u", (unsigned)row.line);
	row.driver = csv_field(d->r, c->name);
	if (row.driver.n == 0)
		row.driver = str_from(d->entry.driver);
	row.class_name = csv_field(d->r, c->class_name);
	row.team = str_from(d->entry.team);
	row.vehicle = str_from(d->entry.car);
	row.elapsed = time_at(d, c->elapsed);
	if (!time_parse(csv_field(d->r, c->hour), &row.hour))
		row.hour = MS_NONE;
	for (int i = 0; i < SECTORS; i++)
		row.sector[i] = time_at(d, c->sector[i]);
	for (int i = 0; i < MINIS; i++) {
		row.mini[i] = time_at(d, c->mini[i]);
		d->any_mini |= row.mini[i] != MS_NONE;
	}
	row.flag = flag_at(d);
	return session_build_row(d->b, &row, err);
}

static bool read_rows(struct reading *d, const char *path, const atomic_bool *cancel, struct err *err)
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

static struct session *with_columns(const struct reading *d, struct session *s)
{
	if (!s)
		return NULL;
	s->has_flags = d->col.flag >= 0;
	s->nmini = d->any_mini ? MINIS : 0;
	for (int i = 0; i < MINIS && d->any_mini; i++)
		s->mini_name[i] = mini_names[i];
	return s;
}

struct session *laps_2024_load(struct csv_reader *r, const char *path, const atomic_bool *cancel, struct err *err)
{
	struct reading d = {.r = r};
	if (!laps_2024_header(r)) {
		err_set(err, ERR_FORMAT, "%s: is no lap list: the header has no Lap Time (ms) and Elapsed Time (ms)",
			path);
		return NULL;
	}
	find_columns(r, &d.col);
	d.b = session_build_new(path, err);
	if (!d.b)
		return NULL;
	session_build_clock_runs_before(d.b);
	bool ok = read_rows(&d, path, cancel, err);
	entry_2024_free(&d.entry);
	if (!ok) {
		session_build_free(d.b);
		return NULL;
	}
	return with_columns(&d, session_build_finish(d.b, err));
}
