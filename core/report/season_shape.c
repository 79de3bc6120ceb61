#include "core/report/season_shape.h"

#include <math.h>
#include <string.h>

#include "core/base/utf8.h"

static const struct season_row *row_of(const struct report_in *in, uint32_t row)
{
	return row < in->book->table.nrows ? &in->book->table.rows[row] : NULL;
}

void record_who(struct record *r, const struct report_in *in, uint32_t row)
{
	const struct season_row *d = row_of(in, row);

	record_text(r, "id", d ? in->book->id[row] : NULL);
	record_text(r, "number", d ? d->number : NULL);
	record_text(r, "name", d ? d->name : NULL);
}

void record_skill(struct record *r, const struct skill *k)
{
	record_obj(r, "factors");
	for (int f = 0; f < FACTORS; f++)
		record_dec(r, factor_key((enum factor)f), k && k->known ? k->percentile[f] : (double)NAN, 2);
	record_end_obj(r);
	record_word(r, "factors_from", !k || !k->known ? NULL : k->computed ? "computed" : "driver_factors.json");
}

void record_fit(struct record *r, const char *name, double fit)
{
	record_dec(r, name, fit, 1);
}

const char *line_from(const struct season_line *l)
{
	return l->from == FROM_SESSION ? "session" : l->from == FROM_JSON ? "season json" : NULL;
}

static void record_gained(struct record *r, const struct season_line *l)
{
	if (l && l->has_gained)
		record_int(r, "gained", l->gained);
	else
		record_null(r, "gained");
}

void record_line(struct record *r, const struct season_line *l)
{
	record_text(r, "track", l ? l->track : NULL);
	record_count(r, "race", l ? l->race : 0);
	record_bool(r, "started", l && l->started);
	record_count(r, "grid", l ? l->grid : 0);
	record_count(r, "finish", l ? l->finish : 0);
	record_gained(r, l);
	record_time(r, "best", l ? l->best : MS_NONE);
	record_bool(r, "fastest", l && l->fastest);
	record_time(r, "qualifying", l ? l->qualifying : MS_NONE);
	record_count(r, "laps", l ? l->laps : 0);
	record_text(r, "gap", l ? l->gap : NULL);
	record_time(r, "gap_computed", l ? l->gap_time : MS_NONE);
	record_text(r, "status", l ? l->status : NULL);
	record_bool(r, "retired", l && l->retired);
	record_word(r, "from", l ? line_from(l) : NULL);
}

void who_text(struct buf *out, const struct report_in *in, uint32_t row)
{
	const struct season_row *d = &in->book->table.rows[row];

	buf_fmt(out, "%s ", in->book->id[row]);
	if (*d->name)
		text_clean(out, str_from(d->name), in->ascii);
	else
		buf_str(out, "(no name in any file)");
}

void season_footer(const struct report_in *in, struct buf *out)
{
	footer_text(in, out);
}

void columns_gained(struct columns *c, const struct season_line *l)
{
	columns_word(c, !l->has_gained ? "-" : l->gained ? "%+d" : "0", l->gained);
}

void columns_average(struct columns *c, double v, int decimals, bool sign)
{
	char t[NUM_LEN];

	dec_str(t, v, decimals);
	columns_word(c, "%s%s", sign && v > 0 && *t != '-' ? "+" : "", t);
}
