#include "core/telemetry/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/num.h"
#include "core/model/telemetry.h"

#define DAY_MS INT64_C(86400000)

/* Days since 1970 (proleptic Gregorian). */
static int64_t days_of(int y, int m, int d)
{
	y -= m <= 2;
	int era = y / 400, yoe = y - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (int64_t)era * 146097 + doe - 719468;
}

static int month_days(int y, int m)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);

	return days[m - 1] + (m == 2 && leap);
}

/* n digits, else -1. */
static int digits(const char *p, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		unsigned d = (unsigned)((unsigned char)p[i] - '0');
		if (d > 9)
			return -1;
		v = v * 10 + (int)d;
	}
	return v;
}

/* "2025-09-06" */
static bool date(const char *p, int64_t *ms)
{
	int y = digits(p, 4), m = digits(p + 5, 2), d = digits(p + 8, 2);

	if (p[4] != '-' || p[7] != '-' || y < 1970 || y > 2199 || m < 1 || m > 12 || d < 1 || d > month_days(y, m))
		return false;
	*ms = days_of(y, m, d) * DAY_MS;
	return true;
}

/* "18:54:51" */
static bool clock_of(const char *p, int64_t *ms)
{
	int h = digits(p, 2), m = digits(p + 3, 2), s = digits(p + 6, 2);

	if (p[2] != ':' || p[5] != ':' || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59)
		return false;
	*ms = ((int64_t)h * 60 + m) * 60000 + (int64_t)s * 1000;
	return true;
}

bool tel_time_plain(const char *p, int64_t *ms)
{
	int64_t day, time;
	int milli;

	if (p[10] != 'T' || p[19] != '.' || p[23] != 'Z' || (milli = digits(p + 20, 3)) < 0)
		return false;
	if (!date(p, &day) || !clock_of(p + 11, &time))
		return false;
	*ms = day + time + milli;
	return true;
}

/* ".734000": to milliseconds, and the bytes it took; 0: no fraction; -1: broken. */
static int fraction(const char *p, size_t n, int64_t *ms)
{
	size_t i = 1;

	*ms = 0;
	if (n == 0 || p[0] != '.')
		return 0;
	for (; i < n && p[i] >= '0' && p[i] <= '9'; i++) {
		if (i <= 3)
			*ms = *ms * 10 + (p[i] - '0');
		else if (i == 4)
			*ms += p[i] >= '5';
	}
	for (size_t k = i; k < 4; k++)
		*ms *= 10;
	return i > 1 && i < 32 ? (int)i : -1;
}

/* "Z", "+00:00", "-05:00", "+0000", " UTC", "". */
static bool zone(struct str s, int64_t *ms)
{
	int h, m;
	bool colon = s.n == 6 && s.p[3] == ':';

	*ms = 0;
	if (s.n == 0 || str_is(s, "Z") || str_is(s, " UTC"))
		return true;
	if ((s.p[0] != '+' && s.p[0] != '-') || !(colon || s.n == 5))
		return false;
	h = digits(s.p + 1, 2);
	m = digits(s.p + (colon ? 4 : 3), 2);
	if (h < 0 || h > 14 || m < 0 || m > 59)
		return false;
	*ms = (s.p[0] == '-' ? -1 : 1) * ((int64_t)h * 60 + m) * 60000;
	return true;
}

static bool in_range(int64_t ms)
{
	return ms >= 0 && ms < INT64_C(230) * 366 * DAY_MS;
}

/* Seconds since 1970 and smaller units, by the number of digits. */
static bool epoch(struct str s, int64_t *out)
{
	int64_t v = 0, ms = 0;
	size_t n = 0;

	for (; n < s.n && s.p[n] >= '0' && s.p[n] <= '9' && n < 19; n++) {
		if (v > (INT64_MAX - 9) / 10)
			return false;
		v = v * 10 + (s.p[n] - '0');
	}
	if (n == 13 && n == s.n)
		*out = v;
	else if (n == 16 && n == s.n)
		*out = v / 1000 + (v % 1000 >= 500);
	else if (n == 19 && n == s.n)
		*out = v / 1000000 + (v % 1000000 >= 500000);
	else if (n >= 9 && n <= 10 && fraction(s.p + n, s.n - n, &ms) == (int)(s.n - n))
		*out = v * 1000 + ms;
	else
		return false;
	return in_range(*out);
}

bool tel_time_parse(struct str s, int64_t *out)
{
	int64_t day, time, ms, shift;
	int n;

	if (s.n < 19 || s.p[4] != '-')
		return epoch(s, out);
	if ((s.p[10] != 'T' && s.p[10] != ' ') || !date(s.p, &day) || !clock_of(s.p + 11, &time))
		return false;
	n = fraction(s.p + 19, s.n - 19, &ms);
	if (n < 0 || !zone((struct str){s.p + 19 + n, s.n - 19 - (size_t)n}, &shift))
		return false;
	*out = day + time + ms - shift;
	return in_range(*out);
}

bool tel_value_plain(const char *p, size_t n, double *out)
{
	static const double power[] = {1,   1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7, 1e8,
				       1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16};
	const char *end = p + n, *point = NULL;
	bool minus = n > 0 && *p == '-';
	uint64_t m = 0;

	p += minus;
	if (end - p > 17 || p == end || (unsigned char)(*p - '0') > 9 || (unsigned char)(end[-1] - '0') > 9)
		return false;
	for (; p < end; p++) {
		unsigned d = (unsigned char)(*p - '0');
		if (d <= 9)
			m = m * 10 + d;
		else if (*p == '.' && !point)
			point = p;
		else
			return false;
	}
	if (m >= UINT64_C(1) << 53)
		return false;
	/* Both parts are exact, so the quotient is rounded once. */
	double v = (double)m;
	if (point)
		v /= power[end - point - 1];
	*out = minus ? -v : v;
	return true;
}

bool tel_value_parse(struct str s, double *out)
{
	return tel_value_plain(s.p, s.n, out) || dec_parse(s, out);
}

uint16_t tel_lap_parse(struct str s)
{
	double v;

	if (!tel_value_parse(s, &v) || !(v >= 1 && v <= UINT16_MAX) || v != floor(v))
		return TEL_NO_LAP;
	return (uint16_t)v;
}

char *tel_time_str(char out[25], int64_t ms)
{
	int64_t day = ms / DAY_MS - (ms % DAY_MS < 0), rest = ms - day * DAY_MS;
	int64_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int d = (int)(doy - (153 * mp + 2) / 5 + 1), m = (int)(mp < 10 ? mp + 3 : mp - 9);
	unsigned y = (unsigned)(yoe + era * 400 + (m <= 2)) % 10000;

	snprintf(out, 25, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", y, (unsigned)m % 100, (unsigned)d % 100,
		 (unsigned)(rest / 3600000) % 100, (unsigned)(rest / 60000 % 60), (unsigned)(rest / 1000 % 60),
		 (unsigned)(rest % 1000));
	return out;
}
