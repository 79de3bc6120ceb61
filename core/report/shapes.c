#include "core/report/shapes.h"

#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/utf8.h"
#include "core/report/columns.h"

/* --- Source and warnings -------------------------------------------------- */

typedef void take_warning(void *ctx, const char *text);

static void take_diags(const struct diag_list *l, take_warning *take, void *ctx)
{
	char text[600];

	for (uint32_t i = 0; i < l->n; i++) {
		const char *file = path_base(l->at[i].file ? l->at[i].file : "");
		if (l->at[i].line)
			snprintf(text, sizeof(text), "%s:%u: %s", file, l->at[i].line, l->at[i].why);
		else
			snprintf(text, sizeof(text), "%s%s%s", file, *file ? ": " : "", l->at[i].why);
		take(ctx, text);
	}
	if (l->total > l->n) {
		snprintf(text, sizeof(text), "%llu more of the kind", (unsigned long long)(l->total - l->n));
		take(ctx, text);
	}
}

static void take_analysis(const struct analysis *an, take_warning *take, void *ctx)
{
	char text[400];

	if (an->classes.field_slow_used) {
		snprintf(text, sizeof(text), "no flag column: %u spans of a slow field count as caution",
			 an->classes.nslow);
		take(ctx, text);
	}
	for (uint32_t i = 0; i < an->options.nexcluded; i++) {
		const struct exclusion *e = &an->options.excluded[i];
		snprintf(text, sizeof(text), "lap %u of %s is left out by hand: %s", (unsigned)e->lap, e->car, e->why);
		take(ctx, text);
	}
	if (an->options.lap) {
		snprintf(text, sizeof(text), "as it was at lap %u: nothing later is used", (unsigned)an->options.lap);
		take(ctx, text);
	}
}

/* Several drivers with one number: who is meant by it, and by what the others are called. */
static void take_shared_numbers(const struct report_in *in, take_warning *take, void *ctx)
{
	const struct season_table *t = &in->book->table;
	const char *asked = in->row < t->nrows ? t->rows[in->row].number : NULL;
	char text[240];

	for (uint32_t i = 0; i < t->nrows; i++) {
		const struct season_row *r = &t->rows[i];
		if (strcmp(in->book->id[i], r->number) == 0 || (asked && strcmp(asked, r->number) != 0))
			continue;
		snprintf(text, sizeof(text), "number %.40s is several drivers': %.48s is %.80s", r->number,
			 in->book->id[i], *r->name ? r->name : "somebody without a name in any file");
		take(ctx, text);
	}
}

static void each_warning(const struct report_in *in, take_warning *take, void *ctx)
{
	const struct session *s = in->session;

	if (!s) {
		take_diags(&in->dataset->season->warnings, take, ctx);
		if (in->book)
			take_shared_numbers(in, take, ctx);
		return;
	}
	if (s->kind_guessed)
		take(ctx, "kind guessed: neither name nor results say what session this is");
	take_diags(&s->warnings, take, ctx);
	if (in->analysis)
		take_analysis(in->analysis, take, ctx);
}

static void warning_record(void *ctx, const char *text)
{
	record_text(ctx, NULL, text);
}

/* The season's answers are made of results and JSON too, but not of weather or telemetry. */
static bool is_source(const struct report_in *in, const struct file_entry *f)
{
	return f->state == FILE_USED &&
	       (!in->book || f->role == ROLE_LAPS || f->role == ROLE_LAPS_2024 || f->role == ROLE_RESULTS ||
		f->role == ROLE_RESULTS_PROVISIONAL || f->role == ROLE_QUALIFYING || f->role == ROLE_BEST_TEN ||
		f->role == ROLE_SEASON_JSON);
}

static void used_files(struct record *r, const struct report_in *in, const struct file_list *l)
{
	for (uint32_t i = 0; i < l->n; i++)
		if (is_source(in, &l->at[i]))
			record_text(r, NULL, l->at[i].path);
}

