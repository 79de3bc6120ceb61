/* Raw telemetry of a race as the cars' loggers send it, as large as one likes: gen_telemetry [options] >file.csv
 *
 *   --dialect plain|quoted|wide|reduced|json    quoted: strings in quotes, other columns, no vehicle_number
 *   --order time|car    --cars N    --minutes N    --seed N
 *
 * A car drives a lap of invented bends; what counts is the look: a row a channel and moment, a slow and a fast group of channels at about 43 and
 * 216 ms, arrival in bursts, a clock that is days off, laps 32768, moments sent twice, steps back, drop-outs, a late batch, a car without a number and one that
 * is spelled in two ways. The same options give the same bytes. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CARS_MAX = 60, ROWS_MAX = 4096, FAST = 9, SLOW = 3, CHANNELS = FAST + SLOW, OUT = 1 << 20 };
enum { LAP_M = 3700, DAY_MS = 86400000 };

static const char *const names[CHANNELS] = {"accx_can",       "accy_can",     "ath",
					    "pbrake_r",       "pbrake_f",     "gear",
					    "Steering_Angle", "VBOX_Lat_Min", "VBOX_Long_Minutes",
					    "speed",          "nmot",         "Laptrigger_lapdist_dls"};
static const int decimals[CHANNELS] = {3, 3, 2, 2, 2, 0, 1, 14, 14, 2, 0, 0};

enum dialect { PLAIN, QUOTED, WIDE, REDUCED, JSON };

struct tick {
	int64_t stamp;
	double value[CHANNELS];
	uint16_t mask;
	uint16_t lap;
};

struct car {
	char vehicle[2][24]; /* as it is spelled, and how now and then */
	int number;
	uint64_t rng;
	int64_t t, slow_at, burst_at; /* ms since the start */
	int64_t clock;                /* its own minus UTC */
	double s;                     /* metres driven */
	struct tick held[256];        /* waiting for the next burst */
	int nheld;
};

static struct car car[CARS_MAX];
static enum dialect dialect;
static char out[OUT + 8192];
static size_t out_n;
static bool first_object = true;
static const int64_t start_ms = INT64_C(1757184000000) - DAY_MS; /* 2025-09-05T18:40:00Z */

static uint64_t rnd(struct car *c)
{
	c->rng ^= c->rng << 13;
	c->rng ^= c->rng >> 7;
	c->rng ^= c->rng << 17;
	return c->rng;
}

static bool one_in(struct car *c, unsigned n)
{
	return rnd(c) % n == 0;
}

/* --- Text ---------------------------------------------------------------------------- */

static void flush_out(size_t limit)
{
	if (out_n < limit)
		return;
	if (fwrite(out, 1, out_n, stdout) != out_n)
		exit(1);
	out_n = 0;
}

static void put(const char *s)
{
	size_t n = strlen(s);

	memcpy(out + out_n, s, n);
	out_n += n;
}

static void put_digits(uint64_t v, int width)
{
	for (int i = width - 1; i >= 0; i--, v /= 10)
		out[out_n + (size_t)i] = (char)('0' + v % 10);
	out_n += (size_t)width;
}

static void put_whole(uint64_t v)
{
	int width = 1;

	for (uint64_t w = v; w >= 10; w /= 10)
		width++;
	put_digits(v, width);
}

