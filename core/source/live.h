/* A session read anew from a file that grows: what the file does not tell it gets from the session it replaces, or, where it is
 * the first of its file, from the file's name and the other sessions. */
#ifndef SOURCE_LIVE_H
#define SOURCE_LIVE_H

#include "core/base/err.h"
#include "core/model/dataset.h"

/* s takes id, names, officials, weather and files of `before`, in memory of its own. */
bool live_replaces(struct session *s, const struct session *before, const struct dataset *d,
		   struct err *err) MUST_CHECK;
/* s is named after its file. */
bool live_is_new(struct session *s, const char *path, const struct dataset *d, struct err *err) MUST_CHECK;

#endif
