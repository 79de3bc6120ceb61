/* Folders in, dataset out: finds files, loads each once, decides which are the same session, joins officials, and
 * names drivers, by the one ownership table (core/source/ownership.h). Pure: for the worker, commands and tests alike. */
#ifndef SOURCE_LOAD_H
#define SOURCE_LOAD_H

#include <stdatomic.h>

#include "core/base/err.h"
#include "core/model/dataset.h"

struct load_opts {
	const char *const *paths;
	unsigned npaths;
	const atomic_bool *cancel; /* may be NULL */
	atomic_uint *progress;     /* 0..1000, may be NULL */
};

/* NULL with err when cancelled, out of memory, or no path could be read at all. An empty folder is an empty dataset. */
struct dataset *dataset_load(const struct load_opts *o, struct err *err) MUST_CHECK;

#endif
