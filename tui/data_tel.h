/* The telemetry that goes with the data shown: loaded in the worker when screen 4 asks for it. Program's thread only. */
#ifndef TUI_DATA_TEL_H
#define TUI_DATA_TEL_H

#include "tui/tel.h"

struct data;

/* Asks for the laps chosen of the session that is shown; what is there already answers at once in the worker's next turn. Called when the screen
 * comes up and after each choice; asking for what is there or being made does nothing. */
void data_tel_ask(struct data *d, const struct tel_pick pick[TEL_SLOTS]);
/* What failed, or found nothing, may be tried again. */
void data_tel_retry(struct data *d);
/* The store has something new: what is asked for next is read anew. */
void data_tel_renew(struct data *d);
/* The newest of the session that is shown; NULL: none yet. Replaced ones live until every screen has seen the new one. */
const struct tel_view *data_tel_view(const struct data *d);
/* Why the last attempt gave nothing: "" it did, or none was made. */
const char *data_tel_failure(const struct data *d);
/* Is something being read? *part: 0..1000. */
bool data_tel_busy(const struct data *d, unsigned *part);

/* --- for data.c and data_live.c */
/* The worker reads sessions: none may be replaced. */
bool data_tel_running(const struct data *d);
/* Every screen has seen the newest: drops what was replaced, and what is of a session that was. */
bool data_tel_init(struct data *d);
void data_tel_free(struct data *d);
void data_tel_settled(struct data *d);
/* Words for the hint bar; false: nothing runs. */
bool data_tel_status(const struct data *d, char *out, size_t cap);
bool data_tel_cancel(struct data *d);

#endif
