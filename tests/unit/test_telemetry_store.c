/* The store of telemetry: what goes in comes out, whole or not at all, and everything that can be wrong with it is said. */
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/telemetry/import.h"
#include "tests/unit/helper.h"
#include "tests/unit/tel_helper.h"

static char dir[512], store[600], raw[600];

static void make_raw(enum tel_look look, unsigned seed, bool mess)
{
	struct buf b;

	buf_init(&b, 16 << 20);
	tel_write(&b, look, seed, mess);
	tel_put_file(raw, &b);
	buf_release(&b);
}

static struct tel_store *opened(enum tel_store_use use)
{
	struct err err = {0};
	struct tel_store *s = tel_store_open(store, use, NULL, &err);

	assert_ok(s, &err);
	return s;
}

static void import(const char *path)
{
	struct err err = {0};
	struct tel_store *s = opened(TEL_STORE_WRITE);
	struct tel_import *i = tel_import_file(s, path, NULL, &err);

	assert_ok(i, &err);
	tel_import_free(i);
	tel_store_close(s);
}

static struct tel_store_list *listed(struct tel_store *s)
{
	struct err err = {0};
	struct tel_store_list *l = tel_store_cars(s, &err);

	assert_ok(l, &err);
	return l;
}

/* Every car of the store against the raw file, whole and in a window of time. */
static void as_the_file(const char *what)
{
	struct err err = {0};
	struct tel_store *s = opened(TEL_STORE_READ);
	struct tel_store_list *l = listed(s);
	struct tel_raw *r = tel_raw_open(raw, &err);

	assert_ok(r, &err);
	assert_true(l->ncars > 0);
	for (uint32_t i = 0; i < l->ncars; i++) {
		const struct tel_want want = {l->car[i].car.chassis, l->car[i].car.number, INT64_MIN, INT64_MAX, true};
		struct tel_stream *b = NULL, *a = tel_store_read(s, l->car[i].id, INT64_MIN, INT64_MAX, &err);
		assert_ok(a, &err);
		assert_ok(tel_raw_read(r, &want, 1, &b, NULL, &err), &err);
		tel_same(a, b, what);
		if (a->n == 0) { /* all of its rows were refused */
			tel_stream_free(a);
			tel_stream_free(b);
			continue;
		}
		struct tel_stream *w = tel_store_read(s, l->car[i].id, a->t[a->n / 3], a->t[a->n / 2], &err);
		assert_ok(w, &err);
		assert_int_equal(w->n, a->n / 2 - a->n / 3 + 1);
		assert_memory_equal(w->t, a->t + a->n / 3, w->n * sizeof *w->t);
		for (int c = 0; c < TEL_LAT; c++)
			if (w->v[c])
				assert_memory_equal(w->v[c], a->v[c] + a->n / 3, w->n * sizeof(float));
		tel_stream_free(w);
		tel_stream_free(a);
		tel_stream_free(b);
	}
	tel_raw_close(r);
	tel_store_list_free(l);
	tel_store_close(s);
}

static void every_shape(void **state)
{
	(void)state;
	for (int look = 0; look < LOOKS; look++) {
		make_raw((enum tel_look)look, 11, true);
		import(raw);
		as_the_file(tel_look_names[look]);
	}
}

static int by_channel(const void *pa, const void *pb)
{
	const char *a = *(char *const *)pa, *b = *(char *const *)pb;
	const char *na = strstr(a, ",0,"), *nb = strstr(b, ",0,");
	int c = na && nb ? strncmp(na, nb, 6) : 0;

	return c ? c : (a > b) - (a < b);
}

static int backwards(const void *pa, const void *pb)
{
	const char *a = *(char *const *)pa, *b = *(char *const *)pb;

	return (a < b) - (a > b);
}

