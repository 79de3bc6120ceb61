#include "core/telemetry/sqlite.h"

#include <dlfcn.h>
#include <string.h>

static bool find(void *lib, const char *name, void *to, size_t size, struct err *err)
{
	void *p = dlsym(lib, name);

	if (!p)
		return err_set(err, ERR_IO, "the SQLite library of this system has no %s: it is too old", name);
	memcpy(to, &p, size); /* an object pointer may not be cast to that of a function */
	return true;
}

bool sqlite_load(struct sqlite *q, struct err *err)
{
	void *lib = dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

	if (!lib)
		return err_set(err, ERR_IO,
			       "the telemetry store needs the SQLite library: install libsqlite3-0 (libsqlite3.so.0)");
#define X(name)                                                                                                        \
	if (!find(lib, "sqlite3_" #name, &q->name, sizeof q->name, err))                                               \
		return false;
	SQLITE_TABLE(X)
#undef X
	return true;
}
