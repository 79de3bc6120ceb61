#include "core/base/num.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MS_LIMIT = 500 * 3600 * 1000 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Takes decimal digits off the front; false when there are none or the value exceeds limit. */
static bool take_digits(struct str *s, int64_t limit, int64_t *out)
{
	int64_t v = 0;
	size_t i = 0;

	for (; i < s->n && is_digit(s->p[i]); i++) {
		v = v * 10 + (s->p[i] - '0');
		if (v > limit)
			return false;
	}
	if (i == 0)
		return false;
	s->p += i;
	s->n -= i;
	*out = v;
	return true;
}

static bool take_char(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	s->p++;
	s->n--;
	return true;
}

/* Digits after the point as milliseconds: three count, the fourth rounds, the rest must only be digits. */
static bool take_fraction(struct str *s, int64_t *ms)
{
	int64_t v = 0, unit = 100;
	size_t i = 0;

	for (; i < s->n && is_digit(s->p[i]); i++) {
		int digit = s->p[i] - '0';

		if (i < 3)
			v += digit * unit;
		else if (i == 3 && digit >= 5)
			v++;
		unit /= 10;
	}
	s->p += i;
	s->n -= i;
	*ms = v;
	return i > 0;
}

/* [[h:]m:]s[.fff]; the minutes' separator may also be `other`. */
static bool parse_clock(struct str s, char other, ms_t *out)
{
	int64_t total = 0, part, ms = 0;
	int parts = 0;

	do {
		if (!take_digits(&s, parts == 0 ? MS_LIMIT : 59, &part))
			return false;
		total = total * 60 + part;
		if (++parts > 3 || total > MS_LIMIT)
			return false;
	} while (take_char(&s, ':') || (parts == 1 && take_char(&s, other)));
	if (take_char(&s, '.') && !take_fraction(&s, &ms))
		return false;
	total = total * 1000 + ms;
	if (s.n > 0 || total > MS_LIMIT)
		return false;
	*out = (ms_t)total;
	return true;
}

bool time_parse(struct str s, ms_t *out)
{
	return parse_clock(str_trim(s), ':', out);
}

bool gap_parse(struct str s, ms_t *out)
{
	s = str_trim(s);
	take_char(&s, '+');
	return parse_clock(s, '\'', out);
}

