#include "tests/screens/driven.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { POINTS = 1440, MINIS = 6, CARS = 2, TICK = 43, SLOW_EVERY = 5, HOUR = 3600000, START = 14 * HOUR };
static const double pi = 3.14159265358979323846, g = 9.80665;
static const char *const numbers[CARS] = {"7", "9"};

struct track {
	double x[POINTS + 1], y[POINTS + 1], s[POINTS + 1], bend[POINTS + 1]; /* m, m, m along, 1/m (+ left) */
};

struct lap {                  /* as driven */
	double t[POINTS + 1]; /* s at each point */
	double v[POINTS + 1]; /* m/s */
	int ms;
	int mini[MINIS];
};

static void make_track(struct track *k)
{
	for (int i = 0; i <= POINTS; i++) {
		double a = 2 * pi * i / POINTS + pi / 3, r = 160 + 16 * cos(3 * a);
		k->x[i] = r * cos(a);
		k->y[i] = r * sin(a);
		k->s[i] = i ? k->s[i - 1] + hypot(k->x[i] - k->x[i - 1], k->y[i] - k->y[i - 1]) : 0;
		double r1 = -48 * sin(3 * a), r2 = -144 * cos(3 * a);
		k->bend[i] = (r * r + 2 * r1 * r1 - r * r2) / pow(r * r + r1 * r1, 1.5);
	}
}

/* How much slower, m/s, round a place (a part of the lap). */
static double dent(const struct track *k, int i, double middle, double deep)
{
	double d = (k->s[i] - middle * k->s[POINTS]) / 30;

	return deep * exp(-d * d);
}

static void drive(const struct track *k, int car, int n, struct lap *l)
{
	for (int i = 0; i <= POINTS; i++) {
		l->v[i] = 40 + 15 * cos(6 * pi * k->s[i] / k->s[POINTS]) - 0.03 * ((n * 3 + car) % 5);
		if (car == 1)
			l->v[i] -= dent(k, i, 0.5, 3) + (n == 4 ? dent(k, i, 5.0 / 6, 6) : 0);
		l->t[i] = i ? l->t[i - 1] + 2 * (k->s[i] - k->s[i - 1]) / (l->v[i] + l->v[i - 1]) : 0;
	}
	int before = 0;
	for (int m = 0; m < MINIS; m++) {
		int at = (int)lround(l->t[POINTS * (m + 1) / MINIS] * 1000);
		l->mini[m] = at - before;
		before = at;
	}
	l->ms = before;
}

static void put_seconds(FILE *f, int ms)
{
	fprintf(f, "%d.%03d;", ms / 1000, ms % 1000);
}

