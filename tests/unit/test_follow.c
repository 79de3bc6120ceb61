/* A lap file that grows, in every way a writer may write it. The clock is the test's own. */
#include "core/load/follow.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/load/csv.h"
#include "core/load/laps.h"
#include "tests/unit/helper.h"

enum { PATH_LEN = 1024, FILE_MAX = 64 << 20, LAPS = 40, CARS = 5 };

static const char header[] = "NUMBER; LAP_NUMBER; LAP_TIME; ELAPSED; DRIVER_NAME; S1; S2; S3\n";

struct grown {
	char dir[PATH_LEN], path[PATH_LEN];
	struct follow *f;
	struct session *s; /* the last one told; NULL none yet */
	int64_t now;
	unsigned told;
};

/* --- What is written --------------------------------------------------------- */

static void put_time(struct buf *b, int ms)
{
	buf_fmt(b, "%d:%02d.%03d;", ms / 60000, ms / 1000 % 60, ms % 1000);
}

static void put_row(struct buf *b, int car, int lap)
{
	int s1 = 30000 + car * 10 + lap, s2 = 31000 + car, s3 = 32000, time = s1 + s2 + s3;
	int elapsed = lap * (93000 + car * 11) + lap * (lap + 1) / 2;
	buf_fmt(b, "%d;%d;", car, lap);
	put_time(b, time);
	put_time(b, elapsed);
	buf_fmt(b, "Driver %d;", car);
	put_time(b, s1);
	put_time(b, s2);
	put_time(b, s3);
	b->n--; /* the last ';' */
	buf_char(b, '\n');
}

/* The header and the laps from..to of every car, in order of time. */
static void put_laps(struct buf *b, int from, int to)
{
	for (int lap = from; lap <= to; lap++)
		for (int car = 1; car <= CARS; car++)
			put_row(b, car, lap);
}

static struct buf whole(int to)
{
	struct buf b;
	buf_init(&b, FILE_MAX);
	buf_str(&b, header);
	put_laps(&b, 1, to);
	return b;
}

static void write_at(const char *path, int flags, const char *p, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | flags, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, n), n);
	close(fd);
}

static void append(const struct grown *g, const char *p, size_t n)
{
	write_at(g->path, O_APPEND, p, n);
}

static void append_laps(const struct grown *g, int from, int to)
{
	struct buf b;
	buf_init(&b, FILE_MAX);
	put_laps(&b, from, to);
	append(g, b.p, b.n);
	buf_release(&b);
}

static void rewrite(const struct grown *g, int to)
{
	struct buf b = whole(to);
	write_at(g->path, O_TRUNC, b.p, b.n);
	buf_release(&b);
}

/* --- Following ----------------------------------------------------------------- */

static struct grown *begin(void)
{
	struct grown *g = calloc(1, sizeof *g);
	struct err err = {0};
	assert_non_null(g);
	folder_make(g->dir, sizeof g->dir);
	assert_true(path_join(g->path, sizeof g->path, g->dir, "laps.csv"));
	g->f = follow_new(g->path, -1, &err);
	assert_ok(g->f, &err);
	return g;
}

static void end(struct grown *g)
{
	session_free(g->s);
	follow_free(g->f);
	folder_remove(g->dir);
	free(g);
}

static enum follow_look look(struct grown *g, int64_t later)
{
	struct err err = {0};
	g->now += later;
	enum follow_look l = follow_look(g->f, g->now, NULL, &err);
	if (l == FOLLOW_CHANGED) {
		session_free(g->s);
		g->s = follow_session(g->f, &err);
		assert_ok(g->s, &err);
		g->told++;
	}
	return l;
}

static uint32_t laps_of(const struct grown *g)
{
	return g->s ? g->s->laps.n : 0;
}

