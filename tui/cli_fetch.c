/* pitwall fetch: telemetry of chosen cars, filtered at the server. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/utf8.h"
#include "core/report/fetch.h"
#include "core/source/fetch.h"
#include "tui/cli.h"
#include "tui/signals.h"

enum { PATH = 4096 };

/* --- What is wanted ------------------------------------------------------------------------------------------------------ */

/* "a,b,c" into list. */
static bool words(const struct cli *cli, const char *text, const char **list, unsigned max, unsigned *n)
{
	struct str rest = str_from(text);

	*n = 0;
	while (rest.n > 0) {
		size_t end = 0;
		while (end < rest.n && rest.p[end] != ',')
			end++;
		struct str word = str_trim((struct str){rest.p, end});
		end += end < rest.n;
		rest = (struct str){rest.p + end, rest.n - end};
		if (word.n == 0)
			continue;
		if (*n == max || !(list[(*n)++] = arena_str(cli->arena, word)))
			return false;
	}
	return *n > 0;
}

static bool laps(const struct cli *cli, struct fetch_want *w, struct err *err)
{
	const char *text = cli_get(cli, OPT_LAPS);
	size_t dash = text ? strcspn(text, "-") : 0;
	int64_t first, last;

	if (!text)
		return true;
	if (!int_parse((struct str){text, dash}, &first) ||
	    !int_parse(str_from(text[dash] ? text + dash + 1 : text), &last) || first < 1 || last < first ||
	    last > UINT16_MAX)
		return err_set(err, ERR_USAGE, "--laps is FIRST-LAST, as in 3-10, not \"%.60s\"", text);
	w->first = (uint16_t)first;
	w->last = (uint16_t)last;
	return true;
}

/* "barber_r2", "barber_r2-2024": track and race. */
static bool from_id(const struct cli *cli, const char *id, struct fetch_want *w, struct err *err)
{
	const char *at = strrchr(id, '_');
	size_t digits = at && at[1] == 'r' ? strspn(at + 2, "0123456789") : 0;
	int64_t race;

	if (digits == 0 || digits > 3 || at == id || (at[2 + digits] && at[2 + digits] != '-') ||
	    !int_parse((struct str){at + 2, digits}, &race))
		return err_set(err, ERR_USAGE, "%.60s: Snowflake has races only, as in barber_r2", id);
	w->race = (int)race;
	w->track = arena_strndup(cli->arena, id, (size_t)(at - id));
	return w->track || err_set(err, ERR_NOMEM, "no memory for the options");
}

/* The session's own number of the race where it is known. */
static bool session(const struct cli *cli, const struct session *s, struct fetch_want *w, struct err *err)
{
	const char *track = cli_get(cli, OPT_TRACK);

	if (!from_id(cli, s ? s->id : cli->arg[0], w, err))
		return false;
	if (s && s->track && *s->track)
		w->track = s->track;
	if (track)
		w->track = track;
	if (!w->track || !*w->track || !utf8_valid(str_from(w->track)))
		return err_set(err, ERR_USAGE, "--track is a text in UTF-8");
	return true;
}

static bool filters(const struct cli *cli, struct fetch_want *w, const char **cars, const char **columns,
		    struct err *err)
{
	const char *list = cli_get(cli, OPT_CARS), *names = cli_get(cli, OPT_COLUMNS);
	int64_t most;

	if (!list || !words(cli, list, cars, SF_CARS_MAX, &w->ncars))
		return err_set(err, ERR_USAGE, "fetch needs --cars, 1 to %d numbers with commas between: --cars 13,22",
			       SF_CARS_MAX);
	if (names && !words(cli, names, columns, FETCH_COLUMNS, &w->ncolumns))
		return err_set(err, ERR_USAGE, "--columns is 1 to %d names with commas between", FETCH_COLUMNS);
	if (names && !cli_get(cli, OPT_TO))
		return err_set(err, ERR_USAGE, "--columns goes with --to FILE: the store keeps every channel");
	if (!int_parse(str_from(cli_get(cli, OPT_MAX_ROWS)), &most) || most < 1)
		return err_set(err, ERR_USAGE, "--max-rows is a number from 1");
	w->most = (uint64_t)most;
	w->cut = cli->value[OPT_MAX_ROWS].from == FROM_OPTION && cli_get(cli, OPT_TO);
	w->cars = cars;
	w->columns = columns;
	w->to = cli_get(cli, OPT_TO);
	w->again = cli_flag(cli, OPT_AGAIN);
	return laps(cli, w, err);
}