/* As loggers write it: no zero at the end of the fraction. */
static void put_number(double v, int dec)
{
	static const double power[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
	uint64_t q = (uint64_t)(fabs(v) * power[dec] + 0.5), whole = q / (uint64_t)power[dec],
		 part = q % (uint64_t)power[dec];

	if (v < 0 && q)
		put("-");
	put_whole(whole);
	if (!part)
		return;
	put(".");
	put_digits(part, dec);
	while (out[out_n - 1] == '0')
		out_n--;
}

/* The days of September 2025 and before it are enough. */
static void put_time(int64_t ms)
{
	static char last[40] = "";
	static int64_t last_day = -1;
	int64_t day = ms / DAY_MS, rest = ms % DAY_MS;

	if (day != last_day) {
		int date = (int)(day - 20332), month = 9; /* 20332: 2025-09-01 */
		if (date < 0) {
			date += 31;
			month = 8;
		}
		snprintf(last, sizeof last, "2025-%02d-%02d", month % 100, (date + 1) % 100);
		last_day = day;
	}
	put(last);
	put("T");
	put_digits((uint64_t)(rest / 3600000), 2);
	put(":");
	put_digits((uint64_t)(rest / 60000 % 60), 2);
	put(":");
	put_digits((uint64_t)(rest / 1000 % 60), 2);
	put(".");
	put_digits((uint64_t)(rest % 1000), 3);
	put("Z");
}

/* --- Rows ------------------------------------------------------------------------------- */

static void header(void)
{
	static const char *const lines[] = {"expire_at,lap,meta_event,meta_session,meta_source,meta_time,original_"
					    "vehicle_id,outing,telemetry_name,telemetry_value,"
					    "timestamp,vehicle_id,vehicle_number\n",
					    "\"meta_source\",\"meta_time\",\"meta_event\",\"meta_session\","
					    "\"timestamp\",\"vehicle_id\",\"outing\",\"lap\",\"telemetry_name\","
					    "\"telemetry_value\",\"expire_at\"\n",
					    "meta_time,timestamp,vehicle_id,vehicle_number,lap,meta_session",
					    "meta_time,telemetry_name,telemetry_value\n", "["};

	put(lines[dialect]);
	for (int k = 0; dialect == WIDE && k < CHANNELS; k++) {
		put(",");
		put(names[k]);
	}
	if (dialect == WIDE)
		put("\n");
}

static void long_row(const struct car *c, const char *vehicle, const struct tick *t, int64_t meta, int k)
{
	put(",");
	put_whole(t->lap);
	put(",I_R06_2025-09-07,R1,kafka:gr-raw,");
	put_time(meta);
	put(",");
	put(vehicle);
	put(",0,");
	put(names[k]);
	put(",");
	put_number(t->value[k], decimals[k]);
	put(",");
	put_time(t->stamp);
	put(",");
	put(vehicle);
	put(",");
	put_whole((uint64_t)c->number);
	put("\n");
}

static void quoted_row(const char *vehicle, const struct tick *t, int64_t meta, int k)
{
	put("\"kafka:gr-raw\",\"");
	put_time(meta);
	put("\",\"I_R06_2025-09-07\",\"R1\",\"");
	put_time(t->stamp);
	put("\",\"");
	put(vehicle);
	put("\",\"0\",\"");
	put_whole(t->lap);
	put("\",\"");
	put(names[k]);
	put("\",\"");
	put_number(t->value[k], decimals[k]);
	put("\",\"\"\n");
}

static void reduced_row(const struct tick *t, int64_t meta, int k)
{
	put_time(meta);
	put(",");
	put(names[k]);
	put(",");
	put_number(t->value[k], decimals[k]);
	put("\n");
}

static void wide_row(const struct car *c, const char *vehicle, const struct tick *t, int64_t meta)
{
	put_time(meta);
	put(",");
	put_time(t->stamp);
	put(",");
	put(vehicle);
	put(",");
	put_whole((uint64_t)c->number);
	put(",");
	put_whole(t->lap);
	put(",R1");
	for (int k = 0; k < CHANNELS; k++) {
		put(",");
		if (t->mask >> k & 1)
			put_number(t->value[k], decimals[k]);
	}
	put("\n");
}

static void json_row(const struct car *c, const char *vehicle, const struct tick *t, int64_t meta)
{
	put(first_object ? "\n{\"vid\":\"" : ",\n{\"vid\":\"");
	first_object = false;
	put(vehicle);
	put("\",\"num\":");
	put_whole((uint64_t)c->number);
	put(",\"mt\":\"");
	put_time(meta);
	put("\",\"ts\":\"");
	put_time(t->stamp);
	put("\",\"lap\":");
	put_whole(t->lap);
	for (int k = 0; k < CHANNELS; k++) {
		put(",\"");
		put(names[k]);
		put("\":");
		if (t->mask >> k & 1)
			put_number(t->value[k], decimals[k]);
		else
			put("null");
	}
	put("}");
}

static void one_tick(struct car *c, const struct tick *t, int64_t meta)
{
	const char *vehicle = c->vehicle[one_in(c, 64)];

	if (dialect == WIDE)
		wide_row(c, vehicle, t, meta);
	else if (dialect == JSON)
		json_row(c, vehicle, t, meta);
	for (int k = 0; k < CHANNELS && dialect != WIDE && dialect != JSON; k++) {
		if (!(t->mask >> k & 1))
			continue;
		if (dialect == PLAIN)
			long_row(c, vehicle, t, meta, k);
		else if (dialect == QUOTED)
			quoted_row(vehicle, t, meta, k);
		else
			reduced_row(t, meta, k);
	}
	flush_out(OUT);
}

/* --- Driving ------------------------------------------------------------------------------ */

static double speed_at(double s)
{
	double x = fmod(s, LAP_M) / LAP_M * 6.283185307179586;

	return 128 + 38 * sin(3 * x) + 22 * sin(7 * x + 1) + 9 * sin(11 * x + 2);
}

static void measure(struct car *c, struct tick *t, bool slow)
{
	double v = speed_at(c->s), ahead = speed_at(c->s + 10), a = (ahead * ahead - v * v) / 12.96 / 20 / 9.81;
	double x = fmod(c->s, LAP_M) / LAP_M * 6.283185307179586, noise = (double)(rnd(c) % 1000) / 1000 - 0.5;
	uint64_t lap = (uint64_t)(c->s / LAP_M) + 1;

	t->mask = slow ? (1u << CHANNELS) - (1u << FAST) : (1u << FAST) - 1;
	t->lap = (uint16_t)(lap % 9 == 4 ? 32768 : lap);
	if (slow) {
		t->value[9] = v + noise / 10;
		t->value[10] = floor(v * 41 + 50 * noise);
		t->value[11] = floor(fmod(c->s, LAP_M));
		return;
	}
	t->value[0] = a + noise / 20;
	t->value[1] = 1.4 * sin(5 * x) + noise / 10;
	t->value[2] = a > 0 ? fmin(100, 60 + 400 * a) : 0;
	t->value[4] = a < -0.1 ? fmin(120, -a * 90) : 0;
	t->value[3] = t->value[4] * 0.7;
	t->value[5] = floor(fmin(6, 2 + v / 45));
	t->value[6] = 40 * sin(5 * x) + noise;
	t->value[7] = 33.5326 + 0.004 * sin(x) + 0.001 * sin(3 * x);
	t->value[8] = -86.6195 + 0.006 * cos(x);
}

/* One step of the car's clock; what it measured waits for the next burst. */
static void drive(struct car *c)
{
	int64_t dt = 42 + (int64_t)(rnd(c) % 4) + (one_in(c, 33) ? 43 : 0);

	if (one_in(c, 40000))
		dt += 1400; /* a drop-out */
	c->t += dt;
	c->s += speed_at(c->s) / 3.6 * (double)dt / 1000 * (0.99 + (double)c->number / 10000);
	int64_t stamp = start_ms + c->t + c->clock - (one_in(c, 250) ? 60 : 0); /* a step back now and then */
	if (c->t >= c->slow_at) {
		c->held[c->nheld].stamp = stamp;
		measure(c, &c->held[c->nheld++], true);
		c->slow_at = c->t + 216;
	}
	c->held[c->nheld].stamp = stamp;
	measure(c, &c->held[c->nheld++], false);
}

/* The burst that ends at burst_at. */
static void burst(struct car *c)
{
	int64_t meta = start_ms + c->burst_at + (one_in(c, 2000) ? 25000 : 40), later = 0;

	while (c->t < c->burst_at && c->nheld < 200)
		drive(c);
	int times = one_in(c, 3000) ? 2 : 1; /* all of it sent twice */
	for (int r = 0; r < times; r++) {
		for (int i = 0; i < c->nheld; i++) {
			later += one_in(c, 4);
			one_tick(c, &c->held[i], meta + later);
			if (one_in(c, 900))
				one_tick(c, &c->held[i], meta + later);
		}
	}
	c->nheld = 0;
	c->burst_at += 1600 + (int64_t)(rnd(c) % 400);
}

static void set_up(int cars, uint64_t seed)
{
	static const int numbers[] = {13, 22, 72, 2,  3,  5,  7,  8,  16, 18, 21,
				      31, 41, 47, 51, 55, 58, 78, 80, 88, 93, 98};

	for (int i = 0; i < cars; i++) {
		struct car *c = &car[i];
		c->number = i < 22 ? numbers[i] : 100 + i;
		c->rng = seed * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)i * 7919 + 1;
		c->clock = -(int64_t)(42 + i * 2) * 3600000 - i * 977;
		c->burst_at = 500 + i * 70;
		snprintf(c->vehicle[0], sizeof c->vehicle[0], "GR86-%03d-%d", i * 3 + 2, i == 3 ? 0 : c->number);
		snprintf(c->vehicle[1], sizeof c->vehicle[1], "GR86-%03d-%0*d", i * 3 + 2, i == 4 ? 3 : 1,
			 i == 3 ? 0 : c->number);
	}
}

