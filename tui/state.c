#include "tui/state.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/num.h"
#include "core/base/path.h"

enum { STATE_FILE_MAX = 256 * 1024, STATE_PATH = 4096 };

static bool state_path(char *out, size_t cap)
{
	char dir[STATE_PATH];

	return path_xdg(dir, sizeof(dir), XDG_STATE) && path_join(out, cap, dir, "state");
}

/* A word or the rest of a line into a fixed field; false when it does not fit (then the line is not ours). */
static bool take(char *out, size_t cap, struct str s)
{
	if (s.n >= cap || memchr(s.p, '\0', s.n))
		return false;
	memcpy(out, s.p, s.n);
	out[s.n] = '\0';
	return true;
}

static struct str word(struct str *line)
{
	struct str w = {line->p, 0};

	while (w.n < line->n && line->p[w.n] != '\t')
		w.n++;
	size_t used = w.n < line->n ? w.n + 1 : w.n;
	line->p += used;
	line->n -= used;
	return w;
}

static void add_exclusion(struct state *st, struct str line)
{
	struct state_exclusion x = {0};
	int64_t lap;

	if (!take(x.session, sizeof(x.session), word(&line)) || !take(x.car, sizeof(x.car), word(&line)) ||
	    !int_parse(word(&line), &lap) || lap < 1 || lap > UINT16_MAX || !take(x.why, sizeof(x.why), line))
		return;
	x.lap = (uint16_t)lap;
	if (st->nexcluded == STATE_EXCLUDED_MAX || state_find(st, x.session, x.car, x.lap))
		return;
	struct state_exclusion *all = realloc(st->excluded, (st->nexcluded + 1u) * sizeof(*all));
	if (!all)
		return;
	all[st->nexcluded++] = x;
	st->excluded = all;
}

/* The next free place of a list; what does not fit is dropped. */
static void add_id(char (*list)[STATE_ID], unsigned n, struct str id)
{
	for (unsigned i = 0; i < n; i++) {
		if (*list[i])
			continue;
		(void)take(list[i], STATE_ID, id);
		return;
	}
}

bool state_alarm(struct alarm_rules *r, struct str name, struct str value)
{
	bool on = str_is(value, "on");
	ms_t limit;

	if (str_is(name, "gap") && time_parse(value, &limit) && limit > 0) {
		r->gap_under = limit;
		r->on[ALARM_GAP] = true;
		return true;
	}
	if (!on && !str_is(value, "off"))
		return false;
	if (str_is(name, "bell")) {
		r->bell = on;
		return true;
	}
	for (int k = 0; k < ALARM_KINDS; k++) {
		if (str_is(name, alarm_name((enum alarm_kind)k))) {
			r->on[k] = on;
			return true;
		}
	}
	return false;
}

static void read_alarm(struct state *st, struct str line)
{
	struct str name = word(&line);

	(void)state_alarm(&st->alarms, name, line);
}

static void read_line(struct state *st, struct str line)
{
	struct str key = word(&line);

	if (str_is(key, "session"))
		(void)take(st->session, sizeof(st->session), line);
	else if (str_is(key, "you"))
		(void)take(st->you, sizeof(st->you), line);
	else if (str_is(key, "ref"))
		(void)take(st->ref, sizeof(st->ref), line);
	else if (str_is(key, "more"))
		add_id(st->more, STATE_MORE, line);
	else if (str_is(key, "follow"))
		add_id(st->followed, STATE_FOLLOWED, line);
	else if (str_is(key, "exclude"))
		add_exclusion(st, line);
	else if (str_is(key, "mark"))
		marks_read(&st->marks, line);
	else if (str_is(key, "alarm"))
		read_alarm(st, line);
}

void state_load(struct state *st)
{
	char path[STATE_PATH];
	struct buf b;
	struct err err;

	memset(st, 0, sizeof(*st));
	alarm_rules_default(&st->alarms);
	if (!state_path(path, sizeof(path)))
		return;
	buf_init(&b, STATE_FILE_MAX);
	if (file_read(path, &b, &err)) {
		struct str rest = buf_view(&b);
		while (rest.n > 0) {
			const char *nl = memchr(rest.p, '\n', rest.n);
			size_t n = nl ? (size_t)(nl - rest.p) : rest.n;
			read_line(st, (struct str){rest.p, n});
			n += nl ? 1 : 0;
			rest.p += n;
			rest.n -= n;
		}
	}
	buf_release(&b);
}

/* Only what differs from what a first start has. */
static void write_alarms(const struct alarm_rules *r, struct buf *b)
{
	struct alarm_rules usual;
	char t[NUM_LEN];

	alarm_rules_default(&usual);
	if (r->gap_under != usual.gap_under)
		buf_fmt(b, "alarm\tgap\t%s\n", sec_str(t, r->gap_under));
	if (r->bell)
		buf_str(b, "alarm\tbell\ton\n");
	for (int k = 0; k < ALARM_KINDS; k++)
		if (!r->on[k])
			buf_fmt(b, "alarm\t%s\toff\n", alarm_name((enum alarm_kind)k));
}

