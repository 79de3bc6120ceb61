#include "tui/data.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/job.h"
#include "core/base/log.h"
#include "core/source/load.h"
#include "tui/data_import.h"
#include "tui/data_lines.h"
#include "tui/data_net.h"
#include "tui/data_state.h"

enum { PROGRESS_MS = 100, TICK_MS = 250, TICK_FAST_MS = 100 };
static const double SLOWEST = 0.25, FASTEST = 64;

/* Work in the worker ------------------------------------------------------------------------------*/

static uint32_t first_session(const struct view_job *j)
{
	const char *want = j->options.session ? j->options.session : j->state.session;

	if (j->options.follow && data_live_find(j->dataset, j->options.follow) < j->dataset->nsessions)
		return data_live_find(j->dataset, j->options.follow);
	for (uint32_t i = 0; i < j->dataset->nsessions; i++)
		if (*want && session_answers_to(j->dataset->sessions[i], want))
			return i;
	return 0;
}

/* The folders, and the file to follow where it is there already. */
static unsigned paths_to_load(const struct data_options *o, const char **paths)
{
	unsigned n = 0;

	for (; n < o->npaths; n++)
		paths[n] = o->paths[n];
	if (o->follow && strcmp(o->follow, "-") != 0 && access(o->follow, F_OK) == 0)
		paths[n++] = o->follow;
	return n;
}

static bool job_load(struct view_job *j)
{
	const char **paths = calloc(j->options.npaths + 1u, sizeof(*paths));

	if (!paths)
		return err_set(&j->err, ERR_NOMEM, "no memory to load");
	struct load_opts o = {.paths = paths,
			      .npaths = paths_to_load(&j->options, paths),
			      .cancel = &j->job.cancel,
			      .progress = &j->job.progress};
	j->dataset = dataset_load(&o, &j->err);
	free(paths);
	if (j->dataset)
		j->want.index = first_session(j);
	if (j->dataset && j->options.follow && j->want.index < j->dataset->nsessions)
		j->want.live = data_live_find(j->dataset, j->options.follow) == j->want.index &&
			       data_is_unfinished(j->dataset->sessions[j->want.index]);
	return j->dataset != NULL;
}

static void job_run(struct job *job)
{
	struct view_job *j = (struct view_job *)job;

	if (j->loads && !job_load(j))
		return;
	if (!j->shared && j->dataset->nsessions > 0) {
		j->shared = session_view_new(j->dataset, &j->want, &j->state, &j->err);
		if (!j->shared)
			return;
		j->made = true;
	}
	j->view = view_new(j->dataset, j->shared, &j->want, &j->state, &j->err);
}

/* What comes back ---------------------------------------------------------------------------------*/

static void shared_drop(struct session_view *sv)
{
	if (sv && --sv->refs == 0)
		session_view_free(sv);
}

static void view_drop(struct view *v)
{
	struct session_view *sv = v ? v->shared : NULL;

	view_free(v);
	shared_drop(sv);
}

static void install(struct data *d, struct view_job *j)
{
	struct view *before = d->view;

	if (j->loads) {
		d->dataset = j->dataset;
		d->want.index = j->want.index;
		d->want.live = j->want.live;
	}
	d->view = j->view;
	d->view->owner = d;
	if (j->shared) /* made here: the view's count; else the job's count passes to the view */
		j->shared->refs += j->made;
	data_live_installed(d, before);
	if (d->old) /* no frame came between: the one in the middle was never seen */
		view_drop(before);
	else
		d->old = before;
	app_data_changed(d->app);
}

/* A view that holds nothing but the reason. */
static void show_failure(struct data *d, const struct err *err)
{
	d->failure = *err;
	d->view = view_new(NULL, NULL, &d->want, &d->state, &d->failure);
	if (d->view)
		d->view->failure = d->failure.msg;
	app_data_changed(d->app);
}

static void job_failed(struct data *d, struct view_job *j)
{
	if (j->made)
		session_view_free(j->shared);
	else
		shared_drop(j->shared);
	if (j->loads)
		dataset_free(j->dataset);
	if (j->err.code == ERR_CANCELLED && d->view) {
		app_say(d->app, ROLE_DIM, "cancelled");
		return;
	}
	log_line("%s", j->err.msg);
	if (d->view)
		app_say(d->app, ROLE_ERROR, "%s", j->err.msg);
	else
		show_failure(d, &j->err);
}

