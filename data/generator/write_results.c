/* Official files: results ("03_"), by class ("05_"), ten best laps ("99_"). */
#include <string.h>

#include "core/base/num.h"
#include "data/generator/files.h"

static const char empty_cells[] = ";;;;;;;;;;;"; /* TIRES, the ECM ids, extras and the sort key */
static const char ecm[] =
	"TIRES;ECM Participant Id;ECM Team Id;ECM Category Id;ECM Car Id;ECM Brand Id;ECM Country Id;*Extra 7;"
	"*Extra 8;*Extra 9;Sort Key";
static const char driver_cells[] = "DRIVER_FIRSTNAME;DRIVER_SECONDNAME;DRIVER_LICENSE;DRIVER_HOMETOWN;DRIVER_COUNTRY;"
				   "DRIVER_SHORTNAME;DRIVER_ECM Driver Id;DRIVER_ECM Country Id;DRIVER_*Extra 3;"
				   "DRIVER_*Extra 4;DRIVER_*Extra 5";
enum { CELLS_AFTER_NAME = 9 };

int32_t classified_total(const struct car_run *c, enum stage stage)
{
	return run_total(c) + (stage == STAGE_OFFICIAL ? c->penalty : 0);
}

void classify(const struct run *r, enum stage stage, uint8_t out[DRIVERS])
{
	for (int i = 0; i < r->ncars; i++) {
		const struct car_run *c = &r->car[r->order[i]];
		int at = i;

		for (; at > 0; at--) {
			const struct car_run *before = &r->car[out[at - 1]];

			if (before->laps != c->laps || classified_total(before, stage) <= classified_total(c, stage))
				break;
			out[at] = out[at - 1];
		}
		out[at] = r->order[i];
	}
}

/* --- gaps ------------------------------------------------------------------------ */

/* "+1:14.985", "1 Lap", "3 Laps". */
static void put_gap(struct buf *b, int32_t ms, int laps)
{
	char s[NUM_LEN];

	if (laps > 0)
		buf_fmt(b, "%d Lap%s", laps, laps == 1 ? "" : "s");
	else
		buf_str(b, diff_str(s, ms));
}

/* Minutes with an apostrophe, and "1 Laps": the by-class files. */
static void put_class_gap(struct buf *b, int32_t ms, int laps)
{
	if (laps > 0)
		buf_fmt(b, "%d Laps", laps);
	else if (ms >= 60000)
		buf_fmt(b, "+%d'%02d.%03d", ms / 60000, ms / 1000 % 60, ms % 1000);
	else
		buf_fmt(b, "+%d.%03d", ms / 1000, ms % 1000);
}

static void put_time(struct buf *b, int32_t ms)
{
	char s[NUM_LEN];

	buf_str(b, time_str(s, ms));
}

static void put_kph(struct buf *b, const struct run *r, int32_t ms)
{
	int32_t kph = lap_kph(r, ms);

	buf_fmt(b, "%d.%d", kph / 10, kph % 10);
}

/* --- races ----------------------------------------------------------------------- */

static void results_head(struct buf *b, enum form form)
{
	bom(b, form);
	buf_str(b, "POSITION;NUMBER;STATUS;LAPS;TOTAL_TIME;GAP_FIRST;GAP_PREVIOUS;FL_LAPNUM;FL_TIME;FL_KPH;");
	buf_fmt(b, "%sCLASS;GROUP;DIVISION;VEHICLE;%s;", form == FORM_NAMED ? "TEAM;" : "", ecm);
	buf_str(b, form == FORM_NAMED ? driver_cells : "DRIVER_*Extra 3;DRIVER_*Extra 4;DRIVER_*Extra 5");
	line_end(b, form);
}

