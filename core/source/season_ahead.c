/* The season's JSON, read on a thread of its own while the lap files are: together they are most of a load, and neither needs the
 * other. The thread touches the season and its own list, nothing else of the dataset. */
#include <pthread.h>
#include <signal.h>

#include "core/load/season_json.h"
#include "core/source/work.h"

struct season_ahead {
	pthread_t thread;
	bool running, done;
	const atomic_bool *cancel;
	struct season *season;
	struct season_file *file;
	uint32_t n;
};

static void read_files(struct season_ahead *a)
{
	for (uint32_t i = 0; i < a->n; i++) {
		struct season_file *f = &a->file[i];
		if (a->cancel && atomic_load_explicit(a->cancel, memory_order_relaxed))
			return;
		f->ok = season_add_file(a->season, f->entry->path, &f->err);
		if (f->ok)
			f->refused = a->season->files.at[a->season->files.n - 1].refused;
	}
	a->done = true;
}

static void *run(void *ahead)
{
	read_files(ahead);
	return NULL;
}

static void start(struct season_ahead *a)
{
	sigset_t all, before;

	sigfillset(&all); /* signals are the program's */
	pthread_sigmask(SIG_SETMASK, &all, &before);
	a->running = pthread_create(&a->thread, NULL, run, a) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static bool is_candidate(const struct file_entry *f)
{
	return f->role == ROLE_SEASON_JSON && f->size <= SEASON_JSON_MAX;
}

bool season_ahead_start(struct work *w, struct err *err)
{
	struct file_list *files = &w->d->files;
	struct season_ahead *a = ARENA_NEW(w->scratch, struct season_ahead);
	uint32_t n = 0;
	for (uint32_t i = 0; i < files->n; i++)
		n += is_candidate(&files->at[i]);
	if (!a || !(a->file = ARENA_ARRAY(w->scratch, n, struct season_file)))
		return work_no_memory(err);
	for (uint32_t i = 0; i < files->n; i++)
		if (is_candidate(&files->at[i]))
			a->file[a->n++].entry = &files->at[i];
	a->cancel = w->o->cancel;
	a->season = w->d->season;
	w->ahead = a;
	if (a->n > 0)
		start(a);
	return true;
}

const struct season_file *season_ahead_get(struct work *w, uint32_t *n)
{
	season_ahead_end(w);
	if (!w->ahead->done)
		read_files(w->ahead); /* no thread was to be had */
	*n = w->ahead->n;
	return w->ahead->file;
}

void season_ahead_end(struct work *w)
{
	if (w->ahead && w->ahead->running)
		pthread_join(w->ahead->thread, NULL);
	if (w->ahead)
		w->ahead->running = false;
}
