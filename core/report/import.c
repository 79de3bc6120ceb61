#include "core/report/import.h"

#include <string.h>

#include "core/base/utf8.h"
#include "core/report/columns.h"
#include "core/report/shapes.h"
#include "core/telemetry/text.h"

enum { SAID_OF_A_FILE = 5, TIME_LEN = 25, LINE_WIDTH = 100 };

struct ctx {
	const struct imported *list;
	uint32_t n;
};

/* --- JSON, CSV ----------------------------------------------------------------------- */

static void channels(struct record *r, const char *name, const struct tel_car *c, bool there)
{
	record_list(r, name);
	for (int k = 0; k < TEL_CHANNELS; k++)
		if ((c->channels >> k & 1u) == (there ? 1u : 0u))
			record_word(r, NULL, tel_channel_name((enum tel_channel)k));
	record_end_list(r);
}

static void car_members(struct record *r, const struct tel_import *i, const struct tel_car *c)
{
	char from[TIME_LEN], to[TIME_LEN];

	record_text(r, "file", i->name);
	record_text(r, "chassis", c->chassis);
	record_text(r, "number", c->number);
	record_text(r, "spellings", c->numbers);
	record_text(r, "event", c->event);
	record_text(r, "race", c->race);
	record_word(r, "from", tel_time_str(from, c->first_ms));
	record_word(r, "to", tel_time_str(to, c->last_ms));
	record_bool(r, "clock", c->has_clock);
	if (c->has_clock)
		record_dec(r, "offset", (double)c->offset_ms / 1e3, 3);
	else
		record_null(r, "offset");
	record_int(r, "runs", c->runs);
	record_int(r, "days", c->days);
	record_tel_counts(r, &c->counts);
	channels(r, "channels", c, true);
	channels(r, "missing", c, false);
}

/* Car i of all files. */
static void car_row(struct record *r, const void *ctx, uint32_t i)
{
	static const struct tel_import nothing = {.name = ""};
	static const struct tel_car nobody = {.chassis = "", .number = "", .numbers = "", .event = "", .race = ""};
	const struct ctx *c = ctx;

	for (uint32_t k = 0; k < c->n; k++) {
		if (i < c->list[k].what->ncars) {
			car_members(r, c->list[k].what, &c->list[k].what->car[i]);
			return;
		}
		i -= c->list[k].what->ncars;
	}
	car_members(r, &nothing, &nobody);
}

static void file_row(struct record *r, const void *ctx, uint32_t k)
{
	const struct ctx *c = ctx;
	const struct tel_import *i = c->list[k].what;

	record_text(r, "file", i->name);
	record_word(r, "shape", tel_shape_name(i->shape));
	record_count(r, "size", i->size);
	record_int(r, "rows", (int64_t)i->rows);
	record_int(r, "refused", (int64_t)i->refused);
	record_int(r, "ms", (int64_t)c->list[k].ms);
	record_list(r, "problems");
	for (uint32_t p = 0; p < i->problems.n; p++) {
		record_flat(r);
		record_obj(r, NULL);
		record_count(r, "line", i->problems.at[p].line);
		record_text(r, "why", i->problems.at[p].why);
		record_end_obj(r);
	}
	record_end_list(r);
}

static uint32_t cars_of(const struct ctx *c)
{
	uint32_t n = 0;

	for (uint32_t k = 0; k < c->n; k++)
		n += c->list[k].what->ncars;
	return n;
}

static void as_json(struct record *r, const struct ctx *c, const char *store, const char *note)
{
	uint64_t rows = 0, refused = 0;

	record_obj(r, NULL);
	record_null(r, "session");
	record_obj(r, "source");
	record_word(r, "kind", "csv");
	record_list(r, "files");
	for (uint32_t k = 0; k < c->n; k++) {
		record_text(r, NULL, c->list[k].what->name);
		rows += c->list[k].what->rows;
		refused += c->list[k].what->refused;
	}
	record_end_list(r);
	record_int(r, "rows", (int64_t)rows);
	record_int(r, "refused", (int64_t)refused);
	record_end_obj(r);
	record_list(r, "warnings");
	if (note)
		record_word(r, NULL, note);
	record_end_list(r);
	record_text(r, "store", store);
	record_rows(r, "files", c->n, file_row, c, false);
	record_rows(r, "cars", cars_of(c), car_row, c, true);
}

/* --- Text ------------------------------------------------------------------------------ */

static void clock_words(struct columns *t, const struct tel_car *c)
{
	char from[TIME_LEN], to[TIME_LEN];

	tel_time_str(from, c->first_ms);
	tel_time_str(to, c->last_ms);
	columns_word(t, "%.10s", from);
	columns_word(t, "%.8s", from + 11);
	if (c->days > 1)
		columns_word(t, "%.5s %.8s", to + 5, to + 11);
	else
		columns_word(t, "%.8s", to + 11);
}