/* Sums over all sessions where an answer is about none. */
static uint64_t rows_read(const struct report_in *in, uint64_t *refused)
{
	uint64_t rows = 0;

	*refused = 0;
	for (uint32_t i = 0; i < in->dataset->nsessions; i++) {
		const struct session *s = in->dataset->sessions[i];
		if (in->session && in->session != s)
			continue;
		rows += s->rows;
		*refused += s->refused.total;
	}
	return rows;
}

static void source_record(struct record *r, const struct report_in *in)
{
	uint64_t refused, rows = rows_read(in, &refused);

	record_obj(r, "source");
	record_word(r, "kind", in->book ? "csv, json" : "csv");
	record_list(r, "files");
	used_files(r, in, in->session ? &in->session->files : &in->dataset->files);
	record_end_list(r);
	record_int(r, "rows", (int64_t)rows);
	record_int(r, "refused", (int64_t)refused);
	record_end_obj(r);
}

void answer_begin(struct record *r, const struct report_in *in, struct buf *out)
{
	record_init(r, out, in->format == REPORT_CSV);
	if (!record_is_json(r))
		return;
	record_obj(r, NULL);
	record_text(r, "session", in->session ? in->session->id : NULL);
	source_record(r, in);
	record_list(r, "warnings");
	each_warning(in, warning_record, r);
	record_end_list(r);
}

bool answer_is_whole(const struct buf *out, struct err *err)
{
	return out->failed ? err_set(err, ERR_NOMEM, "the answer does not fit in memory") : true;
}

bool answer_end(struct record *r, struct err *err)
{
	struct buf *out = r->csv.out;

	if (record_is_json(r)) {
		record_end_obj(r);
		buf_char(out, '\n');
	}
	record_release(r);
	return answer_is_whole(out, err);
}

/* --- Text ----------------------------------------------------------------- */

void heading_text(const struct report_in *in, struct buf *out)
{
	const struct session *s = in->session;

	text_clean(out, str_from(s->title), in->ascii);
	buf_fmt(out, "  %s%s", session_kind_name(s->kind), s->kind_guessed ? " (guessed)" : "");
	if (*s->date) {
		buf_str(out, "  ");
		text_clean(out, str_from(s->date), in->ascii);
	}
	buf_fmt(out, "  %u cars  %u of %u laps clean\n\n", s->ncars, in->analysis->classes.clean, s->laps.n);
}

enum { FOOTER_WIDTH = 80 };

struct footer {
	struct buf *out;
	bool ascii;
};

/* "word: text", wrapped under the text. */
static void footer_line(const struct footer *f, const char *word, const char *text)
{
	buf_fmt(f->out, "%s: ", word);
	report_wrap(f->out, text, (int)strlen(word) + 2, FOOTER_WIDTH, f->ascii);
}

static void warning_line(void *ctx, const char *text)
{
	footer_line(ctx, "warning", text);
}

/* A season has too many files to name each: "8 laps, 8 provisional results, 4 season JSON". */
static void files_by_role(const struct report_in *in, const struct file_list *files, struct buf *line)
{
	for (int role = 0; role <= ROLE_OTHER; role++) {
		uint32_t n = 0;
		for (uint32_t i = 0; i < files->n; i++)
			n += (int)files->at[i].role == role && is_source(in, &files->at[i]);
		if (n > 0)
			buf_fmt(line, "%s%s: %u", line->n ? ", " : "files of ", file_role_name((enum file_role)role),
				n);
	}
}

