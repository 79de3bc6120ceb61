/* A server's answer from hostile bytes, packed or not: read in pieces of two sizes it gives the same rows or the same refusal. The first
 * byte says how: its lowest bit a chunk without brackets, the rest the size of the pieces. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/source/snowflake/answer.h"
#include "core/source/snowflake/cell.h"
#include "core/source/snowflake/inflate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
	do {                                                                                                           \
		if (!(condition)) {                                                                                    \
			fprintf(stderr, "broken: %s\n", #condition);                                                   \
			abort();                                                                                       \
		}                                                                                                      \
	} while (0)

struct seen {
	struct sf_answer *answer;
	uint32_t sum;
	uint64_t rows;
	bool ok;
};

static bool head(void *ctx, const cJSON *so_far, bool *ready, struct err *err)
{
	(void)ctx;
	(void)err;
	*ready = cJSON_GetObjectItem(so_far, "resultSetMetaData") != NULL;
	return true;
}

static void cells_of(const struct str *cell)
{
	struct sf_column c = {"X", SF_FIXED, 9};
	struct buf out;
	int64_t ms;

	MUST(utf8_valid(*cell));
	for (int t = 0; t < SF_TYPES; t++) {
		c.type = (enum sf_type)t;
		buf_init(&out, cell->n + 64);
		if (sf_cell_text(&c, *cell, &out))
			MUST(!out.failed);
		buf_release(&out);
		sf_cell_ms(c.type, *cell, &ms);
	}
}

static bool row(void *ctx, const struct str *cells, unsigned n, struct err *err)
{
	struct seen *s = ctx;

	(void)err;
	s->rows++;
	s->sum = sf_row_sum(s->sum, cells, n);
	for (unsigned i = 0; i < n; i++)
		if (cells[i].p)
			cells_of(&cells[i]);
	return true;
}

static bool unpacked(void *ctx, struct str bytes, struct err *err)
{
	return sf_answer_feed(((struct seen *)ctx)->answer, bytes, err);
}

static struct seen read_in(const uint8_t *data, size_t size, size_t step, bool chunk)
{
	struct seen s = {.ok = true};
	const struct sf_answer_fns f = {head, row, &s};
	struct sf_inflate *z = sf_inflate_new(unpacked, &s, 1 << 22);
	struct err err = {0};
	cJSON *json = NULL;

	s.answer = sf_answer_new(&f, chunk);
	for (size_t i = 0; s.ok && i < size; i += step)
		s.ok = sf_inflate_feed(z, (struct str){(const char *)data + i, i + step < size ? step : size - i},
				       &err);
	s.ok = s.ok && sf_inflate_end(z, &err);
	if (s.ok)
		json = sf_answer_end(s.answer, &err);
	s.ok = json != NULL;
	MUST(s.ok || err.code != ERR_NONE);
	cJSON_Delete(json);
	sf_answer_free(s.answer);
	sf_inflate_free(z);
	return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	struct seen a = read_in(data + 1, size - 1, 1 + (data[0] >> 1), data[0] & 1);
	struct seen b = read_in(data + 1, size - 1, size, data[0] & 1);
	MUST(a.ok == b.ok);
	MUST(!a.ok || (a.rows == b.rows && a.sum == b.sum));
	return 0;
}
