#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/coach.h"
#include "core/source/load.h"
#include "tui/cli.h"

/* --- Names that were not found ------------------------------------------------- */

static bool no_session(const struct dataset *d, const char *typed, struct err *err)
{
	struct name_list l;

	name_list_init(&l);
	for (uint32_t i = 0; i < d->nsessions; i++)
		name_list_add(&l, d->sessions[i]->id);
	return name_list_fail(&l, "session", typed, "", err);
}

static bool find_car(const struct session *s, const char *id, uint16_t *car, struct err *err)
{
	int i = session_car(s, id);
	struct name_list l;
	char in[96];

	if (i >= 0) {
		*car = (uint16_t)i;
		return true;
	}
	name_list_init(&l);
	for (uint32_t k = 0; k < s->ncars; k++)
		name_list_add(&l, s->cars[k].id);
	snprintf(in, sizeof(in), " in %s", s->id);
	return name_list_fail(&l, "car", id, in, err);
}

/* --- Options of the analysis ------------------------------------------------------ */

static bool lap_number(const char *text, size_t n, uint16_t *lap)
{
	int64_t v;

	if (!int_parse((struct str){text, n}, &v) || v < 1 || v > UINT16_MAX)
		return false;
	*lap = (uint16_t)v;
	return true;
}

/* CAR:LAP:REASON, split at the first two colons. */
static bool exclusion(struct arena *a, const struct session *s, const char *text, struct exclusion *out,
		      struct err *err)
{
	size_t car = strcspn(text, ":");
	const char *lap = text + car + (text[car] == ':');
	size_t lap_n = strcspn(lap, ":");
	uint16_t index = 0;

	if (car == 0 || lap[lap_n] != ':' || !lap[lap_n + 1] || !lap_number(lap, lap_n, &out->lap))
		return err_set(err, ERR_USAGE, "--exclude %.80s: it is CAR:LAP:REASON, as in 22:14:\"traffic\"", text);
	out->car = arena_strndup(a, text, car);
	if (!out->car)
		return err_set(err, ERR_NOMEM, "no memory for the options");
	if (!find_car(s, out->car, &index, err))
		return false;
	if (session_lap(s, index, out->lap) < 0)
		return err_set(err, ERR_NOT_FOUND, "car %s has no lap %u in %s", out->car, (unsigned)out->lap, s->id);
	out->car = s->cars[index].id;
	out->why = lap + lap_n + 1;
	return true;
}

static bool exclusions(const struct cli *cli, const struct session *s, struct analysis_options *o, struct err *err)
{
	const struct cli_value *v = &cli->value[OPT_EXCLUDE];
	struct exclusion *list = ARENA_ARRAY(cli->arena, v->n, struct exclusion);

	if (!list)
		return err_set(err, ERR_NOMEM, "no memory for the options");
	for (unsigned i = 0; i < v->n; i++)
		if (!exclusion(cli->arena, s, v->at[i], &list[i], err))
			return false;
	o->excluded = list;
	o->nexcluded = v->n;
	return true;
}

static struct analysis *analyse(const struct cli *cli, const struct session *s, struct err *err)
{
	const char *lap = cli_get(cli, OPT_LAP);
	struct analysis_options o;

	analysis_defaults(&o);
	o.class_name = cli_get(cli, OPT_CLASS);
	if (lap && !lap_number(lap, strlen(lap), &o.lap)) {
		err_set(err, ERR_USAGE, "--lap is a number from 1 to 65535, not \"%.60s\"", lap);
		return NULL;
	}
	return exclusions(cli, s, &o, err) ? analysis_new(s, &o, err) : NULL;
}

/* --- The answer --------------------------------------------------------------------- */

static bool has_lap(const struct report_in *in, uint16_t car, struct err *err)
{
	if (car_seen(in->analysis, car) > 0)
		return true;
	return err_set(err, ERR_NOT_FOUND, "car %s has no lap in %s", in->session->cars[car].id, in->session->id);
}

/* coach YOU own, coach YOU best; a car that carries such a word as its number comes first. */
static bool coach_against(const char *word, struct report_in *in, struct err *err)
{
	if (session_car(in->session, word) < 0 && strcmp(word, "own") == 0) {
		in->own = true;
		in->a = in->b;
		return true;
	}
	if (session_car(in->session, word) >= 0 || strcmp(word, "best") != 0)
		return find_car(in->session, word, &in->a, err) && has_lap(in, in->a, err);
	in->a = coach_class_best(in->analysis, in->b);
	return in->a != NO_CAR ||
	       err_set(err, ERR_NOT_FOUND, "%s has no other car with eight clean laps to set %s against",
		       in->session->id, in->session->cars[in->b].id);
}

/* compare A B C D: a car twice would be compared with itself. */
static bool more_cars(const struct cli *cli, struct report_in *in, struct err *err)
{
	for (unsigned i = 3; i < cli->nargs; i++) {
		uint16_t car = NO_CAR;
		if (!find_car(in->session, cli->arg[i], &car, err) || !has_lap(in, car, err))
			return false;
		if (car == in->a || car == in->b || (in->nmore && car == in->more[0]))
			return err_set(err, ERR_USAGE, "car %s is named twice", in->session->cars[car].id);
		in->more[in->nmore++] = car;
	}
	return true;
}