static void job_done(struct job *job)
{
	struct view_job *j = (struct view_job *)job;
	struct data *d = j->data;
	bool again = d->again;

	d->running = NULL;
	d->again = false;
	if (j->view)
		install(d, j);
	else
		job_failed(d, j);
	state_release(&j->state);
	free(j);
	data_live_settled(d);
	if (d->dataset && !data_live_take(d) && again)
		data_ask(d);
}

/* Asking ------------------------------------------------------------------------------------------*/

static struct view_job *job_new(struct data *d)
{
	struct view_job *j = calloc(1, sizeof(*j));

	if (!j || !state_copy(&j->state, &d->state)) {
		free(j);
		app_say(d->app, ROLE_ERROR, "no memory");
		return NULL;
	}
	j->job.run = job_run;
	j->job.done = job_done;
	j->data = d;
	j->options = d->options;
	j->dataset = d->dataset;
	j->want = d->want;
	j->background = d->background;
	d->background = false;
	return j;
}

void data_ask(struct data *d)
{
	struct view_job *j;

	if (d->running) {
		d->again = true;
		return;
	}
	d->want.live = data_live_unfinished(d);
	j = job_new(d);
	if (!j)
		return;
	if (d->view && session_view_fits(d->view->shared, &d->want)) {
		j->shared = d->view->shared;
		j->shared->refs++;
	}
	d->running = j;
	jobs_submit(app_jobs(d->app), &j->job);
}

static void save(struct data *d)
{
	struct err err = {0};

	if (!state_save(&d->state, &err))
		log_line("%s", err.msg);
}

static bool ready(const struct data *d)
{
	return d->view && d->view->session && d->want.index == d->view->shared->index;
}

void data_open(struct data *d, uint32_t session_index)
{
	if (!d->dataset || session_index >= d->dataset->nsessions)
		return;
	snprintf(d->state.session, sizeof(d->state.session), "%s", d->dataset->sessions[session_index]->id);
	save(d);
	d->want = (struct view_want){.index = session_index,
				     .you = NO_CAR,
				     .ref = NO_CAR,
				     .length = MS_NONE,
				     .pit_loss = MS_NONE,
				     .generation = d->want.generation};
	data_ask(d);
}

void data_set_pair(struct data *d, uint16_t you, uint16_t ref)
{
	if (!ready(d) || !d->view->paired || you >= d->view->session->ncars || ref >= d->view->session->ncars)
		return;
	const struct car *cars = d->view->session->cars;
	if (car_seen(d->view->analysis, you) == 0 || car_seen(d->view->analysis, ref) == 0) {
		app_say(d->app, ROLE_ERROR, "a car without a lap cannot be compared");
		return;
	}
	snprintf(d->state.you, sizeof(d->state.you), "%s", cars[you].id);
	snprintf(d->state.ref, sizeof(d->state.ref), "%s", cars[ref].id);
	save(d);
	d->want.own = d->want.own && ref == d->view->ref; /* another reference: against that one */
	d->want.you = you;
	d->want.ref = ref;
	data_ask(d);
}

bool data_set_against(struct data *d, const char *what, struct err *err)
{
	const struct view *v = d->view;
	uint16_t ref;

	if (!ready(d) || !v->paired)
		return err_set(err, ERR_USAGE, "there are no two cars to compare");
	int car = session_car(v->session, what);
	d->want.own = car < 0 && strcmp(what, "own") == 0;
	if (d->want.own)
		ref = v->ref;
	else if (car >= 0)
		ref = (uint16_t)car;
	else if (strcmp(what, "best") == 0)
		ref = coach_class_best(v->analysis, v->you);
	else
		return err_set(err, ERR_USAGE, "against %.40s: it is own, best, or a car's number", what);
	if (ref == NO_CAR)
		return err_set(err, ERR_USAGE, "no other car has eight clean laps");
	data_set_pair(d, v->you, ref);
	return true;
}

/* What a mark is kept by: the track, else the session. */
static const char *mark_track(const struct view *v)
{
	return *v->session->track ? v->session->track : v->session->id;
}

const struct mark *data_mark(const struct data *d, uint32_t note)
{
	const struct view *v = d ? d->view : NULL;

	if (!v || !v->session || !v->paired || note >= view_notes(v)->n)
		return NULL;
	return marks_find(&d->state.marks, mark_track(v), v->session->cars[v->notes.you].id,
			  view_notes(v)->note[note].where);
}

