/* Reading: a lap file split by hand, its rows chained to cars in the order of the file. */
#include "tests/unit/reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 4096, CELLS = 64 };

struct table_row {
	char line[LINE];
	char *cell[CELLS];
	int n;
};

void *ref_alloc(int n, int size)
{
	void *p = calloc((size_t)n + 1, (size_t)size);

	if (!p)
		abort();
	return p;
}

static char *trimmed(char *s)
{
	char *end = s + strlen(s);

	while (*s == ' ')
		s++;
	while (end > s && strchr(" \r\n", end[-1]))
		*--end = '\0';
	return s;
}

/* The next delimiter that no quotes are around. */
static char *cell_end(char *at, char delimiter)
{
	bool quoted = false;

	for (; *at && (quoted || *at != delimiter); at++)
		quoted ^= *at == '"';
	return *at ? at : NULL;
}

static bool next_row(FILE *f, char delimiter, struct table_row *row)
{
	row->n = 0;
	if (!fgets(row->line, LINE, f))
		return false;
	char *at = row->line;
	while (at && row->n < CELLS) {
		char *end = cell_end(at, delimiter);
		if (end)
			*end = '\0';
		row->cell[row->n++] = trimmed(at);
		at = end ? end + 1 : NULL;
	}
	return true;
}

static int column(const struct table_row *header, const char *name)
{
	for (int i = 0; i < header->n; i++)
		if (strcmp(header->cell[i], name) == 0)
			return i;
	return -1;
}

static const char *cell(const struct table_row *row, int at)
{
	return at >= 0 && at < row->n ? row->cell[at] : "";
}

/* [[h:]m:]s[.fff] */
static int time_of(const char *s)
{
	int whole = 0, field = 0, fraction = 0, digits = 0;

	if (!*s)
		return NOTHING;
	for (; *s && *s != '.'; s++) {
		if (*s == ':') {
			whole = (whole + field) * 60;
			field = 0;
		} else {
			field = field * 10 + (*s - '0');
		}
	}
	for (s += *s == '.'; digits < 3; digits++)
		fraction = fraction * 10 + (*s ? *s++ - '0' : 0);
	return (whole + field) * 1000 + fraction;
}

static int part_of(const char *s)
{
	int t = time_of(s);

	return t == 0 ? NOTHING : t;
}

/* "116.7" -> 1167 */
static int tenths_of(const char *s)
{
	return *s ? time_of(s) / 100 : 0;
}

static int mini_column(const struct table_row *header, int i)
{
	static const char *const name[REF_MINIS][2] = {
		{"IM1a_time", ""},          {"IM1_time", "INT-1_time"}, {"IM2a_time", ""},
		{"IM2_time", "INT-2_time"}, {"IM3a_time", ""},          {"FL_time", ""},
	};
	int at = column(header, name[i][0]);

	return at >= 0 ? at : column(header, name[i][1]);
}

/* The car that a lap belongs to, among those opened under its NUMBER. */
static struct ref_car *car_for(struct reference *r, const char *number, const struct ref_lap *lap)
{
	struct ref_car *nearest = NULL;
	int same = 0;

	for (int i = 0; i < r->ncars; i++) {
		struct ref_car *c = &r->car[i];
		if (strcmp(c->number, number) != 0)
			continue;
		const struct ref_lap *last = &c->lap[c->in_file - 1];
		same++;
		if (last->number == lap->number - 1 && last->elapsed == lap->elapsed - lap->time)
			return c;
		if (last->number < lap->number && last->elapsed < lap->elapsed &&
		    (!nearest || last->elapsed > nearest->lap[nearest->in_file - 1].elapsed))
			nearest = c;
	}
	if (nearest)
		return nearest;
	if (r->ncars == REF_CARS)
		abort();
	struct ref_car *c = &r->car[r->ncars++];
	snprintf(c->number, sizeof c->number, "%s", number);
	if (same)
		snprintf(c->id, sizeof c->id, "%.16s#%d", number, same + 1);
	else
		snprintf(c->id, sizeof c->id, "%s", number);
	c->lap = ref_alloc(REF_LAPS, sizeof *c->lap);
	return c;
}

