/* The data's own state, shared by data.c and data_live.c and nobody else. */
#ifndef TUI_DATA_STATE_H
#define TUI_DATA_STATE_H

#include "tui/data.h"
#include "tui/data_tel.h"
#include "tui/live.h"

enum { RETIRED_MAX = 8 };
#define NO_SESSION UINT32_MAX

/* A session that another has replaced, kept for the views that were made before. */
struct retired {
	struct session *s;
	unsigned generation; /* the first that does not know it */
};

struct data_net;
struct data_import;

struct data {
	struct data_options options;
	struct app_data ops;
	struct app *app;
	struct state state;
	struct dataset *dataset;
	struct view *view, *old;  /* old: until every screen has seen the new one */
	struct view_want want;    /* what the newest view is to show */
	struct view_job *running; /* NULL: nothing runs */
	bool again;               /* something else was wanted while it ran */
	bool background;          /* what is wanted next was asked for by the clock or the file, not by the user */
	int64_t ticked;           /* monotonic ms when the replay clock last moved */
	struct err failure;

	struct data_tel *tel;     /* data_tel.c */
	struct data_notes *notes; /* data_notes.c; NULL: none joined yet */

	/* data_season.c */
	struct season_book *book, *old_book; /* old: until every screen knows that it is gone */
	struct job *book_job;                /* NULL: none is being made */
	uint32_t book_without;               /* the session that is being written, and so is in none; NO_SESSION */
	bool book_failed;                    /* not tried again before the dataset changes */

	/* data_live.c */
	struct live *live;
	uint32_t live_at;                    /* the session that is followed */
	bool watching;                       /* something is followed */
	struct session *arrived;             /* waits until no view is being made; NULL none */
	struct retired retired[RETIRED_MAX]; /* oldest first */
	unsigned nretired;
	char waiting[300]; /* what is shown while the followed file gives no session */
	char alarm[200];   /* what was told last */
	int flashes;       /* how often its look still changes */
	int64_t flashed;

	struct data_net *net; /* data_net.c */
	int net_fds;          /* of the wait's descriptors, those after data_live.c's */
	int import_fds;       /* and the last ones */

	struct data_import *import; /* data_import.c; NULL: none was asked for yet */
};

/* One piece of work: load (the first), then a view of what is wanted. Owns what it makes until done. */
struct view_job {
	struct job job;
	struct data *data;
	struct state state; /* its own copy */
	struct data_options options;
	struct dataset *dataset;
	bool loads, background;
	struct view_want want;
	struct session_view *shared; /* counted when it was there before, made here when `made` */
	bool made;
	struct view *view;
	struct err err;
};

int64_t data_now_ms(void);
/* Has d->want made: now, or after what is being made. */
void data_ask(struct data *d);

void data_notes_free(struct data *d); /* data_notes.c */

/* --- data_season.c */
bool data_season_reads(
	const struct data *d);             /* the worker reads the session that is followed: not to be replaced now */
void data_season_replaced(struct data *d); /* the session that is followed was */
void data_season_settled(struct data *d);
void data_season_free(struct data *d);

/* --- data_live.c */
bool data_live_init(struct data *d);
void data_live_free(struct data *d);
/* The session of a followed file in a dataset; nsessions: none. */
uint32_t data_live_find(const struct dataset *ds, const char *path);
/* Its last crossing is not under the chequered flag, and it has a clock to say how far it is. */
bool data_is_unfinished(const struct session *s);
/* After a view was installed: follow the file that goes with it, drop what nobody looks at, tell alarms. before: the view it
 * replaced, NULL none. */
void data_live_installed(struct data *d, const struct view *before);
/* The session that is being written: nothing of its end is known; NO_SESSION none. */
uint32_t data_live_written(const struct data *d);
/* Is the session that is wanted being written, so that nothing of its end is known? */
bool data_live_unfinished(const struct data *d);
/* A session that waits takes its place now that no view is being made. true: a view of it was asked for. */
bool data_live_take(struct data *d);
void data_live_settled(struct data *d);
int data_live_wait(struct data *d, struct pollfd *fds, int max, int *timeout_ms);
void data_live_woke(struct data *d, const struct pollfd *fds, int n);

#endif