/* Rewrites raw with its rows in another order. */
static void reorder(int (*order)(const void *, const void *))
{
	static char *line[40000];
	struct buf b, out;
	struct err err = {0};
	size_t n = 0;

	buf_init(&b, 16 << 20);
	buf_init(&out, 16 << 20);
	assert_ok(file_read(raw, &b, &err), &err);
	for (char *p = b.p, *nl; (nl = strchr(p, '\n')); p = nl + 1) {
		*nl = '\0';
		assert_true(n < COUNT_OF(line));
		line[n++] = p;
	}
	qsort(line + 1, n - 1, sizeof *line, order);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&out, "%s\n", line[i]);
	tel_put_file(raw, &out);
	buf_release(&b);
	buf_release(&out);
}

/* A file that is ordered by channel makes each moment in several passes, one that runs backwards lays every stretch before the last. The samples are the same. */
static void any_order(void **state)
{
	struct err err = {0};
	struct tel_stream *forward[3];
	(void)state;

	make_raw(LOOK_PLAIN, 12, false);
	import(raw);
	struct tel_store *s = opened(TEL_STORE_READ);
	struct tel_store_list *l = listed(s);
	assert_int_equal(l->ncars, 3);
	for (uint32_t i = 0; i < 3; i++)
		assert_ok(forward[i] = tel_store_read(s, l->car[i].id, INT64_MIN, INT64_MAX, &err), &err);
	tel_store_list_free(l);
	tel_store_close(s);
	for (int k = 0; k < 2; k++) {
		reorder(k ? backwards : by_channel);
		import(raw);
		as_the_file(k ? "backwards" : "by channel");
		s = opened(TEL_STORE_READ);
		l = listed(s);
		for (uint32_t i = 0; i < 3; i++) {
			struct tel_stream *a = tel_store_read(s, l->car[i].id, INT64_MIN, INT64_MAX, &err);
			assert_ok(a, &err);
			assert_int_equal(a->n, forward[i]->n);
			/* The percentile of other samples: a millisecond or two. */
			int64_t moved = a->t[0] - forward[i]->t[0];
			assert_true(moved >= -2 && moved <= 2);
			for (uint32_t m = 0; m < a->n; m++)
				assert_int_equal(a->t[m] - moved, forward[i]->t[m]);
			assert_int_equal(a->car.counts.drop_outs, forward[i]->car.counts.drop_outs);
			if (!k) /* backwards another row of a conflict comes last */
				assert_memory_equal(a->v[TEL_GEAR], forward[i]->v[TEL_GEAR], a->n * sizeof(float));
			tel_stream_free(a);
		}
		tel_store_list_free(l);
		tel_store_close(s);
	}
	for (uint32_t i = 0; i < 3; i++)
		tel_stream_free(forward[i]);
}

/* Stretches that overlap, because ticks of an hour ago come again after thousands of others. */
static void late_ticks(void **state)
{
	enum { N = 9000 };
	struct err err = {0};
	struct tel_store *s = opened(TEL_STORE_WRITE);
	const struct tel_provenance from = {.kind = "snowflake", .name = "TABLE barber R1 cars=7"};
	struct tel_writer *w = tel_writer_begin(s, &from, &err);
	const struct tel_who who = {STR(""), STR("7"), STR(""), STR("R1")};
	(void)state;

	assert_ok(w, &err);
	for (int pass = 0; pass < 2; pass++) { /* even moments, then odd ones, and moment 10 with another gear */
		for (int i = pass; i < N; i += 2) {
			struct tel_tick t = {.clock = 1000000 + i * 50, .meta = 1000000 + i * 50, .lap = 1, .rows = 1};
			struct tel_counts c = {0};
			tel_tick_set(&t, TEL_SPEED, i, &c);
			assert_ok(tel_writer_add(w, &who, &t, false, &err), &err);
		}
	}
	struct tel_tick again = {.clock = 1000500, .meta = 1000500, .lap = 1, .rows = 1};
	struct tel_counts c = {0};
	tel_tick_set(&again, TEL_SPEED, 77, &c);
	tel_tick_set(&again, TEL_GEAR, 3, &c);
	assert_ok(tel_writer_add(w, &who, &again, false, &err), &err);
	assert_ok(tel_writer_commit(w, &err), &err);
	struct tel_store_list *l = listed(s);
	assert_int_equal(l->ncars, 1);
	assert_string_equal(l->car[0].from->kind, "snowflake");
	assert_int_equal(l->car[0].from->rows, N + 1);
	struct tel_stream *a = tel_store_read(s, l->car[0].id, INT64_MIN, INT64_MAX, &err);
	assert_ok(a, &err);
	assert_int_equal(a->n, N);
	for (int i = 0; i < N; i++)
		assert_true(a->t[i] == 1000000 + i * 50 && a->v[TEL_SPEED][i] == (float)(i == 10 ? 77 : i));
	assert_true(a->v[TEL_GEAR][10] == 3.0f);
	assert_int_equal(a->car.counts.conflicts, 1);
	assert_int_equal(a->car.counts.drop_outs, 0);
	tel_stream_free(a);
	tel_store_list_free(l);
	tel_store_close(s);
}

