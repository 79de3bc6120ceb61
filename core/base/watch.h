/* Tells when a file may have changed: written, replaced by rename, removed, made. The folder is watched, because a watch on
 * the file goes deaf when another is renamed over it. Where the kernel cannot tell (network file systems, no inotify), the
 * caller looks by the clock. */
#ifndef BASE_WATCH_H
#define BASE_WATCH_H

#include <stdbool.h>

enum { WATCH_POLL_MS = 1000 };

struct watch;

/* NULL: out of memory. path need not exist. */
struct watch *watch_new(const char *path);
void watch_free(struct watch *w);
/* Readable when something happened in the folder; -1: look every WATCH_POLL_MS. */
int watch_fd(const struct watch *w);
/* Empties the descriptor. true: it was about the file, or it cannot be told. */
bool watch_changed(struct watch *w);

#endif
