/* The file of the session on the screen, followed while it is written: watched in the program's one wait, read in the worker,
 * handed over as a whole new session. All calls on the program's thread. */
#ifndef TUI_LIVE_H
#define TUI_LIVE_H

#include "core/model/dataset.h"
#include "tui/app.h"

struct live;

struct live_ops {
	void *ctx;
	/* A session with what was new, the receiver's; it replaces dataset.sessions[at] (at = nsessions: one more). */
	void (*arrived)(void *ctx, struct session *s, uint32_t at);
	/* The file cannot be read, or is no lap file. Told once for each message. */
	void (*failed)(void *ctx, const struct err *err);
};

/* NULL: out of memory. */
struct live *live_new(const struct live_ops *ops);
void live_free(struct live *l);

struct live_target {
	const char *path; /* copied */
	int fd;           /* -1, or a pipe to read instead of the path */
	uint32_t at;      /* the session of that file in the dataset; nsessions: it gives none yet */
};
/* Follows this instead of what was followed; NULL: nothing. Reads nothing yet unless `now`. */
void live_watch(struct live *l, struct app *app, const struct dataset *d, const struct live_target *t, bool now);
/* Is this the file that is followed? */
bool live_watches(const struct live *l, const char *path);
/* ms since the last new lap came; -1: none has come yet. */
int64_t live_age(const struct live *l);
/* For the loop: see app_data.wait and woke. busy: no session may be handed over now, so none is read. */
int live_wait(struct live *l, bool busy, struct pollfd *fds, int max, int *timeout_ms);
void live_woke(struct live *l, bool busy, const struct pollfd *fds, int n);
/* Reads a pipe to its end: for output that is printed once. */
void live_drain(struct live *l);

#endif