static void put_entry(struct buf *b, const struct driver *d, enum form form)
{
	bool guest = strcmp(d->number, "3") == 0;

	if (form == FORM_NAMED)
		buf_fmt(b, "%s;", d->team);
	buf_fmt(b, "Am;%s;Corvane Cup;Corvane RT6;%s", guest ? "Guest " : "", empty_cells);
	if (form != FORM_NAMED) {
		buf_str(b, ";;");
		return;
	}
	buf_fmt(b, "%s;%s", d->first, d->last);
	for (int i = 0; i < CELLS_AFTER_NAME; i++)
		buf_char(b, ';');
}

static void put_gaps(struct buf *b, const struct run *r, const uint8_t *place, int i, enum stage stage)
{
	const struct car_run *c = &r->car[place[i]], *first = &r->car[place[0]];
	const struct car_run *before = i > 0 ? &r->car[place[i - 1]] : first;

	if (i == 0) {
		buf_str(b, "-;-;");
		return;
	}
	put_gap(b, classified_total(c, stage) - classified_total(first, stage), first->laps - c->laps);
	buf_char(b, ';');
	put_gap(b, classified_total(c, stage) - classified_total(before, stage), before->laps - c->laps);
	buf_char(b, ';');
}

static void put_fastest(struct buf *b, const struct run *r, const struct car_run *c)
{
	const struct lap *best = run_best(c);

	if (!best) {
		buf_str(b, "0;;;");
		return;
	}
	buf_fmt(b, "%d;", (int)(best - c->lap) + 1);
	put_time(b, best->time);
	buf_char(b, ';');
	put_kph(b, r, best->time);
	buf_char(b, ';');
}

static bool as_floats(const struct run *r, enum stage stage)
{
	return events[r->pace->event].float_positions && r->number == 2 && stage == STAGE_PROVISIONAL;
}

void results_file(struct buf *b, const struct run *r, enum form form, enum stage stage)
{
	uint8_t place[DRIVERS];

	classify(r, stage, place);
	results_head(b, form);
	for (int i = 0; i < r->ncars; i++) {
		const struct car_run *c = &r->car[place[i]];
		const struct driver *d = &drivers[place[i]];

		if (!c->not_started)
			buf_fmt(b, "%d%s", i + 1, as_floats(r, stage) ? ".0" : "");
		buf_fmt(b, ";%s;%s;%d;", printed_number(r, d, form), c->not_started ? "Not started" : "Classified",
			c->laps);
		if (c->laps > 0) {
			put_time(b, classified_total(c, stage));
			buf_char(b, ';');
			put_gaps(b, r, place, i, stage);
		} else {
			buf_str(b, ";;;");
		}
		put_fastest(b, r, c);
		put_entry(b, d, form);
		line_end(b, form);
	}
}

void by_class_file(struct buf *b, const struct run *r)
{
	const struct car_run *first = &r->car[r->order[0]], *before = first;

	bom(b, FORM_NAMED);
	buf_str(b, "CLASS_TYPE;POS;PIC;NUMBER;TEAM;VEHICLE;DRIVER;LAPS;ELAPSED;GAP_FIRST;GAP_PREVIOUS;BEST_LAP_NUM;"
		   "BEST_LAP_TIME;BEST_LAP_KPH;\n");
	for (int i = 0; i < r->ncars && !r->car[r->order[i]].not_started; i++) {
		const struct car_run *c = &r->car[r->order[i]];
		const struct driver *d = &drivers[r->order[i]];

		buf_fmt(b, "Am;%d;%d;%s;%s;Corvane RT6;%s %s;%d;", i + 1, i + 1, d->number, d->team, d->first, d->last,
			c->laps);
		if (c->laps > 0)
			put_time(b, run_total(c));
		buf_char(b, ';');
		if (i > 0)
			put_class_gap(b, run_total(c) - run_total(first), first->laps - c->laps);
		buf_char(b, ';');
		if (i > 0)
			put_class_gap(b, run_total(c) - run_total(before), before->laps - c->laps);
		buf_char(b, ';');
		put_fastest(b, r, c);
		buf_char(b, '\n');
		before = c;
	}
}

/* --- practice and qualifying -------------------------------------------------------- */

