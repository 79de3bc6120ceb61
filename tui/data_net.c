#include "tui/data_net.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/log.h"
#include "tui/cli.h"
#include "tui/data_state.h"
#include "tui/data_tel.h"

enum { AGAIN_MS = 30000, SHOW_MS = 100, STOP_MS = 1900, CAR_LEN = 24, MOST_ROWS = 20000000 };

/* Rows become the store's in the worker: packing them takes seconds. */
struct keep_job {
	struct job job;
	struct data *data;
	struct fetch *fetch;
	bool ok;
	struct err err;
};

struct data_net {
	struct arena *arena;
	struct sf_values values;
	struct sf_settings settings; /* valid: ready */
	bool ready;
	struct sf_health *health;
	struct sf_health_told told;
	int64_t ask_at; /* when it is asked again; 0 never */
	int64_t shown;

	struct fetch *fetch;
	struct keep_job *keep;
	bool cancelled;
	char session[80], track[40], car[SF_CARS_MAX][CAR_LEN];
	const char *cars[SF_CARS_MAX];
	char said[500];
};

/* --- How it is -------------------------------------------------------------------------------------------------------- */

static void say_change(struct data *d, const struct sf_health_told *before)
{
	const struct sf_health_told *now = &d->net->told;

	if (now->state == before->state)
		return;
	log_line("snowflake: %s %s", sf_health_word(now->state), now->why);
	if (now->state == SF_HEALTH_UNAVAILABLE || now->state == SF_HEALTH_ERROR)
		app_say(d->app, ROLE_ERROR, "Snowflake: %.250s", now->why);
	else if (now->state == SF_HEALTH_OK && before->state != SF_HEALTH_ASKING)
		app_say(d->app, ROLE_TEXT, "Snowflake is there again: version %s", now->version);
	app_data_changed(d->app);
}

static void told(struct data *d, const struct sf_health_told *now)
{
	struct sf_health_told before = d->net->told;

	d->net->told = *now;
	d->net->ask_at = now->state == SF_HEALTH_UNAVAILABLE ? data_now_ms() + AGAIN_MS : 0;
	say_change(d, &before);
}

static void look_at_health(struct data *d)
{
	struct data_net *n = d->net;

	if (n->health && sf_health_done(n->health)) {
		told(d, sf_health_tell(n->health));
		sf_health_free(n->health);
		n->health = NULL;
	}
	if (!n->health && n->ask_at > 0 && data_now_ms() >= n->ask_at) {
		n->ask_at = 0;
		n->health = sf_health_new(&n->values);
	}
}

/* What a fetch met is news of the server too. */
static void learn(struct data *d, const struct fetch_told *t, const struct err *err)
{
	struct sf_health_told now = d->net->told;

	if (t->trouble == SF_TROUBLE_UNAVAILABLE) {
		now.state = SF_HEALTH_UNAVAILABLE;
		snprintf(now.why, sizeof(now.why), "%s", err->msg);
		told(d, &now);
	} else if (now.state == SF_HEALTH_UNAVAILABLE || now.state == SF_HEALTH_ERROR) {
		d->net->ask_at = data_now_ms();
	}
}

/* --- A fetch ------------------------------------------------------------------------------------------------------------ */

static bool add_car(struct data_net *n, unsigned *count, const char *number, size_t len, struct err *err)
{
	if (*count == SF_CARS_MAX || len >= CAR_LEN)
		return err_set(err, ERR_USAGE, "fetch: up to %d numbers of cars", SF_CARS_MAX);
	for (unsigned i = 0; i < *count; i++)
		if (strlen(n->car[i]) == len && memcmp(n->car[i], number, len) == 0)
			return true;
	snprintf(n->car[*count], CAR_LEN, "%.*s", (int)len, number);
	n->cars[*count] = n->car[*count];
	++*count;
	return true;
}

static bool cars_of_view(const struct view *v, struct data_net *n, unsigned *count, struct err *err)
{
	const struct car *cars = v->session->cars;

	if (!v->paired)
		return err_set(err, ERR_USAGE, "which cars? :fetch 13,22");
	if (!add_car(n, count, cars[v->you].number, strlen(cars[v->you].number), err) ||
	    !add_car(n, count, cars[v->ref].number, strlen(cars[v->ref].number), err))
		return false;
	for (uint32_t i = 0; i < v->nmore; i++)
		if (!add_car(n, count, cars[v->more[i]].number, strlen(cars[v->more[i]].number), err))
			return false;
	return true;
}

static bool named_cars(const char *text, struct data_net *n, unsigned *count, struct err *err)
{
	while (*text) {
		size_t len = strcspn(text, ", ");
		if (len > 0 && !add_car(n, count, text, len, err))
			return false;
		text += len;
		text += strspn(text, ", ");
	}
	return true;
}

