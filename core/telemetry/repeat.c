#include <math.h>
#include <string.h>

#include "core/telemetry/rows_fast.h"
#include "core/telemetry/text.h"

void tel_repeat_init(struct tel_repeat *r, struct tel_taker *k)
{
	const struct tel_dialect *d = k->d;

	memset(r, 0, sizeof *r);
	r->k = k;
	r->can = (d->shape == TEL_LONG || d->shape == TEL_REDUCED) && d->at[COL_VALUE] == d->at[COL_NAME] + 1;
}

/* --- Channels by name ----------------------------------------------------------- */

static unsigned slot_of(const char *p, size_t n)
{
	return ((unsigned char)p[0] * 7u + (unsigned char)p[n * 3 / 8] * 5u + (unsigned char)p[n - 1] * 31u +
		(unsigned)n * 13u) %
	       NAME_SLOTS;
}

/* The slot of a name, or the free one where it would be. */
static unsigned find_slot(const struct tel_repeat *r, const char *p, size_t n)
{
	unsigned i = slot_of(p, n);

	while (r->name[i].n > 0 && (r->name[i].n != n || memcmp(r->name[i].name, p, n) != 0))
		i = (i + 1) % NAME_SLOTS;
	return i;
}

/* Only names that came through the slow path are here, so an unknown one is refused there. */
static void remember_name(struct tel_repeat *r, struct str name)
{
	int channel = tel_channel_by_name(name.p, name.n);
	struct tel_name_slot *s;

	if (channel < 0 || name.n == 0 || name.n > sizeof s->name)
		return;
	s = &r->name[find_slot(r, name.p, name.n)];
	if (s->n > 0 || r->nnames == NAME_SLOTS / 2)
		return;
	memcpy(s->name, name.p, name.n);
	s->n = (uint8_t)name.n;
	s->channel = (int8_t)channel;
	r->nnames++;
}

static int channel_of(const struct tel_repeat *r, const char *p, size_t n)
{
	const struct tel_name_slot *s;

	if (n == 0)
		return -1;
	s = &r->name[find_slot(r, p, n)];
	return s->n > 0 ? s->channel : -1;
}

/* --- Learning --------------------------------------------------------------------- */

/* `"` or nothing, the delimiter, `"` or nothing. */
static bool is_separator(const struct tel_repeat *r, const char *p, size_t n)
{
	size_t quote = n > 0 && p[0] == '"';

	return n > quote && p[quote] == r->k->d->delim && (n == quote + 1 || (n == quote + 2 && p[quote + 1] == '"'));
}

static bool learn_middle(struct tel_repeat *r, struct str name, struct str value)
{
	const char *line = r->line, delim = r->k->d->delim;
	size_t from = (size_t)(name.p - line), end = (size_t)(value.p + value.n - line);
	size_t quote = from > 0 && line[from - 1] == '"', after = end < r->n && line[end] == '"';

	r->sep_n = (size_t)(value.p - (name.p + name.n));
	if (name.n == 0 || value.n == 0 || r->sep_n > sizeof r->sep || !is_separator(r, name.p + name.n, r->sep_n))
		return false;
	if (from != quote && line[from - quote - 1] != delim)
		return false;
	if (end + after != r->n && line[end + after] != delim)
		return false;
	memcpy(r->sep, name.p + name.n, r->sep_n);
	/* Quoted on one side of a cell is quoted on the other. */
	if (quote != (r->sep[0] == '"') || after != (r->sep[r->sep_n - 1] == '"'))
		return false;
	r->prefix = from;
	r->suffix = r->n - end;
	return true;
}

/* Times of the usual build may change; where they stand is found again from the nearer end. */
static void learn_time(struct tel_repeat *r, struct str f, int64_t *value)
{
	size_t off = (size_t)(f.p - r->line);
	int64_t ms;

	if (f.n != FAST_TIME || !tel_time_plain(f.p, &ms))
		return;
	r->time[r->ntimes++] =
		(struct tel_time_at){off < r->prefix ? (int32_t)off : (int32_t)off - (int32_t)r->n, value};
}

static void stretch(struct tel_repeat *r, int32_t from, int32_t to)
{
	if (to > from)
		r->same[r->nsame++] = (struct tel_stretch){from, (uint32_t)(to - from)};
}

/* What lies around the times in [from, to), both measured from the same end. */
static void learn_stretches(struct tel_repeat *r, int32_t from, int32_t to)
{
	for (;;) {
		int32_t next = to;
		for (unsigned i = 0; i < r->ntimes; i++)
			if (r->time[i].off >= from && r->time[i].off < next)
				next = r->time[i].off;
		stretch(r, from, next);
		if (next == to)
			return;
		from = next + FAST_TIME;
	}
}

