#include "tui/screens/why.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "tui/data.h"
#include "tui/screens/dash.h"

/* Every line is "label    text"; the label column is as wide as the longest of them. */
enum { LABEL = 10, WIDTH = 78 };

static void put(struct buf *b, const char *label, const char *fmt, ...) PRINTF_LIKE(3, 4);
static void put(struct buf *b, const char *label, const char *fmt, ...)
{
	va_list ap;

	buf_fmt(b, "%-*s", LABEL, label);
	va_start(ap, fmt);
	buf_vfmt(b, fmt, ap);
	va_end(ap);
	buf_char(b, '\n');
}

static const char *lap_file(const struct session *s)
{
	for (uint32_t i = 0; i < s->files.n; i++)
		if (s->files.at[i].role == ROLE_LAPS && s->files.at[i].state == FILE_USED)
			return path_base(s->files.at[i].path);
	return "?";
}

/* First and last line a car's laps stand on. */
static void car_lines(const struct view *v, uint32_t car, uint32_t *lo, uint32_t *hi)
{
	uint32_t first = car_first(v->analysis, car), n = car_seen(v->analysis, car);

	*lo = UINT32_MAX;
	*hi = 0;
	for (uint32_t i = first; i < first + n; i++) {
		uint32_t line = v->session->laps.line[i];
		*lo = line < *lo ? line : *lo;
		*hi = line > *hi ? line : *hi;
	}
}

static void put_file(struct buf *b, const struct view *v, uint32_t car, uint32_t other)
{
	uint32_t lo, hi;

	put(b, "file", "%s", lap_file(v->session));
	car_lines(v, car, &lo, &hi);
	put(b, "", "%s: lines %u to %u", v->session->cars[car].id, lo, hi);
	if (other != car) {
		car_lines(v, other, &lo, &hi);
		put(b, "", "%s: lines %u to %u", v->session->cars[other].id, lo, hi);
	}
	put(b, "", "%llu rows refused, %u identical rows dropped", (unsigned long long)v->session->refused.total,
	    v->session->duplicate_rows);
}

/* "lap 1 (first), 12 (caution), 13 (caution)" of a car, wrapped under the label. */
static void put_left_out(struct buf *b, const struct view *v, uint32_t car)
{
	uint32_t first = car_first(v->analysis, car), n = car_seen(v->analysis, car), used = 0;
	char line[WIDTH + 1];
	size_t len = 0;
	const char *label = "left out";

	for (uint32_t i = first; i < first + n; i++) {
		const struct lap_class *c = &v->analysis->classes.lap[i];
		char item[40];
		if (c->status == LAP_CLEAN || c->status == LAP_FUTURE)
			continue;
		int w = snprintf(item, sizeof(item), "%s%u (%s)", used++ ? ", " : "lap ", v->session->laps.number[i],
				 lap_status_name(c->status));
		if (len + (size_t)w > WIDTH - LABEL) {
			put(b, label, "%.*s", (int)len, line);
			label = "";
			len = 0;
		}
		memcpy(line + len, item, (size_t)w + 1);
		len += (size_t)w;
	}
	if (len)
		put(b, label, "%.*s", (int)len, line);
	else
		put(b, label, "nothing");
	for (uint32_t i = 0; i < v->shared->nexcluded; i++)
		if (strcmp(v->shared->excluded[i].car, v->session->cars[car].id) == 0)
			put(b, "by hand", "lap %u: %s", v->shared->excluded[i].lap, v->shared->excluded[i].why);
}

static void put_command(struct buf *b, const struct view *v, const char *fmt, ...) PRINTF_LIKE(3, 4);
static void put_command(struct buf *b, const struct view *v, const char *fmt, ...)
{
	va_list ap;

	(void)v;
	buf_str(b, "\nSame figures as text\n");
	buf_fmt(b, "%*s", LABEL, "");
	va_start(ap, fmt);
	buf_vfmt(b, fmt, ap);
	va_end(ap);
	buf_char(b, '\n');
}

/* A car ------------------------------------------------------------------------------------------*/

