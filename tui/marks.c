#include "tui/marks.h"

#include <stdlib.h>
#include <string.h>

const char *mark_name(enum mark_kind k)
{
	static const char *const name[MARK_KINDS] = {"", "agreed", "told", "wrong"};

	return k < MARK_KINDS ? name[k] : "";
}

static struct mark *find(const struct marks *m, const char *track, const char *car, const char *place)
{
	for (uint32_t i = 0; i < m->n; i++) {
		struct mark *k = &m->at[i];

		if (strcmp(k->place, place) == 0 && strcmp(k->car, car) == 0 && strcmp(k->track, track) == 0)
			return k;
	}
	return NULL;
}

const struct mark *marks_find(const struct marks *m, const char *track, const char *car, const char *place)
{
	return find(m, track, car, place);
}

/* Tabs and line ends would break the file's lines; false: too long. */
static bool plain(char *out, size_t cap, const char *s)
{
	size_t n = 0;

	for (; *s && n + 1 < cap; s++)
		out[n++] = (unsigned char)*s < 0x20 ? ' ' : *s;
	out[n] = '\0';
	return *s == '\0';
}

static void drop(struct marks *m, const struct mark *k)
{
	uint32_t i = (uint32_t)(k - m->at);

	memmove(&m->at[i], &m->at[i + 1], (m->n - i - 1) * sizeof(*m->at));
	m->n--;
}

static bool add(struct marks *m, const struct mark *k)
{
	struct mark *all;

	if (m->n == MARKS_MAX)
		return false;
	all = realloc(m->at, (m->n + 1u) * sizeof(*all));
	if (!all)
		return false;
	all[m->n++] = *k;
	m->at = all;
	return true;
}

bool marks_set(struct marks *m, const char *track, const char *car, const char *place, enum mark_kind kind,
	       const char *why)
{
	struct mark new = {.kind = kind}, *old = find(m, track, car, place);

	if (kind == MARK_NONE) {
		if (old)
			drop(m, old);
		return true;
	}
	if (!plain(new.track, sizeof(new.track), track) || !plain(new.car, sizeof(new.car), car) ||
	    !plain(new.place, sizeof(new.place), place))
		return false;
	(void)plain(new.why, sizeof(new.why), kind == MARK_WRONG ? why : "");
	if (!old)
		return add(m, &new);
	*old = new;
	return true;
}

/* Up to the next tab; false: too long for its field. */
static bool take(char *out, size_t cap, struct str *line)
{
	size_t n = 0;

	while (n < line->n && line->p[n] != '\t')
		n++;
	if (n >= cap || memchr(line->p, '\0', n))
		return false;
	memcpy(out, line->p, n);
	out[n] = '\0';
	n += n < line->n;
	line->p += n;
	line->n -= n;
	return true;
}

void marks_read(struct marks *m, struct str line)
{
	struct mark k = {.kind = MARK_NONE};
	char kind[MARK_ID];

	if (!take(k.track, sizeof(k.track), &line) || !take(k.car, sizeof(k.car), &line) ||
	    !take(k.place, sizeof(k.place), &line) || !take(kind, sizeof(kind), &line) ||
	    !take(k.why, sizeof(k.why), &line))
		return;
	for (int i = MARK_AGREED; i < MARK_KINDS; i++)
		if (strcmp(kind, mark_name((enum mark_kind)i)) == 0)
			(void)marks_set(m, k.track, k.car, k.place, (enum mark_kind)i, k.why);
}

void marks_write(const struct marks *m, struct buf *b)
{
	for (uint32_t i = 0; i < m->n; i++) {
		const struct mark *k = &m->at[i];

		buf_fmt(b, "mark\t%s\t%s\t%s\t%s\t%s\n", k->track, k->car, k->place, mark_name(k->kind), k->why);
	}
}

void marks_release(struct marks *m)
{
	free(m->at);
	*m = (struct marks){0};
}
