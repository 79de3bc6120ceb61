/* Files and folders: joining, XDG places, reading with a ceiling, replacing a file in one step. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buf.h"
#include "core/base/err.h"

enum xdg { XDG_CONFIG, XDG_DATA, XDG_STATE, XDG_CACHE };

/* Last part of a path ("a/b/c.csv" -> "c.csv"); no copy. */
const char *path_base(const char *path);
/* Length of the base name without its last extension ("c.csv" -> 1). */
size_t path_stem_len(const char *base);
/* dir + "/" + name into out; false when it does not fit. */
bool path_join(char *out, size_t cap, const char *dir, const char *name);
/* $XDG_..._HOME/pitwall or its default under $HOME. False when neither is set. Makes no folder. */
bool path_xdg(char *out, size_t cap, enum xdg which);
/* mkdir -p with mode 0700 for new parts. */
bool path_make_dirs(const char *dir, struct err *err);
/* Whole file into out (appended). Refuses folders, devices and pipes, and files over out's ceiling, with words. */
bool file_read(const char *path, struct buf *out, struct err *err);
/* A folder, device or pipe is never replaced. Writes a temporary file beside path, fsyncs, renames over it: readers see the old or the new, never half. Keeps the
 * old file's mode (0600 for a new one) and a link that leads to it. */
bool file_replace(const char *path, struct str bytes, struct err *err);

#endif
