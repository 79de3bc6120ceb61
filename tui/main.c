#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/utf8.h"
#include "tui/app.h"
#include "tui/cli.h"
#include "tui/data.h"
#include "tui/screens/compare.h"
#include "tui/screens/dashboard.h"
#include "tui/screens/race.h"
#include "tui/screens/season.h"
#include "tui/screens/sources.h"
#include "tui/screens/telemetry.h"

enum { EXIT_DONE, EXIT_FAILED, EXIT_USAGE };
static const size_t answer_max = (size_t)512 * 1024 * 1024;

/* One line on stderr; bytes of files and arguments in it are made safe. */
static int complain(const struct err *err)
{
	struct buf line;

	buf_init(&line, 4096);
	buf_str(&line, "pitwall: ");
	text_clean(&line, str_from(err->msg), false);
	buf_char(&line, '\n');
	if (write(STDERR_FILENO, line.p, line.n) < 0) {
		/* nobody is left to tell */
	}
	buf_release(&line);
	return err->code == ERR_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

static bool write_all(const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(STDOUT_FILENO, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return false;
		p += k;
		n -= (size_t)k;
	}
	return close(STDOUT_FILENO) == 0; /* some disks tell only now that they are full */
}

static int print(struct buf *out)
{
	struct err err;
	int why;

	if (out->failed) {
		err_set(&err, ERR_NOMEM, "no memory for the answer");
		return complain(&err);
	}
	if (write_all(out->p, out->n))
		return EXIT_DONE;
	why = errno;
	if (why == EPIPE) /* the reader has seen enough */
		return EXIT_FAILED;
	err_set(&err, ERR_IO, "cannot write the answer: %s", strerror(why));
	return complain(&err);
}

static enum color_mode color_of(const struct cli *cli)
{
	const char *v = cli_get(cli, OPT_COLOR);

	return strcmp(v, "always") == 0 ? COLOR_ALWAYS : strcmp(v, "never") == 0 ? COLOR_NEVER : COLOR_AUTO;
}

static enum charset_choice charset_of(const struct cli *cli)
{
	static const char *const names[] = {[CHOOSE_AUTO] = "auto",
					    [CHOOSE_BRAILLE] = "braille",
					    [CHOOSE_BLOCK] = "block",
					    [CHOOSE_ASCII] = "ascii"};
	const char *v = cli_get(cli, OPT_CHARSET);

	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], v) == 0)
			return (enum charset_choice)i;
	return CHOOSE_AUTO;
}

static int dashboard(const struct cli *cli)
{
	static const struct screen_ops *const screens[] = {
		[0] = &dashboard_screen, [1] = &race_screen,   [2] = &compare_screen,
		[3] = &telemetry_screen, [4] = &season_screen, [5] = &sources_screen};
	const struct cli_value *folders = &cli->value[OPT_DATA];
	const char *theme = cli_get(cli, OPT_THEME), *follow = cli_get(cli, OPT_FOLLOW);
	bool theme_of_config = cli->value[OPT_THEME].from <= FROM_CONFIG;
	struct sf_values snowflake;
	char store[4096];
	struct data *data;
	struct err err;
	int status;

	if (follow && strcmp(follow, "-") == 0 && isatty(STDIN_FILENO)) {
		err_set(&err, ERR_USAGE, "--follow - reads a pipe: pitwall replay ID --to - | pitwall --follow -");
		return complain(&err);
	}
	if (!cli_snowflake(cli, &snowflake, &err))
		return complain(&err);
	data = data_new(&(struct data_options){.paths = folders->at,
					       .npaths = folders->n,
					       .follow = follow,
					       .store = cli_store(cli, store, sizeof(store), &err) ? store : NULL,
					       .corner = cli->value[OPT_CORNER].at,
					       .ncorners = cli->value[OPT_CORNER].n,
					       .snowflake = &snowflake});
	if (!data) {
		err_set(&err, ERR_NOMEM, "no memory for the dashboard");
		return complain(&err);
	}
	status = app_run(&(struct app_options){
		.screens = screens,
		.nscreens = sizeof(screens) / sizeof(screens[0]),
		.data = data_ops(data),
		.theme = theme_of_config ? NULL : theme,
		.config_theme = theme_of_config ? theme : NULL,
		.color = color_of(cli),
		.charset = charset_of(cli),
		.no_mouse = cli_flag(cli, OPT_NO_MOUSE),
		.plain = cli_flag(cli, OPT_PLAIN),
	});
	data_free(data);
	return status;
}

/* --help, --version and --generate need no data and no settings. */
static bool about_itself(const struct cli *cli, struct buf *out, struct err *err)
{
	if (cli->generate)
		return cli_generate(cli->generate, out)
			       ? true
			       : err_set(err, ERR_USAGE, "--generate makes man, bash, zsh or fish");
	if (cli_flag(cli, OPT_VERSION))
		buf_str(out, "pitwall " PITWALL_VERSION "\n");
	else if (cli->command)
		cli_help_command(cli->command, out);
	else
		cli_help(out);
	return true;
}

static bool is_about_itself(const struct cli *cli)
{
	return cli->generate || cli_flag(cli, OPT_VERSION) || cli_flag(cli, OPT_HELP);
}

static int answer(const struct cli *cli)
{
	struct err err = {.code = ERR_NONE};
	struct buf out;
	int status;
	bool ok;

	buf_init(&out, answer_max);
	ok = is_about_itself(cli) ? about_itself(cli, &out, &err) : cli_answer(cli, &out, &err);
	status = ok ? print(&out) : complain(&err);
	buf_release(&out);
	return status;
}

static int run(struct cli *cli, int argc, char **argv)
{
	struct err err = {.code = ERR_NONE};
	const char *log;

	if (!cli_parse(cli, argc, argv, &err))
		return complain(&err);
	if (is_about_itself(cli))
		return answer(cli);
	if (!cli_complete(cli, &err))
		return complain(&err);
	log = cli_get(cli, OPT_LOG);
	if (log && !log_open(log, &err))
		return complain(&err);
	int status = cli->command ? answer(cli) : dashboard(cli);
	log_close();
	return status;
}

/* The number of a closed stream would go to the next file opened, and what is printed into that file. Opened for
 * reading only, so that writing to a closed stream stays an error. */
static void keep_stream_numbers(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	struct cli cli = {.arena = arena_new(0)};
	struct err err;
	int status;

	keep_stream_numbers();
	setlocale(LC_CTYPE, "");
	if (!cli.arena) {
		err_set(&err, ERR_NOMEM, "no memory");
		return complain(&err);
	}
	status = run(&cli, argc, argv);
	arena_free(cli.arena);
	return status;
}
