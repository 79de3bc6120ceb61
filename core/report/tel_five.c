/* The best five laps of one car against the best five of another, corner by corner. */
#include <math.h>
#include <stdlib.h>

#include "core/report/columns.h"
#include "core/report/tel_corners.h"

static void two_record(struct record *r, const char *name, const struct tel_two *t, int decimals)
{
	record_obj(r, name);
	record_dec(r, "diff", t->diff, decimals);
	record_bool(r, "told", t->told);
	corner_range_record(r, "a", &t->ref, decimals);
	corner_range_record(r, "b", &t->you, decimals);
	record_end_obj(r);
}

void five_record(struct record *r, const void *ctx, uint32_t i)
{
	static const struct tel_five_row none = {.lost = NAN};
	const struct corners_ctx *c = ctx;
	const struct tel_five_row *row = i < c->five.n ? &c->five.row[i] : &none;

	corner_record(r, asked_corner(c, row->corner));
	record_dec(r, "lost", row->lost, 3);
	record_bool(r, "claim", row->claim);
	record_int(r, "slower", row->slower);
	two_record(r, "time", &row->fig[FIG_LOST], 3);
	two_record(r, "in", &row->fig[FIG_IN], 3);
	two_record(r, "out", &row->fig[FIG_OUT], 3);
	two_record(r, "min", &row->fig[FIG_MIN], 1);
	two_record(r, "brake", &row->fig[FIG_BRAKE], 1);
	two_record(r, "peak", &row->fig[FIG_PEAK], 1);
	two_record(r, "gas", &row->fig[FIG_GAS], 1);
	two_record(r, "entry", &row->fig[FIG_ENTRY], 1);
	two_record(r, "exit", &row->fig[FIG_EXIT], 1);
}

static void side_record(struct record *r, const char *name, const struct tel_side *s)
{
	record_list(r, name);
	for (unsigned i = 0; i < s->n; i++)
		record_int(r, NULL, s->lap[i]);
	record_end_list(r);
}

void five_head_record(struct record *r, const struct tel_five *f)
{
	side_record(r, "laps_a", &f->ref);
	side_record(r, "laps_b", &f->you);
	record_dec(r, "residual", f->residual, 3);
	record_dec(r, "check", f->check, 3);
	record_dec(r, "floor", f->floor, 3);
	record_text(r, "why", f->why);
}

static void side_text(const struct corners_ctx *c, const struct tel_side *s, struct buf *out)
{
	buf_fmt(out, "%s laps", c->in->session->cars[s->car].id);
	for (unsigned i = 0; i < s->n; i++)
		buf_fmt(out, " %u", (unsigned)s->lap[i]);
}

static void diff_text(struct columns *t, const struct tel_two *x, int decimals)
{
	char text[NUM_LEN];

	dec_str(text, x->diff, decimals);
	columns_word(t, "%s%s%s", strtod(text, NULL) > 0 ? "+" : "", text, x->told ? "*" : " ");
}

void five_text(const struct corners_ctx *c, struct buf *out)
{
	const struct tel_five *f = &c->five;
	struct columns t;

	side_text(c, &f->you, out);
	buf_str(out, " minus ");
	side_text(c, &f->ref, out);
	if (!f->known) {
		buf_fmt(out, "\n%s\n", f->why);
		return;
	}
	if (isinf(f->floor))
		buf_str(out, "; no corner is claimed (marked ~): no official loop checks the distance\n");
	else
		buf_fmt(out, "; no corner is claimed under %.3f s (marked ~)\n", f->floor);
	columns_begin(&t, out, c->in->ascii, "# apex> lost> slower> in> out> km/h> brake> bar> gas> entry> exit>");
	for (uint32_t i = 0; i < f->n; i++) {
		const struct tel_five_row *r = &f->row[i];

		columns_word(&t, "%s%s", asked_corner(c, r->corner)->id, r->claim ? "" : "~");
		columns_dec(&t, asked_corner(c, r->corner)->apex, 0);
		diff_text(&t, &r->fig[FIG_LOST], 3);
		columns_word(&t, "%u of %u", r->slower, r->fig[FIG_LOST].you.n);
		diff_text(&t, &r->fig[FIG_IN], 3);
		diff_text(&t, &r->fig[FIG_OUT], 3);
		diff_text(&t, &r->fig[FIG_MIN], 1);
		diff_text(&t, &r->fig[FIG_BRAKE], 0);
		diff_text(&t, &r->fig[FIG_PEAK], 0);
		diff_text(&t, &r->fig[FIG_GAS], 0);
		diff_text(&t, &r->fig[FIG_ENTRY], 1);
		diff_text(&t, &r->fig[FIG_EXIT], 1);
	}
	columns_end(&t, 0);
	buf_str(out, "medians of all laps that count; *: over its floor, and apart on all but one of the five\n");
}
