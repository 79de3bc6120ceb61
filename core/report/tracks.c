/* Tracks: what each asks for, as the JSON says it and as weights that sum to 1; which races are known there. */
#include <math.h>
#include <string.h>

#include "core/report/season_shape.h"

struct track_row {
	const char *id;
	const struct season_track *json;
};
struct ctx {
	const struct report_in *in;
	struct track_row *track;
	uint32_t n;
};

static bool gather(struct ctx *c, struct err *err)
{
	struct track_row t;

	while (season_book_track(c->in->book, c->n, &t.id, &t.json))
		c->n++;
	c->track = ARENA_ARRAY(c->in->arena, c->n, struct track_row);
	if (!c->track)
		return err_set(err, ERR_NOMEM, "no memory for the tracks");
	for (uint32_t i = 0; i < c->n; i++)
		season_book_track(c->in->book, i, &c->track[i].id, &c->track[i].json);
	return true;
}

static uint32_t races_at(const struct ctx *c, const char *track)
{
	const struct season_table *t = &c->in->book->table;
	uint32_t n = 0;

	for (uint32_t i = 0; i < t->nraces; i++)
		n += strcmp(t->races[i].track, track) == 0;
	return n;
}

static void record_factors(struct record *r, const char *name, const double v[FACTORS], int decimals)
{
	record_obj(r, name);
	for (int f = 0; f < FACTORS; f++)
		record_dec(r, factor_key((enum factor)f), v ? v[f] : (double)NAN, decimals);
	record_end_obj(r);
}

static void track_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct track_row *t = i < c->n ? &c->track[i] : NULL;
	double weight[FACTORS];
	bool known = t && t->json && track_weights(t->json, weight);

	record_text(r, "id", t ? t->id : NULL);
	record_text(r, "name", t && t->json ? t->json->name : NULL);
	record_int(r, "races", t ? races_at(c, t->id) : 0);
	record_factors(r, "demand", t && t->json ? t->json->demand : NULL, 3);
	record_factors(r, "weight", known ? weight : NULL, 4);
}

static void tracks_text(const struct ctx *ctx, struct buf *out)
{
	struct columns c;
	double weight[FACTORS];

	columns_begin(&c, out, ctx->in->ascii, "Track Name Races> Speed> Consistency> Racecraft> Tyres>");
	for (uint32_t i = 0; i < ctx->n; i++) {
		const struct track_row *t = &ctx->track[i];
		bool known = t->json && track_weights(t->json, weight);
		columns_text(&c, t->id);
		columns_text(&c, t->json ? t->json->name : NULL);
		columns_int(&c, races_at(ctx, t->id));
		for (int f = 0; f < FACTORS; f++)
			columns_average(&c, known ? 100 * weight[f] : (double)NAN, 1, false);
	}
	columns_end(&c, 0);
	buf_str(out, "\ndemand in % of the four, of dashboardData.json; a demand below zero counts as none\n");
	season_footer(ctx->in, out);
}

bool report_tracks(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx c = {.in = in};
	struct record r;

	if (!gather(&c, err))
		return false;
	if (in->format == REPORT_TEXT) {
		tracks_text(&c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	record_rows(&r, "tracks", c.n, track_record, &c, true);
	return answer_end(&r, err);
}
