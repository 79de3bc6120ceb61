/* A lap file that grows: appended to, written anew in place, replaced by rename, shorter than before, only a header yet, not
 * there yet; or a pipe. Each look reads only what is new; the rows parsed so far are kept and any number of sessions is
 * made of them. No thread, no waiting: the caller tells the time and looks when something may have changed.
 *
 * A row counts when its newline is there. A last line without one is taken when the file has been quiet for FOLLOW_QUIET_MS,
 * or the pipe is closed; should it go on after all, the file is read again from the start. That a file was written anew
 * is told by its inode, a size below what was read, or bytes that are not those read before: the first and the last
 * few KiB at each look, all of them once when it has become quiet. */
#ifndef LOAD_FOLLOW_H
#define LOAD_FOLLOW_H

#include <stdatomic.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/model/session.h"

enum {
	FOLLOW_QUIET_MS = 5000, /* no writer pauses that long inside a line */
	FOLLOW_HOLD_MS =
		500, /* so long a file written anew may have fewer laps than the one before without being believed */
};

struct follow;

/* path need not exist; it is copied. fd: a pipe to read instead (path is then only its name), -1 for none; it is not closed. */
struct follow *follow_new(const char *path, int fd, struct err *err) MUST_CHECK;
void follow_free(struct follow *f);
const char *follow_path(const struct follow *f);

enum follow_look {
	FOLLOW_SAME,    /* nothing that changes the session */
	FOLLOW_CHANGED, /* follow_session gives another one */
	FOLLOW_FAILED,  /* err says why; the next look tries again */
};

/* Reads what is new. now: any clock in ms that only rises. cancel may be NULL. */
enum follow_look follow_look(struct follow *f, int64_t now, const atomic_bool *cancel, struct err *err);
/* A session of all rows so far, the caller's; what it is called and who drives is not told by the file. NULL with err: no lap yet. */
struct session *follow_session(const struct follow *f, struct err *err) MUST_CHECK;
uint32_t follow_rows(const struct follow *f); /* laps of the file as it is now */
/* When the next look is due though nothing changes (a last line, a file written anew), on the same clock; -1: never. */
int64_t follow_due(const struct follow *f);
/* The pipe is closed: nothing will come any more. */
bool follow_ended(const struct follow *f);
/* Bytes read in all, to show that little is read twice. */
uint64_t follow_bytes_read(const struct follow *f);

#endif
