#include "tests/unit/tel_made.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TICK = 40, SLOW_EVERY = 5, AROUND = 2000, START_HOUR = 14, HOUR = 3600000, DAY = 24 * HOUR };
static const double pi = 3.14159265358979323846;
static const double usual = 90; /* s */

static double wave(void)
{
	return 6 * pi / usual;
}

double made_metres(double t)
{
	return 40 * t + 15 / wave() * sin(wave() * t);
}

int64_t made_epoch(void)
{
	return INT64_C(1748736000) * 1000; /* 20,240 days after 1970 */
}

static unsigned laps_of(const struct made_car *c)
{
	unsigned n = 0;

	while (n < MADE_LAPS && c->time[n] > 0)
		n++;
	return n;
}

static int put_row(char *out, size_t cap, const struct made_car *c, unsigned lap, int elapsed)
{
	int t = c->time[lap], part = t / 6, hour = START_HOUR * HOUR + elapsed;

	return snprintf(out, cap,
			"%s;%u;%d.%03d;;%d.%03d;%d.%03d;%d.%03d;%d:%02d:%02d.%03d;%d:%02d:%02d.%03d;GF;"
			"%d.%03d;%d.%03d;%d.%03d;%d.%03d;%d.%03d;%d.%03d;%.1f\n",
			c->number, lap + 1, t / 1000, t % 1000, 2 * part / 1000, 2 * part % 1000, 2 * part / 1000,
			2 * part % 1000, 2 * part / 1000, 2 * part % 1000, elapsed / HOUR, elapsed / 60000 % 60,
			elapsed / 1000 % 60, elapsed % 1000, hour / HOUR, hour / 60000 % 60, hour / 1000 % 60,
			hour % 1000, part / 1000, part % 1000, part / 1000, part % 1000, part / 1000, part % 1000,
			part / 1000, part % 1000, part / 1000, part % 1000, part / 1000, part % 1000,
			made_length * 3600 / t);
}

static const char *lap_file(const struct made_car *cars, unsigned n)
{
	static char text[65536];
	size_t at = (size_t)snprintf(
		text, sizeof text,
		"NUMBER;LAP_NUMBER;LAP_TIME;CROSSING_FINISH_LINE_IN_PIT;S1;S2;S3;ELAPSED;HOUR;FLAG_AT_FL;"
		"IM1a_time;IM1_time;IM2a_time;IM2_time;IM3a_time;FL_time;KPH\n");

	for (unsigned i = 0; i < n; i++) {
		int elapsed = 0;

		for (unsigned lap = 0; lap < laps_of(&cars[i]); lap++) {
			elapsed += cars[i].time[lap];
			at += (size_t)put_row(text + at, sizeof text - at, &cars[i], lap, elapsed);
			assert_true(at < sizeof text);
		}
	}
	return text;
}

struct session *made_session(const struct made_car *cars, unsigned n)
{
	return session_from_text(lap_file(cars, n));
}

/* --- samples ---------------------------------------------------------------------- */

struct moment {
	unsigned lap;
	double t;     /* s into a lap of 90 */
	double scale; /* 90 / T */
};

/* ms after the start of the race: before it the first lap goes on backwards, after it the last one on. */
static struct moment moment_at(const struct made_car *c, int ms)
{
	unsigned lap = 0, n = laps_of(c);

	while (lap + 1 < n && ms >= c->time[lap])
		ms -= c->time[lap++];
	return (struct moment){.lap = lap, .t = ms * usual / c->time[lap], .scale = usual * 1000 / c->time[lap]};
}

/* The minimum next to t: 15, 45 or 75 s. */
static double minimum_near(double t)
{
	return t < 30 ? 15 : t < 60 ? 45 : 75;
}

static double braked_at(const struct made_car *c, const struct moment *m)
{
	double low = minimum_near(m->t);

	return low - 3 - (low > 40 && low < 50 ? c->early[m->lap] : 0);
}

static double pressure(const struct made_car *c, const struct moment *m)
{
	double low = minimum_near(m->t), on = braked_at(c, m);

	if (m->t >= on - 2 && m->t < on - 1.8)
		return 15;
	if (m->t < on || m->t >= low)
		return 0;
	return fmin(60, 120 * (m->t - on));
}

static double pedal(const struct made_car *c, const struct moment *m)
{
	double low = minimum_near(m->t);

	if (m->t < braked_at(c, m) || m->t > low + 1)
		return 100;
	return m->t < low + 0.5 ? 0 : 200 * (m->t - low - 0.5);
}

/* Out by a few metres, another way every lap, as the real one. */
static double trigger(const struct made_car *c, const struct moment *m)
{
	double d = made_metres(m->t);

	if (d < 0)
		return d + made_length;
	return c->jitter ? fmax(0, d + (double)(m->lap * 5 % 7) * c->jitter / 6 * cos(d / 500)) : d;
}

