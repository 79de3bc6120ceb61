#include "tui/keys.h"

#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"

static const struct command rows[] = {{CMD_NONE, SCOPE_GLOBAL, "", "", "", ""},
#define X(id, name, keys, scope, word, help) {CMD_##id, SCOPE_##scope, (name), (keys), (word), (help)},
				      COMMAND_TABLE(X)
#undef X
};

static const struct {
	const char *name;
	uint32_t key;
} named[] = {
	{"Up", TKEY_UP},      {"Down", TKEY_DOWN},  {"Left", TKEY_LEFT},     {"Right", TKEY_RIGHT},
	{"Home", TKEY_HOME},  {"End", TKEY_END},    {"PgUp", TKEY_PGUP},     {"PgDn", TKEY_PGDN},
	{"Ins", TKEY_INSERT}, {"Del", TKEY_DELETE}, {"Enter", TKEY_ENTER},   {"Tab", TKEY_TAB},
	{"Esc", TKEY_ESC},    {"Space", ' '},       {"S-Tab", TKEY_BACKTAB}, {"Backspace", TKEY_BACKSPACE},
};

const struct command *command_row(enum cmd id)
{
	return &rows[id];
}

enum cmd command_by_name(const char *name)
{
	for (int i = 1; i < CMD_COUNT; i++)
		if (strcmp(rows[i].name, name) == 0)
			return rows[i].id;
	return CMD_NONE;
}

uint32_t key_parse(const char *name)
{
	struct str s = str_from(name);
	uint32_t cp;

	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (strcmp(named[i].name, name) == 0)
			return named[i].key;
	if (s.n == 3 && s.p[0] == 'C' && s.p[1] == '-' && s.p[2] >= 'a' && s.p[2] <= 'z')
		return TKEY_CTRL + (uint32_t)s.p[2];
	if (s.n == 0)
		return TKEY_NONE;
	cp = utf8_next(&s);
	return s.n == 0 && utf8_width(cp) > 0 ? cp : TKEY_NONE;
}

void key_label(uint32_t key, char out[16])
{
	char bytes[4];
	int n;

	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		if (named[i].key == key) {
			snprintf(out, 16, "%s", named[i].name);
			return;
		}
	}
	if (key >= TKEY_CTRL) {
		snprintf(out, 16, "C-%c", (int)(key - TKEY_CTRL));
		return;
	}
	n = key < TKEY_BASE ? (int)utf8_put(key, bytes) : 0;
	snprintf(out, 16, "%.*s", n, bytes);
}

/* The next name in a table row's keys; false at the end. */
static bool next_key_name(const char **keys, char out[16])
{
	size_t n = strcspn(*keys, " ");

	if (n == 0)
		return false;
	snprintf(out, 16, "%.*s", (int)n, *keys);
	*keys += n;
	*keys += **keys == ' ' ? 1 : 0;
	return true;
}

static bool has_key(const struct command *c, const char *name)
{
	const char *keys = c->keys;
	char one[16];

	while (next_key_name(&keys, one))
		if (strcmp(one, name) == 0)
			return true;
	return false;
}

/* May the commands of this scope be meant on a screen whose own scope is `own`? */
static bool in_scope(enum key_scope scope, enum key_scope own)
{
	return scope <= SCOPE_SCREEN || scope == own;
}

enum cmd command_by_key(uint32_t key, enum key_scope own)
{
	enum cmd found = CMD_NONE;
	char name[16];

	key_label(key, name);
	for (int i = 1; i < CMD_COUNT && name[0] != '\0'; i++) {
		if (!in_scope(rows[i].scope, own) || !has_key(&rows[i], name))
			continue;
		if (rows[i].scope > SCOPE_SCREEN)
			return rows[i].id;
		found = rows[i].id;
	}
	return found;
}

void command_key(enum cmd id, char out[16])
{
	const char *keys = rows[id].keys;

	if (!next_key_name(&keys, out))
		out[0] = '\0';
}

void keys_text(struct buf *out)
{
	for (int i = 1; i < CMD_COUNT; i++)
		buf_fmt(out, "%-10s %s\n", rows[i].keys, rows[i].help);
}

/* Wraps each key of a row in `before` and `after`. */
static void each_key(struct buf *out, const char *keys, const char *before, const char *after, bool man)
{
	char one[16];

	for (bool first = true; next_key_name(&keys, one); first = false)
		buf_fmt(out, "%s%s%s%s", first ? "" : " ", before, man && one[0] == '\\' ? "\\e" : one, after);
}

void keys_markdown(struct buf *out)
{
	buf_str(out, "| key | does | `:` name |\n|---|---|---|\n");
	for (int i = 1; i < CMD_COUNT; i++) {
		buf_str(out, "| ");
		each_key(out, rows[i].keys, "`", "`", false);
		buf_fmt(out, " | %s | `%s` |\n", rows[i].help, rows[i].name);
	}
}

void keys_man(struct buf *out)
{
	for (int i = 1; i < CMD_COUNT; i++) {
		buf_str(out, ".TP\n.B \"");
		each_key(out, rows[i].keys, "", "", true);
		buf_fmt(out, "\"\n%s\n", rows[i].help);
	}
}