static bool ready(struct data *d, struct err *err)
{
	struct data_net *n = d->net;
	const struct view *v = d->view;

	if (!sf_values_on(&n->values))
		return err_set(err, ERR_USAGE,
			       "Snowflake is off, no network is used: start with USE_SNOWFLAKE=true to fetch");
	if (n->fetch)
		return err_set(err, ERR_USAGE, "a fetch runs already: Ctrl-C cancels it");
	if (!v || !v->session)
		return err_set(err, ERR_USAGE, "there is no session yet");
	if (v->session->kind != KIND_RACE || v->session->number < 1)
		return err_set(err, ERR_USAGE, "Snowflake has the telemetry of races only");
	if (!*v->session->track)
		return err_set(err, ERR_USAGE, "the track of this session is not known");
	if (!d->options.store)
		return err_set(err, ERR_USAGE, "there is no place for the store: start with --store FILE");
	if (!n->ready && !sf_settings_make(&n->values, n->arena, &n->settings, err))
		return false;
	n->ready = true;
	return true;
}

bool data_net_fetch(struct data *d, const char *cars, struct err *err)
{
	struct data_net *n = d->net;
	struct fetch_want w = {.most = MOST_ROWS, .cars = n->cars, .store = d->options.store};

	if (!ready(d, err))
		return false;
	while (*cars == ' ')
		cars++;
	if (!(*cars ? named_cars(cars, n, &w.ncars, err) : cars_of_view(d->view, n, &w.ncars, err)))
		return false;
	snprintf(n->session, sizeof(n->session), "%s", d->view->session->id);
	snprintf(n->track, sizeof(n->track), "%s", d->view->session->track);
	w.session = n->session;
	w.track = n->track;
	w.race = d->view->session->number;
	n->said[0] = '\0';
	n->cancelled = false;
	n->fetch = fetch_new(&n->settings, &w, err);
	app_data_changed(d->app);
	return n->fetch != NULL;
}

static void run_keep(struct job *job)
{
	struct keep_job *k = (struct keep_job *)job;

	k->ok = fetch_keep(k->fetch, &k->err);
}

static void kept(struct job *job)
{
	struct keep_job *k = (struct keep_job *)job;

	k->data->net->keep = NULL;
	fetch_kept(k->fetch, k->ok, &k->err);
	app_data_changed(k->data->app);
	free(k);
}

static void keep(struct data *d)
{
	struct keep_job *k = calloc(1, sizeof(*k));
	struct err err = {0};

	if (!k) {
		err_set(&err, ERR_NOMEM, "no memory to keep what was fetched");
		fetch_kept(d->net->fetch, false, &err);
		return;
	}
	k->job.run = run_keep;
	k->job.done = kept;
	k->data = d;
	k->fetch = d->net->fetch;
	d->net->keep = k;
	jobs_submit(app_jobs(d->app), &k->job);
}

static void say_end(struct data *d, bool ok)
{
	struct data_net *n = d->net;
	const struct err *err = fetch_error(n->fetch);
	struct fetch_told t;

	fetch_told(n->fetch, &t);
	if (ok && *t.cars)
		snprintf(n->said, sizeof(n->said),
			 "%llu rows of %.100s are in the store, %.1f s%s%.60s, statement %.60s",
			 (unsigned long long)t.rows, t.cars, (double)t.ms / 1e3, *t.without ? ", none of " : "",
			 t.without, t.statement);
	else if (ok)
		snprintf(n->said, sizeof(n->said), "%.100s: in the store already", t.there);
	else if (err->code == ERR_CANCELLED)
		snprintf(n->said, sizeof(n->said), "the fetch was cancelled, here and at the server; nothing is kept");
	else
		snprintf(n->said, sizeof(n->said), "%.390s%s%.100s", err->msg,
			 *sf_advice(t.trouble, t.code) ? ": " : "", sf_advice(t.trouble, t.code));
	log_line("fetch: %s", n->said);
	if (err->code != ERR_CANCELLED || ok)
		learn(d, &t, err);
	app_say(d->app, ok || err->code == ERR_CANCELLED ? ROLE_TEXT : ROLE_ERROR, "%.250s", n->said);
}

static void look_at_fetch(struct data *d)
{
	struct data_net *n = d->net;
	enum fetch_state s = n->fetch ? fetch_state(n->fetch) : FETCH_RUNNING;

	if (s == FETCH_WHOLE && !n->keep)
		keep(d);
	if (s != FETCH_KEPT && s != FETCH_FAILED)
		return;
	say_end(d, s == FETCH_KEPT);
	fetch_free(n->fetch);
	n->fetch = NULL;
	if (s == FETCH_KEPT)
		data_tel_renew(d);
	app_data_changed(d->app);
}

