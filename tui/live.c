#include "tui/live.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/watch.h"
#include "core/load/follow.h"
#include "core/source/live.h"

enum { EVERY_MS = 200 }; /* between two looks: a writer in a hurry must not keep the worker busy */

/* What one file needs. The worker has `follow` while a look runs. */
struct followed {
	struct follow *follow;
	struct watch *watch; /* NULL for a pipe */
	int fd;              /* of the pipe, -1 none */
	uint32_t at;
	uint64_t fingerprint; /* of the session that was handed over last */
	bool looking;
	bool dropped; /* another file is followed now: freed when the look is over */
	bool wanted;  /* something may have changed */
	bool ended;
	int64_t due;    /* on the clock below; -1 none */
	int64_t looked; /* when it was looked at last */
};

struct live {
	struct live_ops ops;
	struct app *app;
	const struct dataset *dataset;
	struct followed *f; /* NULL: nothing is followed */
	int64_t came;       /* when the last new lap came; -1 */
	char said[400];     /* the last failure told */
};

struct look {
	struct job job;
	struct live *live;
	struct followed *f;
	const struct dataset *dataset;
	const struct session *before; /* NULL: the first of its file */
	int64_t now;
	enum follow_look what;
	struct session *s;
	struct err err;
};

static int64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* In the worker -------------------------------------------------------------------------------------*/

static bool name_session(struct look *k)
{
	if (k->before)
		return live_replaces(k->s, k->before, k->dataset, &k->err);
	return live_is_new(k->s, follow_path(k->f->follow), k->dataset, &k->err);
}

static void look_run(struct job *job)
{
	struct look *k = (struct look *)job;

	k->what = follow_look(k->f->follow, k->now, NULL, &k->err);
	if (k->what != FOLLOW_CHANGED)
		return;
	k->s = follow_session(k->f->follow, &k->err);
	if (k->s && name_session(k))
		return;
	session_free(k->s);
	k->s = NULL;
	k->what = FOLLOW_FAILED;
}

/* What comes back -----------------------------------------------------------------------------------*/

static void followed_free(struct followed *f)
{
	if (!f)
		return;
	follow_free(f->follow);
	watch_free(f->watch);
	free(f);
}

static void tell_failure(struct live *l, const struct err *err)
{
	if (strcmp(l->said, err->msg) == 0)
		return;
	memcpy(l->said, err->msg, sizeof(l->said));
	l->ops.failed(l->ops.ctx, err);
}

static void take(struct live *l, struct look *k)
{
	struct followed *f = k->f;

	f->due = follow_due(f->follow);
	f->ended = follow_ended(f->follow);
	if (k->what == FOLLOW_FAILED)
		tell_failure(l, &k->err);
	if (!k->s)
		return;
	/* The first look reads what was loaded before: only what differs is news. */
	if (k->before && f->fingerprint == k->s->fingerprint && k->before->laps.n == k->s->laps.n) {
		session_free(k->s);
		return;
	}
	f->fingerprint = k->s->fingerprint;
	l->came = k->now;
	l->said[0] = '\0';
	l->ops.arrived(l->ops.ctx, k->s, f->at);
}

static void look_done(struct job *job)
{
	struct look *k = (struct look *)job;
	struct followed *f = k->f;

	f->looking = false;
	if (f->dropped) {
		session_free(k->s);
		followed_free(f);
	} else {
		take(k->live, k);
	}
	free(k);
}

static void look(struct live *l)
{
	struct followed *f = l->f;
	struct look *k = calloc(1, sizeof(*k));

	if (!k)
		return;
	*k = (struct look){.live = l, .f = f, .dataset = l->dataset, .now = clock_ms()};
	k->job.run = look_run;
	k->job.done = look_done;
	if (f->at < l->dataset->nsessions)
		k->before = l->dataset->sessions[f->at];
	f->looking = true;
	f->wanted = false;
	f->due = -1;
	f->looked = k->now;
	jobs_submit(app_jobs(l->app), &k->job);
}

/* Beginning and end ---------------------------------------------------------------------------------*/

