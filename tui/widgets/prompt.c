#include "tui/widgets/prompt.h"

#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"
#include "tui/keys.h"

enum { MATCHES = 64 };

void prompt_open(struct prompt *p, const char *label, const char *text, const struct prompt_item *items, int n)
{
	*p = (struct prompt){.choice = -1, .items = items, .nitems = n};
	snprintf(p->label, sizeof(p->label), "%s", label);
	snprintf(p->text, sizeof(p->text), "%s", text != NULL ? text : "");
	p->n = p->cursor = (int)strlen(p->text);
}

/* 0: no match; else the lower the better: the name itself, its start, a part of it, its letters in order. */
static int rank(struct str name, struct str typed)
{
	size_t at = 0;

	if (typed.n == 0)
		return 2;
	if (str_eq_nocase(name, typed))
		return 1;
	if (name.n > typed.n && str_eq_nocase((struct str){name.p, typed.n}, typed))
		return 2;
	for (size_t i = 1; i + typed.n <= name.n; i++)
		if (str_eq_nocase((struct str){name.p + i, typed.n}, typed))
			return 3;
	for (size_t i = 0; i < name.n && at < typed.n; i++)
		at += str_eq_nocase((struct str){name.p + i, 1}, (struct str){typed.p + at, 1}) ? 1 : 0;
	return at == typed.n ? 4 : 0;
}

int prompt_matches(const struct prompt *p, int *out, int max)
{
	struct str typed = {p->text, (size_t)p->n};
	int n = 0;

	for (int want = 1; want <= 4; want++)
		for (int i = 0; i < p->nitems && n < max; i++)
			if (rank(str_from(p->items[i].name), typed) == want)
				out[n++] = i;
	return n;
}

const char *prompt_value(const struct prompt *p)
{
	int found[MATCHES], n = prompt_matches(p, found, MATCHES);

	if (p->choice >= 0 && p->choice < n)
		return p->items[found[p->choice]].name;
	if (p->n > 0 && n > 0) {
		struct str typed = {p->text, (size_t)p->n};
		int best = rank(str_from(p->items[found[0]].name), typed);

		/* The whole name, or the only one that could be meant as well as this. */
		if (best == 1 || n == 1 || rank(str_from(p->items[found[1]].name), typed) > best)
			return p->items[found[0]].name;
	}
	return p->text;
}

static void set_text(struct prompt *p, const char *text)
{
	snprintf(p->text, sizeof(p->text), "%s", text);
	p->n = p->cursor = (int)strlen(p->text);
}

static bool starts_letter(const struct prompt *p, int at)
{
	return ((unsigned char)p->text[at] & 0xC0) != 0x80;
}

/* Start of the letter before `at`, combining marks and all. */
static int before(const struct prompt *p, int at)
{
	while (at > 0) {
		struct str s;

		do
			at--;
		while (at > 0 && !starts_letter(p, at));
		s = (struct str){p->text + at, (size_t)(p->n - at)};
		if (utf8_width(utf8_next(&s)) != 0)
			break;
	}
	return at;
}

static int after(const struct prompt *p, int at)
{
	struct str s = {p->text + at, (size_t)(p->n - at)};

	if (s.n > 0)
		utf8_next(&s);
	while (s.n > 0) {
		struct str next = s;

		if (utf8_width(utf8_next(&next)) != 0)
			break;
		s = next;
	}
	return p->n - (int)s.n;
}

static void cut(struct prompt *p, int from, int to)
{
	memmove(p->text + from, p->text + to, (size_t)(p->n - to) + 1);
	p->n -= to - from;
	p->cursor = from;
}

static bool insert(struct prompt *p, uint32_t cp)
{
	char bytes[4];
	size_t n = utf8_put(cp, bytes);

	if (utf8_width(cp) < 0 || p->n + (int)n >= PROMPT_TEXT)
		return false;
	memmove(p->text + p->cursor + n, p->text + p->cursor, (size_t)(p->n - p->cursor) + 1);
	memcpy(p->text + p->cursor, bytes, n);
	p->n += (int)n;
	p->cursor += (int)n;
	return true;
}

static int word_before(const struct prompt *p)
{
	int at = p->cursor;

	while (at > 0 && p->text[at - 1] == ' ')
		at--;
	while (at > 0 && p->text[at - 1] != ' ')
		at--;
	return at;
}

static enum prompt_result choose(struct prompt *p, int step)
{
	int found[MATCHES], n = prompt_matches(p, found, MATCHES);

	if (n > 0)
		p->choice = p->choice < 0 ? (step > 0 ? 0 : n - 1) : (p->choice + step + n) % n;
	return PROMPT_SAME;
}

