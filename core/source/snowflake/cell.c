#include "core/source/snowflake/cell.h"

#include <math.h>
#include <string.h>

#include "core/base/num.h"

enum { NANO = 1000000000, DAY = 86400, ZONE_BASE = 1440, ZONE_MOST = 14 * 60 + 59 };
/* A whole number over this cannot be seconds: then it is nanoseconds. */
static const int64_t seconds_most = 100000000000000;
/* Years 0000 to 9999, as Snowflake has. */
static const int64_t first_second = -62167219200, last_second = 253402300799;

static const struct {
	const char *name;
	enum sf_type type;
} types[] = {
	{"fixed", SF_FIXED},
	{"real", SF_REAL},
	{"text", SF_TEXT},
	{"boolean", SF_BOOLEAN},
	{"date", SF_DATE},
	{"time", SF_TIME},
	{"timestamp_ntz", SF_TIMESTAMP_NTZ},
	{"timestamp_ltz", SF_TIMESTAMP_LTZ},
	{"timestamp_tz", SF_TIMESTAMP_TZ},
	{"binary", SF_BINARY},
	{"variant", SF_VARIANT},
	{"object", SF_VARIANT},
	{"array", SF_VARIANT},
	{"char", SF_TEXT},
	{"map", SF_VARIANT},
	{"geography", SF_VARIANT},
	{"geometry", SF_VARIANT},
	{"decfloat", SF_REAL},
};

bool sf_type_of(const char *name, enum sf_type *out)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (str_eq_nocase(str_from(name), str_from(types[i].name))) {
			*out = types[i].type;
			return true;
		}
	}
	return false;
}

const char *sf_type_name(enum sf_type t)
{
	return types[t].name;
}

/* --- Numbers ------------------------------------------------------------------------------------------------------ */

bool sf_cell_number(struct str cell, double *out)
{
	bool minus = cell.n > 0 && cell.p[0] == '-';
	struct str word = minus ? (struct str){cell.p + 1, cell.n - 1} : cell;

	if (dec_parse(cell, out))
		return true;
	if (!minus && str_eq_nocase(word, STR("nan")))
		*out = (double)NAN;
	else if (str_eq_nocase(word, STR("inf")) || str_eq_nocase(word, STR("infinity")))
		*out = minus ? -(double)INFINITY : (double)INFINITY;
	else
		return false;
	return true;
}

static bool digits(struct str s, size_t *at, int64_t *out, unsigned *n)
{
	int64_t v = 0;

	*n = 0;
	for (; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at, ++*n) {
		if (v > (INT64_MAX - 9) / 10)
			return false;
		v = v * 10 + (s.p[*at] - '0');
	}
	*out = v;
	return *n > 0;
}

bool sf_cell_whole(struct str cell, int64_t *out)
{
	bool minus = cell.n > 0 && cell.p[0] == '-';
	size_t at = minus;
	int64_t v;
	unsigned n;

	if (!digits(cell, &at, &v, &n))
		return false;
	if (at < cell.n && cell.p[at] == '.')
		for (at++; at < cell.n && cell.p[at] == '0';)
			at++;
	if (at != cell.n)
		return false;
	*out = minus ? -v : v;
	return true;
}

bool sf_cell_boolean(struct str cell, bool *out)
{
	*out = str_eq_nocase(cell, STR("true")) || str_is(cell, "1");
	return *out || str_eq_nocase(cell, STR("false")) || str_is(cell, "0");
}

/* --- Moments -------------------------------------------------------------------------------------------------------- */

/* ".123456789" to nanoseconds; further digits are dropped. No point: 0. */
static bool fraction(struct str s, size_t *at, int32_t *nanos)
{
	int32_t unit = NANO / 10;
	size_t from;

	*nanos = 0;
	if (*at >= s.n || s.p[*at] != '.')
		return true;
	from = ++*at;
	for (; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at, unit /= 10)
		*nanos += (s.p[*at] - '0') * unit;
	return *at > from;
}

