/* The lap list of MYLAPS: an own file with the format's quirks, and every figure of the real one against a reading that knows nothing
 * of the loader. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/load/laps_2024.h"
#include "core/source/load.h"
#include "tests/unit/laps_helper.h"

#define FIXTURE "tests/fixtures/laps/mylaps_2024.csv"
#define REAL    "gr-cup-original/barber-2024-race-1"

static struct session *load(const char *path)
{
	struct err err = {0};
	struct csv_reader *r = csv_open(path, &err);

	assert_ok(r, &err);
	struct session *s = laps_2024_load(r, path, NULL, &err);
	assert_ok(s, &err);
	csv_close(r);
	return s;
}

static void quirks(void **state)
{
	struct session *s = load(FIXTURE);
	const struct laps *l = &s->laps;

	(void)state;
	assert_int_equal(s->ncars, 2);
	assert_int_equal(l->n, 8);
	assert_string_equal(s->cars[car_of(s, "09")].driver, "Ana Example");
	assert_string_equal(s->cars[car_of(s, "09")].team, "Example \"Nine\" Racing, LLC");
	assert_string_equal(s->cars[car_of(s, "9")].vehicle, "Toyota GR86");
	assert_int_equal(s->nmini, 6);
	assert_string_equal(s->mini_name[0], "S1a");
	assert_string_equal(s->mini_name[5], "S3b");

	uint32_t second = lap_of(s, "09", 2);
	assert_int_equal(l->mini[0][second], 17639); /* though S3a stands before S1a */
	assert_int_equal(l->mini[4][second], 11743);
	assert_int_equal(l->mini[2][second], MS_NONE);
	assert_int_equal(l->sector[0][lap_of(s, "9", 2)], 460640);
	assert_int_equal(l->elapsed[lap_of(s, "09", 1)] - l->time[lap_of(s, "09", 1)], 2175);
	assert_int_equal(l->flag[lap_of(s, "09", 3)], FLAG_FCY);
	assert_int_equal(l->flag[lap_of(s, "09", 4)], FLAG_FINISH);
	assert_int_equal(l->flag[lap_of(s, "9", 4)], FLAG_OTHER); /* the last row, without a newline */
	assert_int_equal(s->clock_start, 9 * 3600000 + 55 * 60000 + 48000);
	session_free(s);
}

/* The clock before lap 1 is no damage; a row without a time and a flag no one knows are told. */
static void what_is_told(void **state)
{
	struct session *s = load(FIXTURE);

	(void)state;
	assert_int_equal(s->refused.total, 1);
	assert_int_equal(s->refused.at[0].line, 9);
	assert_string_equal(s->refused.at[0].why, "no Lap Time");
	assert_int_equal(s->warnings.total, 1);
	assert_int_equal(s->warnings.at[0].line, 10);
	assert_string_equal(s->warnings.at[0].why, "unknown flag 'Violet Flag': counted as a caution");
	session_free(s);
}

static struct session *of_text(const char *text, struct err *err)
{
	struct csv_reader *r = csv_open_memory("m.csv", text, strlen(text), err);
	struct session *s = r ? laps_2024_load(r, "m.csv", NULL, err) : NULL;

	csv_close(r);
	return s;
}

#define HEADER "#,Name,Laps,Lap Time,Lap Time (ms),Elapsed Time,Elapsed Time (ms),entry,drivers\n"

static void damaged(void **state)
{
	struct err err = {0};
	struct session *s = of_text(
		HEADER "7,,1,1:40.000,100000,1:41.000,101000,{{{,\"{\"\"1\"\":{\"\"driverName\"\":\"\"Cy\"\"}}\"\n"
		       "7,,2,1:40.000,x,3:30.000,210000,[],[]\n"
		       "7,,0,1:40.000,100000,,,,\n",
		&err);

	(void)state;
	assert_ok(s, &err);
	assert_int_equal(s->laps.n, 2);
	assert_int_equal(s->laps.time[1], 100000); /* the text where the ms say nothing */
	assert_string_equal(s->drivers[0].name, "Cy");
	assert_int_equal(s->refused.total, 1);
	assert_int_equal(s->warnings.total, 1); /* 1:49 between laps of 1:40: that check goes on */
	assert_int_equal(s->warnings.at[0].line, 3);
	session_free(s);
	assert_null(of_text("#,Name\n1,2\n", &err));
	assert_null(of_text(HEADER "7,,1,,,,,,\n7,,1,1:40", &err));
}

/* --- the real file: fields cut at commas outside quotes, and nothing else ------ */

enum { FIELDS = 64, FIELD = 1024 };

struct line {
	char field[FIELDS][FIELD];
	int n;
};

static void cut(const char *p, struct line *out)
{
	bool quoted = false;
	size_t at = 0;

	memset(out, 0, sizeof *out);
	for (; *p && *p != '\n'; p++) {
		if (*p == '"' && quoted && p[1] == '"')
			out->field[out->n][at++] = *++p;
		else if (*p == '"')
			quoted = !quoted;
		else if (*p == ',' && !quoted) {
			assert_true(++out->n < FIELDS);
			at = 0;
		} else
			out->field[out->n][at++] = *p;
		assert_true(at < FIELD);
	}
	out->n++;
}

