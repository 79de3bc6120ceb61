/* Where the demo season lies: beside a program that was built here, else where it was installed. Only for the dashboard, which
 * says DEMO on every screen: a script that forgot its data must not get invented figures. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/path.h"
#include "tui/cli.h"

enum { DEMO_PATH = 4096 };

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* "/src/build/gcc-release/pitwall" -> "/src/" and what is asked for. */
static bool beside_build(char *out, size_t cap, const char *name)
{
	char self[DEMO_PATH];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *build = NULL;

	if (n <= 0)
		return false;
	self[n] = '\0';
	for (char *p = self; (p = strstr(p, "/build/")) != NULL; p++)
		build = p;
	if (!build)
		return false;
	*build = '\0';
	return path_join(out, cap, self, name) && is_folder(out);
}

static bool add_folder(struct cli *cli, const char *folder, struct err *err)
{
	const char *copy = arena_str(cli->arena, str_from(folder));

	if (!copy)
		return err_set(err, ERR_NOMEM, "no memory for the options");
	return cli_set(cli, OPT_DATA, copy, FROM_DEFAULT, err);
}

bool cli_demo(struct cli *cli, struct err *err)
{
	char folder[DEMO_PATH];

	if (cli->command || cli->value[OPT_DATA].n > 0 || cli_get(cli, OPT_FOLLOW))
		return true;
	if (!beside_build(folder, sizeof(folder), "data/demo") &&
	    !(path_join(folder, sizeof(folder), PITWALL_DATADIR, "demo") && is_folder(folder)))
		return true;
	if (!add_folder(cli, folder, err))
		return false;
	/* Telemetry of some of its cars is too large to be kept: make writes it. */
	if (!beside_build(folder, sizeof(folder), "build/demo-wide") &&
	    !(path_join(folder, sizeof(folder), PITWALL_DATADIR, "demo-wide") && is_folder(folder)))
		return true;
	return add_folder(cli, folder, err);
}
