#include "tui/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/job.h"
#include "core/base/log.h"
#include "core/source/load.h"

enum { PROGRESS_MS = 100 };

struct data {
	struct data_options options;
	struct app_data ops;
	struct app *app;
	struct state state;
	struct dataset *dataset;
	struct view *view, *old;  /* old: until every screen has seen the new one */
	struct view_job *running; /* the newest job; NULL: nothing runs */
	unsigned opening;         /* jobs under way that change the session */
	struct err failure;
};

/* One piece of work: load (dataset NULL), open a session (shared NULL) or compare two cars. Owns what it makes until done. */
struct view_job {
	struct job job;
	struct data *data;
	struct state state; /* its own copy */
	struct data_options options;
	struct dataset *dataset;
	bool loads, opens;
	uint32_t index;
	struct session_view *shared;
	uint16_t you, ref;
	struct view *view;
	struct err err;
};

static void shared_drop(struct session_view *sv)
{
	if (sv && --sv->refs == 0)
		session_view_free(sv);
}

static uint32_t first_session(const struct view_job *j)
{
	const char *want = j->options.session ? j->options.session : j->state.session;

	for (uint32_t i = 0; i < j->dataset->nsessions; i++)
		if (*want && session_answers_to(j->dataset->sessions[i], want))
			return i;
	return 0;
}

static bool job_load(struct view_job *j)
{
	struct load_opts o = {.paths = j->options.paths,
			      .npaths = j->options.npaths,
			      .cancel = &j->job.cancel,
			      .progress = &j->job.progress};

	j->dataset = dataset_load(&o, &j->err);
	if (j->dataset)
		j->index = first_session(j);
	return j->dataset != NULL;
}

static void job_run(struct job *job)
{
	struct view_job *j = (struct view_job *)job;

	if (j->loads && !job_load(j))
		return;
	if (j->opens && j->dataset->nsessions > 0) {
		j->shared = session_view_new(j->dataset, j->index, &j->state, &j->err);
		if (!j->shared)
			return;
	}
	j->view = view_new(j->dataset, j->shared, j->you, j->ref, &j->state, &j->err);
}

static void install(struct data *d, struct view_job *j)
{
	if (j->loads)
		d->dataset = j->dataset;
	if (d->old) { /* no frame came between: drop the one in the middle */
		struct session_view *sv = d->view ? d->view->shared : NULL;
		view_free(d->view);
		shared_drop(sv);
	} else {
		d->old = d->view;
	}
	d->view = j->view;
	d->view->owner = d;
	if (d->view->shared)
		d->view->shared->refs++;
	app_data_changed(d->app);
}

/* A view that holds nothing but the reason. */
static void show_failure(struct data *d, const struct err *err)
{
	d->failure = *err;
	d->view = view_new(NULL, NULL, NO_CAR, NO_CAR, &d->state, &d->failure);
	if (d->view)
		d->view->failure = d->failure.msg;
	app_data_changed(d->app);
}

static void job_failed(struct data *d, struct view_job *j)
{
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

	if (d->running == j)
		d->running = NULL;
	if (j->opens)
		d->opening--;
	if (j->view)
		install(d, j);
	else
		job_failed(d, j);
	if (j->opens && !j->view) {
		session_view_free(j->shared);
		if (j->loads)
			dataset_free(j->dataset);
	} else if (!j->opens) {
		shared_drop(j->shared); /* the count taken when it was submitted */
	}
	state_release(&j->state);
	free(j);
}

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
	j->you = j->ref = NO_CAR;
	return j;
}

static void submit(struct data *d, struct view_job *j)
{
	d->running = j;
	if (j->opens)
		d->opening++;
	jobs_submit(app_jobs(d->app), &j->job);
}

static void save(struct data *d)
{
	struct err err = {0};

	if (!state_save(&d->state, &err))
		log_line("%s", err.msg);
}

void data_open(struct data *d, uint32_t session_index)
{
	struct view_job *j = d->dataset && session_index < d->dataset->nsessions ? job_new(d) : NULL;

	if (!j)
		return;
	j->opens = true;
	j->index = session_index;
	snprintf(d->state.session, sizeof(d->state.session), "%s", d->dataset->sessions[session_index]->id);
	save(d);
	submit(d, j);
}

