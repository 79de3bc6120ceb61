#include <stdlib.h>
#include <string.h>

#include "core/telemetry/corner.h"
#include "tui/cli.h"

enum { NAMES_MAX = 64, NAME_LEN_MAX = 64 };

/* --- The nearest name ------------------------------------------------------ */

/* Letters to change, add, drop or swap to make b of a (optimal string alignment). */
static unsigned distance(struct str a, struct str b)
{
	unsigned row[3][NAME_LEN_MAX + 1];

	for (size_t j = 0; j <= b.n; j++)
		row[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a.n; i++) {
		unsigned *now = row[i % 3], *before = row[(i + 2) % 3], *before2 = row[(i + 1) % 3];
		now[0] = (unsigned)i;
		for (size_t j = 1; j <= b.n; j++) {
			unsigned cost = before[j - 1] + (a.p[i - 1] != b.p[j - 1]);
			cost = cost < before[j] + 1 ? cost : before[j] + 1;
			cost = cost < now[j - 1] + 1 ? cost : now[j - 1] + 1;
			bool swapped = i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1];
			if (swapped && before2[j - 2] + 1 < cost)
				cost = before2[j - 2] + 1;
			now[j] = cost;
		}
	}
	return row[a.n % 3][b.n];
}

const char *cli_nearest(const char *typed, const char *const *names, unsigned n)
{
	struct str t = str_from(typed);
	const char *best = NULL;
	unsigned best_cost = 3; /* more letters than two, or than half of them, are no typing mistake */

	if (t.n == 0 || t.n > NAME_LEN_MAX)
		return NULL;
	for (unsigned i = 0; i < n; i++) {
		struct str name = str_from(names[i]);
		if (name.n > NAME_LEN_MAX)
			continue;
		unsigned cost = t.n >= 3 && strncmp(names[i], typed, t.n) == 0 ? 1 : distance(t, name);
		if (cost < best_cost && (size_t)cost * 2 <= t.n) {
			best = names[i];
			best_cost = cost;
		}
	}
	return best;
}

/* --- Values ---------------------------------------------------------------- */

int cli_option_by_name(struct str name)
{
	for (int o = 0; o < OPT_COUNT; o++)
		if (str_is(name, cli_options[o].name))
			return o;
	return -1;
}

const char *cli_get(const struct cli *cli, enum opt o)
{
	const struct cli_value *v = &cli->value[o];

	return v->n > 0 ? v->at[v->n - 1] : NULL;
}

bool cli_flag(const struct cli *cli, enum opt o)
{
	return cli_get(cli, o) != NULL;
}

static bool is_choice(const char *choices, const char *value)
{
	struct str word;

	for (unsigned i = 0; cli_choice(choices, i, &word); i++)
		if (str_is(word, value))
			return true;
	return *choices == '\0';
}

/* "text, json or csv" */
static void list_choices(struct buf *out, const char *choices)
{
	struct str word, next;

	for (unsigned i = 0; cli_choice(choices, i, &word); i++) {
		bool last = !cli_choice(choices, i + 1, &next);
		buf_str(out, i == 0 ? "" : last ? " or " : ", ");
		buf_add(out, word.p, word.n);
	}
}

static bool refuse_choice(enum opt o, const char *value, struct err *err)
{
	struct buf list;

	buf_init(&list, 200);
	list_choices(&list, cli_options[o].choices);
	err_set(err, ERR_USAGE, "--%s is %s, not \"%s\"", cli_options[o].name, list.p ? list.p : "", value);
	buf_release(&list);
	return false;
}

static bool repeatable(enum opt o)
{
	return o == OPT_DATA || o == OPT_EXCLUDE || o == OPT_CORNER;
}

static bool value_add(struct cli *cli, struct cli_value *v, const char *text)
{
	if (v->n == v->cap) {
		unsigned cap = v->cap ? v->cap * 2 : 4;
		const char **at = ARENA_ARRAY(cli->arena, cap, const char *);
		if (!at)
			return false;
		for (unsigned i = 0; i < v->n; i++)
			at[i] = v->at[i];
		v->at = at;
		v->cap = cap;
	}
	v->at[v->n] = arena_str(cli->arena, str_from(text));
	return v->at[v->n++] != NULL;
}

bool cli_set(struct cli *cli, enum opt o, const char *value, enum cli_from from, struct err *err)
{
	struct cli_value *v = &cli->value[o];

	if (v->from > from) /* a stronger one has spoken */
		return true;
	if (*cli_options[o].arg && !*value)
		return err_set(err, ERR_USAGE, "--%s needs a value: --%s %s", cli_options[o].name, cli_options[o].name,
			       cli_options[o].arg);
	if (!is_choice(cli_options[o].choices, value))
		return refuse_choice(o, value, err);
	if (o == OPT_CORNER && !tel_corner_name_parse(value, NULL))
		return err_set(err, ERR_USAGE, "--corner %.60s: it is TRACK:METRES:NAME, as in barber:1128:Museum",
			       value);
	if (v->from < from || !repeatable(o))
		v->n = 0;
	v->from = from;
	return value_add(cli, v, value) ? true : err_set(err, ERR_NOMEM, "no memory for the options");
}

/* --- Words ----------------------------------------------------------------- */

static bool unknown_option(const char *word, struct err *err)
{
	const char *names[OPT_COUNT], *near;

	for (int o = 0; o < OPT_COUNT; o++)
		names[o] = cli_options[o].name;
	near = cli_nearest(word + strspn(word, "-"), names, OPT_COUNT);
	if (near)
		return err_set(err, ERR_USAGE, "no option \"%s\"; did you mean --%s?", word, near);
	return err_set(err, ERR_USAGE, "no option \"%s\"; pitwall --help lists them", word);
}

