/* Options, config file and environment; help, man page and completions against their tables. */
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "tests/unit/helper.h"
#include "tui/cli.h"

static int setup(void **state)
{
	struct cli *cli = calloc(1, sizeof(*cli));

	cli->arena = arena_new(0);
	*state = cli;
	for (int o = 0; o < OPT_COUNT; o++)
		if (*cli_options[o].env)
			unsetenv(cli_options[o].env);
	return setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
}

static int teardown(void **state)
{
	struct cli *cli = *state;

	arena_free(cli->arena);
	free(cli);
	return 0;
}

enum { WORDS = 12 };

/* Splits a line at blanks and parses it. */
static bool parse(struct cli *cli, const char *line, struct err *err)
{
	char *copy = arena_str(cli->arena, str_from(line)), *argv[WORDS] = {copy}, *rest = NULL;
	int argc = 1;

	for (char *w = strtok_r(copy, " ", &rest); w && argc < WORDS; w = strtok_r(NULL, " ", &rest))
		argv[argc++] = w;
	return cli_parse(cli, argc, argv, err);
}

static void assert_refused(struct cli *cli, const char *line, const char *part)
{
	struct err err = {0};

	assert_false(parse(cli, line, &err));
	assert_int_equal(err.code, ERR_USAGE);
	if (!strstr(err.msg, part))
		fail_msg("%s: \"%s\" lacks \"%s\"", line, err.msg, part);
}

static void test_words_in_any_order(void **state)
{
	struct cli *cli = *state;
	struct err err = {0};

	assert_ok(parse(cli, "--data a compare --format=json r1 --data b 3 -- 7", &err), &err);
	assert_string_equal(cli->command->name, "compare");
	assert_int_equal(cli->nargs, 3);
	assert_string_equal(cli->arg[2], "7");
	assert_int_equal(cli->value[OPT_DATA].n, 2);
	assert_string_equal(cli_get(cli, OPT_FORMAT), "json");
}

#define REFUSED(name, line, part)                                                                                      \
	static void name(void **state)                                                                                 \
	{                                                                                                              \
		assert_refused(*state, line, part);                                                                    \
	}
REFUSED(test_near_command, "standigns r1", "did you mean standings?")
REFUSED(test_far_command, "xyzzy", "--help")
REFUSED(test_near_option, "laps r1 --fromat json", "did you mean --format?")
REFUSED(test_argument_missing, "compare r1 3", "compare needs SESSION A B")
REFUSED(test_argument_too_many, "laps r1 r2", "too much")
REFUSED(test_value_missing, "laps r1 --car", "--car needs a value")
REFUSED(test_value_of_a_flag, "--plain=yes", "takes no value")
REFUSED(test_choice, "laps r1 --format xml", "text, json or csv")
REFUSED(test_source_of_another_build, "laps r1 --source snowflake", "timing files only: auto or csv")
REFUSED(test_corner_without_a_name, "telemetry corners r1 13 --corner barber:1128", "TRACK:METRES:NAME")
REFUSED(test_option_of_another_command, "sessions --lap 3", "sessions has no --lap")
REFUSED(test_answer_option_without_command, "--format json", "goes with a command")
REFUSED(test_report_needs_a_car, "report r1", "--car")

static void test_stronger_source_wins(void **state)
{
	struct cli *cli = *state;
	struct err err = {0};

	assert_ok(parse(cli, "laps r1 --format csv", &err), &err);
	setenv("PITWALL_THEME", "light", 1);
	setenv("PITWALL_FORMAT", "json", 1);
	setenv("PITWALL_DATA", "/a:/b", 1);
	assert_ok(cli_complete(cli, &err), &err);
	const char *text = "theme = dark\ndata = /c\nformat = text\ncharset = ascii # not a comment here\n";
	assert_false(cli_config_text(cli, "conf", str_from(text), &err));
	assert_string_equal(cli_get(cli, OPT_FORMAT), "csv");
	assert_string_equal(cli_get(cli, OPT_THEME), "light");
	assert_int_equal(cli->value[OPT_DATA].n, 2);
	assert_string_equal(cli->value[OPT_DATA].at[1], "/b");
	assert_string_equal(cli_get(cli, OPT_CHARSET), "auto");
}

static void test_config_file(void **state)
{
	struct cli *cli = *state;
	struct err err = {0};
	const char *text =
		"\xef\xbb\xbf# comment\r\n\n  data = /x y \r\ndata=/z\nplain = yes\nno-mouse = no\n color = never";

	assert_ok(cli_config_text(cli, "conf", str_from(text), &err), &err);
	assert_int_equal(cli->value[OPT_DATA].n, 2);
	assert_string_equal(cli->value[OPT_DATA].at[0], "/x y");
	assert_true(cli_flag(cli, OPT_PLAIN));
	assert_false(cli_flag(cli, OPT_NO_MOUSE));
	assert_string_equal(cli_get(cli, OPT_COLOR), "never");
}

static void assert_config_error(struct cli *cli, const char *text, const char *part)
{
	struct err err = {0};

	assert_false(cli_config_text(cli, "conf", str_from(text), &err));
	assert_int_equal(err.code, ERR_USAGE);
	if (!strstr(err.msg, part))
		fail_msg("\"%s\" lacks \"%s\"", err.msg, part);
}

