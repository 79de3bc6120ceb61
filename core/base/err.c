#include "core/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"

/* Copies text into err->msg: bytes that are not UTF-8 become '?', and the cut falls between code points. */
static void store(struct err *err, const char *text)
{
	struct str rest = str_from(text);
	size_t n = 0;

	while (rest.n > 0) {
		const char *from = rest.p;
		uint32_t cp = utf8_next(&rest);
		size_t len = (size_t)(rest.p - from);
		bool bad = cp == 0xFFFD && len == 1;

		if (n + len >= sizeof err->msg)
			break;
		if (bad)
			err->msg[n] = '?';
		else
			memcpy(err->msg + n, from, len);
		n += len;
	}
	err->msg[n] = '\0';
}

/* Messages are made in a buffer of their own first, because an argument may be the old message itself. */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	char text[sizeof err->msg + 4];
	va_list ap;

	if (!err)
		return false;
	va_start(ap, fmt);
	if (vsnprintf(text, sizeof text, fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	store(err, text);
	err->code = code;
	return false;
}

bool err_prefix(struct err *err, const char *fmt, ...)
{
	char text[2 * sizeof err->msg + 4];
	va_list ap;
	int n;

	if (!err)
		return false;
	va_start(ap, fmt);
	n = vsnprintf(text, sizeof err->msg, fmt, ap);
	va_end(ap);
	if (n < 0)
		return false;
	n = (int)strlen(text);
	snprintf(text + n, sizeof text - (size_t)n, ": %s", err->msg);
	store(err, text);
	return false;
}
