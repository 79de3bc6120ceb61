#include <string.h>

#include "core/base/num.h"
#include "tui/palette.h"
#include "tui/theme.h"

static const struct theme_color own = {-1, -1, -1};

const char *role_name(enum role r)
{
	static const char *const names[ROLE_COUNT] = {
#define X(id, name, what) [ROLE_##id] = (name),
		ROLE_TABLE(X)
#undef X
	};

	return names[r];
}

/* Where in which file, for the words of an error. */
struct place {
	const char *file;
	int line;
};

static bool refuse(struct err *err, struct place at, const char *what, struct str word)
{
	int n = word.n > 60 ? 60 : (int)word.n;

	return err_set(err, ERR_FORMAT, "%s:%d: %s '%.*s'", at.file, at.line, what, n, word.p);
}

static struct str next_word(struct str *rest)
{
	struct str s = str_trim(*rest), word = {s.p, 0};

	while (word.n < s.n && s.p[word.n] != ' ' && s.p[word.n] != '\t')
		word.n++;
	*rest = (struct str){s.p + word.n, s.n - word.n};
	return word;
}

static bool color_number(struct str word, short *out)
{
	static const char *const names[8] = {"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};
	int64_t v;
	short bright = 0;

	if (str_is(word, "-")) {
		*out = -1;
		return true;
	}
	if (int_parse(word, &v) && v >= 0 && v <= 255) {
		*out = (short)v;
		return true;
	}
	if (word.n > 7 && memcmp(word.p, "bright-", 7) == 0) {
		bright = 8;
		word = (struct str){word.p + 7, word.n - 7};
	}
	for (short i = 0; i < 8; i++) {
		if (str_is(word, names[i])) {
			*out = (short)(i + bright);
			return true;
		}
	}
	return false;
}

static struct str next_part(struct str *rest)
{
	struct str part = {rest->p, 0};

	while (part.n < rest->n && rest->p[part.n] != '/')
		part.n++;
	size_t used = part.n < rest->n ? part.n + 1 : part.n;
	*rest = (struct str){rest->p + used, rest->n - used};
	return part;
}

static bool parse_color(struct str word, struct theme_color *out)
{
	struct str rest = word;

	if (!color_number(next_part(&rest), &out->c256))
		return false;
	out->c16 = out->c256 < 0 ? -1 : (short)palette_nearest(out->c256, 16);
	out->c8 = out->c256 < 0 ? -1 : (short)palette_nearest(out->c256, 8);
	if (rest.n == 0)
		return true;
	if (!color_number(next_part(&rest), &out->c16) || out->c16 > 15)
		return false;
	out->c8 = out->c16 < 0 ? -1 : (short)palette_nearest(out->c16, 8);
	if (rest.n == 0)
		return true;
	return color_number(next_part(&rest), &out->c8) && out->c8 < 8 && rest.n == 0;
}

static bool parse_attr(struct str word, struct theme_look *look)
{
	static const struct {
		const char *name;
		unsigned char bit;
	} attrs[] = {{"bold", ATTR_BOLD}, {"underline", ATTR_UNDERLINE}, {"reverse", ATTR_REVERSE}};
	bool mono = word.n > 5 && memcmp(word.p, "mono-", 5) == 0;

	if (mono)
		word = (struct str){word.p + 5, word.n - 5};
	for (size_t i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++) {
		if (!str_is(word, attrs[i].name))
			continue;
		if (mono)
			look->mono |= attrs[i].bit;
		else
			look->attr |= attrs[i].bit;
		return true;
	}
	return false;
}

static bool parse_look(struct theme_look *look, struct str value, struct place at, struct err *err)
{
	struct str word = next_word(&value);

	*look = (struct theme_look){own, own, 0, 0};
	if (!parse_color(word, &look->fg))
		return refuse(err, at, "no colour", word);
	word = next_word(&value);
	if (word.n > 0 && !parse_color(word, &look->bg)) {
		if (!parse_attr(word, look))
			return refuse(err, at, "no colour", word);
	}
	for (word = next_word(&value); word.n > 0; word = next_word(&value))
		if (!parse_attr(word, look))
			return refuse(err, at, "no attribute (bold, underline, reverse, mono-...)", word);
	return true;
}

static bool parse_line(struct theme *t, struct str line, struct place at, struct err *err)
{
	const char *eq = memchr(line.p, '=', line.n);
	struct str name, value;

	if (eq == NULL)
		return refuse(err, at, "expected 'role = letters ground attributes', got", line);
	name = str_trim((struct str){line.p, (size_t)(eq - line.p)});
	value = str_trim((struct str){eq + 1, line.n - (size_t)(eq - line.p) - 1});
	if (str_is(name, "background")) {
		if (!str_is(value, "dark") && !str_is(value, "light"))
			return refuse(err, at, "background is dark or light, not", value);
		t->light = str_is(value, "light");
		return true;
	}
	for (int r = 0; r < ROLE_COUNT; r++)
		if (str_is(name, role_name((enum role)r)))
			return parse_look(&t->look[r], value, at, err);
	return refuse(err, at, "no role", name);
}

static struct str next_line(struct str *rest)
{
	const char *nl = memchr(rest->p, '\n', rest->n);
	struct str line = {rest->p, nl != NULL ? (size_t)(nl - rest->p) : rest->n};
	size_t used = nl != NULL ? line.n + 1 : line.n;

	*rest = (struct str){rest->p + used, rest->n - used};
	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

bool theme_parse(struct theme *t, const char *file, struct str text, struct err *err)
{
	struct theme fresh = {.light = false};
	struct place at = {file, 0};

	memcpy(fresh.name, t->name, sizeof(fresh.name));
	for (int r = 0; r < ROLE_COUNT; r++)
		fresh.look[r] = (struct theme_look){own, own, 0, 0};
	while (text.n > 0) {
		struct str line = str_trim(next_line(&text));

		at.line++;
		if (line.n > 0 && line.p[0] != '#' && !parse_line(&fresh, line, at, err))
			return false;
	}
	*t = fresh;
	return true;
}
