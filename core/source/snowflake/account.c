/* Names of accounts and of things in the database. */
#include <string.h>

#include "core/source/snowflake/settings.h"

enum { NAME_CAP = 256, LABEL_MAX = 63, HOST_MAX = 253 };

static const char domain[] = ".snowflakecomputing.com", domain_cn[] = ".snowflakecomputing.cn";

/* ASCII only: the names are, and no locale may change them. */
static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool alnum(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
}

static bool ends_with(struct str s, const char *end)
{
	struct str e = str_from(end);

	return s.n > e.n && str_eq_nocase((struct str){s.p + s.n - e.n, e.n}, e);
}

/* Labels of letters, digits, '-' and '_' parted by single points, each beginning and ending with a letter or digit. */
static bool well_formed(struct str s)
{
	size_t label = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool edge = label == 0 || i + 1 == s.n || s.p[i + 1] == '.';
		if (c == '.' ? edge : !(alnum(c) || (!edge && (c == '-' || c == '_'))))
			return false;
		label = c == '.' ? 0 : label + 1;
		if (label > LABEL_MAX)
			return false;
	}
	return s.n > 0 && label > 0;
}

/* "https://HOST/" to HOST; only a Snowflake host may be written so. */
static bool strip_url(struct str *s)
{
	if (!str_starts_nocase(*s, "https://"))
		return true;
	*s = (struct str){s->p + 8, s->n - 8};
	if (s->n > 0 && s->p[s->n - 1] == '/')
		s->n--;
	return ends_with(*s, domain) || ends_with(*s, domain_cn);
}

/* The part that a token names: ".global" accounts end at the first '-', others at the first '.'. */
static size_t jwt_length(struct str s)
{
	char cut = str_has_nocase(s, ".global") ? '-' : '.';
	size_t n = 0;

	while (n < s.n && s.p[n] != cut)
		n++;
	return n;
}

bool sf_account_parse(const char *text, char host[NAME_CAP], char jwt[NAME_CAP], char plain[NAME_CAP])
{
	struct str s = str_trim(str_from(text));
	const char *end = domain;
	size_t n;

	if (!strip_url(&s))
		return false;
	if (ends_with(s, domain_cn)) {
		end = domain_cn;
		s.n -= strlen(domain_cn);
	} else if (ends_with(s, domain)) {
		s.n -= strlen(domain);
	} else if (str_has_nocase(s, ".cn-")) {
		end = domain_cn;
	}
	if (!well_formed(s) || s.n + strlen(end) > HOST_MAX)
		return false;
	n = jwt_length(s);
	for (size_t i = 0; i < s.n; i++) {
		host[i] = s.p[i] == '_' ? '-' : lower(s.p[i]); /* a host name has no '_': certificates would not fit */
		plain[i] = s.p[i];
		if (i < n)
			jwt[i] = upper(s.p[i]);
	}
	memcpy(host + s.n, end, strlen(end) + 1);
	plain[s.n] = jwt[n] = '\0';
	return true;
}

static bool quoted(struct str s, char out[NAME_CAP])
{
	size_t n = 0;

	for (size_t i = 1; i + 1 < s.n; i++) {
		if (s.p[i] == '"' && (i + 2 >= s.n || s.p[++i] != '"'))
			return false;
		if ((unsigned char)s.p[i] < ' ')
			return false;
		out[n++] = s.p[i];
	}
	out[n] = '\0';
	return n > 0;
}

bool sf_identifier(const char *text, char out[NAME_CAP])
{
	struct str s = str_trim(str_from(text));

	if (s.n == 0 || s.n >= NAME_CAP)
		return false;
	if (s.p[0] == '"')
		return s.n > 2 && s.p[s.n - 1] == '"' && quoted(s, out);
	for (size_t i = 0; i < s.n; i++) {
		char c = upper(s.p[i]);
		bool first = (c >= 'A' && c <= 'Z') || c == '_';
		if (!first && (i == 0 || !((c >= '0' && c <= '9') || c == '$')))
			return false;
		out[i] = c;
	}
	out[s.n] = '\0';
	return true;
}