static void test_config_errors_name_the_line(void **state)
{
	assert_config_error(*state, "\n\nthem = dark\n", "conf:3: no setting \"them\"; did you mean theme?");
	assert_config_error(*state, "theme\n", "conf:1: a line is");
	assert_config_error(*state, "plain = maybe\n", "conf:1: plain is yes or no");
	assert_config_error(*state, "color = blue\n", "conf:1: --color is");
	assert_config_error(*state, "lap = 3\n", "conf:1: no setting");
	assert_config_error(*state, "data =\n", "conf:1:");
}

static void test_named_config_must_be_there(void **state)
{
	struct cli *cli = *state;
	struct err err = {0};

	assert_ok(parse(cli, "--config /nonexistent/file", &err), &err);
	assert_false(cli_complete(cli, &err));
	assert_non_null(strstr(err.msg, "/nonexistent/file"));
}

static void test_defaults(void **state)
{
	struct cli *cli = *state;
	struct err err = {0};

	assert_ok(parse(cli, "", &err), &err);
	assert_ok(cli_complete(cli, &err), &err);
	assert_null(cli->command);
	assert_string_equal(cli_get(cli, OPT_FORMAT), "text");
	assert_string_equal(cli_get(cli, OPT_CHARSET), "auto");
	assert_null(cli_get(cli, OPT_THEME));
}

static void test_nearest(void **state)
{
	const char *const names[] = {"laps", "standings", "sessions"};
	(void)state;

	assert_string_equal(cli_nearest("lpas", names, 3), "laps");
	assert_string_equal(cli_nearest("stand", names, 3), "standings");
	assert_null(cli_nearest("xy", names, 3));
	assert_null(cli_nearest("", names, 3));
}

static void test_help_fits(void **state)
{
	struct buf out;
	unsigned lines = 0;
	(void)state;

	buf_init(&out, 65536);
	cli_help(&out);
	for (const char *p = out.p; *p; p += strcspn(p, "\n") + 1, lines++)
		assert_in_range(strcspn(p, "\n"), 0, 80);
	assert_in_range(lines, 10, 70);
	for (unsigned i = 0; i < cli_command_count; i++) {
		assert_non_null(strstr(out.p, cli_commands[i].help));
		struct buf one;
		buf_init(&one, 65536);
		cli_help_command(&cli_commands[i], &one);
		assert_non_null(strstr(one.p, cli_commands[i].example));
		buf_release(&one);
	}
	buf_release(&out);
}

/* An example that does not parse would be a lie. */
static void test_examples_parse(void **state)
{
	struct cli *cli = *state;
	struct err err = {0};

	for (unsigned i = 0; i < cli_command_count; i++) {
		struct cli one = {.arena = cli->arena};
		assert_ok(parse(&one, cli_commands[i].example + strlen("pitwall "), &err), &err);
		assert_ptr_equal(one.command, &cli_commands[i]);
	}
}

static void test_committed_files_are_generated(void **state)
{
	static const struct {
		const char *what, *path;
	} files[] = {
		{"man", "data/pitwall.1"},
		{"bash", "data/completions/pitwall.bash"},
		{"zsh", "data/completions/_pitwall"},
		{"fish", "data/completions/pitwall.fish"},
	};
	(void)state;

	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct buf made, kept;
		struct err err = {0};
		buf_init(&made, 1 << 20);
		buf_init(&kept, 1 << 20);
		assert_true(cli_generate(files[i].what, &made));
		assert_ok(file_read(files[i].path, &kept, &err), &err);
		if (made.n != kept.n || memcmp(made.p, kept.p, made.n) != 0)
			fail_msg("%s is not what the tables say: make generate", files[i].path);
		for (int o = 0; o < OPT_COUNT; o++)
			if (i > 0 && !strstr(made.p, cli_options[o].name))
				fail_msg("%s lacks --%s", files[i].path, cli_options[o].name);
		buf_release(&made);
		buf_release(&kept);
	}
	assert_false(cli_generate("html", NULL));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* The README's list of keys stands between two comments. */
static void test_readme_lists_the_keys(void **state)
{
	struct buf made, kept;
	struct err err = {0};

	(void)state;
	buf_init(&made, 1 << 20);
	buf_init(&kept, 1 << 20);
	buf_str(&made, "<!-- keys -->\n");
	assert_true(cli_generate("keys", &made));
	buf_str(&made, "<!-- /keys -->");
	assert_ok(file_read("README.md", &kept, &err), &err);
	if (!strstr(kept.p, made.p))
		fail_msg("the README's keys are not what the table says: make generate");
	buf_release(&made);
	buf_release(&kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_words_in_any_order),
		TEST(test_near_command),
		TEST(test_far_command),
		TEST(test_near_option),
		TEST(test_argument_missing),
		TEST(test_argument_too_many),
		TEST(test_value_missing),
		TEST(test_value_of_a_flag),
		TEST(test_choice),
		TEST(test_source_of_another_build),
		TEST(test_corner_without_a_name),
		TEST(test_option_of_another_command),
		TEST(test_answer_option_without_command),
		TEST(test_report_needs_a_car),
		TEST(test_stronger_source_wins),
		TEST(test_config_file),
		TEST(test_config_errors_name_the_line),
		TEST(test_named_config_must_be_there),
		TEST(test_defaults),
		TEST(test_nearest),
		TEST(test_help_fits),
		TEST(test_examples_parse),
		TEST(test_committed_files_are_generated),
		TEST(test_readme_lists_the_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
