#include "tui/data_lines.h"

#include <stdlib.h>
#include <string.h>

#include "core/analysis/class_cars.h"

static const int HOUR_MS = 3600000, MINUTE_MS = 60000, LENGTH_MAX_H = 48;

bool length_parse(const char *text, ms_t *out)
{
	const char *p = text;
	int64_t sum = 0;
	bool any = false;

	while (*p) {
		char *end;
		if (*p == ' ') {
			p++;
			continue;
		}
		if (*p < '0' || *p > '9')
			return false;
		unsigned long n = strtoul(p, &end, 10);
		while (*end == ' ')
			end++;
		if ((*end != 'h' && *end != 'm') || n > 3000)
			return any ? false : time_parse(str_from(text), out) && *out > 0;
		sum += (int64_t)n * (*end == 'h' ? HOUR_MS : MINUTE_MS);
		any = true;
		p = end + 1;
	}
	if (!any || sum <= 0 || sum > (int64_t)LENGTH_MAX_H * HOUR_MS)
		return false;
	*out = (ms_t)sum;
	return true;
}

/* When YOUR car (else the first one) ended a lap; MS_NONE: it has no such lap. */
static ms_t end_of_lap(const struct view *v, unsigned number)
{
	uint16_t car = v->paired ? v->you : v->order->car[0];
	int64_t lap = session_lap(v->session, car, number);

	return lap < 0 ? MS_NONE : v->session->laps.elapsed[lap];
}

static bool replay_to(struct data *d, const char *text, struct err *err)
{
	const struct view *v = data_view(d);
	ms_t at = MS_NONE;
	int64_t lap;

	if (!v || !v->session)
		return err_set(err, ERR_USAGE, "there is no session to replay");
	while (*text == ' ')
		text++;
	bool named = *text == 'L' || *text == 'l';
	if (int_parse(str_from(named ? text + 1 : text), &lap)) {
		at = lap > 0 && lap <= UINT16_MAX ? end_of_lap(v, (unsigned)lap) : MS_NONE;
		if (at == MS_NONE)
			return err_set(err, ERR_USAGE, "your car has no lap %.20s", text);
	} else if (!time_parse(str_from(text), &at)) {
		return err_set(err, ERR_USAGE, "\"%.40s\" is neither a lap (12) nor a time (27:39)", text);
	}
	data_replay_to(d, at);
	return true;
}

static void replay_answer(void *ctx, const char *text)
{
	struct err err = {0};

	if (*text && !replay_to(ctx, text, &err))
		app_say(data_app(ctx), ROLE_ERROR, "%s", err.msg);
}

/* The class after the one shown, in the order of the table; after the last all of them. */
static bool next_class(struct data *d)
{
	const struct view *v = data_view(d);
	const char *names[CLASSES_MAX];
	uint32_t n = v && v->session ? class_names(v->analysis, names) : 0, at = 0;

	if (n < 2) {
		app_say(data_app(d), ROLE_DIM, "all cars are of one class");
		return true;
	}
	while (v->class_name && at < n && strcmp(names[at], v->class_name) != 0)
		at++;
	at = v->class_name ? at + 1 : 0;
	data_set_class(d, at < n ? names[at] : NULL);
	return true;
}

bool data_command(struct data *d, enum cmd cmd)
{
	switch (cmd) {
	case CMD_CLASS:
		return next_class(d);
	case CMD_CLASS_ALL:
		data_set_class(d, NULL);
		return true;
	case CMD_REPLAY:
		data_replay_toggle(d);
		return true;
	case CMD_STEP_BACK:
		data_replay_step(d, -1);
		return true;
	case CMD_STEP_ON:
		data_replay_step(d, 1);
		return true;
	case CMD_SLOWER:
		data_replay_speed(d, -1);
		return true;
	case CMD_QUICKER:
		data_replay_speed(d, 1);
		return true;
	case CMD_WHOLE:
		data_replay_off(d);
		return true;
	case CMD_REPLAY_TO:
		app_ask(data_app(d), "replay to lap (12) or time (27:39)", "", replay_answer, d);
		return true;
	default:
		return false;
	}
}

static bool set_class(struct data *d, const char *name, struct err *err)
{
	const struct view *v = data_view(d);

	for (uint32_t i = 0; *name && i < v->session->ncars; i++) {
		const char *of = v->session->cars[i].class_name;
		if (str_eq_nocase(str_from(of), str_from(name))) {
			data_set_class(d, of);
			return true;
		}
	}
	if (*name)
		return err_set(err, ERR_USAGE, "no class \"%.40s\" here: c goes through them", name);
	data_set_class(d, NULL);
	return true;
}

static bool set_length(struct data *d, const char *text, struct err *err)
{
	ms_t length = MS_NONE;

	if (*text && !length_parse(text, &length))
		return err_set(err, ERR_USAGE, "\"%.40s\" is no length: 45m, 2h40m, 24h", text);
	data_set_length(d, length);
	return true;
}

static bool set_loss(struct data *d, const char *text, struct err *err)
{
	ms_t loss = MS_NONE;

	if (*text && !time_parse(str_from(text), &loss))
		return err_set(err, ERR_USAGE, "\"%.40s\" is no time: a stop costs seconds, 35.2 or 1:05", text);
	data_set_pit_loss(d, loss);
	return true;
}

static void say_alarms(struct data *d)
{
	char words[200];

	alarm_rules_words(data_alarms(d), words, sizeof(words));
	app_say(data_app(d), ROLE_TEXT, "%s", words);
}

/* "alarm", "alarm gap 0.5", "alarm pit off", "alarm bell on" */
static bool set_alarm(struct data *d, const char *text, struct err *err)
{
	struct alarm_rules r = *data_alarms(d);
	size_t n = strcspn(text, " ");

	if (*text && !state_alarm(&r, (struct str){text, n}, str_trim(str_from(text + n))))
		return err_set(err, ERR_USAGE,
			       "alarm best, position, gap, pit, caution or bell on or off; alarm gap 0.5");
	if (*text)
		data_set_alarms(d, &r);
	say_alarms(d);
	return true;
}

/* The words after `name`; NULL: the line begins otherwise. */
static const char *after(const char *line, const char *name)
{
	size_t n = strlen(name);

	if (strncmp(line, name, n) != 0 || (line[n] && line[n] != ' '))
		return NULL;
	for (line += n; *line == ' ';)
		line++;
	return line;
}

bool data_line(struct data *d, const char *text, struct err *err)
{
	static const struct {
		const char *name;
		bool (*set)(struct data *d, const char *text, struct err *err);
	} lines[] = {{"against", data_set_against},
		     {"class", set_class},
		     {"length", set_length},
		     {"loss", set_loss},
		     {"to", replay_to},
		     {"alarm", set_alarm}};
	const struct view *v = data_view(d);

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *rest = after(text, lines[i].name);
		if (!rest)
			continue;
		if (!v || !v->session)
			return err_set(err, ERR_USAGE, "there is no session yet");
		return lines[i].set(d, rest, err);
	}
	return err_set(err, ERR_NOT_FOUND, "no such command");
}