/* Every figure that a session holds of its rows, in one number: equal to the file loaded as a whole. */
static void equals_the_file(const struct grown *g)
{
	struct err err = {0};
	struct csv_reader *r = csv_open(g->path, &err);
	assert_ok(r, &err);
	struct session *s = laps_load(r, g->path, NULL, &err);
	assert_ok(s, &err);
	csv_close(r);
	assert_non_null(g->s);
	assert_int_equal(s->laps.n, g->s->laps.n);
	assert_int_equal(s->rows, g->s->rows);
	assert_int_equal(s->refused.total, g->s->refused.total);
	assert_int_equal(s->duplicate_rows, g->s->duplicate_rows);
	assert_true(s->fingerprint == g->s->fingerprint);
	assert_memory_equal(s->laps.line, g->s->laps.line, s->laps.n * sizeof *s->laps.line);
	assert_memory_equal(s->laps.time, g->s->laps.time, s->laps.n * sizeof *s->laps.time);
	for (uint32_t i = 0; i < s->ncars; i++) {
		assert_string_equal(s->cars[i].id, g->s->cars[i].id);
		assert_string_equal(s->cars[i].driver, g->s->cars[i].driver);
	}
	session_free(s);
}

static void not_there_then_header_then_rows(void **state)
{
	struct grown *g = begin();
	(void)state;
	assert_int_equal(look(g, 0), FOLLOW_SAME);
	append(g, header, 10); /* half a header */
	assert_int_equal(look(g, 100), FOLLOW_SAME);
	append(g, header + 10, sizeof header - 11);
	assert_int_equal(look(g, 100), FOLLOW_SAME);
	append_laps(g, 1, 1);
	assert_int_equal(look(g, 100), FOLLOW_CHANGED);
	assert_int_equal(laps_of(g), CARS);
	assert_int_equal(look(g, 100), FOLLOW_SAME);
	equals_the_file(g);
	end(g);
}

static void half_rows_wait(void **state)
{
	struct grown *g = begin();
	struct buf b = whole(3);
	unsigned rows = 0;
	(void)state;
	for (size_t i = 0; i < b.n; i++) { /* byte by byte */
		append(g, b.p + i, 1);
		bool row = b.p[i] == '\n' && i >= sizeof header - 1;
		assert_int_equal(look(g, 1), row ? FOLLOW_CHANGED : FOLLOW_SAME);
		rows += row;
		assert_int_equal(laps_of(g), rows);
	}
	equals_the_file(g);
	assert_int_equal(follow_due(g->f), g->now + FOLLOW_QUIET_MS);
	buf_release(&b);
	end(g);
}

/* The last line of many files has no newline: it is taken once nobody writes any more, and read anew should it go on. */
static void last_line_without_newline(void **state)
{
	struct grown *g = begin();
	struct buf b = whole(3);
	(void)state;
	append(g, b.p, b.n - 1);
	look(g, 0);
	assert_int_equal(laps_of(g), 3 * CARS - 1);
	assert_int_equal(look(g, FOLLOW_QUIET_MS - 1), FOLLOW_SAME);
	assert_int_equal(follow_due(g->f), g->now + 1);
	assert_int_equal(look(g, 1), FOLLOW_CHANGED);
	assert_int_equal(laps_of(g), 3 * CARS);
	equals_the_file(g);
	assert_int_equal(follow_due(g->f), -1);
	append(g, "\n", 1);
	append_laps(g, 4, 4);
	look(g, 1000);
	look(g, FOLLOW_HOLD_MS);
	assert_int_equal(laps_of(g), 4 * CARS);
	equals_the_file(g);
	buf_release(&b);
	end(g);
}

/* Cut inside a time: "1:33.0" is a time too. */
static void a_torn_line_is_not_kept(void **state)
{
	struct grown *g = begin();
	struct buf b = whole(3);
	(void)state;
	append(g, b.p, b.n - 12);
	look(g, 0);
	look(g, FOLLOW_QUIET_MS);
	append(g, b.p + b.n - 12, 12);
	look(g, 10);
	assert_int_equal(laps_of(g), 3 * CARS);
	equals_the_file(g);
	buf_release(&b);
	end(g);
}

