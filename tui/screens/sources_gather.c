/* What the lists of screen 6 hold. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/log.h"
#include "tui/screens/sources.h"

static uint32_t room_for(const struct diag_list *l)
{
	return l->n + 1;
}

static void take(struct sources *s, enum told_kind kind, const struct diag_list *l)
{
	for (uint32_t i = 0; i < l->n; i++)
		s->told[s->ntold++] = (struct told){kind, &l->at[i], 0};
	if (l->n && l->total > l->n)
		s->told[s->ntold++] = (struct told){kind, &l->at[l->n - 1], l->total - l->n};
}

static void take_session(struct sources *s, const struct session *session)
{
	take(s, TOLD_REFUSED, &session->refused);
	take(s, TOLD_WARNING, &session->warnings);
}

/* Files first, then the session that is shown, then the others, the season last. */
static bool gather_told(struct sources *s)
{
	const struct dataset *d = s->view->dataset;
	uint32_t n = room_for(&d->problems) + room_for(&d->season->refused) + room_for(&d->season->warnings);

	for (uint32_t i = 0; i < d->nsessions; i++)
		n += room_for(&d->sessions[i]->refused) + room_for(&d->sessions[i]->warnings);
	s->told = ARENA_ARRAY(s->arena, n, struct told);
	if (!s->told)
		return false;
	take(s, TOLD_PROBLEM, &d->problems);
	if (s->view->session)
		take_session(s, s->view->session);
	for (uint32_t i = 0; i < d->nsessions; i++)
		if (d->sessions[i] != s->view->session)
			take_session(s, d->sessions[i]);
	take(s, TOLD_REFUSED, &d->season->refused);
	take(s, TOLD_WARNING, &d->season->warnings);
	return true;
}

static bool gather_log(struct sources *s)
{
	uint32_t n = 0;

	buf_clear(&s->log);
	log_recent(&s->log);
	for (size_t i = 0; i < s->log.n; i++)
		n += s->log.p[i] == '\n';
	s->line = ARENA_ARRAY(s->arena, n, const char *);
	if (!s->line)
		return false;
	s->nlines = n;
	char *p = s->log.p;
	for (uint32_t i = 0; i < n; i++) {
		char *end = strchr(p, '\n');
		if (!end)
			break;
		*end = '\0';
		s->line[n - 1 - i] = p;
		p = end + 1;
	}
	return true;
}

static size_t common_folder(const struct file_list *l)
{
	const char *first = l->n ? l->at[0].path : "";
	size_t n = strlen(first);

	for (uint32_t i = 1; i < l->n; i++) {
		size_t same = 0;
		while (same < n && l->at[i].path[same] == first[same])
			same++;
		n = same;
	}
	while (n > 0 && first[n - 1] != '/')
		n--;
	return n;
}

void source_cell(struct table_cell *out, const char *text)
{
	size_t n = strlen(text);

	if (n >= sizeof(out->text)) {
		n = sizeof(out->text) - 1;
		while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
			n--;
	}
	memcpy(out->text, text, n);
	out->text[n] = '\0';
}

const char *source_path(const struct sources *s, const char *path)
{
	return strlen(path) > s->root ? path + s->root : path;
}

bool sources_gather(struct sources *s)
{
	struct err err = {0};

	arena_free(s->arena);
	s->arena = arena_new(0);
	s->told = NULL;
	s->line = NULL;
	s->ntold = s->nlines = 0;
	s->notes = (struct official_notes){0};
	s->now = (int64_t)time(NULL);
	if (!s->arena || !gather_log(s))
		return false;
	if (!s->view || !s->view->dataset)
		return true;
	s->root = common_folder(&s->view->dataset->files);
	return gather_told(s) &&
	       (!s->view->analysis || official_notes_make(s->view->analysis, s->arena, &s->notes, &err));
}