static void put_best(struct buf *b, const struct view *v, uint32_t car)
{
	const struct car_best *cb = &v->analysis->bests.car[car];
	char t[NUM_LEN], u[NUM_LEN];

	if (cb->best.time == MS_NONE) {
		put(b, "best", "no timed lap");
		return;
	}
	int64_t lap = session_lap(v->session, car, cb->best.lap);
	put(b, "best", "%s on lap %u, line %u", time_str(t, cb->best.time), cb->best.lap,
	    lap >= 0 ? v->session->laps.line[lap] : 0);
	put(b, "rule",
	    cb->marked ? "the lap the officials marked as best (LAP_IMPROVEMENT 2 or 3)"
		       : "the fastest lap driven: no lap of this car is marked as official best");
	for (uint32_t i = 0; i < cb->ndeleted; i++)
		put(b, "deleted?", "lap %u, %s: as fast, but not counted by the officials", cb->deleted[i].lap,
		    time_str(u, cb->deleted[i].time));
	if (cb->ideal == MS_NONE)
		return;
	put(b, "ideal", "%s: best sectors of laps %u, %u, %u (not first, in or out)%s", time_str(t, cb->ideal),
	    cb->part[0].lap, cb->part[1].lap, cb->part[2].lap, cb->ideal_over_best ? "; the best lap has" : "");
	if (cb->ideal_over_best)
		put(b, "", "sectors the file does not give, so the ideal is slower than the best");
	if (cb->rolling != MS_NONE)
		put(b, "rolling", "%s driven in one go, laps %u to %u", time_str(t, cb->rolling), cb->rolling_from,
		    cb->rolling_to);
}

static void put_pace(struct buf *b, const struct view *v, uint32_t car)
{
	const struct pace *p = &v->analysis->paces.car[car].all;
	char t[NUM_LEN], q[NUM_LEN], r[NUM_LEN];

	if (p->n == 0) {
		put(b, "pace", "no clean lap");
		return;
	}
	put(b, "pace", "%s median of %u clean laps of %u (quartiles %s, %s)", time_str(t, p->median), p->n,
	    car_seen(v->analysis, car), time_str(q, p->q1), time_str(r, p->q3));
	put(b, "rule", "clean: timed, not lap 1, in, out or caution, and under 107 %% of the");
	put(b, "", "best of those. FastF1 pick_quicklaps, refined");
	if (p->n >= 2)
		put(b, "spread", "SD %.3f, MAD %.3f s, CV %.2f %%, %u laps off the pace", p->sd / 1000, p->mad / 1000,
		    p->cv, p->off);
}

static void put_official(struct buf *b, const struct view *v, uint32_t car)
{
	const struct car *c = &v->session->cars[car];
	const struct official *o = car_official(c);
	char t[NUM_LEN];
	ms_t penalty;

	if (!o) {
		put(b, "place", "as driven: no results file is attached to this session");
		return;
	}
	put(b, "official", "P%d, %s, line %u of the %s file", o->position, *o->status ? o->status : "no status",
	    o->line, c->final.present ? "results" : "provisional results");
	penalty = car_penalty(v->session, c);
	if (penalty != MS_NONE && penalty != 0)
		put(b, "penalty", "%s s: official total minus the last ELAPSED", diff_str(t, penalty));
	if (c->grid)
		put(b, "grid", "%d in the qualifying file, %s", c->grid, time_str(t, c->grid_time));
}

bool why_car(const struct view *v, uint32_t car, char title[80], struct buf *out)
{
	const struct car *c = &v->session->cars[car];

	snprintf(title, 80, "Why  %.20s %.40s", c->id, c->driver);
	put_official(out, v, car);
	put_best(out, v, car);
	put_pace(out, v, car);
	put_left_out(out, v, car);
	put_file(out, v, car, car);
	put_command(out, v, "pitwall standings %s --format json   cars[] id \"%s\"", v->session->id, c->id);
	return true;
}

/* A lap ------------------------------------------------------------------------------------------*/

static const char *status_reason(enum lap_status s)
{
	switch (s) {
	case LAP_CLEAN:
		return "used: clean";
	case LAP_EXCLUDED:
		return "left out by hand";
	case LAP_NO_TIME:
		return "left out: no time";
	case LAP_FIRST:
		return "left out of pace: lap 1";
	case LAP_IN:
		return "left out of pace: in-lap (it crossed the line in the pit lane)";
	case LAP_OUT:
		return "left out of pace: out-lap";
	case LAP_CAUTION:
		return "left out of pace: caution at its start or end";
	case LAP_SLOW:
		return "left out of pace: 107 % of the car's best or slower";
	default:
		return "not driven yet";
	}
}

