/* What the steps of a load share. Internal to core/source. */
#ifndef SOURCE_WORK_H
#define SOURCE_WORK_H

#include "core/load/identity.h"
#include "core/load/results.h"
#include "core/source/load.h"

struct loading {
	struct session *s;
	struct identity id;
	struct file_entry *file;         /* its lap file, in the dataset's list */
	const struct results *grid_from; /* the qualifying its grid came from */
	bool fits_season;                /* a race whose fastest laps are the JSON's */
	bool in_season;                  /* belongs to the season that the JSON is about */
};

struct official_file {
	struct results *r;
	struct identity id;
	struct file_entry *file;
};

/* A JSON file, and what season_add_file said. */
struct season_file {
	struct file_entry *entry;
	bool ok;
	uint32_t refused;
	struct err err;
};

struct season_ahead;

struct work {
	const struct load_opts *o;
	struct dataset *d;
	struct arena *scratch; /* until the load is done: results, names */
	struct loading *session;
	uint32_t nsessions;
	struct official_file *official;
	uint32_t nofficial;
	uint64_t bytes, bytes_done;
	struct season_ahead *ahead;
};

/* false with err when the user has cancelled. */
bool work_go_on(const struct work *w, struct err *err);
void work_file_done(struct work *w, const struct file_entry *f);
bool work_no_memory(struct err *err);
/* Says in the dataset what became of a file; why is copied. A refused file also counts as a problem. */
bool work_state(struct work *w, struct file_entry *f, enum file_state state, const char *why);
/* Length of the folder part of a path, with the last '/'. */
size_t work_folder_len(const char *path);

/* sessions.c */
bool load_sessions(struct work *w, struct err *err) MUST_CHECK;
bool merge_duplicates(struct work *w, struct err *err) MUST_CHECK;
bool give_ids(struct work *w, struct err *err) MUST_CHECK;
bool session_dress(struct loading *l, const char *id); /* id, title and the rest of who it is; false: out of memory */
/* join.c */
bool load_officials(struct work *w, struct err *err) MUST_CHECK;
bool join_officials(struct work *w, struct err *err) MUST_CHECK;
bool join_weather(struct work *w, struct err *err) MUST_CHECK;
bool join_grids(struct work *w, struct err *err) MUST_CHECK;
/* season_ahead.c: begins to read the season's JSON; waits for its end and hands over the files; waits, if it still runs. */
bool season_ahead_start(struct work *w, struct err *err) MUST_CHECK;
const struct season_file *season_ahead_get(struct work *w, uint32_t *n);
void season_ahead_end(struct work *w);
/* names.c */
bool load_season(struct work *w, struct err *err) MUST_CHECK;
bool join_season(struct work *w, struct err *err) MUST_CHECK;
bool name_drivers(struct work *w, struct err *err) MUST_CHECK;
bool name_from_season(struct work *w, struct err *err) MUST_CHECK;

#endif