void data_set_mark(struct data *d, uint32_t note, enum mark_kind kind, const char *why)
{
	const struct view *v = d->view;

	if (!ready(d) || !v->paired || note >= view_notes(v)->n)
		return;
	if (!marks_set(&d->state.marks, mark_track(v), v->session->cars[v->notes.you].id,
		       view_notes(v)->note[note].where, kind, why)) {
		app_say(d->app, ROLE_ERROR, "too many notes are marked (%d): take one away first", MARKS_MAX);
		return;
	}
	save(d);
	app_data_changed(d->app);
}

void data_exclude(struct data *d, const char *car, uint16_t lap, const char *why)
{
	bool out;

	if (!ready(d))
		return;
	if (!state_toggle(&d->state, d->view->session->id, car, lap, why, &out)) {
		app_say(d->app, ROLE_ERROR, "too many laps are taken out (%d): put one back first", STATE_EXCLUDED_MAX);
		return;
	}
	if (out)
		app_say(d->app, ROLE_TEXT, "lap %u of %s is out of every figure: %s", (unsigned)lap, car, why);
	else
		app_say(d->app, ROLE_TEXT, "lap %u of %s counts again", (unsigned)lap, car);
	save(d);
	d->want.you = d->view->you;
	d->want.ref = d->view->ref;
	d->want.generation++;
	data_ask(d);
}

/* The two cars of the view on the screen stay; without two it is chosen anew. */
static void want_pair(struct data *d)
{
	d->want.you = d->view->paired ? d->view->you : NO_CAR;
	d->want.ref = d->view->paired ? d->view->ref : NO_CAR;
}

void data_set_class(struct data *d, const char *class_name)
{
	if (!ready(d))
		return;
	snprintf(d->want.class_name, sizeof(d->want.class_name), "%s", class_name ? class_name : "");
	want_pair(d);
	data_ask(d);
}

void data_set_length(struct data *d, ms_t length)
{
	if (!ready(d))
		return;
	d->want.length = length;
	want_pair(d);
	data_ask(d);
}

void data_set_pit_loss(struct data *d, ms_t loss)
{
	if (!ready(d))
		return;
	d->want.pit_loss = loss;
	want_pair(d);
	data_ask(d);
}

static void toggle_car(struct data *d, uint16_t car, char (*list)[STATE_ID], unsigned n, const char *full)
{
	if (!ready(d) || car >= d->view->session->ncars)
		return;
	if (!state_toggle_id(list, n, d->view->session->cars[car].id)) {
		app_say(d->app, ROLE_ERROR, "%s", full);
		return;
	}
	save(d);
	want_pair(d);
	data_ask(d);
}

void data_more(struct data *d, uint16_t car)
{
	toggle_car(d, car, d->state.more, STATE_MORE, "four cars are compared already: + on one of them takes it away");
}

void data_follow(struct data *d, uint16_t car)
{
	toggle_car(d, car, d->state.followed, STATE_FOLLOWED,
		   "eight cars are followed already: f on one of them takes it away");
}

/* Replay ------------------------------------------------------------------------------------------*/

int64_t data_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static bool clock_ready(struct data *d)
{
	if (!ready(d))
		return false;
	if (!d->view->session->has_elapsed) {
		app_say(d->app, ROLE_ERROR, "this session has no clock (ELAPSED): it cannot be replayed");
		return false;
	}
	if (!d->want.clock.on)
		d->want.clock = (struct view_clock){.on = true, .end = session_end(d->view->session), .speed = 1};
	want_pair(d);
	return true;
}

static void clock_to(struct data *d, ms_t at)
{
	struct view_clock *c = &d->want.clock;

	c->at = at < 0 ? 0 : at > c->end ? c->end : at;
	if (c->at == c->end)
		c->playing = false;
	d->ticked = data_now_ms();
	data_ask(d);
}

void data_replay_toggle(struct data *d)
{
	bool was_on = d->want.clock.on;

	if (!clock_ready(d))
		return;
	if (was_on && !d->want.clock.playing && d->want.clock.at == d->want.clock.end)
		d->want.clock.at = 0; /* from the end: once more */
	d->want.clock.playing = !d->want.clock.playing;
	clock_to(d, d->want.clock.at);
}

/* The moment a car crosses the line next after (or last before) `at`. */
static ms_t next_crossing(const struct session *s, uint16_t car, ms_t at, int way)
{
	const struct car *c = &s->cars[car];
	ms_t best = MS_NONE;

	for (uint32_t i = c->first; i < c->first + c->n; i++) {
		ms_t e = s->laps.elapsed[i];
		if (e != MS_NONE && (way > 0 ? e > at : e < at) && (best == MS_NONE || (way > 0 ? e < best : e > best)))
			best = e;
	}
	return best;
}

