#include "core/source/snowflake/libs.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

/* curl.h makes macros of these, to check types where they are called by name. */
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

struct entry {
	const char *name;
	size_t at;
};

static bool load(const char *const *libraries, const char *package, const struct entry *e, size_t n, void *table,
		 struct err *err)
{
	void *lib = NULL;

	for (; *libraries && !lib; libraries++)
		lib = dlopen(*libraries, RTLD_NOW | RTLD_LOCAL);
	if (!lib)
		return err_set(err, ERR_NOT_FOUND, "Snowflake needs %s, which is not installed", package);
	for (size_t i = 0; i < n; i++) {
		void *f = dlsym(lib, e[i].name);
		if (!f)
			return err_set(err, ERR_NOT_FOUND, "%s is too old for Snowflake: it has no %s", package,
				       e[i].name);
		/* POSIX has a function's address in an object pointer; C has no cast for that. */
		memcpy((char *)table + e[i].at, &f, sizeof(f));
	}
	return true;
}

bool sf_curl_load(struct sf_curl *out, struct err *err)
{
	static const char *const names[] = {"libcurl.so.4", NULL};
	static const struct entry table[] = {
#define X(name) {#name, offsetof(struct sf_curl, name)},
		SF_CURL_TABLE(X)
#undef X
	};

	if (!load(names, "libcurl (Debian: libcurl4)", table, sizeof(table) / sizeof(table[0]), out, err))
		return false;
	if (out->curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(err, ERR_IO, "libcurl cannot start");
	return true;
}

bool sf_crypto_load(struct sf_crypto *out, struct err *err)
{
	static const char *const names[] = {"libcrypto.so.3", NULL};
	static const struct entry table[] = {
#define X(name) {#name, offsetof(struct sf_crypto, name)},
		SF_CRYPTO_TABLE(X)
#undef X
	};

	return load(names, "OpenSSL 3 (Debian: libssl3)", table, sizeof(table) / sizeof(table[0]), out, err);
}
