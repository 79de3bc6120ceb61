/* Man page and completions, written from the tables. */
#include <ctype.h>
#include <string.h>

#include "tui/cli.h"
#include "tui/keys.h"

/* --- Man page ------------------------------------------------------------------- */

/* Text for roff: a backslash and a leading dot or quote would be commands; '-' stays a plain minus. */
static void man_text(struct buf *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		buf_str(out, "\\&");
	for (; *text; text++) {
		if (*text == '\\')
			buf_str(out, "\\e");
		else if (*text == '-')
			buf_str(out, "\\-");
		else
			buf_char(out, *text);
	}
}

static void man_commands(struct buf *out)
{
	buf_str(out, ".SH COMMANDS\nWithout a command the dashboard opens.\n");
	for (unsigned i = 0; i < cli_command_count; i++) {
		const struct cli_command *c = &cli_commands[i];
		buf_fmt(out, ".TP\n.B %s", c->name);
		if (*c->args)
			buf_fmt(out, " \\fI%s\\fR", c->args);
		buf_char(out, '\n');
		man_text(out, c->help);
		buf_str(out, ".\nOptions:");
		for (int o = 0; o < OPT_COUNT; o++) {
			if (!cli_takes(c, o))
				continue;
			buf_str(out, " \\-\\-");
			man_text(out, cli_options[o].name);
		}
		buf_str(out, ".\n.br\nExample: ");
		man_text(out, c->example);
		buf_char(out, '\n');
	}
}

static void man_option(struct buf *out, const struct cli_option *o)
{
	struct str word;

	buf_str(out, ".TP\n.B ");
	if (o->letter)
		buf_fmt(out, "\\-%c, ", o->letter);
	buf_str(out, "\\-\\-");
	man_text(out, o->name);
	if (*o->arg)
		buf_fmt(out, " \\fI%s\\fR", o->arg);
	buf_char(out, '\n');
	man_text(out, o->help);
	for (unsigned i = 0; cli_choice(o->choices, i, &word); i++) {
		buf_str(out, i ? ", " : ": ");
		buf_add(out, word.p, word.n);
	}
	buf_str(out, ".\n");
	if (*o->def)
		buf_fmt(out, "Default: %s.\n", o->def);
	if (*o->env)
		buf_fmt(out, "Environment: %s.\n", o->env);
}

static void man_config(struct buf *out)
{
	const char *comma = "";

	buf_str(out, ".SH CONFIGURATION\nThe config file holds a\n.I setting = value\na line; # begins a comment.\n"
		     "Settings are named after the options: ");
	for (int o = 0; o < OPT_COUNT; o++) {
		if (!cli_option_in_config((enum opt)o))
			continue;
		buf_str(out, comma);
		man_text(out, cli_options[o].name);
		comma = ", ";
	}
	buf_str(out, ".\nThose without an argument are yes or no;\n.I data\nmay stand on several lines.\n"
		     "An option counts before the environment, the environment before the file, the file before the "
		     "default.\n"
		     "\\-\\-data replaces the folders of the file.\n"
		     "PITWALL_DATA may hold several folders with colons between them.\n");
}

static void man_snowflake(struct buf *out)
{
	buf_str(out,
		".SH SNOWFLAKE\nOff unless USE_SNOWFLAKE is true in the environment or in the .env file that "
		"\\-\\-env\\-file names;\noff means that no connection is made. All other settings are read from the "
		"environment,\nelse that file, else the config file (in lower case:\n.I snowflake_account = ...\n).\n"
		"The first credential of password, base64 key, key file, token, token file is used.\n");
	for (int i = 0; i < SF_NAMES; i++) {
		buf_fmt(out, ".TP\n.B %s\n", sf_setting_table[i].name);
		man_text(out, sf_setting_table[i].help);
		buf_str(out, ".\n");
		if (*sf_setting_table[i].def)
			buf_fmt(out, "Default: %s.\n", sf_setting_table[i].def);
	}
}

