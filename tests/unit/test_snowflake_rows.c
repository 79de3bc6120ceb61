/* Rows and answers, in pieces of every size; packed bodies cut at every byte. */
#include "core/source/snowflake/answer.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "core/source/snowflake/inflate.h"
#include "tests/unit/helper.h"

/* Rows as "a|b|~\n": '|' after each cell, ~ for NULL. */
static bool note(void *ctx, const struct str *cells, unsigned n, struct err *err)
{
	struct buf *out = ctx;

	(void)err;
	for (unsigned i = 0; i < n; i++) {
		if (cells[i].p)
			buf_add(out, cells[i].p, cells[i].n);
		else
			buf_char(out, '~');
		buf_char(out, '|');
	}
	return buf_char(out, '\n');
}

static bool feed(struct sf_rows *r, const char *text, size_t step, struct err *err)
{
	size_t n = strlen(text), used;

	for (size_t i = 0; i < n; i += used) {
		struct str piece = {text + i, i + step < n ? step : n - i};
		if (!sf_rows_feed(r, piece, &used, err))
			return false;
		if (used < piece.n)
			return err_set(err, ERR_FORMAT, "more after the end");
	}
	return sf_rows_complete(r) || err_set(err, ERR_FORMAT, "cut short");
}

static void gives(const char *text, bool bare, const char *want)
{
	for (size_t step = 1; step <= strlen(text) + 1; step++) {
		struct err err = {0};
		struct sf_rows r;
		struct buf out;
		buf_init(&out, 4096);
		sf_rows_init(&r, bare, note, &out);
		assert_ok(feed(&r, text, step, &err), &err);
		assert_string_equal(out.p ? out.p : "", want);
		sf_rows_release(&r);
		buf_release(&out);
	}
}

static void refuses(const char *text)
{
	for (size_t step = 1; step <= strlen(text) + 1; step++) {
		struct err err = {0};
		struct sf_rows r;
		sf_rows_init(&r, false, NULL, NULL);
		if (feed(&r, text, step, &err))
			fail_msg("taken: %s", text);
		assert_int_equal(err.code, ERR_FORMAT);
		sf_rows_release(&r);
	}
}

static void rows_are_read(void **state)
{
	(void)state;
	gives("[]", false, "");
	gives(" [ [ ] ]", false, "\n");
	gives("[[\"1\",null,\"\"],[\"a\\n\\\"\\\\\\/\\u00e9\\ud83c\\udfc1\",\"null\",\"\xc3\xbc\"]]", false,
	      "1|~||\na\n\"\\/\xc3\xa9\xf0\x9f\x8f\x81|null|\xc3\xbc|\n");
	gives("[\"1\"],[null]", true, "1|\n~|\n");
	gives("", true, "");
}