static int64_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (int64_t)st.st_size : -1;
}

static void again_replaces(void **state)
{
	char other[600];
	struct err err = {0};
	(void)state;

	make_raw(LOOK_PLAIN, 1, false);
	import(raw);
	int64_t size = size_of(store);
	for (int i = 0; i < 3; i++)
		import(raw);
	assert_true(size_of(store) <= size + size / 4);
	struct tel_store *s = opened(TEL_STORE_READ);
	struct tel_store_list *l = listed(s);
	assert_int_equal(l->nsources, 1);
	assert_int_equal(l->ncars, 3);
	assert_int_equal(l->source[0].size, size_of(raw));
	assert_string_equal(l->source[0].kind, "csv");
	int64_t id = l->car[0].id;
	tel_store_list_free(l);
	make_raw(LOOK_PLAIN, 2, false); /* the same file, other rows */
	import(raw);
	as_the_file("written again");
	assert_null(tel_store_read(s, id, INT64_MIN, INT64_MAX, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_true(path_join(other, sizeof other, dir, "other.csv"));
	assert_int_equal(rename(raw, other), 0);
	make_raw(LOOK_QUOTED, 3, false);
	import(raw);
	import(other);
	l = listed(s);
	assert_int_equal(l->nsources, 2);
	assert_int_equal(l->ncars, 6);
	assert_non_null(strstr(l->car[0].from->name, "other.csv")); /* the newest first */
	tel_store_list_free(l);
	tel_store_close(s);
}

/* --- Ends in the middle --------------------------------------------------------------------- */

static uint64_t rows_there(void)
{
	struct tel_store *s = opened(TEL_STORE_READ);
	struct tel_store_list *l = listed(s);
	uint64_t rows = l->nsources == 1 ? l->source[0].rows : 0, of_cars = 0;
	struct err err = {0};

	for (uint32_t i = 0; i < l->ncars; i++) {
		struct tel_stream *a = tel_store_read(s, l->car[i].id, INT64_MIN, INT64_MAX, &err);
		assert_ok(a, &err);
		of_cars += a->car.counts.rows;
		tel_stream_free(a);
	}
	assert_int_equal(rows, of_cars);
	tel_store_list_free(l);
	tel_store_close(s);
	return rows;
}

static void rest(long us)
{
	const struct timespec t = {us / 1000000, us % 1000000 * 1000};

	nanosleep(&t, NULL);
}

/* Killed at any instant: the old or the new, each whole. */
static void killed(void **state)
{
	unsigned seed = (unsigned)getpid();
	uint64_t old, other;
	char second[600];
	(void)state;

	assert_true(path_join(second, sizeof second, dir, "second.csv"));
	make_raw(LOOK_PLAIN, 1, false);
	import(raw);
	old = rows_there();
	make_raw(LOOK_PLAIN, 4, false);
	import(raw);
	other = rows_there();
	assert_int_not_equal(old, other);
	for (int i = 0; i < 12; i++) {
		make_raw(LOOK_PLAIN, i % 2 ? 1 : 4, false);
		pid_t child = fork();
		if (child == 0) {
			struct tel_store *s = tel_store_open(store, TEL_STORE_WRITE, NULL, NULL);
			struct tel_import *done = s ? tel_import_file(s, raw, NULL, NULL) : NULL;
			_exit(done ? 0 : 1);
		}
		assert_true(child > 0);
		seed = seed * 1103515245u + 12345u;
		rest((long)(seed >> 8) % 25000);
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, NULL, 0), child);
		uint64_t now = rows_there();
		assert_true(now == old || now == other);
	}
}

