/* The shown session's file, followed: what arrives replaces the session in the dataset between two views. */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/log.h"
#include "tui/data_state.h"

enum { SECOND_MS = 1000, FLASH_MS = 300, FLASHES = 6 };

/* Which file ------------------------------------------------------------------------------------------*/

static const char *lap_file(const struct session *s)
{
	for (uint32_t i = 0; i < s->files.n; i++)
		if (s->files.at[i].role == ROLE_LAPS && s->files.at[i].state == FILE_USED)
			return s->files.at[i].path;
	return NULL;
}

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;

	return strcmp(a, b) == 0 ||
	       (stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}

uint32_t data_live_find(const struct dataset *ds, const char *path)
{
	for (uint32_t i = 0; i < ds->nsessions; i++) {
		const char *own = lap_file(ds->sessions[i]);
		if (own && same_file(own, path))
			return i;
	}
	return ds->nsessions;
}

static bool is_pipe(const struct data *d)
{
	return d->options.follow && strcmp(d->options.follow, "-") == 0;
}

/* The file the user named, for as long as the program runs. */
static void follow_named(struct data *d)
{
	struct live_target t = {is_pipe(d) ? "standard input" : d->options.follow, is_pipe(d) ? STDIN_FILENO : -1, 0};

	if (d->watching)
		return;
	d->watching = true;
	t.at = d->live_at = is_pipe(d) ? d->dataset->nsessions : data_live_find(d->dataset, t.path);
	live_watch(d->live, d->app, d->dataset, &t, true);
	if (jobs_fd(app_jobs(d->app)) < 0)
		live_drain(d->live);
}

/* The file of the session on the screen. */
static void follow_shown(struct data *d)
{
	uint32_t at = d->view->shared->index;
	const char *path = lap_file(d->dataset->sessions[at]);

	if (d->watching && at == d->live_at)
		return;
	d->watching = true;
	d->live_at = at;
	live_watch(d->live, d->app, d->dataset, path ? &(struct live_target){path, -1, at} : NULL, false);
}

/* What arrives ----------------------------------------------------------------------------------------*/

/* The car marked, which may have come only now, else the one shown, also when the new session numbers cars otherwise. */
static uint16_t again(const char *marked, const char *shown, const struct session *to)
{
	int at = *marked ? session_car(to, marked) : -1;

	if (at < 0 && shown)
		at = session_car(to, shown);
	return at < 0 ? NO_CAR : (uint16_t)at;
}

static void want_same_cars(struct data *d, const struct session *s)
{
	const struct view *v = d->view;
	const struct car *cars = v && v->paired && d->want.index == v->shared->index ? v->session->cars : NULL;

	d->want.you = again(d->state.you, cars ? cars[v->you].id : NULL, s);
	d->want.ref = again(d->state.ref, cars ? cars[v->ref].id : NULL, s);
	if (d->want.you == d->want.ref)
		d->want.you = d->want.ref = NO_CAR;
}

static void retire(struct data *d, struct session *s)
{
	if (s)
		d->retired[d->nretired++] = (struct retired){s, d->want.generation};
}

bool data_live_take(struct data *d)
{
	struct session *s = d->arrived, *old;
	bool first = d->live_at == d->dataset->nsessions;

	/* Full: views of the oldest are still on the screen. It comes with the next. */
	if (!s || d->running || d->book_job || data_tel_running(d) || d->nretired == RETIRED_MAX)
		return false;
	d->arrived = NULL;
	if (!dataset_put(d->dataset, d->live_at, s, &old)) {
		session_free(s);
		return false;
	}
	d->want.generation++;
	retire(d, old);
	data_season_replaced(d);
	if (first)
		d->want = (struct view_want){.index = d->live_at,
					     .length = d->want.length,
					     .pit_loss = MS_NONE,
					     .generation = d->want.generation};
	if (d->want.index == d->live_at) {
		want_same_cars(d, s);
		if (d->want.clock.on)
			d->want.clock.end = session_end(s);
	}
	d->background = true;
	data_ask(d);
	return true;
}

static void on_arrived(void *ctx, struct session *s, uint32_t at)
{
	struct data *d = ctx;

	(void)at;
	session_free(d->arrived);
	d->arrived = s;
	data_live_take(d);
}

static void on_failed(void *ctx, const struct err *err)
{
	struct data *d = ctx;

	log_line("%s", err->msg);
	app_say(d->app, ROLE_ERROR, "%s", err->msg);
}

/* Once the flag has fallen every crossing has it: one in the middle is a damaged row. */
bool data_is_unfinished(const struct session *s)
{
	ms_t last = MS_NONE;
	bool finished = false;

	for (uint32_t i = 0; i < s->laps.n; i++) {
		if (s->laps.elapsed[i] < last)
			continue;
		last = s->laps.elapsed[i];
		finished = s->laps.flag[i] == FLAG_FINISH;
	}
	return s->has_elapsed && !finished;
}

