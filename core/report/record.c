#include "core/report/record.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void record_init(struct record *r, struct buf *out, bool csv)
{
	*r = (struct record){.as = csv ? RECORD_VALUES : RECORD_JSON};
	json_init(&r->json, out);
	csv_out_init(&r->csv, out);
	buf_init(&r->list, out->max);
}

void record_release(struct record *r)
{
	buf_release(&r->list);
}

static bool in_list(const struct record *r)
{
	return r->list_depth > 0;
}

/* JSON knows no names inside arrays. */
static const char *key_of(const struct record *r, const char *name)
{
	return r->depth == 0 || !r->in_array[r->depth - 1] ? name : NULL;
}

static void push(struct record *r, const char *csv_name, bool array)
{
	size_t n = strlen(r->prefix);

	if (r->depth >= RECORD_DEPTH)
		return;
	r->in_array[r->depth] = array;
	r->prefix_n[r->depth] = n;
	r->depth++;
	if (csv_name && *csv_name)
		snprintf(r->prefix + n, sizeof(r->prefix) - n, "%s_", csv_name);
}

static void pop(struct record *r)
{
	if (r->depth == 0)
		return;
	r->depth--;
	r->prefix[r->prefix_n[r->depth]] = '\0';
}

void record_obj(struct record *r, const char *name)
{
	if (in_list(r)) {
		r->list_depth++;
		r->item_begun = false;
		return;
	}
	if (r->as == RECORD_JSON)
		json_obj(&r->json, key_of(r, name));
	push(r, name, false);
}

void record_end_obj(struct record *r)
{
	if (in_list(r)) {
		r->list_depth--;
		return;
	}
	pop(r);
	if (r->as == RECORD_JSON)
		json_end_obj(&r->json);
}

void record_arr(struct record *r, const char *name, const char *csv_prefix)
{
	if (r->as == RECORD_JSON)
		json_arr(&r->json, key_of(r, name));
	push(r, csv_prefix, true);
}

void record_end_arr(struct record *r)
{
	pop(r);
	if (r->as == RECORD_JSON)
		json_end_arr(&r->json);
}

static void put_name(struct record *r, const char *name)
{
	char text[RECORD_PREFIX + 64];

	snprintf(text, sizeof(text), "%s%s", r->prefix, name ? name : "");
	csv_raw(&r->csv, text);
}

void record_list(struct record *r, const char *name)
{
	if (r->as == RECORD_JSON) {
		record_arr(r, name, "");
		return;
	}
	if (r->as == RECORD_NAMES)
		put_name(r, name);
	r->list_depth = 1;
	r->list_text = false;
	r->item_begun = false;
	buf_clear(&r->list);
}

void record_end_list(struct record *r)
{
	if (r->as == RECORD_JSON) {
		record_end_arr(r);
		return;
	}
	r->list_depth = 0;
	if (r->as == RECORD_NAMES)
		return;
	if (r->list_text)
		csv_text(&r->csv, r->list.p);
	else
		csv_raw(&r->csv, r->list.p);
	if (r->list.failed)
		r->csv.out->failed = true;
}

void record_flat(struct record *r)
{
	if (r->as == RECORD_JSON)
		json_flat(&r->json);
}

/* A value inside a CSV list. */
static void list_value(struct record *r, const char *text)
{
	if (r->as == RECORD_NAMES)
		return;
	if (r->list_depth > 1 && r->item_begun)
		buf_char(&r->list, ':');
	else if (r->list.n > 0)
		buf_char(&r->list, ';');
	r->item_begun = true;
	buf_str(&r->list, text);
}

/* True when the value itself is to be written as a CSV field of its own. */
static bool csv_field_wanted(struct record *r, const char *name, const char *text)
{
	if (in_list(r)) {
		list_value(r, text);
		return false;
	}
	if (r->as == RECORD_NAMES) {
		put_name(r, name);
		return false;
	}
	return true;
}

void record_text(struct record *r, const char *name, const char *v)
{
	v = v && *v ? v : NULL;
	if (r->as == RECORD_JSON) {
		json_str(&r->json, key_of(r, name), v);
		return;
	}
	r->list_text = true;
	if (csv_field_wanted(r, name, v ? v : ""))
		csv_text(&r->csv, v);
}

void record_word(struct record *r, const char *name, const char *v)
{
	v = v && *v ? v : NULL;
	if (r->as == RECORD_JSON)
		json_str(&r->json, key_of(r, name), v);
	else if (csv_field_wanted(r, name, v ? v : ""))
		csv_raw(&r->csv, v);
}

void record_int(struct record *r, const char *name, int64_t v)
{
	char text[NUM_LEN];

	snprintf(text, sizeof(text), "%lld", (long long)v);
	if (r->as == RECORD_JSON)
		json_int(&r->json, key_of(r, name), v);
	else if (csv_field_wanted(r, name, text))
		csv_raw(&r->csv, text);
}

void record_count(struct record *r, const char *name, int64_t v)
{
	if (v)
		record_int(r, name, v);
	else
		record_null(r, name);
}

void record_time(struct record *r, const char *name, ms_t v)
{
	char text[NUM_LEN];

	if (v == MS_NONE)
		record_null(r, name);
	else if (r->as == RECORD_JSON)
		json_time(&r->json, key_of(r, name), v);
	else if (csv_field_wanted(r, name, sec_str(text, v)))
		csv_raw(&r->csv, text);
}

void record_ms(struct record *r, const char *name, double ms)
{
	bool fits = fabs(ms) < (double)MS_MAX; /* false for NAN too */

	record_time(r, name, fits ? (ms_t)round_half_away(ms) : MS_NONE);
}

void record_dec(struct record *r, const char *name, double v, int decimals)
{
	char text[NUM_LEN];

	dec_str(text, v, decimals);
	if (strcmp(text, "-") == 0)
		record_null(r, name);
	else if (r->as == RECORD_JSON)
		json_dec(&r->json, key_of(r, name), v, decimals);
	else if (csv_field_wanted(r, name, text))
		csv_raw(&r->csv, text);
}

void record_bool(struct record *r, const char *name, bool v)
{
	if (r->as == RECORD_JSON)
		json_bool(&r->json, key_of(r, name), v);
	else if (csv_field_wanted(r, name, v ? "true" : "false"))
		csv_raw(&r->csv, v ? "true" : "false");
}

void record_null(struct record *r, const char *name)
{
	if (r->as == RECORD_JSON)
		json_null(&r->json, key_of(r, name));
	else if (csv_field_wanted(r, name, ""))
		csv_raw(&r->csv, "");
}

static void csv_rows(struct record *r, uint32_t n, record_row *row, const void *ctx)
{
	r->as = RECORD_NAMES;
	row(r, ctx, 0);
	csv_end_row(&r->csv);
	r->as = RECORD_VALUES;
	for (uint32_t i = 0; i < n; i++) {
		row(r, ctx, i);
		csv_end_row(&r->csv);
	}
}

void record_rows(struct record *r, const char *name, uint32_t n, record_row *row, const void *ctx, bool flat)
{
	if (r->as != RECORD_JSON) {
		csv_rows(r, n, row, ctx);
		return;
	}
	record_arr(r, name, "");
	for (uint32_t i = 0; i < n; i++) {
		if (flat)
			record_flat(r);
		record_obj(r, NULL);
		row(r, ctx, i);
		record_end_obj(r);
	}
	record_end_arr(r);
}
