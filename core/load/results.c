#include "core/load/results.h"

#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "core/load/identity.h"

enum { DRIVERS_MAX = 6, RESULT_ROWS_MAX = 10000 };

/* Columns by what they mean; the same meaning has other names in other files. -1: not in this one. */
struct columns {
	int number, position, position_class, laps, total, gap, fastest, fastest_lap, status;
	int team, class_name, group, vehicle, driver;
	int first_name[DRIVERS_MAX], second_name[DRIVERS_MAX];
	int best[10], best_lap[10], average;
};

static bool has(const struct csv_reader *r, const char *name)
{
	return csv_column(r, name) >= 0;
}

static bool name_says_provisional(const char *path)
{
	return str_has_nocase(str_from(path_base(path)), "provisional");
}

/* Ordered by best lap: practice and qualifying. */
static bool header_is_timed(const struct csv_reader *r)
{
	return has(r, "POS") && has(r, "LAP") && has(r, "TIME");
}

/* The series' own site gives the result of a race under other names, and its timing service (MYLAPS) the ten best laps. */
static bool header_is_website(const struct csv_reader *r)
{
	return has(r, "No.") && has(r, "Pos") && has(r, "Laps") && has(r, "BestLap");
}

static bool header_is_top_ten(const struct csv_reader *r)
{
	return has(r, "No.") && has(r, "Best Lap 1");
}

enum file_role results_role(const struct csv_reader *r, const char *path)
{
	if (header_is_top_ten(r))
		return ROLE_BEST_TEN;
	if (header_is_website(r))
		return name_says_provisional(path) ? ROLE_RESULTS_PROVISIONAL : ROLE_RESULTS;
	if (!has(r, "NUMBER"))
		return ROLE_UNKNOWN;
	if (has(r, "BESTLAP_1"))
		return ROLE_BEST_TEN;
	if (has(r, "CLASS_TYPE") && has(r, "POS") && has(r, "PIC"))
		return ROLE_RESULTS_CLASS;
	enum file_role race = name_says_provisional(path) ? ROLE_RESULTS_PROVISIONAL : ROLE_RESULTS;
	if (has(r, "POSITION") && has(r, "LAPS"))
		return race;
	if (!header_is_timed(r))
		return ROLE_UNKNOWN;
	struct identity id;
	identity_of(path, &id);
	return id.kind_known && id.kind == KIND_QUALIFYING ? ROLE_QUALIFYING : race;
}

static int either(const struct csv_reader *r, const char *a, const char *b)
{
	int c = csv_column(r, a);
	return c >= 0 ? c : csv_column(r, b);
}

static void find_names(const struct csv_reader *r, struct columns *c)
{
	c->driver = either(r, "DRIVER", "Driver1");
	c->first_name[0] = either(r, "DRIVER_FIRSTNAME", "FIRSTNAME");
	c->second_name[0] = either(r, "DRIVER_SECONDNAME", "SECONDNAME");
	for (int i = 0; i < DRIVERS_MAX; i++) {
		char first[32], second[32];
		snprintf(first, sizeof first, "DRIVER%d_FIRSTNAME", i + 1);
		snprintf(second, sizeof second, "DRIVER%d_SECONDNAME", i + 1);
		if (i > 0 || c->first_name[0] < 0) {
			c->first_name[i] = csv_column(r, first);
			c->second_name[i] = csv_column(r, second);
		}
	}
}

static void find_best_ten(const struct csv_reader *r, struct columns *c)
{
	for (int i = 0; i < 10; i++) {
		char name[32];
		char spelled[32];
		snprintf(name, sizeof name, "BESTLAP_%d", i + 1);
		snprintf(spelled, sizeof spelled, "Best Lap %d", i + 1);
		c->best[i] = either(r, name, spelled);
		snprintf(name, sizeof name, "BESTLAP_%d_LAPNUM", i + 1);
		c->best_lap[i] = csv_column(r, name);
	}
	c->average = either(r, "AVERAGE", "Average Best Time");
}

