/* A view of bytes owned by somebody else: pointer and length, not NUL-terminated. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

struct str str_from(const char *s);             /* NULL gives the empty view */
struct str str_trim(struct str s);              /* without blanks and tabs at both ends */
bool str_eq(struct str a, struct str b);        /* same bytes */
bool str_eq_nocase(struct str a, struct str b); /* ASCII case folded; no locale */
bool str_is(struct str a, const char *literal); /* same bytes as a C string */
bool str_starts_nocase(struct str s, const char *prefix);
bool str_has_nocase(struct str s, const char *part); /* part anywhere in s; an empty part is in all */
int str_cmp(struct str a, struct str b);             /* bytewise, shorter first */
/* Human order: digits compare as numbers, so 2 < 10 < 03? no: equal numbers with more zeros first
 * ("003" < "03" < "3"); other bytes by ASCII case-folded value. Total order. */
int str_cmp_natural(struct str a, struct str b);

#endif