static void put_parts(struct buf *b, const struct laps *l, uint32_t i)
{
	char a[NUM_LEN], c[NUM_LEN], d[NUM_LEN];

	put(b, "sectors", "S1 %s  S2 %s  S3 %s", time_str(a, l->sector[0][i]), time_str(c, l->sector[1][i]),
	    time_str(d, l->sector[2][i]));
	if (l->sector[0][i] != MS_NONE && l->sector[1][i] != MS_NONE && l->sector[2][i] != MS_NONE)
		put(b, "checks", "S1 + S2 + S3 = lap: %s",
		    (int64_t)l->sector[0][i] + l->sector[1][i] + l->sector[2][i] == l->time[i] ? "exact" : "NOT equal");
}

bool why_lap(const struct view *v, uint32_t i, char title[80], struct buf *out)
{
	const struct laps *l = &v->session->laps;
	const struct lap_class *c = &v->analysis->classes.lap[i];
	const struct lap_air *air = &v->analysis->order.air[i];
	const char *id = v->session->cars[l->car[i]].id;
	char t[NUM_LEN], e[NUM_LEN];

	snprintf(title, 80, "Why  lap %u of %.20s", l->number[i], id);
	put(out, "lap", "%s, elapsed %s", time_str(t, l->time[i]), time_str(e, l->elapsed[i]));
	put_parts(out, l, i);
	put(out, "status", "%s%s%s%s", status_reason(c->status), c->label ? " (" : "", lap_label_name(c->label),
	    c->label ? ")" : "");
	if (v->session->has_flags)
		put(out, "flag", "%s when it crossed the line",
		    *flag_name(l->flag[i]) ? flag_name(l->flag[i]) : "none");
	if (air->ahead != NO_CAR)
		put(out, "air", "began %s behind %s: %s", time_str(t, air->gap), v->session->cars[air->ahead].id,
		    air_name(air->air));
	if (v->analysis->bests.deleted[i])
		put(out, "deleted?", "driven this fast, but the officials do not count it");
	put(out, "stint", "%u", c->stint);
	put(out, "file", "%s, line %u", lap_file(v->session), l->line[i]);
	put_command(out, v, "pitwall laps %s --car %s --format json", v->session->id, id);
	return true;
}

/* Differences ------------------------------------------------------------------------------------*/

static ms_t pair_value(const struct lap_pair *p, const struct place_row *r)
{
	if (r->mini >= 0)
		return p->mini[r->mini];
	return r->sector >= 0 ? p->sector[r->sector] : p->delta;
}

static void put_values(struct buf *b, const ms_t *v, uint32_t n)
{
	enum { PER_LINE = 14 };
	char line[WIDTH + 1];

	for (uint32_t i = 0; i < n; i += PER_LINE) {
		size_t len = 0;
		for (uint32_t k = i; k < n && k < i + PER_LINE; k++)
			len += (size_t)snprintf(line + len, sizeof(line) - len, "%4d ",
						v[k] > 9999   ? 9999
						: v[k] < -999 ? -999
							      : v[k]);
		put(b, i == 0 ? "in order" : i == PER_LINE ? "ms" : "", "%s", line);
	}
}

static void put_interval(struct buf *b, const char *label, const struct interval *i)
{
	char m[NUM_LEN], lo[NUM_LEN], hi[NUM_LEN];

	if (i->n == 0)
		put(b, label, "no such laps");
	else if (i->lo_rank == 0)
		put(b, label, "%s s a lap, faster in %u of %u; too few laps for an interval", diff_str(m, i->median),
		    i->won, i->n);
	else
		put(b, label, "%s s a lap, %s to %s, faster in %u of %u", diff_str(m, i->median), diff_str(lo, i->low),
		    diff_str(hi, i->high), i->won, i->n);
}

static uint32_t clean_values(const struct comparison *c, const struct place_row *r, ms_t *v, uint32_t cap,
			     unsigned *from, unsigned *to)
{
	uint32_t n = 0;

	*from = *to = 0;
	for (uint32_t i = 0; i < c->npairs && n < cap; i++) {
		if (!c->pairs[i].clean || pair_value(&c->pairs[i], r) == MS_NONE)
			continue;
		*to = c->pairs[i].number;
		if (n == 0)
			*from = *to;
		v[n++] = pair_value(&c->pairs[i], r);
	}
	return n;
}

static void put_place_rule(struct buf *b, const struct place_row *r, unsigned rows)
{
	put(b, "rule", "median of the lap-by-lap differences, you minus ref; interval by the");
	put(b, "", "exact sign test, 95 %% for all %u rows together (Holm)", rows);
	if (r->all.lo_rank)
		put(b, "", "here the %u. and %u. of %u in order", r->all.lo_rank, r->all.hi_rank, r->all.n);
}

