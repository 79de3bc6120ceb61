#include "tui/data_tel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "tui/data_state.h"
#include "tui/tel_source.h"

/* One piece of work: what a choice of laps shows, and the cars that are not there yet. */
struct tel_job {
	struct job job;
	struct data *data;
	const struct dataset *dataset;
	struct tel_want_view want;
	struct exclusion *excluded;
	uint32_t nexcluded;
	struct state state; /* owns what excluded points to */
	struct tel_part *part;
	bool made;
	struct tel_view *view;
	struct err err;
};

struct data_tel {
	struct tel_source *source; /* the worker's while a job runs */
	struct tel_view *view, *old;
	struct tel_job *running;
	bool again; /* something else was chosen while it ran */
	bool stale; /* the store has more than what is shown was made of */
	struct tel_want_view want, failed;
	bool has_failed;
	char failure[512];
};

static bool same_want(const struct tel_want_view *a, const struct tel_want_view *b)
{
	bool same = a->index == b->index && a->generation == b->generation && a->you == b->you && a->ref == b->ref;

	for (int k = 0; k < TEL_SLOTS; k++)
		same = same && a->pick[k].car == b->pick[k].car && a->pick[k].lap == b->pick[k].lap;
	return same;
}

/* In the worker ------------------------------------------------------------------------------------*/

static void run(struct job *job)
{
	struct tel_job *j = (struct tel_job *)job;

	if (!j->part) {
		j->part = tel_part_new(j->data->tel->source, j->dataset, &j->want, j->excluded, j->nexcluded, &j->job,
				       &j->err);
		if (!j->part)
			return;
		j->made = true;
	}
	j->view = tel_view_new(j->part, &j->want, &j->err);
}

/* Back ---------------------------------------------------------------------------------------------*/

static void part_drop(struct tel_part *p)
{
	if (p && --p->refs == 0)
		tel_part_free(p);
}

static void view_drop(struct tel_view *v)
{
	struct tel_part *p = v ? v->part : NULL;

	tel_view_free(v);
	part_drop(p);
}

static void install(struct data *d, struct tel_job *j)
{
	struct data_tel *t = d->tel;

	j->part->refs += j->made; /* there before: the job's count passes to the view */
	if (t->old)               /* no frame came between */
		view_drop(t->view);
	else
		t->old = t->view;
	t->view = j->view;
	t->stale = t->stale && !j->made;
	t->has_failed = false;
	app_data_changed(d->app);
}

static void failed(struct data *d, struct tel_job *j)
{
	struct data_tel *t = d->tel;

	if (j->made)
		tel_part_free(j->part);
	else
		part_drop(j->part);
	t->failed = j->want;
	t->has_failed = true;
	snprintf(t->failure, sizeof(t->failure), "%s", j->err.msg);
	if (j->err.code == ERR_CANCELLED)
		snprintf(t->failure, sizeof(t->failure), "reading telemetry was cancelled: y, r or Enter reads it");
	else
		log_line("%s", j->err.msg);
	app_data_changed(d->app);
}

static void start(struct data *d);

static void done(struct job *job)
{
	struct tel_job *j = (struct tel_job *)job;
	struct data *d = j->data;
	bool again = d->tel->again;

	d->tel->running = NULL;
	d->tel->again = false;
	if (j->view)
		install(d, j);
	else
		failed(d, j);
	state_release(&j->state);
	free(j->excluded);
	free(j);
	data_live_take(d); /* a session that came meanwhile */
	if (again)
		start(d);
}

/* Asking -------------------------------------------------------------------------------------------*/

/* Laps taken out by hand are no clean laps here either. */
static bool take_exclusions(struct tel_job *j, const struct session *s)
{
	j->excluded = calloc(j->state.nexcluded + 1u, sizeof(*j->excluded));
	if (!j->excluded)
		return false;
	for (uint32_t i = 0; i < j->state.nexcluded; i++) {
		const struct state_exclusion *x = &j->state.excluded[i];
		if (session_answers_to(s, x->session) && session_car(s, x->car) >= 0)
			j->excluded[j->nexcluded++] = (struct exclusion){x->car, x->lap, x->why};
	}
	return true;
}

