#include "core/analysis/analysis.h"

#include "core/analysis/pit_loss.h"
#include "core/analysis/track_length.h"

/* Timed sessions are ordered by best lap. */
static bool best_times(struct analysis *an, ms_t **out, struct err *err)
{
	const struct session *s = an->session;

	*out = NULL;
	if (s->kind == KIND_RACE)
		return true;
	*out = ARENA_ARRAY(an->arena, s->ncars, ms_t);
	if (!*out)
		return err_set(err, ERR_NOMEM, "no memory for the best laps of %s", s->id);
	for (uint32_t i = 0; i < s->ncars; i++)
		(*out)[i] = an->bests.car[i].best.time;
	return true;
}

static bool fill(struct analysis *an, struct err *err)
{
	const struct session *s = an->session;
	const struct analysis_options *o = &an->options;
	struct arena *a = an->arena;
	ms_t *best;

	return classify(s, o, a, &an->classes, err) && bests_make(s, o, &an->classes, a, &an->bests, err) &&
	       best_times(an, &best, err) && order_make(s, o, &an->classes, best, a, &an->order, err) &&
	       colours_make(s, o, &an->classes, a, &an->colours, err) &&
	       paces_make(s, o, &an->classes, a, &an->paces, err) &&
	       track_length_of(s, &an->classes, &an->track_length_m, err) &&
	       pit_loss_of(s, o, &an->classes, &an->pit_loss, &an->npit_loss, err);
}

static struct analysis *analysis_in(struct arena *a, const struct session *s, const struct analysis_options *o,
				    struct err *err)
{
	struct analysis *an = ARENA_NEW(a, struct analysis);

	if (!an || !analysis_options_copy(&an->options, o, a)) {
		err_set(err, ERR_NOMEM, "no memory to analyse %s", s->id);
		return NULL;
	}
	an->arena = a;
	an->session = s;
	return fill(an, err) ? an : NULL;
}

struct analysis *analysis_new(const struct session *s, const struct analysis_options *o, struct err *err)
{
	struct analysis_options defaults;

	analysis_defaults(&defaults);
	if (!o)
		o = &defaults;
	if (!analysis_options_check(o, s, err))
		return NULL;
	struct arena *a = arena_new(0);
	if (!a) {
		err_set(err, ERR_NOMEM, "no memory to analyse %s", s->id);
		return NULL;
	}
	struct analysis *an = analysis_in(a, s, o, err);
	if (!an)
		arena_free(a);
	return an;
}

void analysis_free(struct analysis *an)
{
	if (an)
		arena_free(an->arena); /* the analysis itself lives in it */
}