void timed_results_file(struct buf *b, const struct run *r)
{
	const struct lap *first = run_best(&r->car[r->order[0]]), *before = first;

	bom(b, FORM_NAMED);
	buf_fmt(b, "POS;NUMBER;LAP;TIME;GAP_FIRST;GAP_PREVIOUS;KPH; LAPS;TEAM;CLASS;GROUP;DIVISION;VEHICLE;%s;%s;\n",
		ecm, driver_cells);
	for (int i = 0; i < r->ncars; i++) {
		const struct car_run *c = &r->car[r->order[i]];
		const struct lap *best = run_best(c);

		buf_fmt(b, "%d;%s;%d;", i + 1, drivers[r->order[i]].number, (int)(best - c->lap) + 1);
		put_time(b, best->time);
		buf_char(b, ';');
		if (i == 0) {
			buf_str(b, "-;-;");
		} else {
			put_gap(b, best->time - first->time, 0);
			buf_char(b, ';');
			put_gap(b, best->time - before->time, 0);
			buf_char(b, ';');
		}
		put_kph(b, r, best->time);
		buf_fmt(b, ";%d;", c->laps);
		put_entry(b, &drivers[r->order[i]], FORM_NAMED);
		buf_str(b, ";\n");
		before = best;
	}
}

/* --- ten best laps ----------------------------------------------------------------- */

enum { TEN = 10 };

/* Not the first lap, none that touched the pits, none deleted. */
static bool counts(const struct car_run *c, int n)
{
	const struct lap *l = &c->lap[n];

	return n > 0 && !l->in_pit && !l->deleted && !c->lap[n - 1].in_pit;
}

static int ten_best(const struct car_run *c, const struct lap *ten[TEN])
{
	int n = 0;

	for (int k = 0; k < c->laps; k++) {
		int at = n;

		if (!counts(c, k))
			continue;
		for (; at > 0 && c->lap[k].time < ten[at - 1]->time; at--)
			if (at < TEN)
				ten[at] = ten[at - 1];
		if (at < TEN)
			ten[at] = &c->lap[k];
		n += n < TEN;
	}
	return n;
}

static void put_ten(struct buf *b, const struct car_run *c)
{
	const struct lap *ten[TEN];
	int n = ten_best(c, ten);
	int64_t sum = 0;

	for (int k = 0; k < TEN; k++) {
		if (k < n) {
			put_time(b, ten[k]->time);
			sum += ten[k]->time;
		}
		buf_fmt(b, ";%d;", k < n ? (int)(ten[k] - c->lap) + 1 : 0);
	}
	if (n > 0)
		put_time(b, (int32_t)((sum + n / 2) / n));
}

void best_ten_file(struct buf *b, const struct run *r, enum form form)
{
	uint8_t order[DRIVERS];
	int n = by_number(r, form, order);

	bom(b, form);
	buf_str(b, form == FORM_NAMED ? "NUMBER;TEAM;VEHICLE;CLASS;FIRSTNAME;SECONDNAME;TOTAL_DRIVER_LAPS"
				      : "NUMBER;VEHICLE;CLASS;TOTAL_DRIVER_LAPS");
	for (int k = 1; k <= TEN; k++)
		buf_fmt(b, ";BESTLAP_%d;BESTLAP_%d_LAPNUM", k, k);
	buf_str(b, ";AVERAGE");
	line_end(b, form);
	for (int i = 0; i < n; i++) {
		const struct driver *d = &drivers[order[i]];
		const struct car_run *c = &r->car[order[i]];

		buf_fmt(b, "%s;", printed_number(r, d, form));
		if (form == FORM_NAMED)
			buf_fmt(b, "%s;Corvane RT6;Am;%s;%s;%d;", d->team, d->first, d->last, c->laps);
		else
			buf_fmt(b, "Corvane RT6;Am;%d;", c->laps);
		put_ten(b, c);
		line_end(b, form);
	}
}
