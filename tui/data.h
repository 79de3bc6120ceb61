/* The program's data: loads in the worker, hands views to the screens, keeps marks. All calls on the program's thread. */
#ifndef TUI_DATA_H
#define TUI_DATA_H

#include "tui/app.h"
#include "tui/view.h"

struct data_options {
	const char *const *paths; /* --data; must outlive the data */
	unsigned npaths;
	const char *session; /* open this one first; NULL: the last one, else the newest */
};

/* NULL when out of memory. Nothing is read yet. */
struct data *data_new(const struct data_options *o);
void data_free(struct data *d);
/* For app_options.data. */
const struct app_data *data_ops(struct data *d);

/* Each asks for a new view; it arrives through screen_ops.data. */
void data_set_pair(struct data *d, uint16_t you, uint16_t ref);
void data_open(struct data *d, uint32_t session_index);
/* Takes a lap out with a reason, or puts it back. */
void data_exclude(struct data *d, const char *car, uint16_t lap, const char *why);

#endif