void footer_text(const struct report_in *in, struct buf *out)
{
	const struct file_list *files = in->session ? &in->session->files : &in->dataset->files;
	struct footer f = {out, in->ascii};
	uint64_t refused, rows = rows_read(in, &refused);
	struct buf line;

	buf_init(&line, out->max);
	if (in->book)
		files_by_role(in, files, &line);
	for (uint32_t i = 0; i < files->n && !in->book; i++)
		if (files->at[i].state == FILE_USED)
			buf_fmt(&line, "%s%s", line.n ? ", " : "", path_base(files->at[i].path));
	buf_fmt(&line, "%s%llu rows read, %llu refused", line.n ? "; " : "", (unsigned long long)rows,
		(unsigned long long)refused);
	buf_char(out, '\n');
	footer_line(&f, "source", line.p ? line.p : "");
	buf_release(&line);
	each_warning(in, warning_line, &f);
}

/* --- Shapes --------------------------------------------------------------- */

void record_interval(struct record *r, const char *name, const struct interval *v)
{
	record_flat(r);
	record_obj(r, name);
	record_time(r, "value", v->n ? v->median : MS_NONE);
	record_time(r, "low", v->low);
	record_time(r, "high", v->high);
	record_bool(r, "clear", v->clear);
	record_int(r, "n", v->n);
	record_int(r, "won", v->won);
	record_end_obj(r);
}

void record_pace(struct record *r, const struct pace *p)
{
	record_flat(r);
	record_obj(r, "pace");
	record_int(r, "n", p->n);
	record_time(r, "median", p->median);
	record_time(r, "q1", p->q1);
	record_time(r, "q3", p->q3);
	record_time(r, "iqr", p->iqr);
	record_time(r, "mean", p->mean);
	record_end_obj(r);
	record_flat(r);
	record_obj(r, "consistency");
	record_ms(r, "sd", p->sd);
	record_ms(r, "mad", p->mad);
	record_dec(r, "cv", p->cv, 2);
	record_end_obj(r);
}

/* Slopes come in ms a lap. */
static void slope_value(struct record *r, const char *name, double ms)
{
	record_dec(r, name, ms / 1000.0, 4);
}

void record_trend(struct record *r, const struct trend *t)
{
	record_flat(r);
	record_obj(r, "trend");
	slope_value(r, "ols", t->raw.ols);
	slope_value(r, "low", t->raw.low);
	slope_value(r, "high", t->raw.high);
	slope_value(r, "theil_sen", t->raw.theil_sen);
	record_int(r, "n", t->n);
	record_int(r, "runs", t->raw.runs);
	slope_value(r, "field", t->field.ols);
	slope_value(r, "field_low", t->field.low);
	slope_value(r, "field_high", t->field.high);
	record_bool(r, "fuel_corrected", t->fuel_corrected);
	record_end_obj(r);
}

const char *driver_of(const struct session *s, const struct car *c, uint16_t driver)
{
	if (driver != NO_DRIVER && driver < s->ndrivers && *s->drivers[driver].name)
		return s->drivers[driver].name;
	return c->driver;
}

const char *car_id(const struct session *s, uint16_t car)
{
	return car == NO_CAR ? NULL : s->cars[car].id;
}

const char *gap_text(char out[NUM_LEN], ms_t gap, uint16_t laps)
{
	if (laps > 0)
		snprintf(out, NUM_LEN, "%u lap%s", (unsigned)laps, laps == 1 ? "" : "s");
	else if (gap == 0)
		snprintf(out, NUM_LEN, "-");
	else
		diff_str(out, gap);
	return out;
}

void record_tel_counts(struct record *r, const struct tel_counts *n)
{
	record_int(r, "rows", (int64_t)n->rows);
	record_int(r, "refused", (int64_t)n->refused);
	record_int(r, "duplicates", (int64_t)n->duplicates);
	record_int(r, "conflicts", (int64_t)n->conflicts);
	record_int(r, "backward", (int64_t)n->backward);
	record_int(r, "lap_unknown", (int64_t)n->lap_unknown);
	record_int(r, "lap_stale", (int64_t)n->lap_stale);
	record_int(r, "bursts", (int64_t)n->bursts);
	record_int(r, "drop_outs", (int64_t)n->drop_outs);
}