void tel_repeat_learn(struct tel_repeat *r, const char *p, size_t n, const struct str *field, uint32_t nfields)
{
	const struct tel_dialect *d = r->k->d;
	struct str f[TEL_COLUMNS];

	r->valid = false;
	if (!r->can || n > FAST_LINE || !r->k->taken || nfields != d->columns)
		return;
	memcpy(r->line, p, n);
	r->n = n;
	for (int i = 0; i < TEL_COLUMNS; i++) {
		f[i] = d->at[i] >= 0 ? field[d->at[i]] : STR("");
		if (d->at[i] >= 0)
			f[i].p = r->line + (f[i].p - p);
	}
	remember_name(r, f[COL_NAME]);
	if (!learn_middle(r, f[COL_NAME], f[COL_VALUE]))
		return;
	r->at = r->k->place;
	r->ntimes = r->nsame = 0;
	if (d->at[COL_META] >= 0)
		learn_time(r, f[COL_META], &r->at.meta);
	if (d->has_clock)
		learn_time(r, f[COL_STAMP], &r->at.clock);
	learn_stretches(r, 0, (int32_t)r->prefix);
	learn_stretches(r, -(int32_t)r->suffix, 0);
	r->valid = true;
}

/* --- Taking ------------------------------------------------------------------------ */

/* Everything around the times is the same, and the times are times: the line becomes the one before. */
static bool times_changed(struct tel_repeat *r, const char *p, size_t n)
{
	int64_t ms[2] = {0, 0};
	bool changed = false;

	for (unsigned i = 0; i < r->nsame; i++) {
		const struct tel_stretch *s = &r->same[i];
		const char *a = s->off < 0 ? p + n + s->off : p + s->off;
		const char *b = s->off < 0 ? r->line + r->n + s->off : r->line + s->off;
		if (memcmp(a, b, s->n) != 0)
			return false;
	}
	for (unsigned i = 0; i < r->ntimes; i++) {
		const char *a = r->time[i].off < 0 ? p + n + r->time[i].off : p + r->time[i].off;
		if (!tel_time_plain(a, &ms[i]))
			return false;
		changed = true;
	}
	if (!changed)
		return false;
	for (unsigned i = 0; i < r->ntimes; i++)
		*r->time[i].value = ms[i];
	if (r->k->d->at[COL_META] < 0)
		r->at.meta = r->at.clock;
	if (!r->k->d->has_clock)
		r->at.clock = r->at.meta;
	r->at.outside = tel_take_outside(r->k, r->at.ident, r->at.meta);
	memcpy(r->line, p, r->prefix);
	memmove(r->line + r->prefix, p + n - r->suffix, r->suffix);
	r->n = r->prefix + r->suffix;
	return true;
}

static bool same_around(struct tel_repeat *r, const char *p, size_t n)
{
	if (memcmp(p, r->line, r->prefix) == 0 && memcmp(p + n - r->suffix, r->line + r->n - r->suffix, r->suffix) == 0)
		return true;
	return times_changed(r, p, n);
}

/* name, separator, value and nothing else. */
static bool read_middle(const struct tel_repeat *r, const char *p, const char *end, int *channel, double *v)
{
	const char *stop = memchr(p, r->sep[0], (size_t)(end - p));

	if (!stop || (size_t)(end - stop) <= r->sep_n || memcmp(stop, r->sep, r->sep_n) != 0)
		return false;
	*channel = channel_of(r, p, (size_t)(stop - p));
	stop += r->sep_n;
	return *channel >= 0 && tel_value_plain(stop, (size_t)(end - stop), v) && fabs(*v) <= TEL_VALUE_MAX;
}

bool tel_repeat_takes(struct tel_repeat *r, const char *p, size_t n)
{
	double v;
	int channel;

	if (!r->valid)
		return false;
	if (n > 0 && p[n - 1] == '\r')
		n--;
	/* The middle first: it changes nothing when it is not what it should be. */
	if (n <= r->prefix + r->suffix || n > CSV_LINE_MAX ||
	    !read_middle(r, p + r->prefix, p + n - r->suffix, &channel, &v) || !same_around(r, p, n))
		return false;
	if (r->k->d->shape == TEL_REDUCED)
		r->at.lap = r->k->batch.lap;
	r->k->batch.rows++;
	tel_take_value(r->k, &r->at, tel_take_tick(r->k, &r->at), channel, v);
	return true;
}