static void put_tick(const struct made_car *c, struct tel_stream *s, uint32_t i, int ms)
{
	struct moment m = moment_at(c, ms);
	double low = minimum_near(m.t);
	bool turning = fabs(m.t - low) < 3;

	s->t[i] = made_epoch() + (int64_t)c->day * DAY + START_HOUR * HOUR - (int64_t)c->zone * HOUR + ms + c->late;
	s->lap[i] = c->label < 0 ? TEL_NO_LAP : (uint16_t)((int)m.lap + 1 + c->label);
	s->v[TEL_BRAKE_F][i] = (float)pressure(c, &m);
	s->v[TEL_APS][i] = (float)pedal(c, &m);
	s->v[TEL_GEAR][i] = m.t < 45 ? 2 : 3;
	s->v[TEL_ACCY][i] = turning ? (low < 20 ? 1 : -1) : 0;
	s->v[TEL_ACCX][i] = (float)(-15 * wave() * sin(wave() * m.t) * m.scale * m.scale / 9.80665);
	if (i % SLOW_EVERY == 0) {
		double slip = m.lap % 2 == 1 && m.t < usual / 2 ? c->slip : 0;

		s->v[TEL_SPEED][i] = (float)((40 + 15 * cos(wave() * m.t)) * m.scale * 3.6 * (1 + slip));
		s->v[TEL_LAPDIST][i] = (float)trigger(c, &m);
	}
	s->lat[i] = 33 + made_metres(m.t) / 111319.49; /* straight to the north */
	s->lon[i] = -86;
}

static bool in_hole(const struct made_car *c, int ms)
{
	struct moment m = moment_at(c, ms);

	return m.lap == 2 && m.t > c->hole_from && m.t < c->hole_to;
}

struct tel_stream *made_stream(const struct made_car *c)
{
	const uint32_t channels = 1u << TEL_SPEED | 1u << TEL_BRAKE_F | 1u << TEL_APS | 1u << TEL_GEAR |
				  1u << TEL_ACCY | 1u << TEL_ACCX | 1u << TEL_LAPDIST;
	int all = 0;
	uint32_t n = 0;
	struct tel_stream *s;

	for (unsigned i = 0; i < laps_of(c); i++)
		all += c->time[i];
	s = raw_stream(c->sent ? c->sent : c->number, (uint32_t)(all + 2 * AROUND) / TICK + 1, channels, true);
	for (int ms = -AROUND; ms <= all + AROUND; ms += TICK)
		if (!in_hole(c, ms))
			put_tick(c, s, n++, ms);
	s->n = n;
	return s;
}

/* --- files ------------------------------------------------------------------------- */

static FILE *open_in(const char *dir, const char *name)
{
	char path[1200];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	f = fopen(path, "wb");
	assert_non_null(f);
	return f;
}

static void put_stamp(FILE *f, int64_t ms)
{
	time_t s = (time_t)(ms / 1000);
	struct tm t;
	char text[32];

	gmtime_r(&s, &t);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &t);
	fprintf(f, "%s.%03dZ", text, (int)(ms % 1000));
}

/* The car's clock is 40 hours behind. */
static void put_value(FILE *f, const struct made_car *c, const struct tel_stream *s, uint32_t i, const char *name,
		      double v)
{
	const char *sent = c->sent ? c->sent : c->number;

	fprintf(f, ",%u,I_R01,R1,kafka:gr-raw,", (unsigned)s->lap[i]);
	put_stamp(f, s->t[i]);
	fprintf(f, ",GR86-%03d-%s,0,%s,%.7g,", 100 + atoi(c->number), sent, name, v);
	put_stamp(f, s->t[i] - (int64_t)40 * HOUR);
	fprintf(f, ",GR86-%03d-%s,%s\n", 100 + atoi(c->number), sent, sent);
}

static void put_stream(FILE *f, const struct made_car *c)
{
	struct tel_stream *s = made_stream(c);

	for (uint32_t i = 0; i < s->n; i++) {
		for (int ch = 0; ch < TEL_CHANNELS; ch++)
			if (s->v[ch] && !isnan(s->v[ch][i]))
				put_value(f, c, s, i, tel_channel_name((enum tel_channel)ch), (double)s->v[ch][i]);
		put_value(f, c, s, i, tel_channel_name(TEL_LAT), s->lat[i]);
		put_value(f, c, s, i, tel_channel_name(TEL_LON), s->lon[i]);
	}
	tel_stream_free(s);
}

void made_write(const char *dir, const struct made_car *cars, unsigned n)
{
	FILE *f = open_in(dir, "barber_r1_analysis_endurance.csv");

	fputs(lap_file(cars, n), f);
	assert_int_equal(fclose(f), 0);
	f = open_in(dir, "barber_r1_telemetry_long.csv");
	fputs("expire_at,lap,meta_event,meta_session,meta_source,meta_time,original_vehicle_id,outing,telemetry_name,"
	      "telemetry_value,timestamp,vehicle_id,vehicle_number\n",
	      f);
	for (unsigned i = 0; i < n; i++)
		put_stream(f, &cars[i]);
	assert_int_equal(fclose(f), 0);
}