static void what_is_no_row_is_refused(void **state)
{
	static const char *const bad[] = {"",
					  "[",
					  "[[",
					  "[[\"",
					  "[[\"a",
					  "[[\"a\"",
					  "[[\"a\"]",
					  "[[\"a\"],]",
					  "[[\"a\",]]",
					  "[[,]]",
					  "[[1]]",
					  "[[true]]",
					  "[[{}]]",
					  "[[[]]]",
					  "[\"a\"]",
					  "{}",
					  "[[nul]]",
					  "[[nulll]]",
					  "[[\"\\x\"]]",
					  "[[\"\\u12g4\"]]",
					  "[[\"\\ud800\"]]",
					  "[[\"\\udc00\"]]",
					  "[[\"\\ud800\\u0041\"]]",
					  "[[\"a\nb\"]]",
					  "[[\"\xff\"]]",
					  "[[\"a\"]]x",
					  "[[\"a\"][\"b\"]]",
					  "[[\"a\" \"b\"]]",
					  "[,[\"a\"]]",
					  "[[\"\xc3\"],[\"\xbc\"]]"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		refuses(bad[i]);
}

static void a_row_has_its_own_sum(void **state)
{
	const struct str a[] = {STR("ab"), STR("c")}, b[] = {STR("a"), STR("bc")}, c[] = {STR("ab"), {NULL, 0}},
			 d[] = {STR("ab"), STR("")};

	(void)state;
	assert_int_equal(sf_row_sum(0, a, 2), sf_row_sum(0, a, 2));
	assert_int_not_equal(sf_row_sum(0, a, 2), sf_row_sum(0, b, 2));
	assert_int_not_equal(sf_row_sum(0, c, 2), sf_row_sum(0, d, 2));
}

/* --- Answers ------------------------------------------------------------------------------------------------------- */

struct seen {
	struct buf rows;
	unsigned heads;
};

static bool head(void *ctx, const cJSON *so_far, bool *ready, struct err *err)
{
	struct seen *s = ctx;
	const cJSON *meta = cJSON_GetObjectItem(so_far, "meta");

	(void)err;
	*ready = cJSON_IsNumber(meta);
	s->heads += *ready;
	return true;
}

static bool row(void *ctx, const struct str *cells, unsigned n, struct err *err)
{
	struct seen *s = ctx;

	assert_int_equal(s->heads, 1);
	return note(&s->rows, cells, n, err);
}

/* The answer in pieces; its fields printed, or NULL with err. */
static char *answered(const char *text, size_t step, bool chunk, struct seen *s, struct err *err)
{
	const struct sf_answer_fns f = {head, row, s};
	struct sf_answer *a = sf_answer_new(&f, chunk);
	size_t n = strlen(text);
	bool ok = true;
	cJSON *json;
	char *out = NULL;

	*s = (struct seen){.heads = chunk};
	buf_init(&s->rows, 4096);
	for (size_t i = 0; ok && i < n; i += step)
		ok = sf_answer_feed(a, (struct str){text + i, i + step < n ? step : n - i}, err);
	json = ok ? sf_answer_end(a, err) : NULL;
	if (json)
		out = cJSON_PrintUnformatted(json);
	cJSON_Delete(json);
	sf_answer_free(a);
	return out;
}

static void answer_gives(const char *text, const char *fields, const char *rows)
{
	for (size_t step = 1; step <= strlen(text) + 1; step++) {
		struct err err = {0};
		struct seen s;
		char *out = answered(text, step, false, &s, &err);
		assert_ok(out != NULL, &err);
		assert_string_equal(out, fields);
		assert_string_equal(s.rows.p ? s.rows.p : "", rows);
		cJSON_free(out);
		buf_release(&s.rows);
	}
}

static void answers_are_read(void **state)
{
	(void)state;
	answer_gives("{\"meta\":1,\"data\":[[\"a\"],[\"b\"]],\"code\":\"x\"}",
		     "{\"meta\":1,\"data\":null,\"code\":\"x\"}", "a|\nb|\n");
	/* Rows before what they are: held back. */
	answer_gives("{\"data\":[[\"a\"],[\"]}\"]],\"meta\":1}", "{\"data\":null,\"meta\":1}", "a|\n]}|\n");
	/* The drivers' protocol; "data" elsewhere is no row. */
	answer_gives("{\"meta\":2,\"x\":{\"data\":[1,{\"data\":[2]}]},\"data\":{\"rowset\":[[null]],\"total\":1}} ",
		     "{\"meta\":2,\"x\":{\"data\":[1,{\"data\":[2]}]},\"data\":{\"rowset\":null,\"total\":1}}", "~|\n");
	answer_gives("{\"data\":null,\"success\":false}", "{\"data\":null,\"success\":false}", "");
	answer_gives("{\"a\":\"{[\\\"data\\\":[[\"}", "{\"a\":\"{[\\\"data\\\":[[\"}", "");
}

static void answer_refuses(const char *text)
{
	for (size_t step = 1; step <= strlen(text) + 1; step++) {
		struct err err = {0};
		struct seen s;
		char *out = answered(text, step, false, &s, &err);
		if (out)
			fail_msg("taken: %s", text);
		assert_int_equal(err.code, ERR_FORMAT);
		buf_release(&s.rows);
	}
}

static void what_is_no_answer_is_refused(void **state)
{
	static const char good[] = "{\"meta\":1,\"data\":[[\"a\",null]],\"more\":{\"x\":[1,\"y\"]}}";
	char part[sizeof(good)];

	(void)state;
	for (size_t n = 0; n < sizeof(good) - 1; n++) {
		memcpy(part, good, n);
		part[n] = '\0';
		answer_refuses(part);
	}
	answer_refuses("<html></html>");
	answer_refuses("{\"meta\":1,\"data\":[[\"a\"]],\"data\":[[\"b\"]]}");
	answer_refuses("{\"meta\":1,\"data\":[[\"a\"]]}}");
	answer_refuses("{\"meta\":1 \"x\":2}");
	answer_refuses("{\"data\":[[\"a\"]]}"); /* never says what the rows are */
	answer_refuses("{\"meta\":1]");
}

static void depth_has_an_end(void **state)
{
	char text[400];
	struct err err = {0};
	struct seen s;

	(void)state;
	memset(text, '[', sizeof(text));
	memcpy(text, "{\"a\":", 5);
	text[sizeof(text) - 1] = '\0';
	assert_null(answered(text, 100, false, &s, &err));
	assert_non_null(strstr(err.msg, "deep"));
	buf_release(&s.rows);
}

/* --- Packed --------------------------------------------------------------------------------------------------------- */

static bool collect(void *ctx, struct str bytes, struct err *err)
{
	(void)err;
	return buf_add(ctx, bytes.p, bytes.n);
}

static size_t pack(const char *text, size_t n, unsigned char *out, size_t cap)
{
	z_stream z = {0};
	unsigned char copy[4096];

	memcpy(copy, text, n);
	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = copy;
	z.avail_in = (uInt)n;
	z.next_out = out;
	z.avail_out = (uInt)cap;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return z.total_out;
}

/* "": failed. */
static void unpacked(const unsigned char *p, size_t n, size_t step, uint64_t most, struct buf *out)
{
	struct sf_inflate *z = sf_inflate_new(collect, out, most);
	struct err err = {0};
	bool ok = true;

	buf_init(out, 1 << 20);
	for (size_t i = 0; ok && i < n; i += step)
		ok = sf_inflate_feed(z, (struct str){(const char *)p + i, i + step < n ? step : n - i}, &err);
	if (!ok || !sf_inflate_end(z, &err)) {
		buf_clear(out);
		assert_int_equal(err.code, ERR_FORMAT);
	}
	sf_inflate_free(z);
}

static void packed_bodies(void **state)
{
	char text[3000];
	unsigned char p[8192];
	struct buf out;
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)('a' + i * i % 23);
	n = pack(text, sizeof(text), p, sizeof(p));
	for (size_t step = 1; step < 40; step += 6) {
		unpacked(p, n, step, 1 << 20, &out);
		assert_int_equal(out.n, sizeof(text));
		assert_memory_equal(out.p, text, sizeof(text));
		buf_release(&out);
	}
	for (size_t cut = 1; cut < n; cut++) { /* every cut is seen; nothing at all is an answer of no bytes */
		unpacked(p, n - cut, 64, 1 << 20, &out);
		assert_int_equal(out.n, 0);
		buf_release(&out);
	}
	p[n - 6] ^= 1; /* CRC */
	unpacked(p, n, 64, 1 << 20, &out);
	assert_int_equal(out.n, 0);
	buf_release(&out);
	p[n - 6] ^= 1;
	p[n] = 'x'; /* after the end */
	unpacked(p, n + 1, 64, 1 << 20, &out);
	assert_int_equal(out.n, 0);
	buf_release(&out);
	memcpy(p + n, p, n); /* two members */
	unpacked(p, 2 * n, 64, 1 << 20, &out);
	assert_int_equal(out.n, 2 * sizeof(text));
	buf_release(&out);
	unpacked(p, n, 64, sizeof(text) - 1, &out); /* over the ceiling */
	assert_int_equal(out.n, 0);
	buf_release(&out);
	unpacked((const unsigned char *)"{plain}", 7, 2, 100, &out);
	assert_string_equal(out.p, "{plain}");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_read),
		cmocka_unit_test(what_is_no_row_is_refused),
		cmocka_unit_test(a_row_has_its_own_sum),
		cmocka_unit_test(answers_are_read),
		cmocka_unit_test(what_is_no_answer_is_refused),
		cmocka_unit_test(depth_has_an_end),
		cmocka_unit_test(packed_bodies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
