/* Files under the folders the user named, each with the role its header shows. */
#ifndef LOAD_FIND_H
#define LOAD_FIND_H

#include <stdatomic.h>

#include "core/base/err.h"
#include "core/model/files.h"

/* Walks each path (a folder, any layout, at most 12 deep, symbolic links to folders not followed but told, hidden names passed over; or a
 * single file), in byte order of names, and adds one entry a file to `out` (memory of a): role by header, else ROLE_OTHER
 * for names that are no .csv/.CSV/.json/.txt. What cannot be opened goes to `problems` with words. At most 20,000 files. */
bool find_files(const char *const *paths, unsigned n, struct arena *a, struct file_list *out,
		struct diag_list *problems, const atomic_bool *cancel, struct err *err) MUST_CHECK;

#endif