static void appended_is_read_once(void **state)
{
	struct grown *g = begin();
	struct stat st;
	(void)state;
	rewrite(g, 10);
	look(g, 0);
	for (int lap = 11; lap <= LAPS; lap++) {
		append_laps(g, lap, lap);
		assert_int_equal(look(g, 100), FOLLOW_CHANGED);
		assert_int_equal(laps_of(g), lap * CARS);
	}
	equals_the_file(g);
	assert_int_equal(stat(g->path, &st), 0);
	/* Beside the file itself: two samples of 4 KiB a look. */
	assert_true(follow_bytes_read(g->f) <= (uint64_t)st.st_size + (LAPS + 2) * 8192);
	end(g);
}

static void rewritten_in_place(void **state)
{
	struct grown *g = begin();
	(void)state;
	rewrite(g, 5);
	look(g, 0);
	rewrite(g, 6);
	look(g, 100);
	assert_int_equal(laps_of(g), 6 * CARS);
	rewrite(g, 9);
	look(g, 100);
	assert_int_equal(laps_of(g), 9 * CARS);
	equals_the_file(g);
	end(g);
}

/* Another car in the first row, the rest as it was, and longer: the size tells nothing. */
static void rewritten_with_other_rows(void **state)
{
	struct grown *g = begin();
	struct buf b = whole(8);
	(void)state;
	rewrite(g, 6);
	look(g, 0);
	b.p[sizeof header - 1] = '9';
	write_at(g->path, O_TRUNC, b.p, b.n);
	look(g, 100);
	equals_the_file(g);
	assert_true(session_car(g->s, "9") >= 0);
	buf_release(&b);
	end(g);
}

/* A byte in the middle, beyond both samples: found when the file has become quiet. */
static void a_change_in_the_middle(void **state)
{
	struct grown *g = begin();
	struct buf b = whole(LAPS * 2);
	(void)state;
	write_at(g->path, O_TRUNC, b.p, b.n);
	look(g, 0);
	char *middle = strstr(b.p + b.n / 2, "Driver 3");
	assert_non_null(middle);
	middle[7] = '7';
	put_laps(&b, LAPS * 2 + 1, LAPS * 2 + 1);
	write_at(g->path, O_TRUNC, b.p, b.n);
	look(g, 100);
	look(g, FOLLOW_QUIET_MS);
	equals_the_file(g);
	buf_release(&b);
	end(g);
}

static void replaced_by_rename(void **state)
{
	struct grown *g = begin(), *next = begin();
	(void)state;
	rewrite(g, 5);
	look(g, 0);
	for (int lap = 6; lap < 12; lap++) {
		rewrite(next, lap);
		assert_int_equal(rename(next->path, g->path), 0);
		assert_int_equal(look(g, 100), FOLLOW_CHANGED);
		assert_int_equal(laps_of(g), lap * CARS);
		equals_the_file(g);
		append_laps(g, lap + 1, lap + 1); /* and the new one grows */
		assert_int_equal(look(g, 100), FOLLOW_CHANGED);
		assert_int_equal(laps_of(g), (lap + 1) * CARS);
	}
	end(next);
	end(g);
}

/* Emptied and filled again slowly: what was shown stays for half a second, then the file is believed. */
static void shrunk(void **state)
{
	struct grown *g = begin();
	(void)state;
	rewrite(g, 20);
	look(g, 0);
	rewrite(g, 3);
	assert_int_equal(look(g, 100), FOLLOW_SAME);
	assert_int_equal(laps_of(g), 20 * CARS);
	assert_int_equal(follow_due(g->f), g->now + FOLLOW_HOLD_MS);
	assert_int_equal(look(g, FOLLOW_HOLD_MS), FOLLOW_CHANGED);
	assert_int_equal(laps_of(g), 3 * CARS);
	equals_the_file(g);
	write_at(g->path, O_TRUNC, "", 0);
	look(g, 100);
	look(g, FOLLOW_QUIET_MS);
	assert_int_equal(laps_of(g), 3 * CARS); /* an empty file is no session */
	append(g, header, sizeof header - 1);
	append_laps(g, 1, 4);
	look(g, 100);
	look(g, FOLLOW_HOLD_MS);
	assert_int_equal(laps_of(g), 4 * CARS);
	equals_the_file(g);
	end(g);
}

