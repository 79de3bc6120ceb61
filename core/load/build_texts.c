#include "core/load/build_rows.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- Texts ---------------------------------------------------------------- */

uint64_t build_mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15U;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
	return x ^ (x >> 31);
}

static uint64_t hash_text(struct str s)
{
	uint64_t h = 0xcbf29ce484222325U;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3U;
	return build_mix(h);
}

uint32_t *build_text_slot(const struct texts *t, struct str s)
{
	uint32_t i = (uint32_t)hash_text(s) & (t->nslots - 1);
	while (t->slot[i] && !str_eq(t->at[t->slot[i]], s))
		i = (i + 1) & (t->nslots - 1);
	return &t->slot[i];
}

bool build_texts_widen(struct texts *t)
{
	uint32_t cap = t->cap ? t->cap * 2 : 64;
	struct str *at = realloc(t->at, cap * sizeof *at);
	if (at)
		t->at = at;
	uint32_t *slot = calloc((size_t)cap * 2, sizeof *slot);
	if (!at || !slot) {
		free(slot);
		return false;
	}
	free(t->slot);
	t->slot = slot;
	t->nslots = cap * 2;
	t->cap = cap;
	if (t->n == 0)
		t->at[t->n++] = STR("");
	for (uint32_t i = 1; i < t->n; i++)
		*build_text_slot(t, t->at[i]) = i;
	return true;
}

bool build_text_number(struct session_build *b, struct str s, uint32_t *out)
{
	struct texts *t = &b->texts;
	if (s.n == 0) {
		*out = 0;
		return true;
	}
	uint32_t *slot = build_text_slot(t, s);
	if (*slot) {
		*out = *slot;
		return true;
	}
	if (t->n == t->cap) {
		if (!build_texts_widen(t))
			return false;
		slot = build_text_slot(t, s);
	}
	char *copy = arena_str(b->s->arena, s);
	if (!copy)
		return false;
	t->at[t->n] = (struct str){copy, s.n};
	*out = *slot = t->n++;
	return true;
}

const char *build_text_of(const struct session_build *b, uint32_t number)
{
	return b->texts.at[number].p;
}
