/* The program's data: loads in the worker, hands views to the screens, keeps marks. All calls on the program's thread. */
#ifndef TUI_DATA_H
#define TUI_DATA_H

#include "core/analysis/season_book.h"
#include "core/source/snowflake/settings.h"
#include "tui/app.h"
#include "tui/view.h"

struct data_options {
	const char *const *paths; /* --data; must outlive the data */
	unsigned npaths;
	const char *follow;        /* a lap file to follow, "-" for standard input; NULL: that of the session shown */
	const char *session;       /* open this one first; NULL: the last one, else the newest */
	const char *store;         /* of telemetry; NULL: the usual place */
	const char *const *corner; /* names of corners (core/telemetry/options.h); must outlive the data */
	unsigned ncorners;
	const struct sf_values *snowflake; /* what was said about Snowflake; must outlive the data; NULL: nothing */
};

/* NULL when out of memory. Nothing is read yet. */
struct data *data_new(const struct data_options *o);
void data_free(struct data *d);
/* The newest view, NULL before the first; the loop it was started with. */
const struct view *data_view(const struct data *d);
struct app *data_app(const struct data *d);
/* For app_options.data. */
const struct app_data *data_ops(struct data *d);

/* Each asks for a new view; it arrives through screen_ops.data. At most one is being made: what is asked for meanwhile
 * is made next, and only the last of it. */
void data_set_pair(struct data *d, uint16_t you, uint16_t ref);
void data_open(struct data *d, uint32_t session_index);
/* Takes a lap out with a reason, or puts it back. */
void data_exclude(struct data *d, const char *car, uint16_t lap, const char *why);
/* NULL or "": all classes. */
void data_set_class(struct data *d, const char *class_name);
/* What the file does not say: how long the race is, what a stop costs. MS_NONE: not known, measured. Of this session only. */
void data_set_length(struct data *d, ms_t length);
void data_set_pit_loss(struct data *d, ms_t loss);
/* Adds a car to the third and fourth compared, or takes it away. */
void data_more(struct data *d, uint16_t car);
/* Follows a car, or no longer. */
void data_follow(struct data *d, uint16_t car);

/* What the notes are against: a car by its number, "best" of YOUR class, "own" laps. false with err: none of these. */
bool data_set_against(struct data *d, const char *what, struct err *err) MUST_CHECK;
/* The mark of a note of the newest view, NULL none; sets one, MARK_NONE takes it away. */
const struct mark *data_mark(const struct data *d, uint32_t note);
/* The notes of a view, with those of corners once the telemetry of its two cars is there (data_tel.h). Lives as long as both. */
const struct notes *view_notes(const struct view *v);
/* The user looks at the notes: has that telemetry read, where there is any. Nothing when it is there or cannot add to them. */
void data_notes_ask(struct data *d);
void data_set_mark(struct data *d, uint32_t note, enum mark_kind kind, const char *why);

/* ms since the file that is followed gave the last new lap; -1: it has not. d may be NULL. */
int64_t data_age(const struct data *d);
/* What is told at once, kept between runs. */
const struct alarm_rules *data_alarms(const struct data *d);
void data_set_alarms(struct data *d, const struct alarm_rules *r);

/* What is worked out of all sessions: NULL until it is there, which is told as new data; the first call asks for it. The book that
 * a screen has is valid until its data() was called again. */
const struct season_book *data_season(struct data *d);

/* Replay. A clock that is off is the whole session. */
void data_replay_toggle(struct data *d);         /* play or pause; off: starts at the beginning of the session */
void data_replay_step(struct data *d, int laps); /* to the moment YOU cross the line that many laps later or earlier */
void data_replay_speed(struct data *d, int steps); /* doubles or halves, 0.25 to 64 */
void data_replay_to(struct data *d, ms_t at);      /* pauses there */
void data_replay_off(struct data *d);

#endif