static void by_time(int cars, int64_t end)
{
	for (;;) {
		struct car *next = &car[0];
		for (int i = 1; i < cars; i++)
			if (car[i].burst_at < next->burst_at)
				next = &car[i];
		if (next->burst_at > end)
			return;
		burst(next);
	}
}

static int choice(const char *word, const char *const *words, int n)
{
	for (int i = 0; i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return i;
	fprintf(stderr, "gen_telemetry: what is %s?\n", word);
	exit(2);
}

int main(int argc, char **argv)
{
	static const char *const dialects[] = {"plain", "quoted", "wide", "reduced", "json"}, *const orders[] = {"time",
														 "car"};
	int cars = 22, minutes = 39, order = 0;
	uint64_t seed = 1;

	for (int i = 1; i + 1 < argc; i += 2) {
		static const char *const options[] = {"--dialect", "--order", "--cars", "--minutes", "--seed"};
		int o = choice(argv[i], options, 5), n = atoi(argv[i + 1]);
		if (o == 0)
			dialect = (enum dialect)choice(argv[i + 1], dialects, 5);
		else if (o == 1)
			order = choice(argv[i + 1], orders, 2);
		else if (o == 2)
			cars = n > 0 && n <= CARS_MAX ? n : cars;
		else if (o == 3)
			minutes = n > 0 ? n : minutes;
		else
			seed = (uint64_t)n;
	}
	set_up(cars, seed);
	header();
	int64_t end = (int64_t)minutes * 60000;
	if (order == 0)
		by_time(cars, end);
	for (int i = 0; order == 1 && i < cars; i++)
		while (car[i].burst_at <= end)
			burst(&car[i]);
	if (dialect == JSON)
		put("\n]\n");
	flush_out(0);
	return 0;
}
