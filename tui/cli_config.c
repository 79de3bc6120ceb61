#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "tui/cli.h"

enum { CONFIG_MAX = 256 * 1024, CONFIG_PATH = 4096 };

/* --- One value from a file or the environment -------------------------------- */

static bool yes_or_no(struct str v, bool *yes)
{
	static const char *const words[] = {"yes", "no", "true", "false", "1", "0", "on", "off"};

	for (unsigned i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_eq_nocase(v, str_from(words[i]))) {
			*yes = i % 2 == 0;
			return true;
		}
	}
	return false;
}

/* "~/race" is the user's own folder also where no shell has looked at it. */
static const char *at_home(struct cli *cli, enum opt o, const char *value)
{
	const char *home = getenv("HOME");
	bool path = o == OPT_DATA || o == OPT_LOG || o == OPT_THEME || o == OPT_STORE;
	char full[CONFIG_PATH];

	if (!path || strncmp(value, "~/", 2) != 0 || !home || !path_join(full, sizeof(full), home, value + 2))
		return value;
	char *copy = arena_str(cli->arena, str_from(full));
	return copy ? copy : value;
}

static bool set_from(struct cli *cli, enum opt o, struct str value, enum cli_from from, struct err *err)
{
	char *text;
	bool yes;

	if (!*cli_options[o].arg) {
		if (!yes_or_no(value, &yes))
			return err_set(err, ERR_USAGE, "%s is yes or no", cli_options[o].name);
		/* "no" also keeps a weaker "yes" out. */
		if (yes)
			return cli_set(cli, o, "yes", from, err);
		if (cli->value[o].from < from)
			cli->value[o] = (struct cli_value){.from = from};
		return true;
	}
	text = arena_str(cli->arena, value);
	if (!text)
		return err_set(err, ERR_NOMEM, "no memory for the options");
	return cli_set(cli, o, at_home(cli, o, text), from, err);
}

/* --- Environment ------------------------------------------------------------ */

/* PITWALL_DATA holds folders parted by ':' as PATH does. */
static bool environment_one(struct cli *cli, enum opt o, struct str v, struct err *err)
{
	while (o == OPT_DATA && v.n > 0) {
		size_t n = 0;
		while (n < v.n && v.p[n] != ':')
			n++;
		if (n > 0 && !set_from(cli, o, (struct str){v.p, n}, FROM_ENVIRONMENT, err))
			return false;
		n += n < v.n;
		v = (struct str){v.p + n, v.n - n};
	}
	return o == OPT_DATA || set_from(cli, o, v, FROM_ENVIRONMENT, err);
}

static bool environment(struct cli *cli, struct err *err)
{
	for (int o = 0; o < OPT_COUNT; o++) {
		const char *v = *cli_options[o].env ? getenv(cli_options[o].env) : NULL;
		if (v && *v && !environment_one(cli, (enum opt)o, str_from(v), err))
			return err_prefix(err, "%s", cli_options[o].env);
	}
	return true;
}

/* --- Config file -------------------------------------------------------------- */

static bool unknown_key(struct str key, struct err *err)
{
	const char *names[OPT_COUNT], *near;
	char typed[64];
	unsigned n = 0;

	for (int o = 0; o < OPT_COUNT; o++)
		if (cli_option_in_config((enum opt)o))
			names[n++] = cli_options[o].name;
	size_t len = key.n < sizeof(typed) - 1 ? key.n : sizeof(typed) - 1;
	memcpy(typed, key.p, len);
	typed[len] = '\0';
	near = cli_nearest(typed, names, n);
	if (near)
		return err_set(err, ERR_USAGE, "no setting \"%s\"; did you mean %s?", typed, near);
	return err_set(err, ERR_USAGE, "no setting \"%s\"; they are the options' names (man pitwall)", typed);
}

/* snowflake_account = ...; the switch itself is only in the environment: a file left behind must not open a connection. */
static bool snowflake_setting(struct cli *cli, struct str key, struct str value, struct err *err)
{
	int i = sf_setting_by_name(key);

	if (i == SF_USE)
		return err_set(err, ERR_USAGE,
			       "USE_SNOWFLAKE is set in the environment only: USE_SNOWFLAKE=true pitwall");
	if (i < 0)
		return err_set(err, ERR_USAGE, "no setting \"%.*s\" of Snowflake (man pitwall lists them)",
			       key.n < 60 ? (int)key.n : 60, key.p);
	if (memchr(value.p, '\0', value.n))
		return err_set(err, ERR_USAGE, "a NUL byte is no text");
	if (value.n > 0 && !(cli->snowflake.v[i] = arena_str(cli->arena, value)))
		return err_set(err, ERR_NOMEM, "no memory for the options");
	return true;
}

static bool config_line(struct cli *cli, struct str line, struct err *err)
{
	size_t n = 0;

	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return true;
	while (n < line.n && line.p[n] != '=')
		n++;
	if (n == line.n)
		return err_set(err, ERR_USAGE, "a line is `setting = value`");
	struct str key = str_trim((struct str){line.p, n});
	struct str value = str_trim((struct str){line.p + n + 1, line.n - n - 1});
	if (str_starts_nocase(key, "snowflake_") || str_eq_nocase(key, STR("use_snowflake")))
		return snowflake_setting(cli, key, value, err);
	int o = cli_option_by_name(key);
	if (o < 0 || !cli_option_in_config((enum opt)o))
		return unknown_key(key, err);
	if (memchr(value.p, '\0', value.n))
		return err_set(err, ERR_USAGE, "a NUL byte is no text");
	return set_from(cli, (enum opt)o, value, FROM_CONFIG, err);
}

bool cli_config_text(struct cli *cli, const char *file, struct str text, struct err *err)
{
	if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
		text = (struct str){text.p + 3, text.n - 3};
	for (unsigned number = 1; text.n > 0; number++) {
		size_t n = 0;
		while (n < text.n && text.p[n] != '\n')
			n++;
		struct str line = {text.p, n > 0 && text.p[n - 1] == '\r' ? n - 1 : n};
		if (!config_line(cli, line, err))
			return err_prefix(err, "%s:%u", file, number);
		n += n < text.n;
		text = (struct str){text.p + n, text.n - n};
	}
	return true;
}

static bool config_file(struct cli *cli, const char *file, struct err *err)
{
	struct buf text;
	bool ok;

	buf_init(&text, CONFIG_MAX);
	ok = file_read(file, &text, err) && cli_config_text(cli, file, buf_view(&text), err);
	buf_release(&text);
	return ok;
}

/* A file that was named must be there; the usual one need not. */
static bool config(struct cli *cli, struct err *err)
{
	const char *named = cli_get(cli, OPT_CONFIG);
	char folder[CONFIG_PATH], usual[CONFIG_PATH];

	if (named)
		return config_file(cli, named, err);
	if (!path_xdg(folder, sizeof(folder), XDG_CONFIG) || !path_join(usual, sizeof(usual), folder, "config"))
		return true;
	if (access(usual, F_OK) != 0)
		return true;
	return config_file(cli, usual, err);
}

/* --- Defaults ------------------------------------------------------------------ */

static bool defaults(struct cli *cli, struct err *err)
{
	for (int o = 0; o < OPT_COUNT; o++)
		if (*cli_options[o].def && !cli_set(cli, (enum opt)o, cli_options[o].def, FROM_DEFAULT, err))
			return false;
	return true;
}

bool cli_complete(struct cli *cli, struct err *err)
{
	return environment(cli, err) && config(cli, err) && defaults(cli, err) && cli_demo(cli, err);
}