void data_replay_step(struct data *d, int laps)
{
	bool was_on = d->want.clock.on;
	int way = laps < 0 ? -1 : 1;

	if (!clock_ready(d))
		return;
	uint16_t car = d->view->paired ? d->view->you : d->view->order->car[0];
	ms_t at = was_on ? d->want.clock.at : way > 0 ? 0 : d->want.clock.end;
	for (int i = 0; i < laps * way; i++) {
		ms_t next = next_crossing(d->view->session, car, at, way);
		if (next == MS_NONE) {
			at = way > 0 ? d->want.clock.end : 0;
			break;
		}
		at = next;
	}
	d->want.clock.playing = false;
	clock_to(d, at);
}

void data_replay_speed(struct data *d, int steps)
{
	if (!clock_ready(d))
		return;
	double *speed = &d->want.clock.speed;
	for (; steps > 0 && *speed < FASTEST; steps--)
		*speed *= 2;
	for (; steps < 0 && *speed > SLOWEST; steps++)
		*speed /= 2;
	data_ask(d);
}

void data_replay_to(struct data *d, ms_t at)
{
	if (!clock_ready(d))
		return;
	d->want.clock.playing = false;
	clock_to(d, at);
}

void data_replay_off(struct data *d)
{
	if (!ready(d) || !d->want.clock.on)
		return;
	d->want.clock = (struct view_clock){0};
	data_ask(d);
}

/* How often the clock moves: a quarter of a second, oftener when it runs fast. */
static int tick_ms(const struct data *d)
{
	return d->want.clock.speed > 4 ? TICK_FAST_MS : TICK_MS;
}

static void tick(struct data *d)
{
	struct view_clock *c = &d->want.clock;
	int64_t now = data_now_ms();

	if (!c->playing || d->running || now - d->ticked < tick_ms(d))
		return;
	want_pair(d);
	d->background = true;
	clock_to(d, (ms_t)((double)c->at + (double)(now - d->ticked) * c->speed));
}

/* The loop's calls --------------------------------------------------------------------------------*/

static void on_start(void *ctx, struct app *app)
{
	struct data *d = ctx;

	d->app = app;
	data_net_start(d);
	if (d->options.npaths == 0 && !d->options.follow) {
		struct err none = {0};
		err_set(&none, ERR_USAGE,
			"no data: start pitwall with --data DIR, or set data = DIR in the config file");
		show_failure(d, &none);
		return;
	}
	struct view_job *j = job_new(d);
	if (!j)
		return;
	j->loads = true;
	d->running = j;
	jobs_submit(app_jobs(app), &j->job);
}

static const void *on_current(void *ctx)
{
	return ((struct data *)ctx)->view;
}

static void on_settled(void *ctx)
{
	struct data *d = ctx;

	view_drop(d->old);
	d->old = NULL;
	data_season_settled(d);
	data_tel_settled(d);
	data_live_settled(d);
}

static bool step_session(struct data *d, int by)
{
	if (!ready(d))
		return true;
	uint32_t n = d->dataset->nsessions, i = d->view->shared->index;
	if (n < 2) {
		app_say(d->app, ROLE_DIM, "this is the only session");
		return true;
	}
	data_open(d, (uint32_t)(((int64_t)i + n + by) % n));
	return true;
}

/* Telemetry of cars from Snowflake; what stands in the way is said. */
static bool fetch(struct data *d, const char *cars)
{
	struct err err = {0};

	if (!data_net_fetch(d, cars, &err))
		app_say(d->app, ROLE_ERROR, "%s", err.msg);
	return true;
}

/* Raw telemetry into the store. */
static bool import(struct data *d, const char *path)
{
	struct err err = {0};

	if (!data_import_start(d, path, &err))
		app_say(d->app, ROLE_ERROR, "%s", err.msg);
	return true;
}

static bool on_command(void *ctx, enum cmd cmd)
{
	/* Sessions stand newest first: the one before in time is the next in the list. */
	if (cmd == CMD_SESSION_PREV)
		return step_session(ctx, 1);
	if (cmd == CMD_SESSION_NEXT)
		return step_session(ctx, -1);
	if (cmd == CMD_FETCH)
		return fetch(ctx, "");
	if (cmd == CMD_IMPORT)
		return import(ctx, "");
	return data_command(ctx, cmd);
}