static void cars_text(const struct tel_import *i, const struct report_in *in, struct buf *out)
{
	struct columns t;

	columns_begin(&t, out, in->ascii,
		      "Car Chassis Day From_UTC To Rows> Refused> Doubled> Conflict> Back> No_lap> Old_lap> Bursts> "
		      "Gaps> Runs>");
	for (uint32_t k = 0; k < i->ncars; k++) {
		const struct tel_car *c = &i->car[k];
		columns_text(&t, c->numbers);
		columns_text(&t, c->chassis);
		clock_words(&t, c);
		columns_int(&t, (int64_t)c->counts.rows);
		columns_count(&t, (int64_t)c->counts.refused);
		columns_count(&t, (int64_t)c->counts.duplicates);
		columns_count(&t, (int64_t)c->counts.conflicts);
		columns_count(&t, (int64_t)c->counts.backward);
		columns_count(&t, (int64_t)c->counts.lap_unknown);
		columns_count(&t, (int64_t)c->counts.lap_stale);
		columns_count(&t, (int64_t)c->counts.bursts);
		columns_count(&t, (int64_t)c->counts.drop_outs);
		columns_int(&t, c->runs);
	}
	columns_end(&t, 0);
}

static void missing_text(const struct tel_car *c, const struct report_in *in, struct buf *out)
{
	struct buf line;

	buf_init(&line, 4096);
	text_clean(&line, str_from(c->number[0] ? c->number : c->chassis), in->ascii);
	buf_str(&line, ": no");
	for (int k = 0; k < TEL_CHANNELS; k++)
		if (!(c->channels >> k & 1u))
			buf_fmt(&line, " %s", tel_channel_name((enum tel_channel)k));
	if (!c->has_clock)
		buf_str(&line, "; no clock of the car: values over distance, no delta");
	report_wrap(out, line.p ? line.p : "", 2, LINE_WIDTH, in->ascii);
	buf_release(&line);
}

/* Cars that lack the same are told once. */
static void all_missing_text(const struct tel_import *i, const struct report_in *in, struct buf *out)
{
	const uint32_t every = (1u << TEL_CHANNELS) - 1;
	uint32_t common = every;
	bool same = i->ncars > 1;

	for (uint32_t k = 0; k < i->ncars; k++) {
		same = same && i->car[k].channels == i->car[0].channels && i->car[k].has_clock == i->car[0].has_clock;
		common &= i->car[k].channels;
	}
	if (common == every)
		return;
	buf_str(out, "\nchannels missing:\n");
	if (same) {
		struct tel_car all = i->car[0];
		all.number = "every car";
		missing_text(&all, in, out);
		return;
	}
	for (uint32_t k = 0; k < i->ncars; k++)
		if (i->car[k].channels != every)
			missing_text(&i->car[k], in, out);
}

static void problems_text(const struct tel_import *i, const struct report_in *in, struct buf *out)
{
	const struct diag_list *l = &i->problems;

	for (uint32_t k = 0; k < l->n && k < SAID_OF_A_FILE; k++) {
		buf_fmt(out, "refused: ");
		text_clean(out, str_from(l->at[k].file), in->ascii);
		buf_fmt(out, ":%u: ", l->at[k].line);
		text_clean(out, str_from(l->at[k].why), in->ascii);
		buf_char(out, '\n');
	}
	if (l->total > SAID_OF_A_FILE)
		buf_fmt(out, "... and %llu more (--format json tells the first %d)\n",
			(unsigned long long)(l->total - SAID_OF_A_FILE), DIAG_KEPT);
}

static void file_text(const struct imported *one, const struct report_in *in, struct buf *out)
{
	const struct tel_import *i = one->what;

	text_clean(out, str_from(i->name), in->ascii);
	buf_fmt(out, ": %llu rows (%s), %llu refused, %u car%s, %.1f s\n\n", (unsigned long long)i->rows,
		tel_shape_name(i->shape), (unsigned long long)i->refused, i->ncars, i->ncars == 1 ? "" : "s",
		one->ms / 1e3);
	cars_text(i, in, out);
	all_missing_text(i, in, out);
	if (i->problems.total > 0)
		buf_char(out, '\n');
	problems_text(i, in, out);
}

bool report_import(const struct report_in *in, const char *store, const char *note, const struct imported *list,
		   uint32_t n, struct buf *out, struct err *err)
{
	const struct ctx c = {list, n};
	struct record r;

	if (in->format == REPORT_TEXT) {
		for (uint32_t k = 0; k < n; k++) {
			file_text(&list[k], in, out);
			buf_char(out, '\n');
		}
		if (note)
			buf_fmt(out, "%s\n", note);
		buf_str(out, "in the store ");
		text_clean(out, str_from(store), in->ascii);
		buf_char(out, '\n');
		return answer_is_whole(out, err);
	}
	record_init(&r, out, in->format == REPORT_CSV);
	if (in->format == REPORT_CSV)
		record_rows(&r, "cars", cars_of(&c), car_row, &c, true);
	else
		as_json(&r, &c, store, note);
	return answer_end(&r, err);
}
