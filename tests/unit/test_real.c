/* Every figure of every car of every real file against an independent calculation (reference.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/load/laps.h"
#include "tests/unit/agree.h"
#include "tests/unit/helper.h"
#include "tests/unit/laps_helper.h"

static const struct real_file {
	const char *name;
	bool timed, every_pair;
} real_files[] = {
	{"gr-cup/analysis_endurance/barber_r1_analysis_endurance.csv", false, false},
	{"gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv", false, true},
	{"gr-cup/analysis_endurance/cota_r1_analysis_endurance.csv", false, false},
	{"gr-cup/analysis_endurance/cota_r2_analysis_endurance.csv", false, false},
	{"gr-cup/analysis_endurance/roadamerica_r1_analysis_endurance.csv", false, false},
	{"gr-cup/analysis_endurance/roadamerica_r2_analysis_endurance.csv", false, false},
	{"gr-cup/analysis_endurance/sonoma_r1_analysis_endurance.csv", false, false},
	{"gr-cup/analysis_endurance/sonoma_r2_analysis_endurance.csv", false, false},
	{"gr-cup-original/barber-2025-race-1/23_AnalysisEnduranceWithSections_Race 1.csv", false, false},
	{"gr-cup-original/barber-2025-race-2/23_AnalysisEnduranceWithSections_Race 2.csv", false, false},
	{"gr-cup-original/barber-2025-practice-1/23_AnalysisEnduranceWithSections_Practice 1.csv", true, false},
	{"gr-cup-original/barber-2025-qualify-1/23_AnalysisEnduranceWithSections_Qualify 1.csv", true, false},
	{"gr-cup-original/cota-2025-practice-1/23_AnalysisEnduranceWithSections_Practice 1.csv", true, false},
	{"imsa/2022-lime-rock/202207161510-race-laps.csv", false, false},
	{"imsa/2023-indianapolis/202309171310-race-laps.csv", false, false},
	{"wec/fuji_6h.csv", false, false},
	{"wec/spa_6h.csv", false, false},
	{"wec/23_Analysis_Race_Hour 24.csv", false, false},
};

static unsigned long figures; /* compared in all tests */

static void path_of(const struct real_file *f, char *out, size_t cap)
{
	const char *dir = getenv("PITWALL_SHARED");

	assert_true(path_join(out, cap, dir && *dir ? dir : "../shared/data", f->name));
}

static struct session *load(const char *path, bool timed)
{
	struct err err = {0};
	struct csv_reader *r = csv_open(path, &err);

	assert_ok(r, &err);
	struct session *s = laps_load(r, path, NULL, &err);
	assert_ok(s, &err);
	csv_close(r);
	if (timed)
		s->kind = KIND_PRACTICE;
	return s;
}

/* The file as the reference reads it; skips the test when it is not there. */
static struct reference *reference_of(const struct real_file *f, char *path, size_t cap)
{
	path_of(f, path, cap);
	struct reference *r = reference_read(path);
	if (!r)
		skip();
	return r;
}

static void whole(void **state)
{
	const struct real_file *f = *state;
	char path[1024];
	struct reference *r = reference_of(f, path, sizeof path);
	struct session *s = load(path, f->timed);
	struct analysis *an = analysed(s, NULL);

	reference_work_out(r, f->timed);
	figures += agree_figures(an, r, f->name);
	figures += agree_pairs(an, r, f->name, f->every_pair);
	session_and_analysis_free(s, an);
	reference_free(r);
}

/* --- Replay: as if the file ended there ------------------------------------- */

static void cut_at(const struct real_file *f, const struct session *s, struct reference *r, int lap, ms_t elapsed)
{
	struct analysis_options o;
	char name[256];

	analysis_defaults(&o);
	o.lap = (uint16_t)lap;
	o.elapsed = elapsed;
	if (elapsed == MS_NONE)
		snprintf(name, sizeof name, "%s at lap %d", f->name, lap);
	else
		snprintf(name, sizeof name, "%s at %d ms%s", f->name, (int)elapsed, lap ? " and a lap" : "");
	struct analysis *an = analysed(s, &o);
	reference_cut(r, lap, elapsed);
	reference_work_out(r, f->timed);
	figures += agree_figures(an, r, name);
	figures += agree_pairs(an, r, name, false);
	analysis_free(an);
}

