/* What the command line, the environment and files say about Snowflake and the store. */
#include <string.h>

#include "core/base/path.h"
#include "core/source/snowflake/health.h"
#include "core/telemetry/store.h"
#include "tui/cli.h"
#include "tui/signals.h"

enum { ENV_FILE_MAX = 256 * 1024 };

static bool env_file(const struct cli *cli, const char *path, struct sf_values *out, struct err *err)
{
	struct buf text;
	bool ok;

	buf_init(&text, ENV_FILE_MAX);
	ok = file_read(path, &text, err) && sf_values_env_file(out, path, buf_view(&text), cli->arena, err);
	if (text.p)
		explicit_bzero(text.p, text.n);
	buf_release(&text);
	return ok;
}

static const char *of_config(void *ctx, const char *name)
{
	const struct sf_values *v = ctx;

	return v->v[sf_setting_by_name(str_from(name))];
}

bool cli_snowflake(const struct cli *cli, struct sf_values *out, struct err *err)
{
	const char *file = cli_get(cli, OPT_ENV_FILE);
	struct sf_values config = cli->snowflake;

	*out = (struct sf_values){{NULL}};
	sf_values_environment(out);
	if (file && !env_file(cli, file, out, err))
		return false;
	sf_values_add(out, of_config, &config);
	return true;
}

bool cli_store(const struct cli *cli, char *out, size_t cap, struct err *err)
{
	const char *named = cli_get(cli, OPT_STORE);

	if (named)
		return path_join(out, cap, "", named) || err_set(err, ERR_USAGE, "--store: the path is too long");
	return tel_store_default_path(out, cap) ||
	       err_set(err, ERR_USAGE, "no place for the store of telemetry: name a file with --store");
}

/* --- health ------------------------------------------------------------------------------------------------------------- */

static int on_wait(void *ctx, struct pollfd *fds, int max, int *timeout_ms)
{
	return sf_health_wait(ctx, fds, max, timeout_ms);
}

static void on_woke(void *ctx, const struct pollfd *fds, int n)
{
	sf_health_woke(ctx, fds, n);
}

static bool is_done(const void *ctx)
{
	return sf_health_done(ctx);
}

static void on_cancel(void *ctx)
{
	sf_health_cancel(ctx);
}

bool cli_health(const struct cli *cli, struct report_in *in, struct err *err)
{
	struct sf_health_told *told = ARENA_NEW(cli->arena, struct sf_health_told);
	struct sf_values values;
	struct sf_health *h;
	int sig;

	if (!cli_snowflake(cli, &values, err))
		return false;
	h = told ? sf_health_new(&values) : NULL;
	if (!h)
		return err_set(err, ERR_NOMEM, "no memory to ask Snowflake");
	sig = sf_health_done(h) ? 0 : cli_wait(&(struct cli_waiter){h, on_wait, on_woke, is_done, on_cancel, NULL});
	*told = *sf_health_tell(h);
	sf_health_free(h);
	if (sig != 0)
		signals_raise(sig);
	in->snowflake = told;
	return true;
}
