#include "core/telemetry/rows.h"

#include <stdlib.h>
#include <string.h>

#include "core/telemetry/rows_fast.h"
#include "core/telemetry/take.h"

struct tel_rows {
	struct tel_taker taker;
	bool plain;
	struct csv_reader *csv;
	struct str field[DIALECT_FIELDS];
	uint32_t nfields;
	struct tel_repeat repeat;
	struct tel_filter filter;
};

struct tel_rows *tel_rows_new(const struct tel_dialect *d, const struct tel_wanted *wanted, bool plain, struct err *err)
{
	struct tel_rows *r = calloc(1, sizeof *r);

	if (!r || !tel_taker_init(&r->taker, d, wanted)) {
		free(r);
		err_set(err, ERR_NOMEM, "no memory to read telemetry");
		return NULL;
	}
	r->plain = plain;
	r->csv = csv_open_fed("", d->header, d->header_n, err);
	if (!r->csv) {
		tel_rows_free(r);
		return NULL;
	}
	tel_repeat_init(&r->repeat, &r->taker);
	tel_filter_init(&r->filter, &r->taker);
	return r;
}

void tel_rows_free(struct tel_rows *r)
{
	if (!r)
		return;
	csv_close(r->csv);
	tel_filter_release(&r->filter);
	tel_taker_release(&r->taker);
	free(r);
}

struct tel_batch *tel_rows_batch(struct tel_rows *r)
{
	return &r->taker.batch;
}

/* --- One line ---------------------------------------------------------------------- */

static struct str cell(const struct tel_rows *r, int column)
{
	return column >= 0 && (uint32_t)column < r->nfields ? r->field[column] : STR("");
}

static void refuse(struct tel_rows *r, const char *why)
{
	r->taker.batch.rows++;
	tel_batch_refuse(&r->taker.batch, TEL_NO_IDENT, why);
}

/* n: the line's fields, of which the first are in r. A field too many or too few, and nobody knows which is which. */
static void take(struct tel_rows *r, uint32_t n)
{
	const struct tel_dialect *d = r->taker.d;
	struct str f[TEL_COLUMNS];

	if (n != d->columns && !(n == d->columns + 1 && d->trailing)) {
		r->taker.taken = false;
		r->taker.unwanted = TEL_NO_IDENT;
		refuse(r, n < d->columns ? "there are fewer fields than in the header"
					 : "there are more fields than in the header");
		return;
	}
	for (int i = 0; i < TEL_COLUMNS; i++)
		f[i] = cell(r, d->at[i]);
	if (d->shape == TEL_WIDE)
		tel_take_wide(&r->taker, f, r->field, r->nfields);
	else
		tel_take_long(&r->taker, f);
}

/* Cuts a line whose fields are plain or wholly in quotes, with nothing in them that libcsv would do something about. false: ask libcsv. */
static bool split(struct tel_rows *r, const char *p, size_t n, uint32_t *fields)
{
	const char *end = p + n;
	char delim = r->taker.d->delim;

	r->nfields = 0;
	for (;;) {
		bool quoted = p < end && *p == '"';
		const char *from = quoted ? p + 1 : p, *stop = from;
		for (; stop < end && *stop != '"' && (quoted || *stop != delim); stop++)
			if (*stop == '\r' || *stop == '\0')
				return false;
		if (quoted != (stop < end && *stop == '"'))
			return false;
		if (r->nfields < DIALECT_FIELDS)
			r->field[r->nfields] = str_trim((struct str){from, (size_t)(stop - from)});
		if (++r->nfields > CSV_FIELDS_MAX)
			return false;
		p = stop + quoted;
		if (p == end)
			break;
		if (*p++ != delim)
			return false;
	}
	*fields = r->nfields;
	if (r->nfields > DIALECT_FIELDS)
		r->nfields = DIALECT_FIELDS;
	return true;
}

static bool is_blank(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != ' ' && p[i] != '\t' && p[i] != '\r' && p[i] != '\n')
			return false;
	return true;
}

static void copy_fields(struct tel_rows *r)
{
	r->nfields = csv_fields(r->csv) < DIALECT_FIELDS ? csv_fields(r->csv) : DIALECT_FIELDS;
	for (uint32_t i = 0; i < r->nfields; i++)
		r->field[i] = csv_field(r->csv, (int)i);
}

/* n with the line's newline. */
static void ask_libcsv(struct tel_rows *r, const char *p, size_t n)
{
	enum csv_row kind;
	bool told = false;

	csv_feed(r->csv, p, n);
	while ((kind = csv_next(r->csv, NULL)) == CSV_ROW || kind == CSV_BAD_ROW) {
		told = true;
		if (kind == CSV_BAD_ROW) {
			refuse(r, csv_why(r->csv));
			continue;
		}
		copy_fields(r);
		take(r, csv_fields(r->csv));
	}
	if (kind == CSV_FAILED)
		r->taker.batch.failed = true;
	else if (!told && !is_blank(p, n))
		refuse(r, "too much of this file is of no use");
}

/* [p, p + n) without, and `whole` with the newline. */
static void line(struct tel_rows *r, const char *p, size_t n, size_t whole)
{
	size_t bare = n > 0 && p[n - 1] == '\r' ? n - 1 : n;
	uint32_t fields;

	if (r->plain || bare == 0 || bare > CSV_LINE_MAX || is_blank(p, bare < 2 ? bare : 2) ||
	    !split(r, p, bare, &fields)) {
		ask_libcsv(r, p, whole);
		return;
	}
	take(r, fields);
	tel_repeat_learn(&r->repeat, p, bare, r->field, fields);
	tel_filter_learn(&r->filter, p, bare, r->field, fields);
}

void tel_rows_lines(struct tel_rows *r, const char *p, size_t n)
{
	const char *end = p + n;

	tel_filter_buffer(&r->filter, p, n);
	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p)), *stop = nl ? nl : end;
		size_t len = (size_t)(stop - p);
		r->taker.batch.lines++;
		if (r->plain || (!tel_filter_skips(&r->filter, p, len) && !tel_repeat_takes(&r->repeat, p, len)))
			line(r, p, len, len + (nl ? 1 : 0));
		p = stop + 1;
	}
}

void tel_rows_too_long(struct tel_rows *r)
{
	r->taker.batch.lines++;
	refuse(r, "the line is longer than 262144 bytes");
}
