/* Raw telemetry into the store while the dashboard goes on: a worker of its own, so that no view waits for it. Program's thread only. */
#ifndef TUI_DATA_IMPORT_H
#define TUI_DATA_IMPORT_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/err.h"

struct data;

/* Begins to import a raw file; "": every one that lies in the data folders, one after another. false with err: there is none, or one runs. */
bool data_import_start(struct data *d, const char *path, struct err *err);

/* --- for data.c */
void data_import_free(struct data *d);
int data_import_wait(const struct data *d, struct pollfd *fds, int max, int *timeout_ms);
void data_import_woke(struct data *d);
/* Words for the hint bar; false: nothing runs. */
bool data_import_status(const struct data *d, char *out, size_t cap);
/* The store stays as it was before the file that is being read. false: nothing runs. */
bool data_import_cancel(struct data *d);

#endif
