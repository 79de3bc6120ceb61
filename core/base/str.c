#include "core/base/str.h"

#include <string.h>

static unsigned char fold(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

struct str str_from(const char *s)
{
	return (struct str){s, s ? strlen(s) : 0};
}

struct str str_trim(struct str s)
{
	while (s.n > 0 && is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static bool same_folded(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fold(a[i]) != fold(b[i]))
			return false;
	return true;
}

bool str_eq_nocase(struct str a, struct str b)
{
	return a.n == b.n && same_folded(a.p, b.p, a.n);
}

bool str_is(struct str a, const char *literal)
{
	return str_eq(a, str_from(literal));
}

bool str_starts_nocase(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);

	return n <= s.n && same_folded(s.p, prefix, n);
}

bool str_has_nocase(struct str s, const char *part)
{
	size_t n = strlen(part);

	if (n == 0)
		return true;
	for (size_t i = 0; n <= s.n && i <= s.n - n; i++)
		if (same_folded(s.p + i, part, n))
			return true;
	return false;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n > 0 ? memcmp(a.p, b.p, n) : 0;

	if (order != 0)
		return order < 0 ? -1 : 1;
	return (a.n > b.n) - (a.n < b.n);
}

/* Takes the digits at *i: how many zeros lead, and what follows them. */
static struct str take_number(struct str s, size_t *i, size_t *zeros)
{
	struct str digits;
	size_t start = *i;

	while (*i < s.n && s.p[*i] == '0')
		++*i;
	*zeros = *i - start;
	digits.p = s.p + *i;
	while (*i < s.n && is_digit(s.p[*i]))
		++*i;
	digits.n = (size_t)(s.p + *i - digits.p);
	return digits;
}

/* Compared first by value and letter; zeros, then exact bytes, only decide between texts equal in that. */
int str_cmp_natural(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	int zeros_order = 0;

	while (i < a.n && j < b.n) {
		if (is_digit(a.p[i]) && is_digit(b.p[j])) {
			size_t za, zb;
			struct str na = take_number(a, &i, &za);
			struct str nb = take_number(b, &j, &zb);
			int order = na.n != nb.n ? (na.n < nb.n ? -1 : 1) : str_cmp(na, nb);

			if (order != 0)
				return order;
			if (zeros_order == 0 && za != zb)
				zeros_order = za > zb ? -1 : 1;
			continue;
		}
		if (fold(a.p[i]) != fold(b.p[j]))
			return fold(a.p[i]) < fold(b.p[j]) ? -1 : 1;
		i++;
		j++;
	}
	if (i < a.n || j < b.n)
		return i < a.n ? 1 : -1;
	return zeros_order != 0 ? zeros_order : str_cmp(a, b);
}