uint32_t data_live_written(const struct data *d)
{
	bool told = d->watching && (d->options.follow || live_age(d->live) >= 0);

	if (!told || d->live_at >= d->dataset->nsessions)
		return told ? d->live_at : NO_SESSION;
	return data_is_unfinished(d->dataset->sessions[d->live_at]) ? d->live_at : NO_SESSION;
}

bool data_live_unfinished(const struct data *d)
{
	return d->dataset && d->want.index < d->dataset->nsessions && d->want.index == data_live_written(d);
}

/* Alarms ----------------------------------------------------------------------------------------------*/

/* Only what came with the clock or the file is news, not what another class or a lap left out changes. */
static bool comparable(const struct view *before, const struct view *now)
{
	return before && before->session && now->session && strcmp(before->session->id, now->session->id) == 0 &&
	       before->shared->cut && now->shared->cut &&
	       strcmp(before->shared->class_name, now->shared->class_name) == 0 &&
	       before->shared->nexcluded == now->shared->nexcluded &&
	       now->analysis->order.ncrossing > before->analysis->order.ncrossing;
}

static void tell_alarms(struct data *d, const struct view *before)
{
	const struct view *v = d->view;
	struct alarm found[ALARMS_MAX];
	size_t n = 0;

	if (!comparable(before, v))
		return;
	uint32_t count =
		alarms_find(before->analysis, v->analysis, v->paired ? v->you : NO_CAR, &d->state.alarms, found);
	if (count == 0)
		return;
	for (uint32_t i = 0; i < count; i++) {
		char words[96];
		alarm_words(v->session, &found[i], words);
		int put = snprintf(d->alarm + n, sizeof(d->alarm) - n, "%s%s", n ? "   " : "", words);
		n += put > 0 && n + (size_t)put < sizeof(d->alarm) ? (size_t)put : 0;
	}
	app_say(d->app, ROLE_ALARM, "%s", d->alarm);
	d->flashes = FLASHES;
	d->flashed = data_now_ms();
	if (d->state.alarms.bell)
		app_bell(d->app);
}

/* The message changes its look a few times, unless a key has taken it away. */
static void flash(struct data *d)
{
	int64_t now = data_now_ms();

	if (d->flashes == 0 || now - d->flashed < FLASH_MS)
		return;
	d->flashed = now;
	d->flashes--;
	if (!app_says(d->app, d->alarm))
		d->flashes = 0;
	else
		app_say(d->app, d->flashes % 2 ? ROLE_BAR : ROLE_ALARM, "%s", d->alarm);
}

/* Life ------------------------------------------------------------------------------------------------*/

static void say_waiting(struct data *d)
{
	if (d->view->session || !d->options.follow)
		return;
	snprintf(d->waiting, sizeof(d->waiting), "waiting for the first lap in %.200s",
		 is_pipe(d) ? "standard input" : d->options.follow);
	d->view->failure = d->waiting;
}

void data_live_installed(struct data *d, const struct view *before)
{
	if (!d->dataset)
		return;
	say_waiting(d);
	tell_alarms(d, before);
	if (d->options.follow)
		follow_named(d);
	else if (d->view->session)
		follow_shown(d);
}

/* Sessions nobody can look at any more: all views there are were made without them. */
void data_live_settled(struct data *d)
{
	unsigned oldest = d->want.generation, kept = 0;
	const struct session_view *in_use[] = {d->view ? d->view->shared : NULL, d->old ? d->old->shared : NULL,
					       d->running ? d->running->shared : NULL};

	for (size_t i = 0; i < sizeof(in_use) / sizeof(in_use[0]); i++)
		if (in_use[i] && in_use[i]->generation < oldest)
			oldest = in_use[i]->generation;
	for (unsigned i = 0; i < d->nretired; i++) {
		if (d->retired[i].generation <= oldest)
			session_free(d->retired[i].s);
		else
			d->retired[kept++] = d->retired[i];
	}
	d->nretired = kept;
}

static void wake_within(int *timeout_ms, int64_t ms)
{
	if (*timeout_ms < 0 || ms < *timeout_ms)
		*timeout_ms = ms < 0 ? 0 : (int)ms;
}

int data_live_wait(struct data *d, struct pollfd *fds, int max, int *timeout_ms)
{
	/* The age of the data stands on the bar in whole seconds. */
	if (d->view && d->view->live && data_age(d) >= 0)
		wake_within(timeout_ms, SECOND_MS - data_age(d) % SECOND_MS);
	if (d->flashes)
		wake_within(timeout_ms, FLASH_MS);
	return live_wait(d->live, d->running || d->arrived, fds, max, timeout_ms);
}

void data_live_woke(struct data *d, const struct pollfd *fds, int n)
{
	flash(d);
	live_woke(d->live, d->running || d->arrived, fds, n);
}

int64_t data_age(const struct data *d)
{
	return d ? live_age(d->live) : -1;
}

bool data_live_init(struct data *d)
{
	d->live = live_new(&(struct live_ops){d, on_arrived, on_failed});
	return d->live != NULL;
}

void data_live_free(struct data *d)
{
	live_free(d->live);
	session_free(d->arrived);
	for (unsigned i = 0; i < d->nretired; i++)
		session_free(d->retired[i].s);
}
