/* Expected finish of each car in the races of a track, before and after qualifying, always with the errors of such forecasts beside. */
#include <math.h>

#include "core/base/utf8.h"
#include "core/report/season_shape.h"

enum { RACES_MAX = 16 };

struct ctx {
	const struct report_in *in;
	struct race_forecast race[RACES_MAX];
	uint32_t nraces, n; /* n: lines of all races that are shown */
	const struct forecast_line **line;
	const struct race_forecast **of; /* per line */
};

static const char *const when_name[FORECASTS] = {"before qualifying", "after qualifying"};

/* --- Which lines ---------------------------------------------------------------- */

static bool is_shown(const struct ctx *c, const struct forecast_line *l)
{
	return c->in->row == NO_DRIVER_ROW || l->row == c->in->row;
}

static bool make_races(struct ctx *c, struct err *err)
{
	const struct report_in *in = c->in;
	const struct season_book *b = in->book;
	int number[RACES_MAX];

	if (*b->forecast.refused)
		return err_set(err, ERR_FORMAT, "%s", b->forecast.refused);
	c->nraces = in->track ? race_forecast_numbers(&b->table, in->dataset, in->track, number, RACES_MAX) : 0;
	for (uint32_t i = 0; i < c->nraces; i++)
		if (!race_forecast_make(&b->forecast, &b->table, in->dataset, in->track, number[i], in->arena,
					&c->race[i], err))
			return false;
	return true;
}

static bool gather(struct ctx *c, struct err *err)
{
	size_t most = 0;

	if (!make_races(c, err))
		return false;
	for (uint32_t i = 0; i < c->nraces; i++)
		most += c->race[i].n;
	c->line = ARENA_ARRAY(c->in->arena, most, const struct forecast_line *);
	c->of = ARENA_ARRAY(c->in->arena, most, const struct race_forecast *);
	if (!c->line || !c->of)
		return err_set(err, ERR_NOMEM, "no memory for the forecast");
	for (uint32_t i = 0; i < c->nraces; i++)
		for (uint32_t k = 0; k < c->race[i].n; k++) {
			if (!is_shown(c, &c->race[i].line[k]))
				continue;
			c->line[c->n] = &c->race[i].line[k];
			c->of[c->n++] = &c->race[i];
		}
	if (c->n > 0 || !c->in->track || c->in->row == NO_DRIVER_ROW)
		return true;
	return err_set(err, ERR_NOT_FOUND, "%s took part in no race at %s", c->in->book->id[c->in->row], c->in->track);
}

/* --- JSON and CSV ------------------------------------------------------------------ */

static void value_record(struct record *r, const struct forecast *f)
{
	record_dec(r, "value", f ? f->value : (double)NAN, 1);
	record_count(r, "low", f ? f->low : 0);
	record_count(r, "high", f ? f->high : 0);
}

static void line_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	const struct forecast_line *l = i < c->n ? c->line[i] : NULL;
	const struct forecast *best = l ? forecast_line_best(l) : NULL;

	record_text(r, "track", l ? c->of[i]->track : NULL);
	record_count(r, "race", l ? c->of[i]->number : 0);
	record_text(r, "driver", !l ? NULL : l->row == NO_DRIVER_ROW ? l->number : c->in->book->id[l->row]);
	record_text(r, "name", l ? l->name : NULL);
	value_record(r, best);
	record_word(r, "when", l ? when_name[best->grid ? AFTER_QUALIFYING : BEFORE_QUALIFYING] : NULL);
	record_obj(r, "before");
	value_record(r, l ? &l->at[BEFORE_QUALIFYING] : NULL);
	record_end_obj(r);
	record_obj(r, "after");
	value_record(r, l && l->at[AFTER_QUALIFYING].grid ? &l->at[AFTER_QUALIFYING] : NULL);
	record_end_obj(r);
	record_count(r, "grid", l ? l->grid : 0);
	record_time(r, "qualifying", l ? l->qualifying : MS_NONE);
	record_count(r, "cars", l ? c->of[i]->cars : 0);
	record_int(r, "other_races", l ? best->races : 0);
	record_count(r, "finish", l ? l->finish : 0);
}

static const struct forecast_check *check_of(const struct report_in *in, enum forecast_leave l, uint32_t when)
{
	return &in->book->forecast.check[l][when];
}

static void errors_record(struct record *r, const struct report_in *in, uint32_t when)
{
	const struct forecast_check *c = check_of(in, LEAVE_RACE, when), *t = check_of(in, LEAVE_TRACK, when);

	record_flat(r);
	record_obj(r, "model");
	record_dec(r, "mae", c->mae, 2);
	record_dec(r, "coverage", c->coverage, 3);
	record_dec(r, "width", c->width, 2);
	record_int(r, "n", c->n);
	record_end_obj(r);
	record_flat(r);
	record_obj(r, "naive");
	record_dec(r, "finish", c->naive[NAIVE_FINISH], 2);
	record_dec(r, "start", c->naive[NAIVE_START], 2);
	record_dec(r, "pace", c->naive[NAIVE_PACE], 2);
	record_end_obj(r);
	record_flat(r);
	record_obj(r, "track");
	record_dec(r, "mae", t->mae, 2);
	record_dec(r, "naive", t->naive[NAIVE_FINISH], 2);
	record_dec(r, "coverage", t->coverage, 3);
	record_dec(r, "width", t->width, 2);
	record_end_obj(r);
}

static void check_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;

	record_word(r, "forecast", when_name[i]);
	errors_record(r, c->in, i);
}