/* The cars that arguments and --car name: compare A B, coach YOU [REF], report --car. */
static bool choose_cars(const struct cli *cli, struct report_in *in, struct err *err)
{
	const char *car = cli_get(cli, OPT_CAR), *b = NULL, *a = NULL;

	if (car && !find_car(in->session, car, &in->car, err))
		return false;
	if (cli->command->report == report_compare) {
		a = cli->arg[1];
		b = cli->arg[2];
	} else if (cli->command->report == report_coach) {
		b = cli->arg[1];
		a = cli->nargs > 2 ? cli->arg[2] : NULL;
	} else if (cli->command->report == report_page) {
		b = car;
	}
	if (!b)
		return true;
	if (!find_car(in->session, b, &in->b, err) || !has_lap(in, in->b, err))
		return false;
	if (a && cli->command->report == report_coach)
		return coach_against(a, in, err);
	if (a)
		return find_car(in->session, a, &in->a, err) && has_lap(in, in->a, err) && more_cars(cli, in, err);
	in->a = report_reference(in, in->b, err);
	return in->a != NO_CAR;
}

static bool is_fetch(const struct cli *cli)
{
	return strcmp(cli->command->name, "fetch") == 0;
}

static bool is_health(const struct cli *cli)
{
	return cli->command->report == report_health;
}

/* Where samples may come from, and what is asked of them. */
static bool telemetry_asked(const struct cli *cli, struct report_in *in, struct err *err)
{
	static const char *const sources[] = {"auto", "store", "snowflake", "csv", "json"};
	char path[4096], *store = NULL;
	const char **words = ARENA_ARRAY(cli->arena, cli->nargs, const char *);

	if (!words)
		return err_set(err, ERR_NOMEM, "no memory for the arguments");
	for (unsigned i = 0; i < cli->nargs; i++)
		if (i != 1)
			words[in->nwords++] = cli->arg[i];
	in->words = words;
	in->telemetry = true;
	in->corner = cli->value[OPT_CORNER].at;
	in->ncorners = cli->value[OPT_CORNER].n;
	for (unsigned i = 0; i < sizeof sources / sizeof *sources; i++)
		if (strcmp(cli_get(cli, OPT_SOURCE), sources[i]) == 0)
			in->only = (enum telemetry_only)i;
	if (cli_store(cli, path, sizeof path, err))
		store = arena_strndup(cli->arena, path, strlen(path));
	else if (cli_get(cli, OPT_STORE))
		return false;
	in->store = store;
	return true;
}

static bool answer_session(const struct cli *cli, struct report_in *in, struct buf *out, struct err *err)
{
	struct analysis *an;
	bool ok;

	const char *id = cli->arg[cli->command->report == report_telemetry];

	in->session = dataset_session(in->dataset, id);
	if (!in->session)
		return no_session(in->dataset, id, err);
	if (is_fetch(cli))
		return cli_fetch(cli, in->session, in, out, err);
	if (!cli->command->report)
		return cli_replay(cli, in, out, err);
	an = analyse(cli, in->session, err);
	if (!an)
		return false;
	in->analysis = an;
	ok = choose_cars(cli, in, err) && telemetry_asked(cli, in, err) && cli->command->report(in, out, err);
	analysis_free(an);
	return ok;
}

static enum report_format format_of(const struct cli *cli)
{
	const char *f = cli_get(cli, OPT_FORMAT);

	return strcmp(f, "json") == 0 ? REPORT_JSON : strcmp(f, "csv") == 0 ? REPORT_CSV : REPORT_TEXT;
}

static bool ascii_only(const struct cli *cli)
{
	return strcmp(cli_get(cli, OPT_CHARSET), "ascii") == 0 || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

bool cli_answer(const struct cli *cli, struct buf *out, struct err *err)
{
	const struct cli_value *data = &cli->value[OPT_DATA];
	struct load_opts load = {.paths = data->at, .npaths = data->n};
	struct report_in in = {.format = format_of(cli),
			       .ascii = ascii_only(cli),
			       .car = NO_CAR,
			       .a = NO_CAR,
			       .b = NO_CAR,
			       .arena = cli->arena};
	struct dataset *d;
	bool ok;

	if (strcmp(cli->command->name, "import") == 0) /* the files are named, no data is looked for */
		return cli_import(cli, &in, out, err);
	if (data->n == 0 && is_fetch(cli)) /* the session's id says enough */
		return cli_fetch(cli, NULL, &in, out, err);
	if (is_health(cli) && !cli_health(cli, &in, err))
		return false;
	if (data->n == 0 && !is_health(cli))
		return err_set(err, ERR_NOT_FOUND, "no data: name a folder with --data DIR");
	d = dataset_load(&load, err);
	if (!d)
		return false;
	in.dataset = d;
	if (cli_is_season(cli->command))
		ok = cli_season(cli, &in, out, err);
	else
		ok = cli->command->min > 0 ? answer_session(cli, &in, out, err) : cli->command->report(&in, out, err);
	dataset_free(d);
	return ok;
}
