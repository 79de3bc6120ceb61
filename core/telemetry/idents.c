#include "core/telemetry/idents.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4 * TEL_IDENTS_MAX };

struct tel_idents {
	struct arena *arena;
	struct tel_ident *at[TEL_IDENTS_MAX];
	uint32_t n;
	uint32_t slot[SLOTS]; /* number + 1; 0 free */
};

struct tel_idents *tel_idents_new(void)
{
	struct tel_idents *t = calloc(1, sizeof *t);

	if (t && !(t->arena = arena_new(64u << 20))) {
		free(t);
		return NULL;
	}
	return t;
}

void tel_idents_free(struct tel_idents *t)
{
	if (!t)
		return;
	arena_free(t->arena);
	free(t);
}

static uint32_t mix(uint32_t h, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return (h ^ 0xff) * 16777619u;
}

static uint32_t hash(const struct tel_who *w)
{
	return mix(mix(mix(mix(2166136261u, w->vehicle), w->number), w->event), w->race);
}

static bool same(const struct tel_who *a, const struct tel_who *b)
{
	return str_eq(a->vehicle, b->vehicle) && str_eq(a->number, b->number) && str_eq(a->event, b->event) &&
	       str_eq(a->race, b->race);
}

static bool copy(struct tel_idents *t, struct str from, struct str *to)
{
	char *p = arena_str(t->arena, from);

	*to = (struct str){p, from.n};
	return p != NULL;
}

static uint32_t add(struct tel_idents *t, const struct tel_who *w, uint32_t slot)
{
	struct tel_ident *id = t->n < TEL_IDENTS_MAX ? ARENA_NEW(t->arena, struct tel_ident) : NULL;

	if (!id || w->vehicle.n > TEL_IDENT_TEXT_MAX || w->number.n > TEL_IDENT_TEXT_MAX ||
	    w->event.n > TEL_IDENT_TEXT_MAX || w->race.n > TEL_IDENT_TEXT_MAX)
		return TEL_NO_IDENT;
	if (!copy(t, w->vehicle, &id->who.vehicle) || !copy(t, w->number, &id->who.number) ||
	    !copy(t, w->event, &id->who.event) || !copy(t, w->race, &id->who.race))
		return TEL_NO_IDENT;
	t->at[t->n] = id;
	t->slot[slot] = t->n + 1;
	return t->n++;
}

uint32_t tel_idents_get(struct tel_idents *t, const struct tel_who *w)
{
	uint32_t i = hash(w) & (SLOTS - 1);

	for (; t->slot[i]; i = (i + 1) & (SLOTS - 1))
		if (same(&t->at[t->slot[i] - 1]->who, w))
			return t->slot[i] - 1;
	return add(t, w, i);
}

uint32_t tel_idents_count(const struct tel_idents *t)
{
	return t->n;
}

struct tel_ident *tel_ident(const struct tel_idents *t, uint32_t i)
{
	return t->at[i];
}

void tel_vehicle_split(struct str v, struct str *chassis, struct str *number)
{
	size_t at = v.n, dashes = 0;

	for (size_t i = 0; i < v.n; i++)
		dashes += v.p[i] == '-';
	while (at > 0 && v.p[at - 1] >= '0' && v.p[at - 1] <= '9')
		at--;
	*chassis = v;
	*number = STR("");
	if (dashes < 2 || at == v.n || v.p[at - 1] != '-')
		return;
	*chassis = (struct str){v.p, at - 1};
	*number = (struct str){v.p + at, v.n - at};
}