bool why_place(const struct view *v, uint32_t row, char title[80], struct buf *out)
{
	enum { MOST = 512 };
	const struct comparison *c = &v->cmp;
	const struct place_row *r;
	ms_t values[MOST];
	unsigned from, to;
	char t[NUM_LEN];

	if (row >= c->nrows)
		return false;
	r = &c->row[row];
	snprintf(title, 80, "Why  %.8s, you %.12s minus ref %.12s", r->name, v->session->cars[c->you].id,
		 v->session->cars[c->ref].id);
	put_interval(out, "figure", &r->all);
	put(out, "word", "%s", verdict_word(r->verdict));
	put_place_rule(out, r, c->nrows);
	uint32_t n = clean_values(c, r, values, MOST, &from, &to);
	if (n)
		put(out, "laps", "%u to %u, clean for both: %u", from, to, n);
	ms_sort(values, n);
	put_values(out, values, n);
	put_interval(out, "clear air", &r->clear);
	if (r->sector < 0 && r->mini < 0) {
		put_interval(out, "headline", &c->headline);
		put(out, "", "the lap asked about by itself, %s: the rows above are held together",
		    c->headline_clear ? "in clear air" : "all clean laps");
	}
	put(out, "sum", "%s s over these %u laps", diff_str(t, r->sum), n);
	put_left_out(out, v, c->you);
	put_file(out, v, c->you, c->ref);
	put_command(out, v, "pitwall compare %s %s %s --format json", v->session->id, v->session->cars[c->ref].id,
		    v->session->cars[c->you].id);
	return true;
}

static void put_pairs(struct buf *b, const struct view *v, const struct ledger_row *r)
{
	const struct laps *l = &v->session->laps;
	char a[NUM_LEN], c[NUM_LEN], d[NUM_LEN];

	for (uint32_t i = 0; i < r->n; i++) {
		const struct lap_pair *p = &v->cmp.pairs[r->pairs[i]];
		put(b, i ? "" : "laps", "%3u  %9s %9s  %9s   lines %u, %u", p->number, time_str(a, l->time[p->you]),
		    time_str(c, l->time[p->ref]), diff_str(d, p->delta), l->line[p->you], l->line[p->ref]);
	}
}

static const char *ledger_rule(enum ledger_kind k)
{
	switch (k) {
	case LEDGER_START:
		return "lap 1";
	case LEDGER_PIT:
		return "your in-laps and out-laps";
	case LEDGER_CAUTION:
		return "your laps with a caution at their start or end";
	case LEDGER_BEHIND:
		return "your laps that began within 1.0 s of that car";
	case LEDGER_CLEAR:
		return "your laps with nobody within 1.0 s at their start";
	case LEDGER_UNKNOWN:
		return "laps one of the two has no row for, and laps whose start is not known";
	case LEDGER_PENALTY:
		return "official total minus the last ELAPSED, you minus ref";
	default:
		return "";
	}
}

bool why_ledger(const struct view *v, uint32_t row, char title[80], struct buf *out)
{
	const struct comparison *c = &v->cmp;
	char t[NUM_LEN];

	if (row >= c->nledger)
		return false;
	const struct ledger_row *r = &c->ledger[row];
	snprintf(title, 80, "Why  %s, you %.12s minus ref %.12s", ledger_name(r->kind), v->session->cars[c->you].id,
		 v->session->cars[c->ref].id);
	put(out, "figure", "%s s over %u laps, faster on %u of them", diff_str(t, r->sum), r->n, r->faster);
	put(out, "rule", "%s", ledger_rule(r->kind));
	put(out, "", "an exact sum of lap differences: every lap stands in one row");
	put(out, "", "lap       you       ref       diff");
	put_pairs(out, v, r);
	put(out, "all rows", "%s s: the gap at the end", diff_str(t, c->ledger_sum));
	put_file(out, v, c->you, c->ref);
	put_command(out, v, "pitwall compare %s %s %s --format json   ledger[]", v->session->id,
		    v->session->cars[c->ref].id, v->session->cars[c->you].id);
	return true;
}

/* Season and notes -------------------------------------------------------------------------------*/