/* --- Waiting ---------------------------------------------------------------------------------------------------------------- */

struct run {
	struct fetch *f;
	bool shown;
};

static int on_wait(void *ctx, struct pollfd *fds, int max, int *timeout_ms)
{
	return fetch_wait(((struct run *)ctx)->f, fds, max, timeout_ms);
}

static void on_woke(void *ctx, const struct pollfd *fds, int n)
{
	fetch_woke(((struct run *)ctx)->f, fds, n);
}

static bool is_done(const void *ctx)
{
	enum fetch_state s = fetch_state(((const struct run *)ctx)->f);

	return s == FETCH_WHOLE || s == FETCH_KEPT || s == FETCH_FAILED;
}

static void on_cancel(void *ctx)
{
	fetch_cancel(((struct run *)ctx)->f);
}

/* One line that is written over itself, on a terminal only. */
static void on_show(void *ctx)
{
	struct run *r = ctx;
	struct fetch_told t;

	fetch_told(r->f, &t);
	fprintf(stderr, "\r\033[K%s: %llu rows", t.doing, (unsigned long long)t.rows);
	if (t.total != UINT64_MAX)
		fprintf(stderr, " of %llu", (unsigned long long)t.total);
	fprintf(stderr, ", %.1f MB, %.1f s  %s", (double)t.bytes / 1e6, (double)t.ms / 1e3, t.statement);
	fflush(stderr);
	r->shown = true;
}

static void end_line(struct run *r)
{
	if (r->shown)
		fprintf(stderr, "\r\033[K");
	r->shown = false;
}

/* A signal's end is the program's, after what was not kept is gone. */
static bool drive(struct fetch *f, struct err *err)
{
	struct run r = {f, false};
	const struct cli_waiter w = {&r, on_wait, on_woke, is_done, on_cancel, isatty(STDERR_FILENO) ? on_show : NULL};
	int sig = cli_wait(&w);

	if (sig == 0 && fetch_state(f) == FETCH_WHOLE) {
		bool ok = fetch_keep(f, err);
		fetch_kept(f, ok, err);
		sig = cli_wait(&w);
	}
	end_line(&r);
	if (sig != 0) {
		fetch_free(f);
		signals_raise(sig);
	}
	if (fetch_state(f) == FETCH_FAILED)
		*err = *fetch_error(f);
	return fetch_state(f) == FETCH_KEPT;
}

static bool run(const struct sf_settings *settings, const struct fetch_want *w, const struct report_in *in,
		const char *id, struct buf *out, struct err *err)
{
	struct fetch *f = fetch_new(settings, w, err);
	struct fetch_told told;
	bool ok;

	if (!f)
		return false;
	ok = drive(f, err);
	fetch_told(f, &told);
	if (ok)
		ok = report_fetch(in, id, w, &told, out, err);
	else if (err->code != ERR_CANCELLED && *sf_advice(told.trouble, told.code))
		err_set(err, err->code, "%s: %s", err->msg, sf_advice(told.trouble, told.code));
	fetch_free(f);
	return ok;
}

bool cli_fetch(const struct cli *cli, const struct session *s, struct report_in *in, struct buf *out, struct err *err)
{
	const char *cars[SF_CARS_MAX], *columns[FETCH_COLUMNS];
	struct fetch_want w = {.store = NULL};
	struct sf_settings settings;
	struct sf_values values;
	char store[PATH];
	bool ok;

	if (!session(cli, s, &w, err) || !filters(cli, &w, cars, columns, err) || !cli_snowflake(cli, &values, err))
		return false;
	if (!sf_values_on(&values))
		return err_set(err, ERR_NOT_FOUND,
			       "Snowflake is off, no network is used: set USE_SNOWFLAKE=true to fetch");
	if (!w.to && !cli_store(cli, store, sizeof(store), err))
		return false;
	w.store = store;
	if (!sf_settings_make(&values, cli->arena, &settings, err))
		return false;
	w.session = s ? s->id : cli->arg[0];
	ok = run(&settings, &w, in, w.session, out, err);
	sf_settings_wipe(&settings);
	return ok;
}