static void removed_and_back(void **state)
{
	struct grown *g = begin();
	(void)state;
	rewrite(g, 4);
	look(g, 0);
	unlink(g->path);
	assert_int_equal(look(g, 1000), FOLLOW_SAME);
	assert_int_equal(laps_of(g), 4 * CARS);
	rewrite(g, 5);
	assert_int_equal(look(g, 1000), FOLLOW_CHANGED);
	assert_int_equal(laps_of(g), 5 * CARS);
	equals_the_file(g);
	end(g);
}

static void no_lap_file_is_told(void **state)
{
	struct grown *g = begin();
	struct err err = {0};
	(void)state;
	append(g, "a;b;c\n1;2;3\n", 12);
	assert_int_equal(follow_look(g->f, 1, NULL, &err), FOLLOW_FAILED);
	assert_non_null(strstr(err.msg, "no lap analysis"));
	rewrite(g, 2);
	assert_int_equal(look(g, 100), FOLLOW_CHANGED);
	equals_the_file(g);
	end(g);
}

static void an_endless_line_takes_no_memory(void **state)
{
	struct grown *g = begin();
	char *long_line = malloc(CSV_LINE_MAX * 3);
	(void)state;
	assert_non_null(long_line);
	memset(long_line, 'x', CSV_LINE_MAX * 3);
	rewrite(g, 2);
	append(g, long_line, CSV_LINE_MAX * 3);
	look(g, 0);
	append(g, long_line, CSV_LINE_MAX);
	look(g, 100);
	append(g, "\n", 1);
	append_laps(g, 3, 3);
	look(g, 100);
	assert_int_equal(laps_of(g), 3 * CARS);
	equals_the_file(g);
	free(long_line);
	end(g);
}

/* --- Pipes ------------------------------------------------------------------------- */

static void a_pipe(void **state)
{
	struct buf b = whole(4);
	struct err err = {0};
	int ends[2];
	(void)state;
	assert_int_equal(pipe(ends), 0);
	struct follow *f = follow_new("standard input", ends[0], &err);
	assert_ok(f, &err);
	assert_int_equal(follow_look(f, 0, NULL, &err), FOLLOW_SAME);
	for (size_t i = 0; i < b.n - 1; i += 7) {
		size_t n = i + 7 < b.n - 1 ? 7 : b.n - 1 - i;
		assert_int_equal(write(ends[1], b.p + i, n), n);
		assert_true(follow_look(f, (int64_t)i, NULL, &err) != FOLLOW_FAILED);
	}
	assert_int_equal(follow_rows(f), 4 * CARS - 1);
	assert_false(follow_ended(f));
	close(ends[1]);
	assert_int_equal(follow_look(f, 100000, NULL, &err), FOLLOW_CHANGED);
	assert_true(follow_ended(f));
	assert_int_equal(follow_rows(f), 4 * CARS);
	assert_int_equal(follow_look(f, 100001, NULL, &err), FOLLOW_SAME);
	assert_int_equal(follow_due(f), -1);
	follow_free(f);
	close(ends[0]);
	buf_release(&b);
}

/* --- A writer that is killed ----------------------------------------------------- */

/* Goes on where the file ends, in pieces of any size, one write after another, until it is killed or done. A line that was
 * torn is finished: that is what a logger that is started again does. */