static void generate_man(struct buf *out)
{
	buf_str(out,
		".TH PITWALL 1 2026-11-24 \"pitwall @VERSION@\" \"User Commands\"\n"
		".SH NAME\npitwall \\- timing data of a race weekend in the terminal\n"
		".SH SYNOPSIS\n.B pitwall\n[\\fICOMMAND\\fR] [\\fIARGS\\fR] [\\fIOPTIONS\\fR]\n"
		".SH DESCRIPTION\nReads lap analysis, results and season files of a race weekend and shows who is "
		"fast, where,\n"
		"and why.\nWithout a command it opens a dashboard; a command prints its answer as text, JSON or CSV.\n"
		"Sessions are named by the ids that\n.B pitwall sessions\nprints, cars by their numbers.\n"
		"Every difference is yours minus the reference's, or B minus A: plus is slower.\n");
	man_commands(out);
	buf_str(out, ".SH OPTIONS\n");
	for (int o = 0; o < OPT_COUNT; o++)
		man_option(out, &cli_options[o]);
	buf_str(out, ".SH KEYS\n");
	keys_man(out);
	man_config(out);
	man_snowflake(out);
	buf_str(out, ".SH ENVIRONMENT\nBesides those named with the options: NO_COLOR (no colours), USE_SNOWFLAKE, "
		     "LANG and LC_ALL "
		     "(ASCII unless UTF\\-8), TERM, COLORFGBG, HOME and the XDG folders.\n"
		     ".SH FILES\n.TP\n.I $XDG_CONFIG_HOME/pitwall/config\nsettings\n.TP\n"
		     ".I $XDG_STATE_HOME/pitwall/state\nthe session, cars and excluded laps of the last time\n"
		     ".SH EXIT STATUS\n0 done; 1 failed, or no such data; 2 wrong usage.\n"
		     "After a signal the terminal is restored and the signal raised again.\n");
}

/* --- Shells --------------------------------------------------------------------- */

/* In single quotes of a shell. */
static void quoted(struct buf *out, const char *text)
{
	buf_char(out, '\'');
	for (; *text; text++)
		buf_str(out, *text == '\'' ? "'\\''" : (const char[]){*text, '\0'});
	buf_char(out, '\'');
}

static bool takes(const struct cli_command *c, int o)
{
	return cli_options[o].where != WHERE_ANSWER || cli_takes(c, o);
}

static bool is_path(int o)
{
	return o == OPT_DATA || o == OPT_CONFIG || o == OPT_LOG || o == OPT_THEME || o == OPT_TO || o == OPT_FOLLOW ||
	       o == OPT_STORE || o == OPT_ENV_FILE;
}

static void bash_values(struct buf *out)
{
	for (int o = 0; o < OPT_COUNT; o++) {
		if (!*cli_options[o].arg)
			continue;
		buf_fmt(out, "\t--%s) ", cli_options[o].name);
		if (*cli_options[o].choices)
			buf_fmt(out, "mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$cur\");", cli_options[o].choices);
		else if (is_path(o))
			buf_str(out,
				"compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\");");
		buf_str(out, " return ;;\n");
	}
}

static void bash_options(struct buf *out)
{
	for (unsigned i = 0; i < cli_command_count; i++) {
		buf_fmt(out, "\t%s) words='", cli_commands[i].name);
		for (int o = 0; o < OPT_COUNT; o++)
			if (takes(&cli_commands[i], o))
				buf_fmt(out, "--%s ", cli_options[o].name);
		buf_str(out, "' ;;\n");
	}
	buf_str(out, "\t*) words='");
	for (unsigned i = 0; i < cli_command_count; i++)
		buf_fmt(out, "%s ", cli_commands[i].name);
	for (int o = 0; o < OPT_COUNT; o++)
		if (cli_options[o].where != WHERE_ANSWER)
			buf_fmt(out, "--%s ", cli_options[o].name);
	buf_str(out, "' ;;\n");
}

static void generate_bash(struct buf *out)
{
	buf_str(out, "# bash completion for pitwall, made by: pitwall --generate bash\n"
		     "_pitwall() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' "
		     "words i\n"
		     "\tCOMPREPLY=()\n\tcase $prev in\n");
	bash_values(out);
	buf_str(out, "\tesac\n\tfor ((i = 1; i < COMP_CWORD; i++)); do\n\t\tcase ${COMP_WORDS[i]} in\n\t\t");
	for (unsigned i = 0; i < cli_command_count; i++)
		buf_fmt(out, "%s%s", i ? "|" : "", cli_commands[i].name);
	buf_str(out, ") command=${COMP_WORDS[i]}; break ;;\n\t\tesac\n\tdone\n\tcase $command in\n");
	bash_options(out);
	buf_str(out, "\tesac\n\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n}\ncomplete -F _pitwall "
		     "pitwall\n");
}