static void put_clock(FILE *f, int ms)
{
	fprintf(f, "%d:%02d:%02d.%03d;", ms / HOUR, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

static void put_lap(FILE *f, const struct track *k, int car, int n, const struct lap *l, int elapsed)
{
	fprintf(f, "%s;%d;%d.%03d;;", numbers[car], n + 1, l->ms / 1000, l->ms % 1000);
	for (int s = 0; s < 3; s++)
		put_seconds(f, l->mini[2 * s] + l->mini[2 * s + 1]);
	put_clock(f, elapsed);
	put_clock(f, START + elapsed);
	fputs(n == DRIVEN_LAPS - 1 ? "FF;" : "GF;", f);
	for (int m = 0; m < MINIS; m++)
		put_seconds(f, l->mini[m]);
	fprintf(f, "%.1f\n", k->s[POINTS] * 3600 / l->ms);
}

static void put_stamp(FILE *f, int ms, int hours)
{
	ms += hours * HOUR;
	fprintf(f, "2025-06-01T%02d:%02d:%02d.%03dZ,", ms / HOUR, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

/* The point passed last, t seconds into the lap, and how far beyond it. */
static int point_at(const struct lap *l, double t, double *part)
{
	int lo = 0, hi = POINTS;

	while (hi - lo > 1) {
		int mid = (lo + hi) / 2;
		*(l->t[mid] <= t ? &lo : &hi) = mid;
	}
	*part = (t - l->t[lo]) / (l->t[hi] - l->t[lo]);
	return lo;
}

static void put_fast(FILE *f, const struct track *k, const struct lap *l, int i, int gps)
{
	int far = (i + 12) % POINTS;
	double a = i < POINTS - 1 ? (l->v[i + 1] - l->v[i]) / (l->t[i + 1] - l->t[i]) : 0;
	bool brakes = a < -4;

	fprintf(f, "%.3f,%.3f,%.0f,%.2f,%d,%.1f,", a / g, l->v[i] * l->v[i] * k->bend[i] / g, a > -0.5 ? 100.0 : 0.0,
		brakes ? -a * 9 : 0,
		l->v[i] < 30   ? 2
		: l->v[i] < 44 ? 3
			       : 4,
		k->bend[far] * 4000);
	if (gps)
		fprintf(f, "%.7f,%.7f,", 33 + k->y[i] / 111319.49, -86 + k->x[i] / (111319.49 * cos(33 * pi / 180)));
	else
		fputs(",,", f);
}

static void put_samples(FILE *f, const struct track *k, int car, int n, const struct lap *l, int start, int *in_lap,
			int gps)
{
	for (int tick = 0; *in_lap < l->ms; *in_lap += TICK, tick++) {
		double part, t = *in_lap / 1000.0;
		int i = point_at(l, t, &part), at = START + start + *in_lap;

		if (car == 1 && n == 3 && t > 6.3 && t < 7.1)
			continue;
		put_stamp(f, at + 300 + 1600 - at % 1600, 5); /* in bursts */
		put_stamp(f, at, 3);
		fprintf(f, "GR86-00%s-%s,%s,%d,", numbers[car], numbers[car], numbers[car], n + 2);
		put_fast(f, k, l, part < 0.5 ? i : i + 1, gps);
		if (tick % SLOW_EVERY == 0)
			fprintf(f, "%.2f,%.0f\n", 3.6 * (l->v[i] + part * (l->v[i + 1] - l->v[i])), l->v[i] * 150);
		else
			fputs(",\n", f);
	}
	*in_lap -= l->ms;
}

static FILE *open_in(const char *dir, const char *name)
{
	char path[4200];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	FILE *f = fopen(path, "w");
	if (!f)
		abort();
	return f;
}

void driven_write(const char *dir, int samples, int gps)
{
	static struct track track;
	static struct lap lap;
	FILE *laps = open_in(dir, "sebring_r1_analysis_endurance.csv");
	FILE *tel = samples ? open_in(dir, "sebring_r1_telemetry_wide.csv") : NULL;

	make_track(&track);
	fputs("NUMBER;LAP_NUMBER;LAP_TIME;CROSSING_FINISH_LINE_IN_PIT;S1;S2;S3;ELAPSED;HOUR;FLAG_AT_FL;IM1a_time;IM1_"
	      "time;"
	      "IM2a_time;IM2_time;IM3a_time;FL_time;KPH\n",
	      laps);
	if (tel)
		fputs("meta_time,timestamp,vehicle_id,vehicle_number,lap,accx_can,accy_can,aps,pbrake_f,gear,Steering_"
		      "Angle,"
		      "VBOX_Lat_Min,VBOX_Long_Minutes,speed,nmot\n",
		      tel);
	for (int car = 0; car < CARS; car++) {
		int elapsed = car * 1500, in_lap = 0; /* the second starts a second and a half later */

		for (int n = 0; n < DRIVEN_LAPS; n++) {
			drive(&track, car, n, &lap);
			if (tel)
				put_samples(tel, &track, car, n, &lap, elapsed, &in_lap, gps);
			elapsed += lap.ms;
			put_lap(laps, &track, car, n, &lap, elapsed);
		}
	}
	fclose(laps);
	if (tel)
		fclose(tel);
}
