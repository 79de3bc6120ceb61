#include "tui/screens/dash_export.h"

#include <stdio.h>

#include "core/base/utf8.h"
#include "core/report/record.h"

bool dash_export_standings(const struct dash *d, enum export_format format, struct buf *out, struct err *err)
{
	return view_report(d->view, report_standings, NO_CAR, format, out, err);
}

bool dash_export_compare(const struct dash *d, enum export_format format, struct buf *out, struct err *err)
{
	if (!d->view->paired)
		return err_set(err, ERR_NOT_FOUND, "there is only one car: nothing is compared");
	return view_report(d->view, report_compare, NO_CAR, format, out, err);
}

bool dash_export_coach(const struct dash *d, enum export_format format, struct buf *out, struct err *err)
{
	if (!d->view->paired)
		return err_set(err, ERR_NOT_FOUND, "there is only one car: there are no notes");
	return view_report(d->view, report_coach, NO_CAR, format, out, err);
}

/* The season's places: one row a driver and race, as the pane has them. */
struct season_ctx {
	const struct season_table *t;
};

static void season_record(struct record *r, const void *ctx, uint32_t i)
{
	static const char *const from[] = {NULL, "session", "season json"};
	const struct season_table *t = ((const struct season_ctx *)ctx)->t;
	const struct season_row *row = t->nrows ? &t->rows[i / t->nraces] : NULL;
	const struct season_race *race = t->nraces ? &t->races[i % t->nraces] : NULL;
	const struct season_cell *cell = row ? &row->cell[i % t->nraces] : NULL;

	record_text(r, "number", row ? row->number : NULL);
	record_text(r, "driver", row ? row->name : NULL);
	record_text(r, "track", race ? race->track : NULL);
	record_count(r, "race", race ? race->number : 0);
	record_count(r, "place", cell ? cell->place : 0);
	record_bool(r, "retired", cell && cell->retired);
	record_word(r, "from", cell ? from[cell->from] : NULL);
}

static bool season_text(const struct season_table *t, struct buf *out)
{
	for (uint32_t i = 0; i < t->nrows; i++) {
		buf_fmt(out, "%-6s ", t->rows[i].number);
		text_cut(out, str_from(t->rows[i].name), 20, false, true);
		for (uint32_t k = 0; k < t->nraces; k++) {
			const struct season_cell *c = &t->rows[i].cell[k];
			if (c->place)
				buf_fmt(out, "  %s%d %u%s", t->races[k].code, t->races[k].number, c->place,
					c->retired ? "R" : "");
		}
		buf_char(out, '\n');
	}
	return !out->failed;
}

bool dash_export_season(const struct dash *d, enum export_format format, struct buf *out, struct err *err)
{
	const struct season_ctx ctx = {d->view->season};
	struct record r;

	if (format == EXPORT_TEXT)
		return season_text(ctx.t, out) || err_set(err, ERR_NOMEM, "the season is too large to write");
	record_init(&r, out, format == EXPORT_CSV);
	record_obj(&r, NULL);
	record_rows(&r, "places", ctx.t->nrows * ctx.t->nraces, season_record, &ctx, true);
	record_end_obj(&r);
	record_release(&r);
	return !out->failed || err_set(err, ERR_NOMEM, "the season is too large to write");
}
