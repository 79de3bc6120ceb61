/* Errors: a code, and one sentence written where the cause is known.
 *
 * A function that can fail returns bool or a pointer and takes `struct err *err` last. On failure it
 * fills err with a complete message in the user's words (file and line, what is wrong, what to do);
 * on success it leaves err untouched. Nothing in core prints or exits. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define MUST_CHECK             __attribute__((warn_unused_result))

enum err_code {
	ERR_NONE,
	ERR_NOMEM,     /* memory or a ceiling of ours was reached */
	ERR_IO,        /* the system refused: open, read, write */
	ERR_FORMAT,    /* the bytes are not what they should be */
	ERR_NOT_FOUND, /* no such session, car, lap, driver, file */
	ERR_USAGE,     /* asked for wrongly: the command line's exit 2 */
	ERR_CANCELLED,
};

struct err {
	enum err_code code;
	char msg[400]; /* NUL-terminated, valid UTF-8, cut if longer; may quote bytes of a file: escape for a terminal */
};

/* Fills err (which may be NULL: then nothing) and returns false, so that `return err_set(...)` reads well. */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Puts "fmt...: " before the message already in err; returns false. For "file: reason" chains. */
bool err_prefix(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
