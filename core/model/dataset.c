#include "core/model/dataset.h"

#include "core/base/str.h"

/* An id wins over another session's alias. */
const struct session *dataset_session(const struct dataset *d, const char *name)
{
	struct str wanted = str_from(name);
	for (uint32_t i = 0; i < d->nsessions; i++)
		if (wanted.n > 0 && str_eq_nocase(str_from(d->sessions[i]->id), wanted))
			return d->sessions[i];
	for (uint32_t i = 0; i < d->nsessions; i++)
		if (session_answers_to(d->sessions[i], name))
			return d->sessions[i];
	return NULL;
}

bool dataset_put(struct dataset *d, uint32_t at, struct session *s, struct session **old)
{
	*old = NULL;
	if (at < d->nsessions) {
		*old = d->sessions[at];
		d->sessions[at] = s;
		return true;
	}
	struct session **wider = ARENA_ARRAY(d->arena, d->nsessions + 2, struct session *);
	if (!wider)
		return false;
	for (uint32_t i = 0; i < d->nsessions; i++)
		wider[i] = d->sessions[i];
	wider[d->nsessions++] = s;
	d->sessions = wider;
	return true;
}

void dataset_free(struct dataset *d)
{
	if (!d)
		return;
	for (uint32_t i = 0; i < d->nsessions; i++)
		session_free(d->sessions[i]);
	season_free(d->season);
	arena_free(d->arena); /* the dataset itself lives in it */
}