static void cancelled(void **state)
{
	struct err err = {0};
	atomic_bool cancel = true;
	const struct tel_run run = {.cancel = &cancel};
	(void)state;

	make_raw(LOOK_PLAIN, 1, false);
	import(raw);
	uint64_t before = rows_there();
	make_raw(LOOK_PLAIN, 4, false);
	struct tel_store *s = opened(TEL_STORE_WRITE);
	assert_null(tel_import_file(s, raw, &run, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	tel_store_close(s);
	assert_int_equal(rows_there(), before);
}

/* A disk that is full, as far as a test can have one: files may not grow past a limit. The child says what it was told. */
static void full(void **state)
{
	int status, channel[2];
	char said[400] = "";
	(void)state;

	make_raw(LOOK_PLAIN, 1, false);
	import(raw);
	uint64_t before = rows_there();
	make_raw(LOOK_PLAIN, 4, false);
	for (int64_t limit = 1000; limit < size_of(store); limit = limit * 3) {
		assert_int_equal(pipe(channel), 0);
		pid_t child = fork();
		if (child == 0) {
			struct rlimit most = {(rlim_t)limit, (rlim_t)limit};
			struct err err = {0};
			signal(SIGXFSZ, SIG_IGN);
			setrlimit(RLIMIT_FSIZE, &most);
			struct tel_store *s = tel_store_open(store, TEL_STORE_WRITE, NULL, &err);
			struct tel_import *i = s ? tel_import_file(s, raw, NULL, &err) : NULL;
			if (write(channel[1], err.msg, sizeof err.msg) < 0)
				_exit(2);
			_exit(i ? 0 : 1);
		}
		close(channel[1]);
		assert_true(read(channel[0], said, sizeof said) > 0);
		close(channel[0]);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
		if (!strstr(said, "larger than files may be here"))
			fail_msg("\"%s\"", said);
		assert_int_equal(rows_there(), before);
	}
}

/* --- What is wrong with the file --------------------------------------------------------------- */

static void says(enum tel_store_use use, const char *words)
{
	struct err err = {0};
	struct tel_store *s = tel_store_open(store, use, NULL, &err);

	if (s)
		fail_msg("opened, not \"%s\"", words);
	if (!strstr(err.msg, words))
		fail_msg("\"%s\" does not say \"%s\"", err.msg, words);
}

static void sql(const char *text)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(store, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void formats(void **state)
{
	const char *note;
	struct err err = {0};
	(void)state;

	unlink(store);
	says(TEL_STORE_READ, "there is no telemetry store yet");
	make_raw(LOOK_PLAIN, 1, false);
	import(raw);
	sql("PRAGMA user_version = 99");
	says(TEL_STORE_READ, "a newer pitwall");
	says(TEL_STORE_WRITE, "a newer pitwall");
	sql("PRAGMA user_version = 0; DROP TABLE car");
	says(TEL_STORE_READ, "of an older format");
	struct tel_store *s = tel_store_open(store, TEL_STORE_WRITE, &note, &err);
	assert_ok(s, &err);
	assert_non_null(strstr(note, "has been emptied"));
	struct tel_store_list *l = listed(s);
	assert_int_equal(l->nsources, 0);
	tel_store_list_free(l);
	tel_store_close(s);
	import(raw);
	as_the_file("after an older format");
	sql("PRAGMA application_id = 5");
	says(TEL_STORE_WRITE, "another program");
	unlink(store);
	sql("CREATE TABLE bank(account)");
	says(TEL_STORE_WRITE, "another program");
	struct buf junk = {.p = (char[4096]){"this is no database"}, .n = 4096};
	tel_put_file(store, &junk);
	says(TEL_STORE_READ, "is damaged or no telemetry store");
	says(TEL_STORE_WRITE, "is damaged or no telemetry store");
	junk.n = 0;
	tel_put_file(store, &junk);
	says(TEL_STORE_READ, "nothing has been imported yet");
	import(raw);
	as_the_file("an empty file");
	unlink(store);
	assert_int_equal(mkdir(store, 0700), 0);
	says(TEL_STORE_READ, "is no file");
	assert_int_equal(rmdir(store), 0);
}

/* No changed byte anywhere gives other samples: they are the same, or damage is told. */
static void damaged(void **state)
{
	struct err err = {0};
	struct buf good, bad;
	unsigned seed = 5, told = 0;
	(void)state;

	make_raw(LOOK_PLAIN, 1, false);
	import(raw);
	struct tel_store *s = opened(TEL_STORE_READ);
	struct tel_store_list *l = listed(s);
	int64_t id = l->car[0].id;
	struct tel_stream *a = tel_store_read(s, id, INT64_MIN, INT64_MAX, &err);
	assert_ok(a, &err);
	tel_store_list_free(l);
	tel_store_close(s);
	buf_init(&good, 16 << 20);
	buf_init(&bad, 16 << 20);
	assert_ok(file_read(store, &good, &err), &err);
	for (int round = 0; round < 120; round++) {
		buf_clear(&bad);
		buf_add(&bad, good.p, good.n);
		seed = seed * 1103515245u + 12345u;
		size_t from = (size_t)((uint64_t)seed * good.n >> 32);
		for (size_t i = from; i < from + 8 && i < bad.n; i++)
			bad.p[i] = (char)(bad.p[i] ^ (1 << (round & 7)));
		tel_put_file(store, &bad);
		s = tel_store_open(store, TEL_STORE_READ, NULL, &err);
		struct tel_stream *b = s ? tel_store_read(s, id, INT64_MIN, INT64_MAX, &err) : NULL;
		if (b)
			assert_true(b->n == a->n && memcmp(a->t, b->t, a->n * sizeof *a->t) == 0 &&
				    memcmp(a->v[TEL_SPEED], b->v[TEL_SPEED], a->n * sizeof(float)) == 0);
		told += b == NULL;
		tel_stream_free(b);
		tel_store_close(s);
	}
	assert_true(told > 5); /* a third of the file is this car's */
	tel_stream_free(a);
	buf_release(&good);
	buf_release(&bad);
	unlink(store);
}

static void nothing_to_import(void **state)
{
	struct err err = {0};
	struct tel_store *s = opened(TEL_STORE_WRITE);
	struct buf b = {.p = (char[]){"meta_time,telemetry_name,telemetry_value\nx,speed,1\n"}, .n = 50};
	(void)state;

	tel_put_file(raw, &b);
	assert_null(tel_import_file(s, raw, NULL, &err));
	assert_non_null(strstr(err.msg, "no row is of use; line 2: meta_time is not readable"));
	assert_null(tel_import_file(s, "/nonexistent/raw.csv", NULL, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	tel_store_close(s);
}

static int make_folder(void **state)
{
	(void)state;
	folder_make(dir, sizeof dir);
	assert_true(path_join(store, sizeof store, dir, "sub/telemetry.db"));
	assert_true(path_join(raw, sizeof raw, dir, "raw.csv"));
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	folder_remove(dir);
	return 0;
}

static int no_store(void **state)
{
	(void)state;
	unlink(store);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_shape, no_store), cmocka_unit_test_setup(any_order, no_store),
		cmocka_unit_test_setup(late_ticks, no_store),  cmocka_unit_test_setup(again_replaces, no_store),
		cmocka_unit_test_setup(killed, no_store),      cmocka_unit_test_setup(cancelled, no_store),
		cmocka_unit_test_setup(full, no_store),        cmocka_unit_test_setup(formats, no_store),
		cmocka_unit_test_setup(damaged, no_store),     cmocka_unit_test_setup(nothing_to_import, no_store),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
