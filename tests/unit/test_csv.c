#include "core/load/csv.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/path.h"
#include "tests/unit/helper.h"

static struct csv_reader *reader(const char *text, size_t n)
{
	struct err err = {0};
	struct csv_reader *r = csv_open_memory("test.csv", text, n, &err);
	assert_ok(r, &err);
	return r;
}

#define READER(text) reader((text), sizeof(text) - 1)

static void assert_str(struct str s, const char *wanted)
{
	if (!str_is(s, wanted))
		fail_msg("'%.*s' is not '%s'", (int)s.n, s.p, wanted);
}

static enum csv_row next(struct csv_reader *r)
{
	struct err err = {0};
	return csv_next(r, &err);
}

/* What follows too much of no use is not read, and that is said. */
static void nonsense_without_end(void **state)
{
	enum { N = 20 * 1024 * 1024 };
	static const struct {
		const char *line;
		bool refused; /* by the caller */
	} kinds[] = {{"\n", false}, {"\"xxxxxx\n", false}, {"xxxxxxx\n", true}};
	char *text = malloc(N + 8);
	(void)state;
	assert_non_null(text);
	for (size_t k = 0; k < COUNT_OF(kinds); k++) {
		size_t len = strlen(kinds[k].line), n = 8;
		memcpy(text, "a;b\n1;2\n", 8);
		for (; n < N; n += len)
			memcpy(text + n, kinds[k].line, len);
		struct csv_reader *r = reader(text, n);
		enum csv_row kind = next(r), last = kind;
		assert_int_equal(kind, CSV_ROW);
		uint32_t rows = 0;
		for (; (kind = next(r)) != CSV_END; last = kind, rows++)
			if (kinds[k].refused)
				csv_refused(r);
		assert_int_equal(last, CSV_BAD_ROW);
		assert_in_range(rows, 1, 2000000);
		assert_in_range(csv_line(r), 1800000, 2300000);
		csv_close(r);
	}
	free(text);
}

static void header_names(void **state)
{
	(void)state;
	struct csv_reader *r = READER("\xef\xbb\xbfNUMBER; Lap_Number ;\" LAP TIME \";\r\n 1 ; 2;x;\r\n");
	assert_int_equal(csv_delimiter(r), ';');
	assert_int_equal(csv_columns(r), 3);
	assert_str(csv_header(r, 0), "NUMBER");
	assert_str(csv_header(r, 9), "");
	assert_int_equal(csv_column(r, "LAP_NUMBER"), 1);
	assert_int_equal(csv_column(r, "lap time"), 2);
	assert_int_equal(csv_column(r, "nothing"), -1);
	assert_int_equal(next(r), CSV_ROW);
	assert_int_equal(csv_line(r), 2);
	assert_str(csv_field(r, 0), "1");
	assert_str(csv_field(r, 1), "2");
	assert_str(csv_field(r, -1), "");
	assert_str(csv_field(r, 99), "");
	assert_false(csv_unfinished(r));
	assert_int_equal(next(r), CSV_END);
	assert_int_equal(csv_progress(r), 1000);
	csv_close(r);
	r = READER("\xef\xbb\xbf\xef\xbb\xbfNUMBER;LAP_NUMBER\n1;2\n");
	assert_int_equal(csv_column(r, "NUMBER"), 0);
	csv_close(r);
}

static void delimiters(void **state)
{
	(void)state;
	struct csv_reader *r = READER("a,\"b;c;d;e\",f\n1,\"x, \"\"y\"\"\",3");
	assert_int_equal(csv_delimiter(r), ',');
	assert_int_equal(next(r), CSV_ROW);
	assert_str(csv_field(r, 1), "x, \"y\"");
	assert_true(csv_unfinished(r));
	csv_close(r);
	r = READER("a\tb\n1\t \t3\n");
	assert_int_equal(csv_delimiter(r), '\t');
	assert_int_equal(next(r), CSV_ROW);
	assert_int_equal(csv_fields(r), 3);
	assert_str(csv_field(r, 2), "3");
	csv_close(r);
}