/* --- The loop's calls ---------------------------------------------------------------------------------------------------- */

bool data_net_init(struct data *d)
{
	d->net = calloc(1, sizeof(*d->net));
	if (!d->net)
		return false;
	d->net->arena = arena_new(1u << 20);
	if (d->options.snowflake)
		d->net->values = *d->options.snowflake;
	d->net->told.state = SF_HEALTH_DISABLED;
	return d->net->arena != NULL;
}

void data_net_free(struct data *d)
{
	struct data_net *n = d->net;

	if (!n)
		return;
	sf_health_free(n->health);
	fetch_free(n->fetch);
	sf_settings_wipe(&n->settings);
	arena_free(n->arena);
	free(n);
	d->net = NULL;
}

void data_net_start(struct data *d)
{
	if (!sf_values_on(&d->net->values))
		return;
	d->net->told.state = SF_HEALTH_ASKING;
	d->net->ask_at = data_now_ms();
}

int data_net_wait(struct data *d, struct pollfd *fds, int max, int *timeout_ms)
{
	struct data_net *n = d->net;
	int used = 0;

	if (n->ask_at > 0 && !n->health) {
		int64_t left = n->ask_at - data_now_ms();
		if (*timeout_ms < 0 || *timeout_ms > left)
			*timeout_ms = left < 0 ? 0 : (int)left;
	}
	if (n->health)
		used += sf_health_wait(n->health, fds, max, timeout_ms);
	if (n->fetch)
		used += fetch_wait(n->fetch, fds + used, max - used, timeout_ms);
	return used;
}

void data_net_woke(struct data *d, const struct pollfd *fds, int n)
{
	struct data_net *net = d->net;

	/* Each looks at all: a descriptor of another's is not its own. */
	if (net->health)
		sf_health_woke(net->health, fds, n);
	if (net->fetch)
		fetch_woke(net->fetch, fds, n);
	look_at_health(d);
	look_at_fetch(d);
	if (net->fetch && data_now_ms() - net->shown >= SHOW_MS) {
		net->shown = data_now_ms();
		app_dirty(d->app);
	}
}

bool data_net_status(const struct data *d, char *out, size_t cap)
{
	struct fetch_told t;

	if (!data_net_fetching(d, &t))
		return false;
	if (t.total == UINT64_MAX)
		snprintf(out, cap, "Snowflake: %s, %.0f s %s", t.doing, (double)t.ms / 1e3, t.statement);
	else
		snprintf(out, cap, "%llu/%llu rows %.1f MB %.0f s %s", (unsigned long long)t.rows,
			 (unsigned long long)t.total, (double)t.bytes / 1e6, (double)t.ms / 1e3, t.statement);
	return true;
}

bool data_net_cancel(struct data *d)
{
	struct data_net *n = d->net;

	if (!n->fetch || n->cancelled || n->keep)
		return false;
	n->cancelled = true;
	fetch_cancel(n->fetch);
	return true;
}

static int stop_wait(void *ctx, struct pollfd *fds, int max, int *timeout_ms)
{
	return data_net_wait(ctx, fds, max, timeout_ms);
}

static void stop_woke(void *ctx, const struct pollfd *fds, int n)
{
	struct data_net *net = ((struct data *)ctx)->net;

	if (net->health)
		sf_health_woke(net->health, fds, n);
	if (net->fetch)
		fetch_woke(net->fetch, fds, n);
}

static bool stop_done(const void *ctx)
{
	const struct data_net *n = ((const struct data *)ctx)->net;
	enum fetch_state s = n->fetch ? fetch_state(n->fetch) : FETCH_FAILED;

	return s != FETCH_RUNNING && s != FETCH_CLOSING && (!n->health || sf_health_done(n->health));
}

void data_net_stop(struct data *d)
{
	struct data_net *n = d->net;
	bool again = n->cancelled; /* whoever ends a second time does not want to wait */

	data_net_cancel(d);
	n->ask_at = 0;
	if (n->health)
		sf_health_cancel(n->health);
	if (!again && !n->keep)
		cli_wait_at_most(&(struct cli_waiter){d, stop_wait, stop_woke, stop_done, NULL, NULL}, STOP_MS);
}

/* --- What screens see ------------------------------------------------------------------------------------------------------ */

const struct sf_health_told *data_net_health(const struct data *d)
{
	static const struct sf_health_told off = {.state = SF_HEALTH_DISABLED};

	return d && d->net ? &d->net->told : &off;
}

bool data_net_fetching(const struct data *d, struct fetch_told *out)
{
	if (!d || !d->net || !d->net->fetch)
		return false;
	fetch_told(d->net->fetch, out);
	return true;
}

const char *data_net_said(const struct data *d)
{
	return d && d->net ? d->net->said : "";
}
