/* Rows of an answer, described once and given as JSON or as CSV, so that both have the same names.
 *
 * CSV: a nested object's names are joined with '_'; a list of any length is one field, its items parted by ';' and the
 * values of one item by ':'. */
#ifndef REPORT_RECORD_H
#define REPORT_RECORD_H

#include "core/base/csv_out.h"
#include "core/base/json_out.h"

enum record_as { RECORD_JSON, RECORD_NAMES, RECORD_VALUES };
enum { RECORD_DEPTH = 12, RECORD_PREFIX = 160 };

struct record {
	enum record_as as; /* NAMES: the CSV header line is being written */
	struct json_out json;
	struct csv_out csv;
	int depth;
	bool in_array[RECORD_DEPTH];
	size_t prefix_n[RECORD_DEPTH];
	char prefix[RECORD_PREFIX];
	int list_depth;  /* CSV: containers open inside a list; 0 outside */
	bool list_text;  /* the list holds text of a file */
	bool item_begun; /* the item of the list has a value already */
	struct buf list;
};

void record_init(struct record *r, struct buf *out, bool csv);
void record_release(struct record *r);
static inline bool record_is_json(const struct record *r)
{
	return r->as == RECORD_JSON;
}

void record_obj(struct record *r, const char *name);
void record_end_obj(struct record *r);
/* An array whose items are always the same: each item's name counts in CSV only, after `csv_prefix` ("" for none). */
void record_arr(struct record *r, const char *name, const char *csv_prefix);
void record_end_arr(struct record *r);
/* An array of any length. */
void record_list(struct record *r, const char *name);
void record_end_list(struct record *r);
/* JSON: the next container on one line. */
void record_flat(struct record *r);

void record_text(struct record *r, const char *name, const char *v); /* from a file; NULL and "": null */
void record_word(struct record *r, const char *name, const char *v); /* ours; NULL and "": null */
void record_int(struct record *r, const char *name, int64_t v);
/* 0 means missing. */
void record_count(struct record *r, const char *name, int64_t v);
void record_time(struct record *r, const char *name, ms_t v);
void record_dec(struct record *r, const char *name, double v, int decimals);
void record_ms(struct record *r, const char *name, double ms); /* a time with a fraction of ms: rounded; NAN null */
void record_bool(struct record *r, const char *name, bool v);
void record_null(struct record *r, const char *name);

/* One row; i may be 0 though there is no row (n is 0): then only names are wanted. */
typedef void record_row(struct record *r, const void *ctx, uint32_t i);
/* JSON: an array of objects, each on one line when flat. CSV: the header line and the rows. */
void record_rows(struct record *r, const char *name, uint32_t n, record_row *row, const void *ctx, bool flat);

#endif