static bool on_line(void *ctx, const char *text, struct err *err)
{
	struct data *d = ctx;

	if (strncmp(text, "fetch ", 6) == 0)
		return fetch(d, text + 6);
	if (strncmp(text, "import ", 7) == 0)
		return import(d, text + 7);
	if (strncmp(text, "open ", 5) != 0)
		return data_line(d, text, err);
	text += 5;
	for (uint32_t i = 0; d->dataset && i < d->dataset->nsessions; i++) {
		if (session_answers_to(d->dataset->sessions[i], text)) {
			data_open(d, i);
			return true;
		}
	}
	return err_set(err, ERR_USAGE, "no session \"%s\": [ and ] go through them", text);
}

static void on_status(void *ctx, char *out, size_t cap)
{
	struct data *d = ctx;

	*out = '\0';
	if (!d->running || d->running->background) {
		if (!data_tel_status(d, out, cap) && !data_net_status(d, out, cap))
			data_import_status(d, out, cap);
		return;
	}
	unsigned p = atomic_load(&d->running->job.progress);
	if (d->running->loads)
		snprintf(out, cap, "reading %u %%", p / 10);
	else
		snprintf(out, cap, "working out");
}

/* While files are read the percentage moves, while a replay plays its clock; else nothing wakes the loop. */
static int on_wait(void *ctx, struct pollfd *fds, int max, int *timeout_ms)
{
	struct data *d = ctx;
	int limit = d->want.clock.playing ? tick_ms(d) : PROGRESS_MS;
	unsigned part;
	bool shown = (d->running && !d->running->background) || data_tel_busy(d, &part);

	if ((shown || d->want.clock.playing) && (*timeout_ms < 0 || *timeout_ms > limit))
		*timeout_ms = limit;
	int n = data_live_wait(d, fds, max, timeout_ms);
	d->net_fds = data_net_wait(d, fds + n, max - n, timeout_ms);
	n += d->net_fds;
	d->import_fds = data_import_wait(d, fds + n, max - n, timeout_ms);
	return n + d->import_fds;
}

static void on_woke(void *ctx, const struct pollfd *fds, int n)
{
	struct data *d = ctx;

	unsigned part;

	if ((d->running && !d->running->background) || data_tel_busy(d, &part))
		app_dirty(d->app);
	n -= d->import_fds + d->net_fds;
	data_live_woke(d, fds, n);
	data_net_woke(d, fds + n, d->net_fds);
	data_import_woke(d);
	if (d->view && d->view->session)
		tick(d);
}

static bool on_cancel(void *ctx)
{
	struct data *d = ctx;

	if (!d->running || d->running->background)
		return data_tel_cancel(d) || data_net_cancel(d) || data_import_cancel(d);
	job_cancel(&d->running->job);
	return true;
}

static void on_save(void *ctx)
{
	save(ctx);
}

static void on_stop(void *ctx)
{
	data_net_stop(ctx);
}

struct data *data_new(const struct data_options *o)
{
	struct data *d = calloc(1, sizeof(*d));

	if (!d)
		return NULL;
	d->options = *o;
	d->want.you = d->want.ref = NO_CAR;
	d->want.length = d->want.pit_loss = MS_NONE;
	state_load(&d->state);
	if (!data_live_init(d) || !data_tel_init(d) || !data_net_init(d)) {
		data_net_free(d);
		data_tel_free(d);
		data_live_free(d);
		free(d);
		return NULL;
	}
	d->ops = (struct app_data){
		.ctx = d,
		.start = on_start,
		.current = on_current,
		.settled = on_settled,
		.command = on_command,
		.line = on_line,
		.status = on_status,
		.cancel = on_cancel,
		.wait = on_wait,
		.woke = on_woke,
		.save = on_save,
		.stop = on_stop,
	};
	return d;
}

const struct view *data_view(const struct data *d)
{
	return d->view;
}

struct app *data_app(const struct data *d)
{
	return d->app;
}

const struct alarm_rules *data_alarms(const struct data *d)
{
	return &d->state.alarms;
}

void data_set_alarms(struct data *d, const struct alarm_rules *r)
{
	d->state.alarms = *r;
	save(d);
}

const struct app_data *data_ops(struct data *d)
{
	return &d->ops;
}

void data_free(struct data *d)
{
	if (!d)
		return;
	data_import_free(d);
	data_net_free(d);
	data_notes_free(d);
	data_tel_free(d);
	view_drop(d->old);
	view_drop(d->view);
	data_season_free(d);
	data_live_free(d);
	dataset_free(d->dataset);
	state_release(&d->state);
	free(d);
}