void data_set_pair(struct data *d, uint16_t you, uint16_t ref)
{
	if (d->opening > 0 || !d->view || !d->view->paired)
		return;
	if (you >= d->view->session->ncars || ref >= d->view->session->ncars)
		return;
	const struct car *cars = d->view->session->cars;
	if (car_seen(d->view->analysis, you) == 0 || car_seen(d->view->analysis, ref) == 0) {
		app_say(d->app, ROLE_ERROR, "a car without a lap cannot be compared");
		return;
	}
	snprintf(d->state.you, sizeof(d->state.you), "%s", cars[you].id);
	snprintf(d->state.ref, sizeof(d->state.ref), "%s", cars[ref].id);
	struct view_job *j = job_new(d);
	if (!j)
		return;
	j->shared = d->view->shared;
	j->shared->refs++;
	j->you = you;
	j->ref = ref;
	save(d);
	submit(d, j);
}

void data_exclude(struct data *d, const char *car, uint16_t lap, const char *why)
{
	bool out;

	if (!d->view || !d->view->session)
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
	struct view_job *j = job_new(d);
	if (!j)
		return;
	j->opens = true;
	j->index = d->view->shared->index;
	j->you = d->view->you;
	j->ref = d->view->ref;
	submit(d, j);
}

static void on_start(void *ctx, struct app *app)
{
	struct data *d = ctx;

	d->app = app;
	if (d->options.npaths == 0) {
		struct err none = {0};
		err_set(&none, ERR_USAGE,
			"no data: start pitwall with --data DIR, or set data = DIR in the config file");
		show_failure(d, &none);
		return;
	}
	struct view_job *j = job_new(d);
	if (!j)
		return;
	j->loads = j->opens = true;
	submit(d, j);
}

static const void *on_current(void *ctx)
{
	return ((struct data *)ctx)->view;
}

static void on_settled(void *ctx)
{
	struct data *d = ctx;
	struct session_view *sv = d->old ? d->old->shared : NULL;

	view_free(d->old);
	shared_drop(sv);
	d->old = NULL;
}

static bool step_session(struct data *d, int by)
{
	if (!d->view || !d->view->session || d->opening > 0)
		return true;
	uint32_t n = d->dataset->nsessions, i = d->view->shared->index;
	if (n < 2) {
		app_say(d->app, ROLE_DIM, "this is the only session");
		return true;
	}
	data_open(d, (uint32_t)((int64_t)i + n + by) % n);
	return true;
}

static bool on_command(void *ctx, enum cmd cmd)
{
	/* Sessions stand newest first: the one before in time is the next in the list. */
	if (cmd == CMD_SESSION_PREV)
		return step_session(ctx, 1);
	if (cmd == CMD_SESSION_NEXT)
		return step_session(ctx, -1);
	return false;
}

static bool on_line(void *ctx, const char *text, struct err *err)
{
	struct data *d = ctx;

	if (strncmp(text, "open ", 5) != 0)
		return err_set(err, ERR_NOT_FOUND, "no such command");
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
	if (!d->running)
		return;
	unsigned p = atomic_load(&d->running->job.progress);
	if (d->running->loads)
		snprintf(out, cap, "reading %u %%", p / 10);
	else
		snprintf(out, cap, "working out");
}

/* While files are read the percentage moves; else nothing wakes the loop. */
static int on_wait(void *ctx, struct pollfd *fds, int max, int *timeout_ms)
{
	struct data *d = ctx;

	(void)fds;
	(void)max;
	if (d->running && (*timeout_ms < 0 || *timeout_ms > PROGRESS_MS))
		*timeout_ms = PROGRESS_MS;
	return 0;
}

static void on_woke(void *ctx, const struct pollfd *fds, int n)
{
	struct data *d = ctx;

	(void)fds;
	(void)n;
	if (d->running)
		app_dirty(d->app);
}

static bool on_cancel(void *ctx)
{
	struct data *d = ctx;

	if (!d->running)
		return false;
	job_cancel(&d->running->job);
	return true;
}

static void on_save(void *ctx)
{
	save(ctx);
}

struct data *data_new(const struct data_options *o)
{
	struct data *d = calloc(1, sizeof(*d));

	if (!d)
		return NULL;
	d->options = *o;
	state_load(&d->state);
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
	};
	return d;
}

const struct app_data *data_ops(struct data *d)
{
	return &d->ops;
}

void data_free(struct data *d)
{
	if (!d)
		return;
	struct session_view *sv = d->view ? d->view->shared : NULL;
	on_settled(d);
	view_free(d->view);
	shared_drop(sv);
	dataset_free(d->dataset);
	state_release(&d->state);
	free(d);
}