/* model, naive and track are those before qualifying; after_qualifying has its own. */
static void check_json(struct record *r, const struct report_in *in)
{
	errors_record(r, in, BEFORE_QUALIFYING);
	record_obj(r, "after_qualifying");
	errors_record(r, in, AFTER_QUALIFYING);
	record_end_obj(r);
}

/* --- Text --------------------------------------------------------------------------- */

static void place_text(struct columns *c, const struct forecast *f, bool is)
{
	if (!is || isnan(f->value)) {
		columns_word(c, "-");
		columns_word(c, "-");
		return;
	}
	columns_dec(c, f->value, 1);
	columns_word(c, "%d-%d", f->low, f->high);
}

static void race_head(const struct ctx *c, const struct race_forecast *o, struct buf *out)
{
	text_clean(out, str_from(o->track), c->in->ascii);
	if (o->number)
		buf_fmt(out, " race %d", o->number);
	else
		buf_str(out, ", the next race");
	buf_fmt(out, ": %u cars, from %u other races; grid ", o->cars, o->others);
	if (o->grid == GRID_OF_QUALIFYING)
		buf_fmt(out, "from the qualifying session %s\n", o->qualifying->id);
	else
		buf_str(out, o->grid == GRID_OF_RACE ? "of the race\n" : "not known yet\n");
}

static void race_text(const struct ctx *c, const struct race_forecast *o, struct buf *out)
{
	struct columns t;

	race_head(c, o, out);
	columns_begin(&t, out, c->in->ascii, "#> Driver Grid> Before> 80_%> After> 80_%> Finish> Races>");
	for (uint32_t i = 0; i < o->n; i++) {
		const struct forecast_line *l = &o->line[i];
		if (!is_shown(c, l))
			continue;
		columns_text(&t, l->row == NO_DRIVER_ROW ? l->number : c->in->book->id[l->row]);
		columns_text(&t, l->name);
		columns_count(&t, l->grid);
		place_text(&t, &l->at[BEFORE_QUALIFYING], true);
		place_text(&t, &l->at[AFTER_QUALIFYING], l->at[AFTER_QUALIFYING].grid);
		columns_count(&t, l->finish);
		columns_word(&t, "%u", l->at[BEFORE_QUALIFYING].races);
	}
	columns_end(&t, 0);
	buf_char(out, '\n');
}

/* Honest where a simple rule does as well: on some seasons it does. */
static void better_text(const struct report_in *in, struct buf *out)
{
	static const char *const rule[NAIVES] = {"median finish", "grid", "pace"};

	for (uint32_t w = 0; w < FORECASTS; w++) {
		const struct forecast_check *k = check_of(in, LEAVE_RACE, w);
		int best = 0;
		for (int i = 1; i < NAIVES; i++)
			best = k->naive[i] < k->naive[best] ? i : best;
		if (k->naive[best] < k->mae)
			buf_fmt(out, "  %s the %s alone missed by less: %.2f places, the forecast %.2f\n", when_name[w],
				rule[best], k->naive[best], k->mae);
	}
}

static void errors_text(const struct report_in *in, struct buf *out)
{
	struct columns c;
	uint32_t n = check_of(in, LEAVE_RACE, BEFORE_QUALIFYING)->n;

	if (n == 0) {
		buf_fmt(out, "nothing to learn from: a forecast needs %d finishes in other races\n", FORECAST_LEAST);
		return;
	}
	buf_fmt(out, "errors in places, %u finishes, each foretold without its race\n", n);
	columns_begin(&c, out, in->ascii, "Forecast Error> In_80_%> Width> Median> Grid> Pace> No_track> Median>");
	for (uint32_t w = 0; w < FORECASTS; w++) {
		const struct forecast_check *k = check_of(in, LEAVE_RACE, w), *t = check_of(in, LEAVE_TRACK, w);
		columns_word(&c, "%s", when_name[w]);
		columns_dec(&c, k->mae, 2);
		columns_word(&c, "%.0f %%", 100 * k->coverage);
		columns_dec(&c, k->width, 1);
		for (int i = 0; i < NAIVES; i++)
			columns_dec(&c, k->naive[i], 2);
		columns_dec(&c, t->mae, 2);
		columns_dec(&c, t->naive[NAIVE_FINISH], 2);
	}
	columns_end(&c, 2);
	better_text(in, out);
	report_wrap(
		out,
		"Median, Grid, Pace: what the median finish of the other races, the grid (theirs before qualifying) "
		"and "
		"the place by best lap (by qualifying time after it) would have missed by. No track: foretold without "
		"any race of that track.",
		2, 80, in->ascii);
}

static void predict_text(const struct ctx *c, struct buf *out)
{
	for (uint32_t i = 0; i < c->nraces; i++)
		race_text(c, &c->race[i], out);
	errors_text(c->in, out);
	if (c->nraces)
		report_wrap(out,
			    "Before, After: expected place and the places that hold four of five finishes, retirements "
			    "among them. Races: other races of the driver; 0 is taken for the middle of the field. A "
			    "race's "
			    "own result is never used for it.",
			    2, 80, c->in->ascii);
	season_footer(c->in, out);
}

bool report_predict(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx c = {.in = in};
	struct record r;

	if (!in->track && !in->check)
		return err_set(err, ERR_USAGE, "predict needs --track TRACK, or --check for its errors");
	if (!gather(&c, err))
		return false;
	if (in->format == REPORT_TEXT) {
		predict_text(&c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	if (record_is_json(&r))
		check_json(&r, in);
	if (!record_is_json(&r) && in->check)
		record_rows(&r, "check", FORECASTS, check_record, &c, true);
	else
		record_rows(&r, "forecast", c.n, line_record, &c, true);
	return answer_end(&r, err);
}
