/* Lines without quotes are split without libcsv: the fields must be the ones that libcsv makes of them. */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/load/csv.h"
#include "tests/unit/helper.h"

enum { LINES = 20000, LINE_MAX_LEN = 40, HEADER_LEN = 4 };

struct expected {
	char text[64][LINE_MAX_LEN + 1];
	unsigned n;
};

static void on_field(void *s, size_t n, void *user)
{
	struct expected *e = user;

	assert_true(e->n < 64 && n <= LINE_MAX_LEN);
	memcpy(e->text[e->n], s, n);
	e->text[e->n++][n] = '\0';
}

static void ask_libcsv(const char *line, size_t n, char delim, struct expected *e)
{
	struct csv_parser parser;

	e->n = 0;
	assert_int_equal(csv_init(&parser, 0), 0);
	csv_set_delim(&parser, (unsigned char)delim);
	assert_int_equal(csv_parse(&parser, line, n, on_field, NULL, e), n);
	csv_fini(&parser, on_field, NULL, e);
	csv_free(&parser);
}

static unsigned next_random(unsigned *state)
{
	*state = *state * 1103515245u + 12345u;
	return *state >> 16;
}

static void same_fields(const char *line, size_t n, char delim)
{
	char file[LINE_MAX_LEN + HEADER_LEN + 2];
	struct expected e;
	struct err err = {0};
	int size = snprintf(file, sizeof(file), "a%cb\n%.*s\n", delim, (int)n, line);
	struct csv_reader *r = csv_open_memory("x", file, (size_t)size, &err);

	assert_non_null(r);
	if (csv_next(r, &err) == CSV_ROW) { /* a blank line is no row */
		ask_libcsv(line, n, delim, &e);
		assert_int_equal(csv_fields(r), e.n);
		for (unsigned i = 0; i < e.n; i++) {
			struct str f = csv_field(r, (int)i);
			assert_int_equal(f.n, strlen(e.text[i]));
			assert_memory_equal(f.p, e.text[i], f.n);
		}
	}
	csv_close(r);
}

static void test_same_as_libcsv(void **state)
{
	static const char bytes[] = "ab1;;;,,  \t\t'\xc3";
	static const char delims[] = {';', ',', '\t'};
	unsigned seed = 7;
	char line[LINE_MAX_LEN];

	(void)state;
	for (int i = 0; i < LINES; i++) {
		size_t n = next_random(&seed) % LINE_MAX_LEN;
		for (size_t k = 0; k < n; k++)
			line[k] = bytes[next_random(&seed) % (sizeof(bytes) - 1)];
		same_fields(line, n, delims[i % 3]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_same_as_libcsv)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
