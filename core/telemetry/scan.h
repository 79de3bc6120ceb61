/* A file or pipe, read in pieces of whole lines by up to two threads, whose results are taken in the order of the file.
 *
 * A piece is the lines that begin in one mebibyte. A file is read with pread in 256 KiB steps, so that what a thread looks at stays in its cache; a pipe is
 * read in turns. */
#ifndef TELEMETRY_SCAN_H
#define TELEMETRY_SCAN_H

#include "core/telemetry/raw.h"

enum { SCAN_PIECE = 1024 * 1024, SCAN_STEP = 256 * 1024, SCAN_WORKERS = 2 };

struct tel_input {
	const char *name;
	int fd;
	bool pipe;
	int64_t size, mtime; /* 0 unknown */
	char *head;          /* the first bytes, for learning what the file is */
	size_t head_n;
};

/* "-" is standard input. */
bool tel_input_open(struct tel_input *in, const char *path, struct err *err) MUST_CHECK;
void tel_input_close(struct tel_input *in);

struct tel_scan {
	const struct tel_input *in;
	uint64_t body; /* where the first line begins */
	void *worker[SCAN_WORKERS];
	/* On the worker's own thread. p: whole lines; the last of a file may lack its newline. */
	void (*lines)(void *worker, const char *p, size_t n);
	void (*too_long)(void *worker);
	/* One at a time, in order: takes what the worker has found since, and empties it. */
	bool (*merge)(void *user, void *worker, struct err *err);
	void *user;
	const struct tel_run *run;
};

bool tel_scan_run(struct tel_scan *s, struct err *err) MUST_CHECK;

#endif