bool int_parse(struct str s, int64_t *out)
{
	uint64_t v = 0, limit = INT64_MAX;
	bool minus;

	s = str_trim(s);
	minus = take_char(&s, '-');
	if (!minus)
		take_char(&s, '+');
	limit += minus;
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		uint64_t digit = (uint64_t)(s.p[i] - '0');

		if (!is_digit(s.p[i]) || v > (limit - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	/* -v would overflow for the smallest one. */
	*out = minus ? -(int64_t)(v / 2) - (int64_t)(v - v / 2) : (int64_t)v;
	return true;
}

/* --- Decimal numbers ------------------------------------------------------ */

enum { DEC_LEN = 100 };

/* A number's spelling: digits without the point, and the power of ten they are to be multiplied with. */
struct decimal {
	uint64_t digits; /* the first 19 that count */
	int n, exponent;
	bool minus;
};

static void add_digit(struct decimal *d, char c, bool after_point)
{
	d->exponent -= after_point;
	if (d->digits == 0 && c == '0')
		return;
	if (d->n < 19)
		d->digits = d->digits * 10 + (uint64_t)(c - '0');
	else
		d->exponent++; /* one more than 19: only its place counts, and the slow path reads it */
	d->n++;
}

static bool scan_decimal(struct str s, struct decimal *d)
{
	int64_t power = 0;
	size_t digits = 0;
	bool point = false, minus;

	*d = (struct decimal){.minus = take_char(&s, '-')};
	if (!d->minus)
		take_char(&s, '+');
	while (s.n > 0 && (is_digit(s.p[0]) || (s.p[0] == '.' && !point))) {
		if (take_char(&s, '.')) {
			point = true;
			continue;
		}
		add_digit(d, s.p[0], point);
		s.p++;
		s.n--;
		digits++;
	}
	if (digits == 0)
		return false;
	if (take_char(&s, 'e') || take_char(&s, 'E')) {
		minus = take_char(&s, '-');
		if (!minus)
			take_char(&s, '+');
		if (!take_digits(&s, 9999, &power))
			return false;
		d->exponent += (int)(minus ? -power : power);
	}
	return s.n == 0;
}

static pthread_once_t c_once = PTHREAD_ONCE_INIT;
static locale_t c_locale;

static void make_c_locale(void)
{
	c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

/* strtod reads the user's decimal comma, so it runs in the C locale; only spellings of many digits come here. */
static bool slow_decimal(struct str s, double *out)
{
	char text[DEC_LEN + 1];
	locale_t before;

	pthread_once(&c_once, make_c_locale);
	if (!c_locale)
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	before = uselocale(c_locale);
	*out = strtod(text, NULL);
	uselocale(before);
	return true;
}

bool dec_parse(struct str s, double *out)
{
	static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
					1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
	struct decimal d;
	double v;

	s = str_trim(s);
	if (s.n > DEC_LEN || !scan_decimal(s, &d))
		return false;
	/* Both factors are exact doubles here, so one operation rounds once: the nearest double. */
	if (d.n <= 15 && d.exponent >= -22 && d.exponent <= 22) {
		v = (double)d.digits;
		v = d.exponent < 0 ? v / powers[-d.exponent] : v * powers[d.exponent];
		v = d.minus ? -v : v;
	} else if (!slow_decimal(s, &v)) {
		return false;
	}
	if (!isfinite(v))
		return false;
	*out = v;
	return true;
}

/* --- Printing ------------------------------------------------------------- */

static unsigned magnitude(ms_t t)
{
	return t < 0 ? 0u - (unsigned)t : (unsigned)t;
}

/* minutes: show them even when zero. */
static char *clock_str(char out[NUM_LEN], const char *sign, unsigned ms, bool minutes)
{
	unsigned frac = ms % 1000, s = ms / 1000 % 60, m = ms / 60000 % 60, h = ms / 3600000;

	if (h > 0)
		snprintf(out, NUM_LEN, "%s%u:%02u:%02u.%03u", sign, h, m, s, frac);
	else if (m > 0 || minutes)
		snprintf(out, NUM_LEN, "%s%u:%02u.%03u", sign, m, s, frac);
	else
		snprintf(out, NUM_LEN, "%s%u.%03u", sign, s, frac);
	return out;
}

static char *word(char out[NUM_LEN], const char *text)
{
	snprintf(out, NUM_LEN, "%s", text);
	return out;
}

char *time_str(char out[NUM_LEN], ms_t t)
{
	return t == MS_NONE ? word(out, "-") : clock_str(out, t < 0 ? "-" : "", magnitude(t), false);
}

char *time_str_min(char out[NUM_LEN], ms_t t)
{
	return t == MS_NONE ? word(out, "-") : clock_str(out, t < 0 ? "-" : "", magnitude(t), true);
}

char *diff_str(char out[NUM_LEN], ms_t d)
{
	return d == MS_NONE ? word(out, "-") : clock_str(out, d < 0 ? "-" : d > 0 ? "+" : "", magnitude(d), false);
}

char *sec_str(char out[NUM_LEN], ms_t t)
{
	if (t == MS_NONE)
		return word(out, "null");
	snprintf(out, NUM_LEN, "%s%u.%03u", t < 0 ? "-" : "", magnitude(t) / 1000, magnitude(t) % 1000);
	return out;
}

/* |v| in units of 1/unit. Above 2^53 a double has no halves left to round, and the product would lose digits:
 * the whole part is then taken for itself. */
static int64_t in_units(double v, int64_t unit)
{
	double whole = floor(v);

	if (v * (double)unit < 0x1p53)
		return round_half_away(v * (double)unit);
	return (int64_t)whole * unit + round_half_away((v - whole) * (double)unit);
}

char *dec_str(char out[NUM_LEN], double v, int decimals)
{
	static const int64_t units[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
	int places = decimals < 0 ? 0 : decimals > 6 ? 6 : decimals;
	int64_t unit = units[places], whole;
	const char *sign;

	if (!(fabs(v) * (double)unit < 1e18))
		return word(out, "-");
	whole = in_units(fabs(v), unit);
	sign = v < 0 && whole > 0 ? "-" : "";
	if (places == 0)
		snprintf(out, NUM_LEN, "%s%lld", sign, (long long)whole);
	else
		snprintf(out, NUM_LEN, "%s%lld.%0*lld", sign, (long long)(whole / unit), places,
			 (long long)(whole % unit));
	return out;
}

char *dec_sign_str(char out[NUM_LEN], double v, int decimals)
{
	dec_str(out, v, decimals);
	if (v > 0 && strspn(out, "0.") < strlen(out) && out[0] != '-' && strlen(out) + 1 < NUM_LEN) {
		memmove(out + 1, out, strlen(out) + 1);
		out[0] = '+';
	}
	return out;
}

int64_t round_half_away(double v)
{
	if (isnan(v))
		return 0;
	if (v >= 0x1p63)
		return INT64_MAX;
	if (v <= -0x1p63)
		return INT64_MIN;
	return (int64_t)round(v);
}

int64_t half_round(int64_t num)
{
	return num / 2 + num % 2;
}
