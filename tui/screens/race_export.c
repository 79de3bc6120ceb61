/* Panes of the race screen as files: the answer of the command that shows the same, or rows of their own. */
#include <stdio.h>
#include <string.h>

#include "core/report/record.h"
#include "tui/screens/race.h"

bool race_export_tower(const struct race *r, enum export_format format, struct buf *out, struct err *err)
{
	return view_report(r->view, report_standings, NO_CAR, format, out, err);
}

bool race_export_laps(const struct race *r, enum export_format format, struct buf *out, struct err *err)
{
	return view_report(r->view, report_laps, r->focus == RACE_SECTORS ? race_car(r) : NO_CAR, format, out, err);
}

bool race_export_stints(const struct race *r, enum export_format format, struct buf *out, struct err *err)
{
	return view_report(r->view, report_stints, NO_CAR, format, out, err);
}

/* One row a car and lap: place, gap to what the chart starts from. Cars as the charts have them. */
struct gap_rows {
	const struct race *r;
	struct gap_base base;
	uint32_t n;
	uint32_t *lap; /* indexes into session.laps */
};

static bool gap_rows_make(const struct race *r, struct arena *a, struct gap_rows *g)
{
	const struct analysis *an = r->view->analysis;

	*g = (struct gap_rows){.r = r, .base = race_gap_base(r), .lap = ARENA_ARRAY(a, an->session->laps.n, uint32_t)};
	if (!g->lap)
		return false;
	for (uint32_t i = 0; i < r->ncars; i++)
		for (uint32_t k = 0; k < car_seen(an, r->cars[i]); k++)
			g->lap[g->n++] = car_first(an, r->cars[i]) + k;
	return true;
}

static void gap_record(struct record *rec, const void *ctx, uint32_t i)
{
	const struct gap_rows *g = ctx;
	const struct analysis *an = g->r->view->analysis;
	bool there = i < g->n;
	uint32_t lap = there ? g->lap[i] : 0;
	char base[40];

	race_base_words(g->r, base);
	record_text(rec, "car", there ? an->session->cars[an->session->laps.car[lap]].id : NULL);
	record_count(rec, "lap", there ? an->session->laps.number[lap] : 0);
	record_count(rec, "position", there ? an->order.lap[lap].position : 0);
	record_text(rec, "gap_to", base);
	record_time(rec, "gap", there ? gap_at(an, &g->base, lap) : MS_NONE);
	record_bool(rec, "caution", there && lap_under_caution(&an->classes.lap[lap]));
}

static bool gap_text(const struct gap_rows *g, struct buf *out)
{
	const struct analysis *an = g->r->view->analysis;
	char base[40], t[NUM_LEN];

	race_base_words(g->r, base);
	buf_fmt(out, "gap to %s\n", base);
	for (uint32_t i = 0; i < g->n; i++) {
		uint32_t lap = g->lap[i];
		buf_fmt(out, "%-8s L%-4u P%-3u %12s%s\n", an->session->cars[an->session->laps.car[lap]].id,
			an->session->laps.number[lap], an->order.lap[lap].position,
			diff_str(t, gap_at(an, &g->base, lap)),
			lap_under_caution(&an->classes.lap[lap]) ? "  caution" : "");
	}
	return !out->failed;
}

static bool rows_out(const char *name, uint32_t n, record_row *row, const void *ctx, enum export_format format,
		     struct buf *out, struct err *err)
{
	struct record rec;

	record_init(&rec, out, format == EXPORT_CSV);
	record_obj(&rec, NULL);
	record_rows(&rec, name, n, row, ctx, true);
	record_end_obj(&rec);
	record_release(&rec);
	return !out->failed || err_set(err, ERR_NOMEM, "this pane is too large to write");
}

bool race_export_gaps(const struct race *r, enum export_format format, struct buf *out, struct err *err)
{
	struct arena *a = arena_new(0);
	struct gap_rows g;
	bool ok = a && gap_rows_make(r, a, &g);

	if (!ok)
		err_set(err, ERR_NOMEM, "no memory to write this pane");
	else if (format == EXPORT_TEXT)
		ok = gap_text(&g, out) || err_set(err, ERR_NOMEM, "this pane is too large to write");
	else
		ok = rows_out("gaps", g.n, gap_record, &g, format, out, err);
	arena_free(a);
	return ok;
}

static void event_record(struct record *rec, const void *ctx, uint32_t i)
{
	const struct race *r = ctx;
	const struct event *e = i < r->view->events.n ? &r->view->events.at[i] : NULL;
	char words[96] = "";

	if (e)
		event_words(r->view->session, e, words);
	record_time(rec, "elapsed", e ? e->at : MS_NONE);
	record_count(rec, "lap", e ? e->lap : 0);
	record_text(rec, "car", e && e->car != NO_CAR ? r->view->session->cars[e->car].id : NULL);
	record_text(rec, "what", words);
}

bool race_export_events(const struct race *r, enum export_format format, struct buf *out, struct err *err)
{
	const struct events *ev = &r->view->events;
	char words[96], t[NUM_LEN];

	if (format != EXPORT_TEXT)
		return rows_out("events", ev->n, event_record, r, format, out, err);
	for (uint32_t i = 0; i < ev->n; i++) {
		event_words(r->view->session, &ev->at[i], words);
		buf_fmt(out, "%12s  L%-4u %s\n", time_str(t, ev->at[i].at), ev->at[i].lap, words);
	}
	return !out->failed || err_set(err, ERR_NOMEM, "this pane is too large to write");
}
