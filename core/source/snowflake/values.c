/* Where settings are said: the environment and a .env file. */
#include <stdlib.h>
#include <string.h>

#include "core/source/snowflake/settings.h"

const struct sf_setting sf_setting_table[SF_NAMES] = {
#define X(id, name, def, secret, help) [SF_##id] = {name, def, help, secret},
	SF_SETTING_TABLE(X)
#undef X
};

int sf_setting_by_name(struct str name)
{
	for (int i = 0; i < SF_NAMES; i++)
		if (str_eq_nocase(name, str_from(sf_setting_table[i].name)))
			return i;
	return -1;
}

void sf_values_add(struct sf_values *to, const char *(*get)(void *ctx, const char *name), void *ctx)
{
	for (int i = 0; i < SF_NAMES; i++) {
		const char *v = to->v[i] ? NULL : get(ctx, sf_setting_table[i].name);
		if (v && *v)
			to->v[i] = v;
	}
}

static const char *from_environment(void *ctx, const char *name)
{
	(void)ctx;
	return getenv(name);
}

void sf_values_environment(struct sf_values *to)
{
	sf_values_add(to, from_environment, NULL);
}

bool sf_values_on(const struct sf_values *v)
{
	return v->v[SF_USE] && str_eq_nocase(str_trim(str_from(v->v[SF_USE])), STR("true"));
}

/* --- A .env file ------------------------------------------------------------------------------------------------- */

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
		if (!letter && (i == 0 || c < '0' || c > '9'))
			return false;
	}
	return s.n > 0;
}

/* 'as it is', "with \n and \"", or bare up to " #". Only the whole value may be quoted. */
static bool env_value(struct str v, struct buf *out)
{
	char q = v.n > 0 && (v.p[0] == '"' || v.p[0] == '\'') ? v.p[0] : '\0';

	if (!q) {
		for (size_t i = 1; i < v.n; i++)
			if (v.p[i] == '#' && (v.p[i - 1] == ' ' || v.p[i - 1] == '\t'))
				v.n = i;
		v = str_trim(v);
		return v.n == 0 || buf_add(out, v.p, v.n);
	}
	for (size_t i = 1; i < v.n; i++) {
		char c = v.p[i];
		if (c == q) {
			struct str rest = str_trim((struct str){v.p + i + 1, v.n - i - 1});
			return rest.n == 0 || rest.p[0] == '#';
		}
		if (c == '\\' && q == '"' && i + 1 < v.n) {
			c = v.p[++i];
			c = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
		}
		if (!buf_char(out, c))
			return false;
	}
	return false;
}

static bool env_line(struct sf_values *to, struct str line, struct arena *arena, struct err *err)
{
	struct buf value;
	size_t n = 0;
	bool ok;
	int i;

	line = str_trim(line);
	if (str_starts_nocase(line, "export "))
		line = str_trim((struct str){line.p + 7, line.n - 7});
	if (line.n == 0 || line.p[0] == '#')
		return true;
	while (n < line.n && line.p[n] != '=')
		n++;
	struct str name = str_trim((struct str){line.p, n});
	if (n == line.n || !is_name(name))
		return err_set(err, ERR_USAGE, "a line is NAME=value");
	i = sf_setting_by_name(name);
	if (i < 0 || to->v[i])
		return true;
	buf_init(&value, line.n + 1);
	ok = env_value(str_trim((struct str){line.p + n + 1, line.n - n - 1}), &value);
	if (!ok)
		err_set(err, ERR_USAGE, "the quote of %s is not closed", sf_setting_table[i].name);
	else if (memchr(value.n ? value.p : "", '\0', value.n))
		ok = err_set(err, ERR_USAGE, "a NUL byte is no text");
	else if (value.n > 0 && !(to->v[i] = arena_strndup(arena, value.p, value.n)))
		ok = err_set(err, ERR_NOMEM, "no memory for the settings");
	if (value.p)
		explicit_bzero(value.p, value.n);
	buf_release(&value);
	return ok;
}

bool sf_values_env_file(struct sf_values *to, const char *file, struct str text, struct arena *arena, struct err *err)
{
	if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
		text = (struct str){text.p + 3, text.n - 3};
	for (unsigned number = 1; text.n > 0; number++) {
		size_t n = 0;
		while (n < text.n && text.p[n] != '\n')
			n++;
		struct str line = {text.p, n > 0 && text.p[n - 1] == '\r' ? n - 1 : n};
		if (!env_line(to, line, arena, err))
			return err_prefix(err, "%s:%u", file, number);
		n += n < text.n;
		text = (struct str){text.p + n, text.n - n};
	}
	return true;
}