static bool unknown_command(const char *word, struct err *err)
{
	const char *names[NAMES_MAX], *near;

	for (unsigned i = 0; i < cli_command_count; i++)
		names[i] = cli_commands[i].name;
	near = cli_nearest(word, names, cli_command_count);
	if (near)
		return err_set(err, ERR_USAGE, "no command \"%s\"; did you mean %s?", word, near);
	return err_set(err, ERR_USAGE, "no command \"%s\"; pitwall --help lists them", word);
}

/* One word without dashes: the command, then its arguments. */
static bool plain_word(struct cli *cli, const char *word, struct err *err)
{
	for (unsigned i = 0; !cli->command && i < cli_command_count; i++) {
		if (strcmp(cli_commands[i].name, word) == 0) {
			cli->command = &cli_commands[i];
			return true;
		}
	}
	if (!cli->command)
		return unknown_command(word, err);
	if (cli->nargs == cli->command->max)
		return err_set(err, ERR_USAGE, "\"%s\" is too much for %s: %s", word, cli->command->name,
			       cli->command->example);
	cli->arg[cli->nargs++] = word;
	return true;
}

static int short_option(const char *word)
{
	for (int o = 0; o < OPT_COUNT; o++)
		if (cli_options[o].letter && word[1] == cli_options[o].letter && word[2] == '\0')
			return o;
	return -1;
}

/* "--name", "--name=value" or "-x"; *next: the word after it, *used when that was the value. */
static bool option_word(struct cli *cli, const char *word, const char *next, bool *used, struct err *err)
{
	const char *equals = strchr(word, '=');
	struct str name = {word + 2, (equals ? (size_t)(equals - word) : strlen(word)) - 2};
	bool dashes = word[1] == '-';

	if (dashes && str_is(name, "generate")) { /* for the build: in no list */
		*used = !equals && next;
		cli->generate = equals ? equals + 1 : next ? next : "";
		return true;
	}
	int o = dashes ? cli_option_by_name(name) : short_option(word);
	if (o < 0)
		return unknown_option(word, err);
	if (!*cli_options[o].arg) {
		if (dashes && equals)
			return err_set(err, ERR_USAGE, "--%s takes no value", cli_options[o].name);
		return cli_set(cli, (enum opt)o, "yes", FROM_OPTION, err);
	}
	*used = !equals && next;
	return cli_set(cli, (enum opt)o, equals ? equals + 1 : next ? next : "", FROM_OPTION, err);
}

/* Options that do nothing here are a mistake, all but those about looks: they are often in an alias. */
static bool options_fit(const struct cli *cli, struct err *err)
{
	for (int o = 0; o < OPT_COUNT; o++) {
		if (cli->value[o].from != FROM_OPTION || cli_options[o].where != WHERE_ANSWER)
			continue;
		if (!cli->command)
			return err_set(err, ERR_USAGE, "--%s goes with a command: pitwall --help lists them",
				       cli_options[o].name);
		if (!cli_takes(cli->command, o))
			return err_set(err, ERR_USAGE, "%s has no --%s: pitwall %s --help", cli->command->name,
				       cli_options[o].name, cli->command->name);
	}
	return true;
}

/* Laps and season have one owner each; only telemetry has a choice. */
static bool source_fits(const struct cli *cli, struct err *err)
{
	const struct cli_value *v = &cli->value[OPT_SOURCE];
	const char *source = cli_get(cli, OPT_SOURCE);
	const struct cli_command *c = cli->command;

	if (!c || v->from != FROM_OPTION || c->report == report_telemetry || c->report == report_coach ||
	    c->report == report_page || strcmp(source, "auto") == 0 || strcmp(source, "csv") == 0)
		return true;
	return err_set(err, ERR_USAGE, "--source %s: what %s answers comes from timing files only: auto or csv", source,
		       c->name);
}

static bool arguments_fit(const struct cli *cli, struct err *err)
{
	const struct cli_command *c = cli->command;

	if (!source_fits(cli, err))
		return false;
	if (c && cli->nargs < c->min)
		return err_set(err, ERR_USAGE, "%s needs %s: %s", c->name, c->args, c->example);
	if (c && cli_takes(c, OPT_CARS) && !cli_get(cli, OPT_CARS))
		return err_set(err, ERR_USAGE, "%s needs --cars: %s", c->name, c->example);
	if (c && cli_takes(c, OPT_FROM) && !cli_get(cli, OPT_TO))
		return err_set(err, ERR_USAGE, "%s needs --to: %s", c->name, c->example);
	if (c && c->report == report_page && !cli_get(cli, OPT_CAR))
		return err_set(err, ERR_USAGE, "report needs --car: %s", c->example);
	return true;
}

bool cli_parse(struct cli *cli, int argc, char *const *argv, struct err *err)
{
	bool words_only = false;

	for (int i = 1; i < argc; i++) {
		const char *word = argv[i], *next = i + 1 < argc ? argv[i + 1] : NULL;
		bool used = false, ok;
		if (!words_only && strcmp(word, "--") == 0) {
			words_only = true;
			continue;
		}
		if (!words_only && word[0] == '-' && word[1])
			ok = option_word(cli, word, next, &used, err);
		else
			ok = plain_word(cli, word, err);
		if (!ok)
			return false;
		i += used;
	}
	if (cli_flag(cli, OPT_HELP) || cli_flag(cli, OPT_VERSION) || cli->generate)
		return true;
	return options_fit(cli, err) && arguments_fit(cli, err);
}
