#include "tui/widgets/text.h"

#include <string.h>

#include "core/base/utf8.h"

/* Bytes of the next line of at most w columns out of *rest (without the blank or newline it ends at), which moves on. */
static struct str next_line(struct str *rest, int w, bool *paragraph)
{
	struct str at = *rest, line = {rest->p, 0};
	size_t blank = 0; /* where the last blank was, plus one */
	int used = 0;

	*paragraph = false;
	while (at.n > 0) {
		size_t before = rest->n - at.n;
		uint32_t cp = utf8_next(&at);
		int width = cp == '\n' ? 0 : utf8_width(cp);

		if (cp == '\n') {
			line.n = before;
			*rest = at;
			*paragraph = true;
			return line;
		}
		if (cp == ' ')
			blank = before + 1;
		used += width < 0 ? 1 : width;
		if (used > w && before > 0) {
			line.n = cp == ' ' ? before : blank > 1 ? blank - 1 : before;
			before = cp == ' ' ? before + 1 : blank > 1 ? blank : before;
			*rest = (struct str){rest->p + before, rest->n - before};
			return line;
		}
	}
	line.n = rest->n;
	*rest = at;
	return line;
}

static int wrap(const struct surface *s, int w, struct style st, struct str text, int indent, int skip)
{
	int line = 0;
	bool start = true;

	if (w < 1)
		return 0;
	if (indent > w / 2)
		indent = 0;
	while (text.n > 0) {
		int x = start ? 0 : indent;
		struct str part = next_line(&text, w - x, &start);

		if (s != NULL && line >= skip)
			surface_str(*s, x, line - skip, st, part);
		line++;
	}
	return line;
}

int text_wrap(struct surface s, struct style st, struct str text, int indent, int skip)
{
	return wrap(&s, surface_w(s), st, text, indent, skip);
}

int text_lines(int w, struct str text, int indent)
{
	return wrap(NULL, w, STYLE(TEXT), text, indent, 0);
}

/* Columns of an item and the two blanks before it. */
static int hint_columns(const struct hint *h)
{
	return 2 + utf8_columns(str_from(h->key)) + 1 + utf8_columns(str_from(h->what));
}

int hints_draw(struct surface s, int x, int y, int w, const struct hint *hints, int n)
{
	int at = 0, drawn = 0, kept = 0;

	for (int i = 0; i < n; i++)
		kept += hints[i].must ? hint_columns(&hints[i]) : 0;
	for (int i = 0; i < n; i++) {
		int need = hint_columns(&hints[i]) - (drawn > 0 ? 0 : 2);

		kept -= hints[i].must ? hint_columns(&hints[i]) : 0;
		if (at + need + kept > w)
			continue;
		at += drawn > 0 ? 2 : 0;
		at += surface_text(s, x + at, y, STYLE(KEY), hints[i].key) + 1;
		at += surface_text(s, x + at, y, STYLE(TEXT), hints[i].what);
		drawn++;
	}
	return drawn;
}