static void start(struct data *d)
{
	struct data_tel *t = d->tel;
	struct tel_job *j;

	if (!d->dataset || t->want.index >= d->dataset->nsessions)
		return;
	j = calloc(1, sizeof(*j));
	if (!j || !state_copy(&j->state, &d->state) || !take_exclusions(j, d->dataset->sessions[t->want.index])) {
		app_say(d->app, ROLE_ERROR, "no memory");
		if (j)
			state_release(&j->state);
		free(j);
		return;
	}
	j->job.run = run;
	j->job.done = done;
	j->data = d;
	j->dataset = d->dataset;
	j->want = t->want;
	if (t->view && !t->stale && tel_part_fits(t->view->part, &t->want)) {
		j->part = t->view->part;
		j->part->refs++;
	}
	t->running = j;
	jobs_submit(app_jobs(d->app), &j->job);
}

void data_tel_ask(struct data *d, const struct tel_pick pick[TEL_SLOTS])
{
	struct data_tel *t = d ? d->tel : NULL;
	const struct view *v = d ? d->view : NULL;

	if (!t || !v || !v->session || !d->app || !app_jobs(d->app))
		return;
	struct tel_want_view w = {.index = v->shared->index,
				  .generation = v->shared->generation,
				  .you = v->paired ? v->you : NO_CAR,
				  .ref = v->paired ? v->ref : NO_CAR};
	memcpy(w.pick, pick, sizeof(w.pick));
	if (t->running) {
		t->again = t->again || !same_want(&t->running->want, &w);
		t->want = w;
		return;
	}
	if ((t->view && !t->stale && same_want(&t->view->want, &w)) || (t->has_failed && same_want(&t->failed, &w)))
		return;
	t->want = w;
	start(d);
}

void data_tel_retry(struct data *d)
{
	d->tel->has_failed = false;
	d->tel->stale = d->tel->stale || (d->tel->view && *d->tel->view->part->missing);
}

void data_tel_renew(struct data *d)
{
	d->tel->has_failed = false;
	d->tel->stale = true;
	d->tel->again = d->tel->running != NULL;
	app_data_changed(d->app); /* whoever shows telemetry asks again */
}

/* What others see ----------------------------------------------------------------------------------*/

const struct tel_view *data_tel_view(const struct data *d)
{
	const struct tel_view *t = d && d->tel ? d->tel->view : NULL;

	return t && d->view && d->view->session && t->part->session == d->view->session ? t : NULL;
}

const char *data_tel_failure(const struct data *d)
{
	return d && d->tel && d->tel->has_failed && d->view && d->view->shared &&
			       d->tel->failed.index == d->view->shared->index
		       ? d->tel->failure
		       : "";
}

bool data_tel_busy(const struct data *d, unsigned *part)
{
	struct tel_job *j = d && d->tel ? d->tel->running : NULL;

	if (!j || j->part)
		return false;
	*part = atomic_load(&j->job.progress);
	return true;
}

bool data_tel_status(const struct data *d, char *out, size_t cap)
{
	unsigned part = 0;

	if (!data_tel_busy(d, &part))
		return false;
	snprintf(out, cap, "reading telemetry %u %%", part / 10);
	return true;
}

bool data_tel_cancel(struct data *d)
{
	if (!d->tel || !d->tel->running)
		return false;
	job_cancel(&d->tel->running->job);
	return true;
}

/* For data.c ---------------------------------------------------------------------------------------*/

bool data_tel_init(struct data *d)
{
	d->tel = calloc(1, sizeof(*d->tel));
	if (d->tel)
		d->tel->source = tel_source_new(d->options.store, d->options.corner, d->options.ncorners);
	if (d->tel && d->tel->source)
		return true;
	free(d->tel);
	d->tel = NULL;
	return false;
}

bool data_tel_running(const struct data *d)
{
	return d->tel && d->tel->running;
}

static bool is_in(const struct dataset *ds, const struct session *s)
{
	for (uint32_t i = 0; ds && i < ds->nsessions; i++)
		if (ds->sessions[i] == s)
			return true;
	return false;
}

void data_tel_settled(struct data *d)
{
	struct data_tel *t = d->tel;

	data_notes_free(d); /* may be joined of what goes */
	view_drop(t->old);
	t->old = NULL;
	if (t->view && !is_in(d->dataset, t->view->part->session)) {
		view_drop(t->view);
		t->view = NULL;
	}
}

void data_tel_free(struct data *d)
{
	if (!d->tel)
		return;
	view_drop(d->tel->old);
	view_drop(d->tel->view);
	tel_source_free(d->tel->source);
	free(d->tel);
	d->tel = NULL;
}
