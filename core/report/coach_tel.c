#include "core/report/coach_tel.h"

#include <string.h>

#include "core/report/tel_load.h"
#include "core/telemetry/advice.h"

static const char *copy(const struct report_in *in, const char *text)
{
	return arena_strndup(in->arena, text, strlen(text));
}

/* The set goes; the corners' names with it. */
static bool keep_names(const struct report_in *in, struct tel_advices *a)
{
	for (uint32_t i = 0; i < a->n; i++) {
		a->at[i].note.where = copy(in, a->at[i].note.where);
		if (!a->at[i].note.where)
			return false;
	}
	return true;
}

static bool join(const struct report_in *in, const struct tel_set *set, struct notes *notes, const char **why,
		 struct err *err)
{
	struct tel_five five;
	struct tel_advices advices;

	if (!tel_five_make(set, in->a, in->b, in->arena, &five, err) ||
	    !tel_advise(set, &five, in->arena, &advices, err))
		return false;
	*why = advices.why;
	if (!keep_names(in, &advices))
		return err_set(err, ERR_NOMEM, "no memory for the notes of the telemetry");
	return tel_advices_join(notes, &advices, in->arena, err);
}

bool coach_join_telemetry(const struct report_in *in, struct notes *notes, const char **why, struct err *err)
{
	const uint16_t cars[2] = {in->a, in->b};
	struct tel_loaded l;
	struct err trouble = {0};
	bool ok = true;

	*why = "";
	if (!in->telemetry || in->own || in->a == in->b || in->session->kind != KIND_RACE)
		return true;
	if (!tel_load(in, cars, 2, true, &l, &trouble)) {
		*why = copy(in, trouble.msg);
		return *why && trouble.code != ERR_NOMEM ? true : err_set(err, ERR_NOMEM, "%s", trouble.msg);
	}
	if (l.set->nlaps > 0)
		ok = join(in, l.set, notes, why, err);
	else if (*l.trouble)
		*why = l.trouble;
	tel_unload(&l);
	return ok;
}
