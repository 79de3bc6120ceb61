/* What core's tests share: cmocka with the headers it wants first, and errors shown when a call fails. */
#ifndef TESTS_UNIT_HELPER_H
#define TESTS_UNIT_HELPER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/err.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* assert_true(call), with the call's own message when it fails. */
#define assert_ok(call, err)                                                                                           \
	do {                                                                                                           \
		if (!(call))                                                                                           \
			fail_msg("%s: %s", #call, (err)->msg);                                                         \
	} while (0)

/* Makes an empty folder that lives until folder_remove and writes its path into out. */
void folder_make(char *out, size_t cap);
/* Removes the folder and the files in it, also those in its folders. */
void folder_remove(const char *dir);

#endif