static void write_on(const char *path, const struct buf *b, unsigned seed)
{
	struct stat st;
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
	if (fd < 0 || fstat(fd, &st) < 0)
		_exit(1);
	for (size_t at = (size_t)st.st_size; at < b->n;) {
		seed = seed * 1103515245u + 12345u;
		size_t n = 1 + (seed >> 16) % 200;
		n = n < b->n - at ? n : b->n - at;
		ssize_t put = write(fd, b->p + at, n);
		if (put <= 0)
			_exit(1);
		at += (size_t)put;
		struct timespec pause = {0, 20000};
		nanosleep(&pause, NULL);
	}
	_exit(0);
}

static int64_t clock_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Every whole row of the file is a lap, and nothing else is. */
static void is_the_beginning(const struct grown *g, const struct buf *b)
{
	struct stat st = {.st_size = 0};
	uint32_t rows = 0;
	(void)stat(g->path, &st); /* killed before it made the file */
	for (off_t i = (off_t)sizeof header - 1; i < st.st_size; i++)
		rows += b->p[i] == '\n';
	assert_int_equal(laps_of(g), rows);
	assert_true(rows == 0 || (g->s->rows == rows && g->s->duplicate_rows == 0 && g->s->refused.total == 0));
}

/* No lap is lost or told twice, whenever the writer died: what is shown is always a beginning of what was written. */
static void the_writer_is_killed(void **state)
{
	const char *wanted = getenv("PITWALL_KILLS");
	int kills = wanted ? atoi(wanted) : 25, killed = 0;
	struct grown *g = begin();
	struct buf b = whole(LAPS * 20);
	unsigned seed = 20251124;
	(void)state;
	for (; killed < kills; killed++) {
		seed = seed * 1103515245u + 12345u;
		int64_t until = clock_ms() + 1 + (seed >> 16) % 12;
		pid_t pid = fork();
		assert_true(pid >= 0);
		if (pid == 0)
			write_on(g->path, &b, seed);
		while (clock_ms() < until)
			look(g, clock_ms() - g->now); /* the true clock: a pause between two writes is no end */
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		look(g, clock_ms() - g->now);
		is_the_beginning(g, &b);
	}
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		write_on(g->path, &b, seed);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	look(g, clock_ms() - g->now);
	assert_int_equal(laps_of(g), LAPS * 20 * CARS);
	equals_the_file(g);
	buf_release(&b);
	end(g);
}

/* --- Size ---------------------------------------------------------------------------- */

/* A day of racing: one more lap costs one more session, and no byte of the file twice. */
static void twenty_thousand_rows(void **state)
{
	struct grown *g = begin();
	(void)state;
	rewrite(g, 4000);
	look(g, 0);
	assert_int_equal(laps_of(g), 20000);
	append_laps(g, 4001, 4001);
	uint64_t before = follow_bytes_read(g->f);
	int64_t t = clock_ms();
	look(g, 100);
	t = clock_ms() - t;
	assert_int_equal(laps_of(g), 20005);
	assert_true(follow_bytes_read(g->f) - before < 16384);
	print_message("one lap more of 20,000: %d ms\n", (int)t);
	assert_true(t < 2000); /* a bound for any machine under any sanitizer; the bench has the budget */
	end(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(not_there_then_header_then_rows),
		cmocka_unit_test(half_rows_wait),
		cmocka_unit_test(last_line_without_newline),
		cmocka_unit_test(a_torn_line_is_not_kept),
		cmocka_unit_test(appended_is_read_once),
		cmocka_unit_test(rewritten_in_place),
		cmocka_unit_test(rewritten_with_other_rows),
		cmocka_unit_test(a_change_in_the_middle),
		cmocka_unit_test(replaced_by_rename),
		cmocka_unit_test(shrunk),
		cmocka_unit_test(removed_and_back),
		cmocka_unit_test(no_lap_file_is_told),
		cmocka_unit_test(an_endless_line_takes_no_memory),
		cmocka_unit_test(a_pipe),
		cmocka_unit_test(the_writer_is_killed),
		cmocka_unit_test(twenty_thousand_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
