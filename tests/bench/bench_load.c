/* Reading and working out, in this process, beside plain loops over the same bytes. */
#include <cjson/cJSON.h>
#include <csv.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/analysis.h"
#include "core/base/path.h"
#include "core/load/laps.h"
#include "core/load/season_json.h"
#include "core/source/load.h"
#include "tests/bench/pty_run.h"
#include "tests/bench/rows.h"

enum { PATH_LEN = 1024 };

/* --- Baselines ------------------------------------------------------------------------------------------------------- */

static char *read_all(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	char *p = NULL;
	long size;

	if (!f)
		return NULL;
	if (fseek(f, 0, SEEK_END) == 0 && (size = ftell(f)) >= 0 && fseek(f, 0, SEEK_SET) == 0) {
		p = malloc((size_t)size + 1);
		*n = p ? fread(p, 1, (size_t)size, f) : 0;
		if (p)
			p[*n] = '\0';
	}
	fclose(f);
	return p;
}

struct plain {
	unsigned field;
	unsigned long fields, rows;
	ms_t sum; /* of LAP_TIME, so that the loop has a use */
};

static void plain_field(void *p, size_t n, void *user)
{
	struct plain *c = user;
	ms_t t;

	if (c->field++ == 3 && time_parse((struct str){p, n}, &t))
		c->sum = t;
	c->fields++;
}

static void plain_row(int end, void *user)
{
	struct plain *c = user;

	(void)end;
	c->field = 0;
	c->rows++;
}

static double plain_csv(const void *path)
{
	struct csv_parser parser;
	struct plain c = {0};
	char *bytes = malloc(64 * 1024);
	double began = now_ms();
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f || !bytes || csv_init(&parser, CSV_APPEND_NULL) != 0)
		exit(1);
	csv_set_delim(&parser, ';');
	while ((n = fread(bytes, 1, 64 * 1024, f)) > 0)
		if (csv_parse(&parser, bytes, n, plain_field, plain_row, &c) != n)
			exit(1);
	csv_fini(&parser, plain_field, plain_row, &c);
	csv_free(&parser);
	fclose(f);
	free(bytes);
	return now_ms() - began;
}

static double walk(const cJSON *at)
{
	double sum = at->valuedouble;

	for (const cJSON *c = at->child; c; c = c->next)
		sum += walk(c);
	return sum;
}

static double plain_json(const void *what)
{
	const glob_t *files = what;
	double sum = 0;
	double began = now_ms();

	for (size_t i = 0; i < files->gl_pathc; i++) {
		size_t n = 0;
		char *text = read_all(files->gl_pathv[i], &n);
		cJSON *root = text ? cJSON_ParseWithLength(text, n) : NULL;
		if (root)
			sum += walk(root);
		cJSON_Delete(root);
		free(text);
	}
	return isnan(sum) ? NONE : now_ms() - began;
}

/* --- Ours ------------------------------------------------------------------------------------------------------------ */

static struct session *load_laps(const char *path)
{
	struct err err;
	struct csv_reader *r = csv_open(path, &err);
	struct session *s = r ? laps_load(r, path, NULL, &err) : NULL;

	csv_close(r);
	if (!s)
		fprintf(stderr, "%s\n", err.msg);
	return s;
}

static double our_laps(const void *path)
{
	double began = now_ms();
	struct session *s = load_laps(path);

	session_free(s);
	return s ? now_ms() - began : NONE;
}

static double our_json(const void *what)
{
	const glob_t *files = what;
	double began = now_ms();
	struct err err;
	struct season *season = season_new(&err);

	for (size_t i = 0; season && i < files->gl_pathc; i++)
		if (!season_add_file(season, files->gl_pathv[i], &err))
			continue; /* one that is no season JSON is read by both sides */
	bool ok = season && season_finish(season, &err);
	season_free(season);
	return ok ? now_ms() - began : NONE;
}

static double our_analysis(const void *what)
{
	struct err err;
	double began = now_ms();
	struct analysis *an = analysis_new(what, NULL, &err);

	analysis_free(an);
	return an ? now_ms() - began : NONE;
}

static double our_folder(const void *path)
{
	const char *const paths[] = {path};
	struct load_opts o = {.paths = paths, .npaths = 1};
	struct err err;
	double began = now_ms();
	struct dataset *d = dataset_load(&o, &err);

	dataset_free(d);
	return d ? now_ms() - began : NONE;
}

/* --- Rows ------------------------------------------------------------------------------------------------------------ */

static void compare(const char *what, measure_fn *ours, measure_fn *bare, const void *of, int n, double must,
		    double aim)
{
	struct series a = {.n = 0}, b = {.n = 0};

	measure_pairs(ours, of, bare, of, n, &a, &b);
	if (a.n == 0)
		row_skip(what, "it could not be read");
	else
		row_print(&(struct row){.what = what,
					.unit = "ms",
					.ours = &a,
					.bare = bare ? &b : NULL,
					.must = must,
					.aim = aim,
					.by_ratio = true});
}

static void analysis_row(const char *what, const char *path, int n)
{
	struct session *s = load_laps(path);

	if (!s) {
		row_skip(what, "it could not be read");
		return;
	}
	compare(what, our_analysis, NULL, s, n, NONE, NONE);
	session_free(s);
}

static bool first_match(const char *dir, const char *pattern, char *out, size_t cap)
{
	char path[PATH_LEN];
	glob_t found = {0};
	bool ok = path_join(path, sizeof(path), dir, pattern) && glob(path, 0, NULL, &found) == 0;

	ok = ok && (size_t)snprintf(out, cap, "%s", found.gl_pathv[0]) < cap;
	globfree(&found);
	return ok;
}

int main(void)
{
	const char *shared = getenv("PITWALL_SHARED"), *o = getenv("O");
	char season[PATH_LEN], race[PATH_LEN], day[PATH_LEN], json[PATH_LEN];
	glob_t files = {0};

	snprintf(season, sizeof(season), "%s/data/gr-cup", shared ? shared : "../shared");

	rows_head("in process");
	if (first_match(season, "analysis_endurance/*.csv", race, sizeof(race))) {
		compare("one race, against plain libcsv", our_laps, plain_csv, race, 201, 1.3, NONE);
		analysis_row("analysis of one race", race, 51);
		compare("8 races and season, the whole folder", our_folder, NULL, season, 21, NONE, NONE);
	} else {
		row_skip("one race, 8 races", "no data/gr-cup in $PITWALL_SHARED");
	}
	if (path_join(json, sizeof(json), season, "json/*.json") && glob(json, 0, NULL, &files) == 0)
		compare("season JSON, against plain cJSON", our_json, plain_json, &files, 51, 1.3, NONE);
	else
		row_skip("season JSON", "no data/gr-cup in $PITWALL_SHARED");
	globfree(&files);
	if (o && first_match(o, "bench/day/*/*.csv", day, sizeof(day))) {
		compare("20,753 laps, against plain libcsv", our_laps, plain_csv, day, 31, 1.3, NONE);
		analysis_row("analysis of 20,753 laps", day, 21);
	}
	compare("tests/fixtures/season, the whole folder", our_folder, NULL, "tests/fixtures/season", 51, NONE, NONE);
	return 0;
}