static void bad_rows_cost_one_line(void **state)
{
	static const char text[] = "a;b\n1;\"open\n2;x\n3;\0y\n\n \t\n4;p\rq;r\n5;z\n";
	(void)state;
	struct csv_reader *r = READER(text);
	assert_int_equal(next(r), CSV_BAD_ROW);
	assert_int_equal(csv_line(r), 2);
	assert_non_null(strstr(csv_why(r), "quote"));
	assert_int_equal(csv_fields(r), 0);
	assert_int_equal(next(r), CSV_ROW);
	assert_str(csv_field(r, 1), "x");
	assert_int_equal(next(r), CSV_BAD_ROW);
	assert_non_null(strstr(csv_why(r), "NUL"));
	assert_int_equal(next(r), CSV_BAD_ROW);
	assert_int_equal(csv_line(r), 7);
	assert_non_null(strstr(csv_why(r), "carriage"));
	assert_int_equal(next(r), CSV_ROW);
	assert_int_equal(csv_line(r), 8);
	assert_str(csv_field(r, 1), "z");
	assert_int_equal(next(r), CSV_END);
	csv_close(r);
}

static void long_lines_are_skipped(void **state)
{
	(void)state;
	static const size_t lengths[] = {CSV_LINE_MAX - 1, CSV_LINE_MAX,     CSV_LINE_MAX + 1,
					 CSV_LINE_MAX + 2, 3 * CSV_LINE_MAX, 128 * 1024 * 5};
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		size_t n = lengths[i];
		char *text = malloc(n + 16);
		assert_non_null(text);
		memcpy(text, "a;b\n", 4);
		memset(text + 4, 'x', n);
		memcpy(text + 4 + n, "\n7;8\n", 5);
		struct csv_reader *r = reader(text, n + 9);
		assert_int_equal(next(r), n > CSV_LINE_MAX ? CSV_BAD_ROW : CSV_ROW);
		assert_int_equal(next(r), CSV_ROW);
		assert_int_equal(csv_line(r), 3);
		assert_str(csv_field(r, 0), "7");
		assert_int_equal(next(r), CSV_END);
		csv_close(r);
		r = reader(text, n + 4); /* the long line ends the file */
		assert_int_equal(next(r), n > CSV_LINE_MAX ? CSV_BAD_ROW : CSV_ROW);
		assert_int_equal(next(r), CSV_END);
		csv_close(r);
		free(text);
	}
}

static void too_many_fields(void **state)
{
	char text[4 + CSV_FIELDS_MAX + 2];
	(void)state;
	memcpy(text, "a;b\n", 4);
	memset(text + 4, ';', CSV_FIELDS_MAX);
	struct csv_reader *r = reader(text, 4 + CSV_FIELDS_MAX - 1);
	assert_int_equal(next(r), CSV_ROW);
	assert_int_equal(csv_fields(r), CSV_FIELDS_MAX);
	csv_close(r);
	r = reader(text, 4 + CSV_FIELDS_MAX);
	assert_int_equal(next(r), CSV_BAD_ROW);
	csv_close(r);
}

static void refused(const char *text, size_t n, const char *word)
{
	struct err err = {0};
	assert_null(csv_open_memory("test.csv", text, n, &err));
	assert_non_null(strstr(err.msg, word));
	assert_non_null(strstr(err.msg, "test.csv"));
}

