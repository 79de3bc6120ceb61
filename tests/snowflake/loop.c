/* One client, many statements: loop N. Settings from the environment, as the program reads them. Says how many file descriptors
 * and how much memory there were after a tenth of them and at the end. */
#include <dirent.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/source/snowflake/client.h"

enum { FDS = 64, DEADLINE_S = 20, ARENA_MOST = 1 << 20 };

static unsigned open_files(void)
{
	DIR *d = opendir("/proc/self/fd");
	unsigned n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n;
}

static long resident_kib(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	long kib = 0;

	while (f && fgets(line, sizeof(line), f))
		if (strncmp(line, "VmRSS:", 6) == 0)
			kib = strtol(line + 6, NULL, 10);
	if (f)
		fclose(f);
	return kib;
}

static void wait_once(struct sf_client *c)
{
	struct pollfd fds[FDS];
	int timeout = 1000;
	int n = sf_client_wait(c, fds, FDS, &timeout);

	if (poll(fds, (nfds_t)n, timeout) >= 0)
		sf_client_woke(c, fds, n);
}

static bool row(void *ctx, const struct str *cells, unsigned n, struct err *err)
{
	(void)cells;
	(void)err;
	*(unsigned *)ctx += n == 3;
	return true;
}

static bool ask(struct sf_client *c, unsigned *rows, struct err *err)
{
	const struct sf_hooks hooks = {NULL, row, rows};
	struct sf_query *q = sf_query_health(err);

	if (!q || !sf_client_start(c, q, &hooks, DEADLINE_S, false, err))
		return false;
	while (sf_client_state(c) == SF_RUNNING)
		wait_once(c);
	if (sf_client_state(c) == SF_DONE)
		return true;
	*err = *sf_client_error(c);
	return false;
}

int main(int argc, char **argv)
{
	struct sf_values values = {{NULL}};
	struct sf_settings settings;
	struct arena *arena = arena_new(ARENA_MOST);
	struct err err = {0};
	unsigned n = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 0, rows = 0, files = 0;
	long kib = 0;

	sf_values_environment(&values);
	struct sf_client *c =
		arena && sf_settings_make(&values, arena, &settings, &err) ? sf_client_new(&settings, &err) : NULL;
	bool ok = c != NULL;
	for (unsigned i = 0; ok && i < n; i++) {
		ok = ask(c, &rows, &err);
		if (i == n / 10) {
			files = open_files();
			kib = resident_kib();
		}
	}
	if (ok)
		printf("{\"rows\":%u,\"files\":[%u,%u],\"kib\":[%ld,%ld]}\n", rows, files, open_files(), kib,
		       resident_kib());
	else
		fprintf(stderr, "%s\n", err.msg);
	if (c) {
		sf_client_close(c);
		while (sf_client_state(c) == SF_RUNNING)
			wait_once(c);
		sf_client_free(c);
	}
	arena_free(arena);
	return ok ? 0 : 1;
}
