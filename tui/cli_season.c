/* Commands about the season: which driver, track and factor are meant, and what there is when none is. */
#include <stdio.h>
#include <string.h>

#include "tui/cli.h"

enum { LIST_MAX = 280 };

/* Names that were not found ------------------------------------------------------------------------*/

void name_list_init(struct name_list *l)
{
	l->n = 0;
	buf_init(&l->text, LIST_MAX + 8);
}

void name_list_add(struct name_list *l, const char *name)
{
	if (l->n < CLI_NEAR)
		l->near_to[l->n] = name;
	if (l->text.n + strlen(name) + 6 < LIST_MAX)
		buf_fmt(&l->text, "%s%s", l->n ? ", " : "", name);
	else if (!l->text.failed && l->text.n > 0 && l->text.p[l->text.n - 1] != '.')
		buf_str(&l->text, ", ...");
	l->n++;
}

bool name_list_fail(struct name_list *l, const char *what, const char *typed, const char *in, struct err *err)
{
	unsigned n = *in ? 0 : l->n < CLI_NEAR ? l->n : CLI_NEAR; /* one car number is not a mistyped other */
	const char *near = cli_nearest(typed, l->near_to, n);

	if (l->n == 0)
		err_set(err, ERR_NOT_FOUND, "no %s \"%s\"%s: there is none at all", what, typed, in);
	else
		err_set(err, ERR_NOT_FOUND, "no %s \"%.60s\"%s;%s%s%s there are: %s", what, typed, in,
			near ? " did you mean " : "", near ? near : "", near ? "?" : "", l->text.p);
	buf_release(&l->text);
	return false;
}

/* What was named -----------------------------------------------------------------------------------*/

static bool find_driver(const struct season_book *b, const char *who, uint32_t *row, struct err *err)
{
	struct name_list l;
	bool several;

	*row = season_book_row(b, who, &several);
	if (*row != NO_DRIVER_ROW)
		return true;
	name_list_init(&l);
	for (uint32_t i = 0; i < b->table.nrows; i++)
		if (!several || str_has_nocase(str_from(b->table.rows[i].name), who))
			name_list_add(&l, b->id[i]);
	return name_list_fail(&l, several ? "single driver" : "driver", who, " in the season", err);
}

/* A race still to come is known by its qualifying only. */
static const char *qualifying_track(const struct dataset *d, const char *name)
{
	for (uint32_t i = 0; i < d->nsessions; i++)
		if (d->sessions[i]->kind == KIND_QUALIFYING &&
		    str_eq_nocase(str_from(d->sessions[i]->track), str_from(name)))
			return d->sessions[i]->track;
	return NULL;
}

static bool find_track(const struct season_book *b, const char *name, struct report_in *in, struct err *err)
{
	struct name_list l;

	for (uint32_t i = 0; season_book_track(b, i, &in->track, &in->track_json); i++)
		if (str_eq_nocase(str_from(in->track), str_from(name)) ||
		    (in->track_json && str_eq_nocase(str_from(in->track_json->name), str_from(name))))
			return true;
	in->track_json = NULL;
	in->track = qualifying_track(b->dataset, name);
	if (in->track)
		return true;
	name_list_init(&l);
	for (uint32_t i = 0; season_book_track(b, i, &in->track, &in->track_json); i++)
		name_list_add(&l, in->track);
	return name_list_fail(&l, "track", name, "", err);
}

/* Points on the factors: whole numbers, a plus before them or not. What is too much is told by the analysis. */
static bool points_of(const struct cli *cli, struct report_in *in, struct err *err)
{
	static const enum opt option[FACTORS] = {[FACTOR_SPEED] = OPT_SPEED,
						 [FACTOR_CONSISTENCY] = OPT_CONSISTENCY,
						 [FACTOR_RACECRAFT] = OPT_RACECRAFT,
						 [FACTOR_TIRE] = OPT_TIRE};

	for (int f = 0; f < FACTORS; f++) {
		const char *text = cli_get(cli, option[f]);
		int64_t v = 0;

		if (text && (!int_parse(str_from(text + (*text == '+')), &v) || v < 0 || v > IMPROVE_MOST))
			return err_set(err, ERR_USAGE, "--%s is whole points from 0 to %d, not \"%.60s\"",
				       cli_options[option[f]].name, IMPROVE_MOST, text);
		in->points[f] = (int)v;
	}
	return improve_points(in->points, err);
}

static bool understand(const struct cli *cli, struct report_in *in, struct err *err)
{
	const char *track = cli_get(cli, OPT_TRACK);

	in->factor = FACTORS;
	in->check = cli_flag(cli, OPT_CHECK);
	if (!points_of(cli, in, err))
		return false;
	in->row = NO_DRIVER_ROW;
	if (track && !find_track(in->book, track, in, err))
		return false;
	if (cli->nargs > 1 && (in->factor = factor_by_name(cli->arg[1])) == FACTORS)
		return err_set(err, ERR_USAGE, "no factor \"%.60s\"; there are: speed, consistency, racecraft, tyres",
			       cli->arg[1]);
	return cli->nargs == 0 || find_driver(in->book, cli->arg[0], &in->row, err);
}

bool cli_is_season(const struct cli_command *c)
{
	static report_fn *const all[] = {report_tracks,  report_drivers, report_driver,  report_stats,  report_results,
					 report_similar, report_factors, report_predict, report_improve};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (c->report == all[i])
			return true;
	return false;
}

bool cli_season(const struct cli *cli, struct report_in *in, struct buf *out, struct err *err)
{
	struct season_book *b = season_book_new(in->dataset, NULL, err);
	bool ok;

	if (!b)
		return false;
	in->book = b;
	ok = understand(cli, in, err) && cli->command->report(in, out, err);
	season_book_free(b);
	return ok;
}