static void no_table(void **state)
{
	(void)state;
	refused("", 0, "empty");
	refused("\xef\xbb\xbf\n \r\n", 7, "empty");
	refused("\xff\xfe"
		"a\0b\0",
		6, "UTF-16");
	refused("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, "not a text file");
	refused("number;\0b\n1;2\n", 14, "NUL");
	refused("a;\"b\n1;2\n", 9, "quote");
}

static void files_that_are_none(void **state)
{
	char dir[512], path[600];
	struct err err = {0};
	(void)state;
	folder_make(dir, sizeof dir);
	assert_null(csv_open(dir, &err));
	assert_non_null(strstr(err.msg, "folder"));
	assert_true(path_join(path, sizeof path, dir, "none.csv"));
	assert_null(csv_open(path, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_true(path_join(path, sizeof path, dir, "pipe.csv"));
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_null(csv_open(path, &err)); /* and does not wait for a writer */
	assert_non_null(strstr(err.msg, "pipe or device"));
	assert_null(csv_open("/dev/zero", &err));
	folder_remove(dir);
}

/* 200 MB without a newline: read past, not kept. The text before it keeps the file from looking binary. */
static void huge_line(void **state)
{
	char dir[512], path[600];
	struct err err = {0};
	(void)state;
	folder_make(dir, sizeof dir);
	assert_true(path_join(path, sizeof path, dir, "huge.csv"));
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs("a;b\n", f);
	for (int i = 0; i < 200; i++)
		fputs("1;2\n", f);
	assert_int_equal(fseek(f, 200L << 20, SEEK_SET), 0);
	fputs("\n5;6\n", f);
	fclose(f);
	struct csv_reader *r = csv_open(path, &err);
	assert_ok(r, &err);
	for (int i = 0; i < 200; i++)
		assert_int_equal(next(r), CSV_ROW);
	assert_int_equal(next(r), CSV_BAD_ROW);
	assert_non_null(strstr(csv_why(r), "longer"));
	assert_int_equal(next(r), CSV_ROW);
	assert_int_equal(csv_line(r), 203);
	csv_close(r);
	folder_remove(dir);
}

/* --- Against plain libcsv over random text -------------------------------- */

struct plain {
	char out[4096];
	size_t n;
};

static void plain_field(void *s, size_t n, void *data)
{
	struct plain *p = data;
	struct str f = str_trim((struct str){n > 0 ? s : "", n});
	p->n += (size_t)snprintf(p->out + p->n, sizeof p->out - p->n, "[%.*s]", (int)f.n, f.p);
}

static void plain_row(int c, void *data)
{
	struct plain *p = data;
	(void)c;
	p->n += (size_t)snprintf(p->out + p->n, sizeof p->out - p->n, "\n");
}

static void ours(struct csv_reader *r, struct plain *p)
{
	while (next(r) == CSV_ROW) {
		for (uint32_t i = 0; i < csv_fields(r); i++) {
			struct str f = csv_field(r, (int)i);
			plain_field((void *)(uintptr_t)f.p, f.n, p);
		}
		plain_row(0, p);
	}
}

static void same_as_libcsv(void **state)
{
	static const char letters[] = "ab  \t;;,\"\n";
	uint32_t seed = 1;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[64] = "h;h\n";
		size_t n = 4;
		for (int i = 0; i < 24; i++) {
			seed = seed * 1664525U + 1013904223U;
			char c = letters[(seed >> 20) % (round % 4 ? 8 : sizeof letters - 1)];
			text[n++] = c == '"' && round % 8 ? 'q' : c;
		}
		text[n++] = '\n';
		struct plain a = {.n = 0}, b = {.n = 0};
		if (memchr(text + 4, '"', n - 4))
			continue; /* quotes run over lines in plain libcsv, and never here */
		struct csv_parser p;
		csv_init(&p, 0);
		csv_set_delim(&p, ';');
		csv_parse(&p, text + 4, n - 4, plain_field, plain_row, &a);
		csv_fini(&p, plain_field, plain_row, &a);
		csv_free(&p);
		struct csv_reader *r = reader(text, n);
		ours(r, &b);
		csv_close(r);
		if (strcmp(a.out, b.out) != 0)
			fail_msg("%s: libcsv %s, csv_next %s", text, a.out, b.out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_names),           cmocka_unit_test(delimiters),
		cmocka_unit_test(bad_rows_cost_one_line), cmocka_unit_test(long_lines_are_skipped),
		cmocka_unit_test(too_many_fields),        cmocka_unit_test(no_table),
		cmocka_unit_test(files_that_are_none),    cmocka_unit_test(huge_line),
		cmocka_unit_test(same_as_libcsv),         cmocka_unit_test(nonsense_without_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