static void find_columns(const struct csv_reader *r, bool timed, struct columns *c)
{
	bool website = header_is_website(r);
	c->number = either(r, "NUMBER", "No.");
	c->position = either(r, "POSITION", "POS");
	c->position_class = csv_column(r, "PIC");
	c->laps = either(r, "LAPS", "TOTAL_LAPS");
	if (c->laps < 0)
		c->laps = csv_column(r, "TOTAL_DRIVER_LAPS");
	c->total = timed ? -1 : website ? csv_column(r, "Time") : either(r, "TOTAL_TIME", "ELAPSED");
	c->gap = either(r, "GAP_FIRST", "Diff");
	c->fastest = timed     ? csv_column(r, "TIME")
		     : website ? csv_column(r, "BestLap")
			       : either(r, "FL_TIME", "BEST_LAP_TIME");
	c->fastest_lap = timed     ? csv_column(r, "LAP")
			 : website ? csv_column(r, "ON")
				   : either(r, "FL_LAPNUM", "BEST_LAP_NUM");
	c->status = csv_column(r, "STATUS");
	c->team = either(r, "TEAM", "TeamName");
	c->class_name = either(r, "CLASS", "CLASS_TYPE");
	c->group = csv_column(r, "GROUP");
	c->vehicle = either(r, "VEHICLE", "CarName");
	find_names(r, c);
	find_best_ten(r, c);
}

/* A time that officials print as 0 where there is none. */
static ms_t time_or_none(struct str s)
{
	ms_t t;
	return time_parse(s, &t) && t > 0 ? t : MS_NONE;
}

/* Whole numbers also as "1.0": some of these files went through a spreadsheet. */
static int32_t whole_or(struct str s, int32_t otherwise)
{
	double v;
	if (!dec_parse(s, &v) || !(v >= 0 && v <= 1e6) || v != (double)(int32_t)v)
		return otherwise;
	return (int32_t)v;
}

/* The timing service marks a rookie's or a guest's name with an asterisk; it is no part of the name. */
static struct str without_mark(struct str s)
{
	s = str_trim(s);
	while (s.n > 0 && s.p[s.n - 1] == '*')
		s.n--;
	return str_trim(s);
}

static void add_part(char *out, size_t cap, size_t *n, const char *between, struct str part)
{
	size_t gap = *n > 0 ? strlen(between) : 0;
	if (part.n == 0 || *n + gap + part.n + 1 > cap)
		return;
	memcpy(out + *n, between, gap);
	memcpy(out + *n + gap, part.p, part.n);
	*n += gap + part.n;
	out[*n] = '\0';
}

/* "Westin Workman"; several drivers of one car "A B / C D". */
static const char *driver_names(const struct csv_reader *r, const struct columns *c, struct arena *a)
{
	char all[512] = "";
	size_t n = 0;
	for (int i = 0; i < DRIVERS_MAX; i++) {
		char one[160] = "";
		size_t m = 0;
		add_part(one, sizeof one, &m, " ", str_trim(csv_field(r, c->first_name[i])));
		add_part(one, sizeof one, &m, " ", without_mark(csv_field(r, c->second_name[i])));
		add_part(all, sizeof all, &n, " / ", (struct str){one, m});
	}
	if (n == 0)
		add_part(all, sizeof all, &n, "", without_mark(csv_field(r, c->driver)));
	return arena_strndup(a, all, n);
}

static void read_official(const struct csv_reader *r, const struct columns *c, struct arena *a, struct official *o)
{
	o->present = true;
	o->position = whole_or(csv_field(r, c->position), 0);
	o->position_class = whole_or(csv_field(r, c->position_class), 0);
	o->laps = whole_or(csv_field(r, c->laps), -1);
	o->total = time_or_none(csv_field(r, c->total));
	o->fastest = time_or_none(csv_field(r, c->fastest));
	o->fastest_lap = o->fastest == MS_NONE ? 0 : whole_or(csv_field(r, c->fastest_lap), 0);
	o->gap = arena_str(a, csv_field(r, c->gap));
	o->status = arena_str(a, csv_field(r, c->status));
	o->line = csv_line(r);
}