static void replayed(void **state)
{
	const struct real_file *f = *state;
	char path[1024];
	struct reference *r = reference_of(f, path, sizeof path);
	struct session *s = load(path, f->timed);
	const struct ref_car *longest = &r->car[0];
	bool large = r->rows > 10000;

	for (int i = 1; i < r->ncars; i++)
		if (r->car[i].in_file > longest->in_file)
			longest = &r->car[i];
	int last = longest->lap[longest->in_file - 1].number, end = longest->lap[longest->in_file - 1].elapsed;
	cut_at(f, s, r, 1, MS_NONE);
	cut_at(f, s, r, last / 2, MS_NONE);
	cut_at(f, s, r, 0, longest->lap[last / 3].elapsed); /* a crossing, to the millisecond */
	cut_at(f, s, r, 0, end / 10);
	if (!large) {
		cut_at(f, s, r, 2, MS_NONE);
		cut_at(f, s, r, 9, MS_NONE);
		cut_at(f, s, r, last - 1, MS_NONE);
		cut_at(f, s, r, last, MS_NONE);
		cut_at(f, s, r, 0, 1);
		cut_at(f, s, r, 0, end / 2);
		cut_at(f, s, r, 0, end - 1);
		cut_at(f, s, r, last / 2, end / 3);
	}
	session_free(s);
	reference_free(r);
}

/* --- The same rows in another order, or twice ------------------------------- */

struct line {
	char *text;
	ms_t elapsed;
};

struct lines {
	struct line *line; /* the first is the header */
	size_t n;
};

static ms_t elapsed_of(const char *line)
{
	enum { ELAPSED = 13 }; /* its place in all files; text in quotes comes later */
	ms_t t = MS_NONE;

	for (int i = 0; i < ELAPSED; i++)
		line += strcspn(line, ";,") + 1;
	assert_true(time_parse((struct str){line, strcspn(line, ";,")}, &t));
	return t;
}

static struct lines read_lines(const char *path)
{
	struct lines out = {NULL, 0};
	char *text = NULL;
	size_t cap = 0;
	FILE *f = fopen(path, "rb");

	assert_non_null(f);
	while (getline(&text, &cap, f) > 0) {
		out.line = realloc(out.line, (out.n + 1) * sizeof *out.line);
		assert_non_null(out.line);
		out.line[out.n] = (struct line){strdup(text), out.n ? elapsed_of(text) : MS_NONE};
		out.n++;
	}
	free(text);
	fclose(f);
	return out;
}

static void free_lines(struct lines *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->line[i].text);
	free(l->line);
}

static int by_elapsed(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	return x->elapsed != y->elapsed ? (x->elapsed > y->elapsed) - (x->elapsed < y->elapsed)
					: strcmp(x->text, y->text);
}

/* Writes the lines, and one of fifty a second time much later; how many were doubled. */
static uint32_t write_lines(const struct lines *l, const char *path, bool doubled)
{
	uint32_t chance = 7, count = 0;
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	for (size_t i = 0; i < l->n; i++) {
		fputs(l->line[i].text, f);
		chance = chance * 1664525 + 1013904223;
		if (doubled && i >= 41 && chance >> 16 < 65536 / 50) {
			fputs(l->line[i - 40].text, f);
			count++;
		}
	}
	assert_int_equal(fclose(f), 0);
	return count;
}

static void rewritten(const struct real_file *f, const struct lines *l, bool doubled, const struct reference *r,
		      const char *how)
{
	char dir[512], path[600], name[256];

	folder_make(dir, sizeof dir);
	snprintf(path, sizeof path, "%s/laps.csv", dir);
	snprintf(name, sizeof name, "%s %s", f->name, how);
	uint32_t twice = write_lines(l, path, doubled);
	struct session *s = load(path, f->timed);
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(s->duplicate_rows, twice);
	figures += agree_figures(an, r, name);
	session_and_analysis_free(s, an);
	folder_remove(dir);
}

static void any_order(void **state)
{
	const struct real_file *f = *state;
	char path[1024];
	struct reference *r = reference_of(f, path, sizeof path);
	struct lines l = read_lines(path);

	reference_work_out(r, f->timed);
	rewritten(f, &l, true, r, "with rows doubled");
	qsort(l.line + 1, l.n - 1, sizeof *l.line, by_elapsed);
	rewritten(f, &l, false, r, "in time order");
	rewritten(f, &l, true, r, "in time order with rows doubled");
	free_lines(&l);
	reference_free(r);
}

/* --- Running ----------------------------------------------------------------- */

static int told(void **state)
{
	(void)state;
	print_message("%lu figures compared\n", figures);
	return 0;
}

int main(void)
{
	enum { FILES = COUNT_OF(real_files), KINDS = 3 };
	static const struct {
		const char *name;
		CMUnitTestFunction run;
	} kinds[KINDS] = {{"figures", whole}, {"replay", replayed}, {"any order", any_order}};
	static char names[FILES * KINDS][200];
	struct CMUnitTest tests[FILES * KINDS] = {0};

	for (size_t i = 0; i < FILES * KINDS; i++) {
		const struct real_file *f = &real_files[i / KINDS];
		struct real_file *state = NULL;
		snprintf(names[i], sizeof names[i], "%s of %s", kinds[i % KINDS].name, f->name);
		memcpy(&state, &f, sizeof state); /* cmocka takes no const */
		tests[i] = (struct CMUnitTest){names[i], kinds[i % KINDS].run, NULL, NULL, state};
	}
	return cmocka_run_group_tests(tests, NULL, told);
}