static void read_lap(const struct table_row *header, const struct table_row *row, struct ref_lap *l)
{
	static const char *const sector[REF_SECTORS][2] = {{"S1_LARGE", "S1"}, {"S2_LARGE", "S2"}, {"S3_LARGE", "S3"}};

	memset(l, 0, sizeof *l);
	l->number = atoi(cell(row, column(header, "LAP_NUMBER")));
	l->time = time_of(cell(row, column(header, "LAP_TIME")));
	l->elapsed = time_of(cell(row, column(header, "ELAPSED")));
	l->pit_time = time_of(cell(row, column(header, "PIT_TIME")));
	l->improvement = atoi(cell(row, column(header, "LAP_IMPROVEMENT")));
	l->in = strcmp(cell(row, column(header, "CROSSING_FINISH_LINE_IN_PIT")), "B") == 0;
	l->kph = tenths_of(cell(row, column(header, "KPH")));
	l->top_speed = tenths_of(cell(row, column(header, "TOP_SPEED")));
	snprintf(l->flag, sizeof l->flag, "%.20s", cell(row, column(header, "FLAG_AT_FL")));
	for (int i = 0; i < REF_SECTORS; i++) {
		const char *large = cell(row, column(header, sector[i][0]));
		l->part[i] = part_of(*large ? large : cell(row, column(header, sector[i][1])));
	}
	for (int i = 0; i < REF_MINIS; i++)
		l->part[REF_SECTORS + i] = part_of(cell(row, mini_column(header, i)));
}

static void read_rows(FILE *f, struct reference *r)
{
	struct table_row *header = ref_alloc(1, sizeof *header), *row = ref_alloc(1, sizeof *row);
	char delimiter = ';';
	int c = fgetc(f);

	if (c == 0xEF) { /* a byte order mark has three bytes */
		fgetc(f);
		fgetc(f);
	} else {
		ungetc(c, f);
	}
	long start = ftell(f);
	if (next_row(f, delimiter, header) && header->n == 1) {
		delimiter = ',';
		fseek(f, start, SEEK_SET);
		next_row(f, delimiter, header);
	}
	r->has_flags = column(header, "FLAG_AT_FL") >= 0;
	r->minis = mini_column(header, 0) >= 0 ? REF_MINIS : 0;
	while (next_row(f, delimiter, row)) {
		struct ref_lap lap;
		read_lap(header, row, &lap);
		struct ref_car *car = car_for(r, cell(row, column(header, "NUMBER")), &lap);
		if (car->in_file == REF_LAPS)
			abort();
		snprintf(car->class_name, sizeof car->class_name, "%.20s", cell(row, column(header, "CLASS")));
		car->lap[car->in_file++] = lap;
		r->rows++;
	}
	free(header);
	free(row);
}

struct reference *reference_read(const char *path)
{
	FILE *f = fopen(path, "rb");

	if (!f)
		return NULL;
	struct reference *r = ref_alloc(1, sizeof *r);
	read_rows(f, r);
	fclose(f);
	reference_cut(r, 0, NOTHING);
	return r;
}

void reference_free(struct reference *r)
{
	if (!r)
		return;
	for (int i = 0; i < r->ncars; i++)
		free(r->car[i].lap);
	free(r);
}

void reference_cut(struct reference *r, int lap, int elapsed)
{
	r->cut = lap > 0 || elapsed != NOTHING;
	r->cut_elapsed = elapsed;
	for (int i = 0; i < r->ncars; i++) {
		struct ref_car *c = &r->car[i];
		for (c->n = 0; c->n < c->in_file; c->n++)
			if ((lap > 0 && c->lap[c->n].number > lap) ||
			    (elapsed != NOTHING && c->lap[c->n].elapsed > elapsed))
				break;
	}
}

void reference_work_out(struct reference *r, bool timed)
{
	r->timed = timed;
	ref_classify(r);
	ref_figures(r);
	ref_order(r);
	ref_colours(r);
}