/* Fewer than ten laps: the time is empty and the lap number 0. */
static void read_best_ten(const struct csv_reader *r, const struct columns *c, struct best_ten *b)
{
	b->present = true;
	b->total_laps = whole_or(csv_field(r, c->laps), -1);
	b->average = time_or_none(csv_field(r, c->average));
	b->line = csv_line(r);
	for (int i = 0; i < 10; i++) {
		ms_t t = time_or_none(csv_field(r, c->best[i]));
		if (t == MS_NONE)
			continue;
		b->time[b->n] = t;
		b->lap[b->n] = whole_or(csv_field(r, c->best_lap[i]), 0);
		b->n++;
	}
}

/* false: out of memory. */
static bool read_row(const struct csv_reader *r, const struct columns *c, enum file_role role, struct arena *a,
		     struct result_row *row)
{
	memset(row, 0, sizeof *row);
	row->number = arena_str(a, csv_field(r, c->number));
	row->driver = driver_names(r, c, a);
	row->team = arena_str(a, csv_field(r, c->team));
	row->class_name = arena_str(a, csv_field(r, c->class_name));
	row->group = arena_str(a, csv_field(r, c->group));
	row->vehicle = arena_str(a, csv_field(r, c->vehicle));
	read_official(r, c, a, &row->official);
	if (role == ROLE_BEST_TEN) {
		read_best_ten(r, c, &row->best_ten);
		row->official.fastest = row->best_ten.n ? row->best_ten.time[0] : MS_NONE;
		row->official.fastest_lap = row->best_ten.n ? row->best_ten.lap[0] : 0;
	}
	return row->number && row->driver && row->team && row->class_name && row->group && row->vehicle &&
	       row->official.gap && row->official.status;
}

static struct result_row *room_for_row(struct results *res, uint32_t *cap, struct arena *a)
{
	if (res->n == *cap) {
		uint32_t more = *cap ? *cap * 2 : 64;
		struct result_row *rows = ARENA_ARRAY(a, more, struct result_row);
		if (!rows)
			return NULL;
		if (res->n)
			memcpy(rows, res->rows, res->n * sizeof *rows);
		res->rows = rows;
		*cap = more;
	}
	return &res->rows[res->n];
}

static bool read_rows(struct csv_reader *r, struct results *res, struct arena *a, struct err *err)
{
	struct columns c;
	uint32_t cap = 0;
	find_columns(r, res->timed, &c);
	for (;;) {
		enum csv_row kind = csv_next(r, err);
		if (kind == CSV_END)
			return true;
		if (kind == CSV_FAILED)
			return false;
		bool full = res->n >= RESULT_ROWS_MAX;
		const char *why = full                  ? "more rows than a result can have: the rest is left out"
				  : kind == CSV_BAD_ROW ? csv_why(r)
				  : str_trim(csv_field(r, c.number)).n == 0 ? "no NUMBER"
									    : NULL;
		if (why && !diag_add(&res->refused, a, res->path, csv_line(r), "%s", why))
			return err_set(err, ERR_NOMEM, "%s: out of memory", res->path);
		if (full)
			return true;
		if (why) {
			csv_refused(r);
			continue;
		}
		struct result_row *row = room_for_row(res, &cap, a);
		if (!row || !read_row(r, &c, res->role, a, row))
			return err_set(err, ERR_NOMEM, "%s: out of memory", res->path);
		res->n++;
	}
}

struct results *results_load(struct csv_reader *r, const char *path, struct arena *a, struct err *err)
{
	struct results *res = ARENA_NEW(a, struct results);
	if (!res || !(res->path = arena_str(a, str_from(path)))) {
		err_set(err, ERR_NOMEM, "%s: out of memory", path);
		return NULL;
	}
	res->role = results_role(r, path);
	if (res->role == ROLE_UNKNOWN) {
		err_set(err, ERR_FORMAT, "%s:1: not a results file (no NUMBER with POSITION, POS or BESTLAP_1)", path);
		return NULL;
	}
	res->timed = header_is_timed(r);
	if (!read_rows(r, res, a, err))
		return NULL;
	if (res->n == 0) {
		err_set(err, ERR_FORMAT, "%s: no result in it", path);
		return NULL;
	}
	return res;
}