bool why_season(const struct view *v, uint32_t row, char title[80], struct buf *out)
{
	static const char *const from[] = {"not there", "session files", "season JSON"};
	const struct season_table *t = v->season;
	char d[NUM_LEN];

	if (row >= t->nrows)
		return false;
	const struct season_row *r = &t->rows[row];
	snprintf(title, 80, "Why  season of %.12s %.40s", r->number, r->name);
	put(out, "median", "%s of the places below", dec_str(d, r->median_finish, 1));
	put(out, "rule", "session files first; where there are none, the season's JSON, by track");
	put(out, "", "and race number (it has no order in time)");
	put(out, "retired", "under 75 %% of the winner's laps (the JSON's dnfs are 0 for all)");
	for (uint32_t i = 0; i < t->nraces; i++) {
		const struct season_cell *c = &r->cell[i];
		if (c->place || c->retired)
			put(out, i ? "" : "places", "%-14s race %d   P%-3u %-8s  %s", t->races[i].track,
			    t->races[i].number, c->place, c->retired ? "retired" : "", from[c->from]);
	}
	if (r->json)
		put(out, "JSON", "driver %s of driver_season_stats.json, driver_race_results.json", r->json->number);
	return true;
}

enum { STRIP = 56 };

/* Both distributions over one scale, one under the other: how many laps fall into each column. */
static void put_strips(struct buf *b, const struct note *n)
{
	const struct note_side *const side[] = {&n->of_you, &n->of_ref};
	char strip[STRIP + 1], t[NUM_LEN], u[NUM_LEN];
	ms_t least, most;

	note_range(n, &least, &most);
	if (least == MS_NONE || n->of_you.n < 2)
		return;
	for (int i = 0; i < 2; i++) {
		note_strip(n, side[i], STRIP, strip);
		if (*strip)
			put(b, i ? "" : "laps in", "%s %s", strip, i ? "ref" : "you");
	}
	put(b, "", "%-*s%*s", STRIP / 2, time_str(t, least), STRIP - STRIP / 2, time_str(u, most));
}

/* "L2 26.505 line 84": lap, time of the place and line. */
static void put_side(struct buf *b, const char *label, const struct note_side *s)
{
	enum { PER_ROW = 2 };
	char row[WIDTH + 1], t[NUM_LEN];
	size_t len = 0;

	for (uint32_t i = 0; i < s->n; i++) {
		len += (size_t)snprintf(row + len, sizeof(row) - len, "L%-3u%9s line %-5u ", s->lap[i],
					time_str(t, s->time[i]), s->line[i]);
		if (i + 1 < s->n && (i + 1) % PER_ROW != 0)
			continue;
		put(b, i < PER_ROW ? label : "", "%s", row);
		len = 0;
	}
}

static void put_mark(struct buf *b, const struct mark *m)
{
	if (m)
		put(b, "marked", "%s%s%s", mark_name(m->kind), *m->why ? ": " : "", m->why);
}

bool why_note(const struct view *v, uint32_t note, char title[80], struct buf *out)
{
	static const char *const kinds[] = {"a fact: an exact sum over named laps",
					    "an inference: an interval that does not hold zero",
					    "what you do better: keep it"};
	const struct note *n;
	char t[NUM_LEN], u[NUM_LEN];

	if (note >= view_notes(v)->n)
		return false;
	n = &view_notes(v)->note[note];
	snprintf(title, 80, "Note %u  %.40s", note + 1, n->where);
	buf_fmt(out, "%s\n", n->text);
	if (*n->action)
		buf_fmt(out, "Do: %s\n", n->action);
	buf_char(out, '\n');
	put(out, "kind", "%s", n->kind == NOTE_FACT && n->about ? "an estimate over named laps" : kinds[n->kind]);
	if (n->gain != MS_NONE)
		put(out, "gain", "%s%s s over this session", n->about ? "about " : "", diff_str(t, n->gain));
	if (n->evidence.n)
		put_interval(out, "evidence", &n->evidence);
	if (n->median_you != MS_NONE && n->median_ref != MS_NONE)
		put(out, "medians", "you %s, ref %s", time_str(t, n->median_you), time_str(u, n->median_ref));
	put_mark(out, data_mark(v->owner, note));
	put_strips(out, n);
	put_side(out, "you", &n->of_you);
	put_side(out, "ref", &n->of_ref);
	put_file(out, v, v->notes.you, v->notes.ref);
	put_command(out, v, "pitwall coach %s %s %s --format json   notes[%u]", v->session->id,
		    v->session->cars[v->notes.you].id, v->own ? "own" : v->session->cars[v->notes.ref].id, note);
	return true;
}
