#include <stdio.h>

#include "tui/cli.h"

/* "-h, --help" or "    --data DIR" */
static void option_words(char *out, size_t cap, const struct cli_option *o)
{
	char letter[5] = "";

	if (o->letter)
		snprintf(letter, sizeof(letter), "-%c, ", o->letter);
	snprintf(out, cap, "%s--%s%s%s", letter, o->name, *o->arg ? " " : "", o->arg);
}

/* "text json csv" as "text|json|csv", the default told. */
static void choices(struct buf *out, const struct cli_option *o)
{
	struct str word;

	if (!*o->choices)
		return;
	buf_str(out, ": ");
	for (unsigned i = 0; cli_choice(o->choices, i, &word); i++) {
		buf_str(out, i ? "|" : "");
		buf_add(out, word.p, word.n);
	}
	if (*o->def)
		buf_fmt(out, " (%s)", o->def);
}

static void option_line(struct buf *out, const struct cli_option *o)
{
	char words[64];

	option_words(words, sizeof(words), o);
	buf_fmt(out, "  %-24s %s", words, o->help);
	choices(out, o);
	buf_char(out, '\n');
}

void cli_help(struct buf *out)
{
	char words[64];

	buf_str(out, "pitwall [COMMAND] [ARGS] [OPTIONS]\n"
		     "Timing data of a race weekend. Without a command: the dashboard.\n\n");
	for (unsigned i = 0; i < cli_command_count; i++) {
		const struct cli_command *c = &cli_commands[i];
		snprintf(words, sizeof(words), "%s %s", c->name, c->args);
		buf_fmt(out, "  %-24s %s\n", words, c->help);
	}
	buf_char(out, '\n');
	for (int o = 0; o < OPT_COUNT; o++)
		option_line(out, &cli_options[o]);
	buf_str(out, "\npitwall COMMAND --help: a command's options, with an example. Settings count in\n"
		     "this order: option, PITWALL_NAME in the environment, `name = value` in the file\n"
		     "$XDG_CONFIG_HOME/pitwall/config, default. Keys: ? in the dashboard.\n"
		     "Exit status: 0 done, 1 failed or no such data, 2 wrong usage.\n");
}

void cli_help_command(const struct cli_command *c, struct buf *out)
{
	buf_fmt(out, "pitwall %s%s%s [OPTIONS]: %s\n\n", c->name, *c->args ? " " : "", c->args, c->help);
	for (int o = 0; o < OPT_COUNT; o++)
		if (cli_takes(c, o) || o == OPT_DATA)
			option_line(out, &cli_options[o]);
	buf_fmt(out, "\nexample: %s\n", c->example);
}