/* -1.25 s is one and three quarters before: the fraction counts forward from the whole second below. */
static struct sf_moment signed_moment(bool minus, int64_t s, int32_t nanos)
{
	if (!minus)
		return (struct sf_moment){s, nanos, 0};
	return nanos > 0 ? (struct sf_moment){-s - 1, NANO - nanos, 0} : (struct sf_moment){-s, 0, 0};
}

static bool zone(struct str s, size_t *at, struct sf_moment *m)
{
	int64_t v;
	unsigned n;

	if (*at >= s.n || s.p[*at] != ' ')
		return false;
	++*at;
	if (!digits(s, at, &v, &n) || v < ZONE_BASE - ZONE_MOST || v > ZONE_BASE + ZONE_MOST)
		return false;
	m->zone = (int)v - ZONE_BASE;
	return true;
}

static bool in_range(enum sf_type type, const struct sf_moment *m)
{
	if (type == SF_TIME)
		return m->seconds >= 0 && m->seconds < DAY;
	return m->seconds >= first_second && m->seconds <= last_second;
}

bool sf_cell_moment(enum sf_type type, struct str cell, struct sf_moment *out)
{
	bool minus = cell.n > 0 && cell.p[0] == '-', point;
	size_t at = minus;
	struct sf_moment m;
	int32_t nanos;
	int64_t s;
	unsigned n;

	if (!digits(cell, &at, &s, &n))
		return false;
	point = at < cell.n && cell.p[at] == '.';
	if (!fraction(cell, &at, &nanos))
		return false;
	if (type == SF_DATE) {
		if (point || s > last_second / DAY)
			return false;
		m = (struct sf_moment){(minus ? -s : s) * DAY, 0, 0};
	} else if (!point && s > seconds_most) {
		m = signed_moment(minus, s / NANO, (int32_t)(s % NANO));
	} else {
		m = signed_moment(minus, s, nanos);
	}
	if (type == SF_TIMESTAMP_TZ && !zone(cell, &at, &m))
		return false;
	if (at != cell.n || !in_range(type, &m))
		return false;
	*out = m;
	return true;
}

/* Days since 1970-01-01 of a date of the Gregorian calendar, and back (Howard Hinnant, chrono-Compatible Low-Level Date
 * Algorithms). */
static int64_t days_from(int64_t y, int64_t m, int64_t d)
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void date_of(int64_t days, int64_t *y, int64_t *m, int64_t *d)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097, doe = days - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;

	*d = doy - (153 * mp + 2) / 5 + 1;
	*m = mp < 10 ? mp + 3 : mp - 9;
	*y = yoe + era * 400 + (*m <= 2);
}

/* Exactly n digits. */
static bool field(struct str s, size_t *at, unsigned n, int64_t *out)
{
	size_t from = *at;
	unsigned got;
	struct str part = {s.p, from + n <= s.n ? from + n : s.n};

	return digits(part, at, out, &got) && got == n;
}

static bool mark(struct str s, size_t *at, const char *any)
{
	if (*at >= s.n || !strchr(any, s.p[*at]) || !s.p[*at])
		return false;
	++*at;
	return true;
}

/* "Z", "+01:00", "-0500", nothing. */
static bool iso_zone(struct str s, size_t *at, int *minutes)
{
	int64_t h, m = 0;
	bool minus;

	*minutes = 0;
	if (*at == s.n || (mark(s, at, "Zz") && *at == s.n))
		return true;
	minus = s.p[*at] == '-';
	if (!mark(s, at, "+-") || !field(s, at, 2, &h))
		return false;
	(void)mark(s, at, ":");
	if (*at < s.n && !field(s, at, 2, &m))
		return false;
	*minutes = (int)(h * 60 + m) * (minus ? -1 : 1);
	return *at == s.n && h < 15 && m < 60;
}

