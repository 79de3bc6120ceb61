/* Snowflake in the dashboard: how it is, and one fetch at a time, in the program's one wait. Off: nothing here does anything.
 * Program's thread only. */
#ifndef TUI_DATA_NET_H
#define TUI_DATA_NET_H

#include "core/source/fetch.h"
#include "core/source/snowflake/health.h"

struct data;

/* How it is; state DISABLED where it is off. Never NULL. */
const struct sf_health_told *data_net_health(const struct data *d);
/* The fetch that runs; false: none does. */
bool data_net_fetching(const struct data *d, struct fetch_told *out);
/* What became of the last one: "" there was none. */
const char *data_net_said(const struct data *d);
/* Begins a fetch for the session shown: numbers with commas or blanks between; "": YOU, REF and the others compared. */
bool data_net_fetch(struct data *d, const char *cars, struct err *err);

/* --- for data.c */
bool data_net_init(struct data *d); /* false: no memory */
void data_net_free(struct data *d);
void data_net_start(struct data *d); /* after the first frame */
int data_net_wait(struct data *d, struct pollfd *fds, int max, int *timeout_ms);
void data_net_woke(struct data *d, const struct pollfd *fds, int n);
bool data_net_status(const struct data *d, char *out, size_t cap);
/* false: nothing ran, or it is being cancelled already. */
bool data_net_cancel(struct data *d);
/* The program ends and the terminal is its old self again: a statement that runs is cancelled at the server, in two seconds at the most. */
void data_net_stop(struct data *d);

#endif
