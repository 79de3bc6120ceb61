#include "core/telemetry/words.h"

#include <stdarg.h>

#include "core/base/buf.h"

const char *tel_say(struct arena *a, struct err *err, const char *fmt, ...)
{
	struct buf b;
	va_list ap;
	const char *out;

	buf_init(&b, 300);
	va_start(ap, fmt);
	buf_vfmt(&b, fmt, ap);
	va_end(ap);
	out = arena_strndup(a, b.p ? b.p : "", b.n);
	buf_release(&b);
	if (!out)
		err_set(err, ERR_NOMEM, "no memory for the telemetry");
	return out;
}