/* 2021-03-19T17:06:59.123Z, also with a blank instead of the T. */
static bool iso_moment(struct str s, struct sf_moment *out)
{
	int64_t y, mo, d, h, mi, sec;
	size_t at = 0;
	int minutes;

	s = str_trim(s);
	if (!field(s, &at, 4, &y) || !mark(s, &at, "-") || !field(s, &at, 2, &mo) || !mark(s, &at, "-") ||
	    !field(s, &at, 2, &d) || !mark(s, &at, "Tt ") || !field(s, &at, 2, &h) || !mark(s, &at, ":") ||
	    !field(s, &at, 2, &mi) || !mark(s, &at, ":") || !field(s, &at, 2, &sec) || !fraction(s, &at, &out->nanos))
		return false;
	if (at < s.n && s.p[at] == ' ')
		at++;
	if (!iso_zone(s, &at, &minutes) || mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || sec > 60)
		return false;
	out->seconds = days_from(y, mo, d) * DAY + h * 3600 + mi * 60 + sec - (int64_t)minutes * 60;
	out->zone = minutes;
	return true;
}

bool sf_cell_ms(enum sf_type type, struct str cell, int64_t *out)
{
	struct sf_moment m;
	bool ok = type == SF_TEXT || type == SF_VARIANT ? iso_moment(cell, &m)
		  : (type >= SF_TIMESTAMP_NTZ && type <= SF_TIMESTAMP_TZ) || type == SF_DATE
			  ? sf_cell_moment(type, cell, &m)
			  : false;

	if (ok)
		*out = m.seconds * 1000 + m.nanos / 1000000;
	return ok;
}

/* --- As text -------------------------------------------------------------------------------------------------------- */

static void moment_text(enum sf_type type, int scale, struct sf_moment m, struct buf *out)
{
	int64_t local = m.seconds + (int64_t)m.zone * 60, y, mo, d;
	int64_t days = local >= 0 ? local / DAY : -((-local + DAY - 1) / DAY), s = local - days * DAY;
	int32_t unit = NANO / 10, nanos = m.nanos;

	date_of(days, &y, &mo, &d);
	if (type != SF_TIME)
		buf_fmt(out, "%04lld-%02lld-%02lld", (long long)y, (long long)mo, (long long)d);
	if (type == SF_DATE)
		return;
	buf_fmt(out, "%s%02d:%02d:%02d", type == SF_TIME ? "" : "T", (int)(s / 3600), (int)(s / 60 % 60),
		(int)(s % 60));
	for (int i = 0; i < (scale < 0 ? 9 : scale) && unit > 0; i++, unit /= 10)
		buf_fmt(out, "%s%d", i == 0 ? "." : "", (int)(nanos / unit % 10));
	if (type == SF_TIMESTAMP_LTZ || type == SF_TIMESTAMP_NTZ) /* without a zone: the table's clock is UTC */
		buf_char(out, 'Z');
	else if (type == SF_TIMESTAMP_TZ)
		buf_fmt(out, "%c%02d:%02d", m.zone < 0 ? '-' : '+', (m.zone < 0 ? -m.zone : m.zone) / 60,
			(m.zone < 0 ? -m.zone : m.zone) % 60);
}

bool sf_cell_text(const struct sf_column *c, struct str cell, struct buf *out)
{
	struct sf_moment m;
	double number;
	bool yes;

	switch (c->type) {
	case SF_FIXED:
	case SF_REAL:
		/* As it came: 38 digits would not survive a number of this machine. */
		return sf_cell_number(cell, &number) && buf_add(out, cell.p, cell.n);
	case SF_BOOLEAN:
		return sf_cell_boolean(cell, &yes) && buf_str(out, yes ? "true" : "false");
	case SF_DATE:
	case SF_TIME:
	case SF_TIMESTAMP_NTZ:
	case SF_TIMESTAMP_LTZ:
	case SF_TIMESTAMP_TZ:
		if (!sf_cell_moment(c->type, cell, &m))
			return false;
		moment_text(c->type, c->scale, m, out);
		return !out->failed;
	default:
		return cell.n == 0 || buf_add(out, cell.p, cell.n);
	}
}
