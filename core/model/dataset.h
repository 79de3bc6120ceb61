/* Everything found in the folders the user named: what a load hands over. Never changes afterwards, but for
 * dataset_put. */
#ifndef MODEL_DATASET_H
#define MODEL_DATASET_H

#include "core/model/season.h"
#include "core/model/session.h"

struct dataset {
	struct arena *arena;
	struct session **sessions; /* newest first (date in name or file, else modification time, else id) */
	uint32_t nsessions;
	struct season *season;     /* never NULL; empty without JSON */
	struct file_list files;    /* every file looked at, with what became of it */
	struct diag_list problems; /* files and folders that could not be read */
	bool demo;
	double load_ms;
};

/* The session that answers to name (id or alias, any case); NULL none. */
const struct session *dataset_session(const struct dataset *d, const char *name);
/* A session that is followed while it is written takes the place of the one before: the one change a dataset knows, and nobody may
 * read it meanwhile. at = nsessions: one more. *old: the one replaced, now the caller's, or NULL. false: out of memory. */
bool dataset_put(struct dataset *d, uint32_t at, struct session *s, struct session **old);
void dataset_free(struct dataset *d);

#endif