static enum prompt_result complete(struct prompt *p)
{
	int found[MATCHES], n = prompt_matches(p, found, MATCHES);

	if (n == 0)
		return PROMPT_SAME;
	set_text(p, p->items[found[p->choice >= 0 && p->choice < n ? p->choice : 0]].name);
	p->choice = -1;
	return PROMPT_EDIT;
}

static enum prompt_result edit(struct prompt *p, uint32_t key)
{
	int n = p->n;

	switch (key) {
	case TKEY_BACKSPACE:
		if (p->n == 0)
			return PROMPT_CANCEL;
		cut(p, before(p, p->cursor), p->cursor);
		break;
	case TKEY_DELETE:
		cut(p, p->cursor, after(p, p->cursor));
		break;
	case TKEY_CTRL + 'u':
		cut(p, 0, p->cursor);
		break;
	case TKEY_CTRL + 'k':
		cut(p, p->cursor, p->n);
		break;
	case TKEY_CTRL + 'w':
		cut(p, word_before(p), p->cursor);
		break;
	default:
		if (key >= TKEY_BASE || key < ' ' || !insert(p, key))
			return PROMPT_SAME;
	}
	p->choice = -1;
	return p->n != n ? PROMPT_EDIT : PROMPT_SAME;
}

enum prompt_result prompt_key(struct prompt *p, uint32_t key)
{
	switch (key) {
	case TKEY_ENTER:
		return PROMPT_DONE;
	case TKEY_ESC:
	case TKEY_CTRL + 'c':
	case TKEY_CTRL + 'g':
		return PROMPT_CANCEL;
	case TKEY_TAB:
		return complete(p);
	case TKEY_DOWN:
	case TKEY_CTRL + 'n':
		return choose(p, 1);
	case TKEY_UP:
	case TKEY_CTRL + 'p':
	case TKEY_BACKTAB:
		return choose(p, -1);
	case TKEY_LEFT:
	case TKEY_CTRL + 'b':
		p->cursor = before(p, p->cursor);
		return PROMPT_SAME;
	case TKEY_RIGHT:
	case TKEY_CTRL + 'f':
		p->cursor = after(p, p->cursor);
		return PROMPT_SAME;
	case TKEY_HOME:
	case TKEY_CTRL + 'a':
		p->cursor = 0;
		return PROMPT_SAME;
	case TKEY_END:
	case TKEY_CTRL + 'e':
		p->cursor = p->n;
		return PROMPT_SAME;
	default:
		return edit(p, key);
	}
}

static void draw_list(const struct prompt *p, struct surface s)
{
	int found[MATCHES], n = prompt_matches(p, found, MATCHES), rows = surface_h(s) - 1, top;
	int chosen = p->choice >= 0 && p->choice < n ? p->choice : -1;

	rows = rows > PROMPT_SHOWN ? PROMPT_SHOWN : rows;
	rows = rows > n ? n : rows;
	top = chosen >= rows ? chosen - rows + 1 : 0;
	for (int i = 0; i < rows; i++) {
		const struct prompt_item *item = &p->items[found[top + i]];
		int y = surface_h(s) - 1 - rows + i;

		surface_fill(s, (struct rect){0, y, surface_w(s), 1}, STYLE(BAR), ' ');
		surface_field(s, 1, y, 20, ALIGN_LEFT, STYLE(BAR), str_from(item->name));
		surface_field(s, 22, y, surface_w(s) - 23, ALIGN_LEFT, STYLE(BAR), str_from(item->what));
		if (top + i == chosen)
			surface_put(s, 0, y, STYLE(BAR), '>');
	}
}

void prompt_draw(const struct prompt *p, struct surface s)
{
	int y = surface_h(s) - 1, at, room, skip;
	struct str head = {p->text, (size_t)p->cursor}, tail = {p->text + p->cursor, (size_t)(p->n - p->cursor)};

	draw_list(p, s);
	surface_fill(s, (struct rect){0, y, surface_w(s), 1}, STYLE(TEXT), ' ');
	at = surface_text(s, 0, y, STYLE(KEY), p->label);
	room = surface_w(s) - at - 1;
	/* What does not fit goes out of sight on the left: the cursor stays in it. */
	skip = utf8_columns(head) > room ? utf8_columns(head) - room : 0;
	struct surface field = surface_sub(s, (struct rect){at, y, surface_w(s) - at, 1});
	int x = surface_str(field, -skip, 0, STYLE(TEXT), head) - skip;

	surface_str(field, x, 0, STYLE(TEXT), tail);
	surface_cursor(field, x, 0);
}