static void write_state(const struct state *st, struct buf *b)
{
	if (*st->session)
		buf_fmt(b, "session\t%s\n", st->session);
	if (*st->you)
		buf_fmt(b, "you\t%s\n", st->you);
	if (*st->ref)
		buf_fmt(b, "ref\t%s\n", st->ref);
	for (int i = 0; i < STATE_MORE; i++)
		if (*st->more[i])
			buf_fmt(b, "more\t%s\n", st->more[i]);
	for (int i = 0; i < STATE_FOLLOWED; i++)
		if (*st->followed[i])
			buf_fmt(b, "follow\t%s\n", st->followed[i]);
	write_alarms(&st->alarms, b);
	for (uint32_t i = 0; i < st->nexcluded; i++) {
		const struct state_exclusion *x = &st->excluded[i];
		buf_fmt(b, "exclude\t%s\t%s\t%u\t%s\n", x->session, x->car, (unsigned)x->lap, x->why);
	}
	marks_write(&st->marks, b);
}

bool state_save(const struct state *st, struct err *err)
{
	char dir[STATE_PATH], path[STATE_PATH];
	struct buf b;

	if (!path_xdg(dir, sizeof(dir), XDG_STATE) || !state_path(path, sizeof(path)))
		return err_set(err, ERR_IO, "marks are not kept: neither HOME nor XDG_STATE_HOME is set");
	if (!path_make_dirs(dir, err))
		return false;
	buf_init(&b, STATE_FILE_MAX);
	write_state(st, &b);
	bool ok = b.failed ? err_set(err, ERR_NOMEM, "marks are not kept: too many of them")
			   : file_replace(path, buf_view(&b), err);
	buf_release(&b);
	return ok;
}

void state_release(struct state *st)
{
	free(st->excluded);
	marks_release(&st->marks);
	memset(st, 0, sizeof(*st));
}

bool state_copy(struct state *to, const struct state *from)
{
	*to = *from;
	to->excluded = NULL;
	to->marks = (struct marks){0};
	to->nexcluded = 0;
	if (from->nexcluded == 0)
		return true;
	to->excluded = malloc(from->nexcluded * sizeof(*to->excluded));
	if (!to->excluded)
		return false;
	memcpy(to->excluded, from->excluded, from->nexcluded * sizeof(*to->excluded));
	to->nexcluded = from->nexcluded;
	return true;
}

const struct state_exclusion *state_find(const struct state *st, const char *session, const char *car, uint16_t lap)
{
	for (uint32_t i = 0; i < st->nexcluded; i++) {
		const struct state_exclusion *x = &st->excluded[i];
		if (x->lap == lap && strcmp(x->car, car) == 0 && strcmp(x->session, session) == 0)
			return x;
	}
	return NULL;
}

/* Tabs and line ends would break the file's lines. */
static void plain_copy(char *out, size_t cap, const char *s)
{
	size_t n = 0;

	for (; *s && n + 1 < cap; s++)
		out[n++] = (unsigned char)*s < 0x20 ? ' ' : *s;
	out[n] = '\0';
}

bool state_toggle(struct state *st, const char *session, const char *car, uint16_t lap, const char *why, bool *out)
{
	const struct state_exclusion *old = state_find(st, session, car, lap);
	struct state_exclusion x = {.lap = lap};

	if (old) {
		*out = false;
		uint32_t i = (uint32_t)(old - st->excluded);
		memmove(&st->excluded[i], &st->excluded[i + 1], (st->nexcluded - i - 1) * sizeof(*st->excluded));
		st->nexcluded--;
		return true;
	}
	if (st->nexcluded == STATE_EXCLUDED_MAX)
		return false;
	plain_copy(x.session, sizeof(x.session), session);
	plain_copy(x.car, sizeof(x.car), car);
	plain_copy(x.why, sizeof(x.why), why);
	struct state_exclusion *all = realloc(st->excluded, (st->nexcluded + 1u) * sizeof(*all));
	if (!all)
		return false;
	all[st->nexcluded++] = x;
	st->excluded = all;
	*out = true;
	return true;
}

bool state_toggle_id(char (*list)[STATE_ID], unsigned n, const char *id)
{
	for (unsigned i = 0; i < n; i++) {
		if (strcmp(list[i], id) != 0)
			continue;
		memmove(list[i], list[i + 1 < n ? i + 1 : i], (size_t)(n - i - 1) * STATE_ID);
		list[n - 1][0] = '\0';
		return true;
	}
	for (unsigned i = 0; i < n; i++) {
		if (*list[i])
			continue;
		plain_copy(list[i], STATE_ID, id);
		return true;
	}
	return false;
}