struct live *live_new(const struct live_ops *ops)
{
	struct live *l = calloc(1, sizeof(*l));

	if (l)
		*l = (struct live){.ops = *ops, .came = -1};
	return l;
}

static void let_go(struct live *l)
{
	struct followed *f = l->f;

	l->f = NULL;
	l->came = -1;
	l->said[0] = '\0';
	if (f && f->looking)
		f->dropped = true;
	else
		followed_free(f);
}

void live_free(struct live *l)
{
	if (!l)
		return;
	let_go(l);
	free(l);
}

static int64_t age_of(const struct session *s)
{
	int64_t age = (int64_t)time(NULL) - s->mtime;

	return age > 0 ? age * 1000 : 0;
}

void live_watch(struct live *l, struct app *app, const struct dataset *d, const struct live_target *t, bool now)
{
	struct err err = {0};
	struct followed *f;

	let_go(l);
	l->app = app;
	l->dataset = d;
	if (!t)
		return;
	f = calloc(1, sizeof(*f));
	if (!f)
		return;
	*f = (struct followed){.fd = t->fd, .at = t->at, .due = -1, .looked = -EVERY_MS, .wanted = now};
	f->follow = follow_new(t->path, t->fd, &err);
	f->watch = t->fd < 0 ? watch_new(t->path) : NULL;
	if (!f->follow || (t->fd < 0 && !f->watch)) {
		followed_free(f);
		return;
	}
	if (t->at < d->nsessions)
		f->fingerprint = d->sessions[t->at]->fingerprint;
	if (now && t->at < d->nsessions) /* it is as old as its file */
		l->came = clock_ms() - age_of(d->sessions[t->at]);
	l->f = f;
}

bool live_watches(const struct live *l, const char *path)
{
	return l->f && strcmp(follow_path(l->f->follow), path) == 0;
}

int64_t live_age(const struct live *l)
{
	return l->f && l->came >= 0 ? clock_ms() - l->came : -1;
}

/* The wait ------------------------------------------------------------------------------------------*/

/* When to look again, on the clock; -1: when the descriptor tells. */
static int64_t next_look(const struct followed *f)
{
	int64_t soonest = f->looked + EVERY_MS, at = -1;

	if (f->wanted)
		return soonest;
	if (f->due >= 0)
		at = f->due > soonest ? f->due : soonest;
	if (f->watch && watch_fd(f->watch) < 0 && (at < 0 || at > f->looked + WATCH_POLL_MS))
		at = f->looked + WATCH_POLL_MS;
	return at;
}

static int descriptor(const struct followed *f)
{
	return f->watch ? watch_fd(f->watch) : f->ended ? -1 : f->fd;
}

int live_wait(struct live *l, bool busy, struct pollfd *fds, int max, int *timeout_ms)
{
	struct followed *f = l->f;

	if (!f || max < 1)
		return 0;
	int64_t at = busy || f->looking ? -1 : next_look(f);
	if (at >= 0) {
		int64_t ms = at - clock_ms();
		ms = ms < 0 ? 0 : ms;
		if (*timeout_ms < 0 || ms < *timeout_ms)
			*timeout_ms = (int)ms;
	}
	/* A pipe that nobody reads yet would wake the loop again and again. */
	bool deaf = !f->watch && (busy || f->looking || f->wanted);
	fds[0] = (struct pollfd){deaf ? -1 : descriptor(f), POLLIN, 0};
	return 1;
}

void live_woke(struct live *l, bool busy, const struct pollfd *fds, int n)
{
	struct followed *f = l->f;

	if (!f)
		return;
	if (n > 0 && fds[0].revents != 0)
		f->wanted |= f->watch ? watch_changed(f->watch) : true;
	if (busy || f->looking)
		return;
	int64_t at = next_look(f);
	if (at >= 0 && clock_ms() >= at)
		look(l);
}

void live_drain(struct live *l)
{
	while (l->f && l->f->fd >= 0 && !l->f->ended) {
		struct pollfd p = {l->f->fd, POLLIN, 0};
		poll(&p, 1, -1);
		look(l);
		jobs_collect(app_jobs(l->app));
	}
}