static const char *named(const struct line *head, const struct line *row, const char *name)
{
	for (int i = 0; i < head->n; i++)
		if (strcmp(head->field[i], name) == 0)
			return row->field[i];
	fail_msg("no column %s", name);
	return "";
}

static void same_ms(const struct line *head, const struct line *row, const char *name, ms_t got)
{
	const char *v = named(head, row, name);
	ms_t want = *v ? (ms_t)strtol(v, NULL, 10) : MS_NONE;

	if (want != got)
		fail_msg("car %s lap %s: %s is %d, loaded as %d", row->field[0], named(head, row, "Laps"), name,
			 (int)want, (int)got);
}

static void same_lap(const struct session *s, const struct line *head, const struct line *row)
{
	static const char *const minis[] = {"S1a (ms)", "S1b (ms)", "S2a (ms)", "S2b (ms)", "S3a (ms)", "S3b (ms)"};
	static const char *const sectors[] = {"S1 (ms)", "S2 (ms)", "S3 (ms)"};
	const struct laps *l = &s->laps;
	uint32_t i = lap_of(s, row->field[0], (uint32_t)strtoul(named(head, row, "Laps"), NULL, 10));
	bool finish = strcmp(named(head, row, "Flag"), "Finish Flag") == 0;
	unsigned h, m, sec, ms;

	same_ms(head, row, "Lap Time (ms)", l->time[i]);
	same_ms(head, row, "Elapsed Time (ms)", l->elapsed[i]);
	for (int k = 0; k < SECTORS; k++)
		same_ms(head, row, sectors[k], l->sector[k][i]);
	for (int k = 0; k < MINIS; k++)
		same_ms(head, row, minis[k], l->mini[k][i]);
	assert_int_equal(l->flag[i], finish ? FLAG_FINISH : FLAG_GREEN);
	assert_int_equal(sscanf(named(head, row, "Passing Tm"), "%u:%u:%u.%u", &h, &m, &sec, &ms), 4);
	assert_int_equal(l->hour[i], (ms_t)(((h * 60 + m) * 60 + sec) * 1000 + ms));
	assert_string_equal(s->drivers[l->driver[i]].name, named(head, row, "Name"));
}

static void shared(char *out, size_t cap, const char *name)
{
	const char *dir = getenv("PITWALL_SHARED");

	snprintf(out, cap, "%s/" REAL "%s", dir && *dir ? dir : "../shared/data", name);
}

static void every_lap(void **state)
{
	char path[1024], text[8192];
	struct line *head = calloc(2, sizeof *head), *row = head + 1;
	uint32_t rows = 0;

	(void)state;
	shared(path, sizeof path, "/6 - Laps CSV (1).csv");
	FILE *f = fopen(path, "r");
	if (!f) {
		free(head);
		skip();
	}
	struct session *s = load(path);
	assert_non_null(fgets(text, sizeof text, f));
	cut(text, head);
	for (; fgets(text, sizeof text, f); rows++) {
		cut(text, row);
		same_lap(s, head, row);
	}
	assert_int_equal(rows, 670);
	assert_int_equal(s->laps.n, rows);
	assert_int_equal(s->refused.total, 0);
	assert_int_equal(s->warnings.total, 0); /* the clock that starts at the green is no warning */
	fclose(f);
	free(head);
	session_free(s);
}

/* The folder as a whole: result and ten best laps join, and the order they give is the driven one. */
static void with_officials(void **state)
{
	char path[1024];
	struct err err = {0};

	(void)state;
	shared(path, sizeof path, "");
	const char *paths[] = {path};
	struct load_opts o = {.paths = paths, .npaths = 1};
	struct dataset *d = dataset_load(&o, &err);
	if (!d)
		skip();
	assert_int_equal(d->nsessions, 1);
	for (uint32_t i = 0; i < d->files.n; i++)
		assert_int_equal(d->files.at[i].state, FILE_USED);
	const struct session *s = d->sessions[0];
	assert_int_equal(s->kind, KIND_RACE);
	assert_string_equal(s->title, "Barber R1");
	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct car *c = &s->cars[i];
		assert_true(c->final.present && c->best_ten.present);
		assert_int_equal(c->final.laps, c->n);
		assert_int_equal(c->final.total, s->laps.elapsed[c->first + c->n - 1]);
	}
	struct analysis *an = analysed(s, NULL);
	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct official *official = &s->cars[i].final;
		assert_int_equal(an->bests.car[i].best.time, official->fastest);
		assert_int_equal(an->bests.car[i].best.lap, official->fastest_lap);
		assert_int_equal(an->bests.car[i].ndeleted, 0);
		if (official->position)
			assert_int_equal(an->order.row_of[i], official->position - 1);
	}
	analysis_free(an);
	dataset_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quirks),    cmocka_unit_test(what_is_told),   cmocka_unit_test(damaged),
		cmocka_unit_test(every_lap), cmocka_unit_test(with_officials),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