/* '--name[help]:arg:action' */
static void zsh_option(struct buf *out, int o)
{
	const struct cli_option *opt = &cli_options[o];

	buf_fmt(out, " \\\n\t\t'%s--%s[%s]", o == OPT_DATA || o == OPT_EXCLUDE ? "*" : "", opt->name, opt->help);
	if (*opt->arg)
		buf_char(out, ':');
	for (const char *p = opt->arg; *p; p++) /* a colon would end the word */
		buf_char(out, *p == ':' ? '-' : (char)tolower((unsigned char)*p));
	if (*opt->choices)
		buf_fmt(out, ":(%s)", opt->choices);
	else if (is_path(o))
		buf_str(out, ":_files");
	else if (*opt->arg)
		buf_str(out, ": ");
	buf_char(out, '\'');
}

/* 'name:help': a colon in the help stands for itself behind a backslash. */
static void zsh_command(struct buf *out, const struct cli_command *c)
{
	buf_fmt(out, "\t\t'%s:", c->name);
	for (const char *p = c->help; *p; p++)
		buf_fmt(out, "%s%c", *p == ':' ? "\\" : "", *p);
	buf_str(out, "'\n");
}

static void generate_zsh(struct buf *out)
{
	buf_str(out, "#compdef pitwall\n# made by: pitwall --generate zsh\n_pitwall() {\n\tlocal -a "
		     "commands\n\tcommands=(\n");
	for (unsigned i = 0; i < cli_command_count; i++)
		zsh_command(out, &cli_commands[i]);
	buf_str(out, "\t)\n\t_arguments");
	for (int o = 0; o < OPT_COUNT; o++)
		zsh_option(out, o);
	buf_str(out, " \\\n\t\t'1:command:{_describe command commands}' '*:: :'\n}\n_pitwall \"$@\"\n");
}

static void fish_command_options(struct buf *out, int o)
{
	if (cli_options[o].where != WHERE_ANSWER)
		return;
	buf_str(out, " -n '__fish_seen_subcommand_from");
	for (unsigned i = 0; i < cli_command_count; i++)
		if (cli_takes(&cli_commands[i], o))
			buf_fmt(out, " %s", cli_commands[i].name);
	buf_char(out, '\'');
}

static void generate_fish(struct buf *out)
{
	buf_str(out, "# fish completion for pitwall, made by: pitwall --generate fish\ncomplete -c pitwall -f\n");
	for (unsigned i = 0; i < cli_command_count; i++) {
		buf_fmt(out, "complete -c pitwall -n __fish_use_subcommand -a %s -d ", cli_commands[i].name);
		quoted(out, cli_commands[i].help);
		buf_char(out, '\n');
	}
	for (int o = 0; o < OPT_COUNT; o++) {
		const struct cli_option *opt = &cli_options[o];
		buf_str(out, "complete -c pitwall");
		fish_command_options(out, o);
		if (opt->letter)
			buf_fmt(out, " -s %c", opt->letter);
		buf_fmt(out, " -l %s", opt->name);
		if (*opt->arg)
			buf_str(out, is_path(o) ? " -r -F" : " -x");
		if (*opt->choices)
			buf_fmt(out, " -a '%s'", opt->choices);
		buf_str(out, " -d ");
		quoted(out, opt->help);
		buf_char(out, '\n');
	}
}

bool cli_generate(const char *what, struct buf *out)
{
	static const struct {
		const char *what;
		void (*make)(struct buf *out);
	} makers[] = {{"man", generate_man},
		      {"bash", generate_bash},
		      {"zsh", generate_zsh},
		      {"fish", generate_fish},
		      {"keys", keys_markdown}};

	for (unsigned i = 0; i < sizeof(makers) / sizeof(makers[0]); i++) {
		if (strcmp(makers[i].what, what) != 0)
			continue;
		makers[i].make(out);
		return true;
	}
	return false;
}
