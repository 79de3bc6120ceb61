#include "data/generator/telemetry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/generator/map.h"

enum {
	TICK = 43,      /* ms */
	SLOW_EVERY = 5, /* ticks between samples of speed, engine and distance */
	GPS_EVERY = 2,
	DOUBLE_TICK_IN = 33,
	DROP_OUT_IN = 11000, /* ticks */
	DROP_OUT = 1400,     /* ms */
	BACK_STEP_IN = 250,
	BURST_MIN = 1600,
	BURST_MAX = 2000,
	LATENCY = 260, /* ms: how rows arrive */
	HOUR_MS = 3600000,
	FULL_BUFFER = 1 << 20
};

/* Which cars send, and in which laps the link holds. */
struct sender {
	const char *number;
	int32_t clock_ms;    /* and that much more */
	int16_t clock_hours; /* the car's clock against the world's */
	uint8_t event, race;
	uint8_t first, last;
	int8_t lap_offset; /* what the car calls the lap: that much more */
};
static const struct sender senders[] = {
	{"27", 512883, -44, 4, 1, 8, 14, 1}, {"14", 1710264, -61, 4, 1, 8, 14, 1}, {"27", 903127, -42, 4, 2, 2, 17, 1},
	{"14", 225411, -66, 4, 2, 2, 17, 2}, {"8", 3011940, -87, 4, 2, 3, 12, 1},  {"31", 64009, -53, 4, 2, 3, 12, 0},
};

/* The channels, in the order of the wide form's columns. */
static const char *const channels[] = {"accx_can",       "accy_can",     "aps",
				       "pbrake_f",       "pbrake_r",     "gear",
				       "Steering_Angle", "VBOX_Lat_Min", "VBOX_Long_Minutes",
				       "speed",          "nmot",         "Laptrigger_lapdist_dls"};
enum { CHANNELS = sizeof channels / sizeof *channels };

struct value { /* of a channel in the row of the wide form that is being put together */
	bool there;
	int decimals;
	int64_t v;
};

struct feed {
	const struct run *run;
	const struct sender *sender;
	const struct driver *driver;
	const struct car_run *car;
	struct rng rng;
	struct map map;
	struct trace trace; /* of the lap being sent */
	FILE *file;
	struct buf buf;
	int64_t utc_ms;    /* when the session's clock was zero */
	int64_t burst_end; /* of the rows that arrive together: session clock, ms */
	char vehicle[32], event[32];
	uint32_t tick;
	bool wide; /* one row a moment instead of one a channel and moment: an eighth of the size */
	struct value row[CHANNELS];
	int64_t gps_latitude, gps_longitude;
};

/* --- text -------------------------------------------------------------------- */

static void put_digits(struct buf *b, int64_t v, int width)
{
	char s[24];
	int n = 0;

	do {
		s[n++] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0 || n < width);
	while (n > 0)
		buf_char(b, s[--n]);
}

/* v over 10^decimals, zeros at the end left out. */
static void put_decimal(struct buf *b, int64_t v, int decimals)
{
	int64_t unit = 1, part;

	if (v < 0)
		buf_char(b, '-');
	v = v < 0 ? -v : v;
	for (; decimals > 0 && v % 10 == 0; decimals--)
		v /= 10;
	for (int i = 0; i < decimals; i++)
		unit *= 10;
	put_digits(b, v / unit, 1);
	part = v % unit;
	if (decimals > 0) {
		buf_char(b, '.');
		put_digits(b, part, decimals);
	}
}

/* "2025-09-06T18:54:51.734Z" */
static void put_stamp(struct buf *b, int64_t ms)
{
	int64_t day = ms / 86400000 - date_days("2025-01-01"), in_day = ms % 86400000;
	int month = 1;

	for (; day >= month_days(month); month++)
		day -= month_days(month);
	buf_str(b, "2025-");
	put_digits(b, month, 2);
	buf_char(b, '-');
	put_digits(b, day + 1, 2);
	buf_char(b, 'T');
	put_digits(b, in_day / HOUR_MS, 2);
	buf_char(b, ':');
	put_digits(b, in_day / 60000 % 60, 2);
	buf_char(b, ':');
	put_digits(b, in_day / 1000 % 60, 2);
	buf_char(b, '.');
	put_digits(b, in_day % 1000, 3);
	buf_char(b, 'Z');
}

struct stamp {               /* of one tick */
	int64_t at, arrives; /* session clock, ms */
	int lap;
};

static void put_wide(struct feed *f, const char *name, int64_t value, int decimals)
{
	for (int i = 0; i < CHANNELS; i++)
		if (strcmp(channels[i], name) == 0)
			f->row[i] = (struct value){true, decimals, value};
}

/* Of the car's own clock. */
static int64_t car_clock(const struct feed *f, int64_t at)
{
	return f->utc_ms + at + (int64_t)f->sender->clock_hours * HOUR_MS + f->sender->clock_ms;
}

/* The wide form's row of this moment; the long one has written its rows already. */
static void end_row(struct feed *f, const struct stamp *s)
{
	struct buf *b = &f->buf;

	if (!f->wide)
		return;
	put_stamp(b, f->utc_ms + s->arrives);
	buf_char(b, ',');
	put_stamp(b, car_clock(f, s->at));
	buf_char(b, ',');
	buf_str(b, f->vehicle);
	buf_char(b, ',');
	buf_str(b, f->driver->number);
	buf_char(b, ',');
	put_digits(b, s->lap + f->sender->lap_offset, 1);
	for (int i = 0; i < CHANNELS; i++) {
		buf_char(b, ',');
		if (f->row[i].there)
			put_decimal(b, f->row[i].v, f->row[i].decimals);
		f->row[i].there = false;
	}
	buf_char(b, '\n');
}

static void put_row(struct feed *f, const struct stamp *s, const char *name, int64_t value, int decimals)
{
	struct buf *b = &f->buf;

	if (f->wide) {
		put_wide(f, name, value, decimals);
		return;
	}

	buf_char(b, ',');
	put_digits(b, s->lap + f->sender->lap_offset, 1);
	buf_char(b, ',');
	buf_str(b, f->event);
	buf_str(b, f->run->number == 1 ? ",R1" : ",R2");
	buf_str(b, ",kafka:gr-raw,");
	put_stamp(b, f->utc_ms + s->arrives);
	buf_char(b, ',');
	buf_str(b, f->vehicle);
	buf_str(b, ",0,");
	buf_str(b, name);
	buf_char(b, ',');
	put_decimal(b, value, decimals);
	buf_char(b, ',');
	put_stamp(b, car_clock(f, s->at));
	buf_char(b, ',');
	buf_str(b, f->vehicle);
	buf_char(b, ',');
	buf_str(b, f->driver->number);
	buf_char(b, '\n');
}

/* --- where the car is ---------------------------------------------------------- */

struct place {
	int32_t metre;
	int64_t mm; /* since the line */
	int64_t v;  /* mm/s, as driven on this lap */
	int64_t a;  /* mm/s2 along the track */
};

/* The stretch of time between two loops on this lap is mapped to that of the trace; speeds go the other way. */
static struct place place_at(const struct feed *f, const struct lap *l, int64_t ms_in_lap)
{
	const struct layout *y = &f->run->pace->layout;
	int64_t before = 0;
	int i = 0;

	while (i < MINI_COUNT - 1 && ms_in_lap >= before + l->mini[i])
		before += l->mini[i++];
	int64_t from = i ? f->trace.us[layout_loop(y, i - 1)] : 0, whole = trace_mini(y, &f->trace, i);
	int64_t us = from + (ms_in_lap - before) * whole / l->mini[i];
	int32_t low = 0, high = y->length;

	while (high - low > 1) {
		int32_t mid = (low + high) / 2;

		*(f->trace.us[mid] <= us ? &low : &high) = mid;
	}
	int64_t step = f->trace.us[low + 1] - f->trace.us[low];
	int32_t back = low > 2 ? low - 2 : 0, ahead = low + 3 < y->length ? low + 3 : y->length;
	int64_t slope = (f->trace.v2[ahead] - f->trace.v2[back]) / (2000 * (int64_t)(ahead - back));

	return (struct place){.metre = low,
			      .mm = low * (int64_t)1000 + (us - f->trace.us[low]) * 1000 / step,
			      .v = trace_speed(&f->trace, low) * whole / ((int64_t)l->mini[i] * 1000),
			      .a = slope * whole / ((int64_t)l->mini[i] * 1000)};
}

/* --- channels ------------------------------------------------------------------ */

static int64_t clamp(int64_t v, int64_t low, int64_t high)
{
	return v < low ? low : v > high ? high : v;
}

/* Per cent, tenths. */
static int64_t throttle(const struct place *p)
{
	return clamp((p->a + car_drag(p->v * p->v)) * 1000 / car_pull(p->v), 0, 1000);
}

/* Front, hundredths of bar: nothing until the engine brakes no more. */
static int64_t brake(const struct place *p)
{
	int64_t pads = -p->a - car_drag(p->v * p->v) - 700;

	return pads > 0 ? pads * 9000 / 11000 : 0;
}

static int gear_of(int64_t kph)
{
	static const int up[] = {62, 98, 132, 166, 200};
	int gear = 1;

	while (gear <= 5 && kph > up[gear - 1])
		gear++;
	return gear;
}

static int64_t engine(int64_t kph_tenths, int gear)
{
	static const int per_kph[] = {112, 70, 53, 42, 35, 30}; /* rpm for each km/h */

	return clamp(kph_tenths * per_kph[gear - 1] / 10, 1200, 7600);
}

static void put_fast(struct feed *f, const struct stamp *s, const struct place *p)
{
	const struct layout *y = &f->run->pace->layout;
	int64_t bend = y->bend[p->metre], side = p->v * p->v / 1000 * bend / 1000000;

	if (f->tick % GPS_EVERY == 0 || f->gps_latitude == 0) {
		f->gps_latitude = map_latitude(y, &f->map, p->metre);
		f->gps_longitude = map_longitude(y, &f->map, p->metre);
	}
	put_row(f, s, "accx_can", (p->a * 1000 + rng_normal(&f->rng, 120000)) / GRAVITY, 3);
	put_row(f, s, "accy_can", (side * 1000 + rng_normal(&f->rng, 150000)) / GRAVITY, 3);
	put_row(f, s, "aps", throttle(p), 1);
	put_row(f, s, "pbrake_f", brake(p), 2);
	put_row(f, s, "pbrake_r", brake(p) * 8 / 10, 2);
	put_row(f, s, "gear", gear_of(p->v * 36 / 10000), 0);
	put_row(f, s, "Steering_Angle", bend * 7 / 100 + rng_normal(&f->rng, 8), 1);
	put_row(f, s, "VBOX_Lat_Min", f->gps_latitude, 7);
	put_row(f, s, "VBOX_Long_Minutes", f->gps_longitude, 7);
	end_row(f, s);
}

/* The distance restarts where the car thinks the line is: a few metres off, another every lap. */
static void put_slow(struct feed *f, const struct stamp *s, const struct place *p)
{
	int64_t kph = p->v * 36 / 1000;

	put_row(f, s, "speed", kph, 1);
	put_row(f, s, "nmot", engine(kph, gear_of(kph / 10)), 0);
	put_row(f, s, "Laptrigger_lapdist_dls", p->mm / 1000 + s->lap % 5, 0);
	end_row(f, s);
}

/* --- one lap -------------------------------------------------------------------- */

/* No driver does the same twice: a metre here and there, and the tyres of that lap. */
static void simulate_lap(struct feed *f, int n)
{
	struct setup s = f->car->pace->setup;

	s.grip -= f->driver->wear * n / 100;
	for (int i = 0; i < CORNERS_MAX; i++) {
		struct habit *h = &s.habit[i];

		h->early = (int16_t)(h->early + rng_between(&f->rng, -1, 1));
		h->late = (int16_t)(h->late + rng_between(&f->rng, -1, 1));
		h->speed = (int16_t)(h->speed + rng_normal(&f->rng, 25));
	}
	lap_simulate(&f->run->pace->layout, &s, &f->trace);
}

static int64_t next_step(struct feed *f)
{
	int64_t step = TICK + rng_between(&f->rng, -1, 1);

	if (rng_below(&f->rng, DOUBLE_TICK_IN) == 0)
		step *= 2;
	if (rng_below(&f->rng, DROP_OUT_IN) == 0)
		step += DROP_OUT;
	return step;
}

static int64_t arrival(struct feed *f, int64_t at)
{
	while (at + LATENCY > f->burst_end)
		f->burst_end += rng_between(&f->rng, BURST_MIN, BURST_MAX);
	return f->burst_end + rng_below(&f->rng, 2);
}

static void flush(struct feed *f)
{
	fwrite(f->buf.p, 1, f->buf.n, f->file);
	buf_clear(&f->buf);
}

static void send_tick(struct feed *f, const struct lap *l, int n, int64_t in_lap, int64_t start)
{
	struct stamp s = {.at = start + in_lap, .lap = n + 1};
	struct place p = place_at(f, l, in_lap);

	s.arrives = arrival(f, s.at);
	if (rng_below(&f->rng, BACK_STEP_IN) == 0)
		s.at -= TICK; /* the clock hiccups; the car is where it is */
	put_fast(f, &s, &p);
	if (f->tick++ % SLOW_EVERY == 0) {
		int64_t later = in_lap + 17 < l->time ? in_lap + 17 : in_lap;

		s.at = start + later;
		p = place_at(f, l, later);
		put_slow(f, &s, &p);
	}
	if (f->buf.n > FULL_BUFFER)
		flush(f);
}

/* Ticks run on over the line: what is left of a step belongs to the next lap. */
static int64_t send_lap(struct feed *f, int n, int64_t in_lap)
{
	const struct lap *l = &f->car->lap[n];
	int64_t start = l->elapsed - l->time;

	simulate_lap(f, n);
	for (; in_lap < l->time; in_lap += next_step(f))
		send_tick(f, l, n, in_lap, start);
	return in_lap - l->time;
}

static void send_car(struct feed *f, uint64_t seed, int who)
{
	int64_t in_lap = 0;

	f->driver = &drivers[who];
	f->car = &f->run->car[who];
	f->rng = rng_stream(seed, FOR_TELEMETRY, f->sender->event, f->sender->race, (uint32_t)who);
	f->burst_end = 0;
	f->tick = 0;
	f->gps_latitude = 0;
	snprintf(f->vehicle, sizeof f->vehicle, "CRT6-%s-%s", f->driver->chassis, f->driver->number);
	for (int n = f->sender->first - 1; n < f->sender->last && n < f->car->laps; n++)
		in_lap = send_lap(f, n, in_lap);
}

/* --- one race ------------------------------------------------------------------- */

bool telemetry_sent(int event)
{
	for (size_t i = 0; i < sizeof senders / sizeof *senders; i++)
		if (senders[i].event == event)
			return true;
	return false;
}

static bool sends(const struct sender *s, const struct run *r)
{
	return s->event == r->pace->event && s->race == r->number;
}

static void put_header(struct feed *f)
{
	if (!f->wide) {
		buf_str(&f->buf,
			"expire_at,lap,meta_event,meta_session,meta_source,meta_time,original_vehicle_id,outing,"
			"telemetry_name,telemetry_value,timestamp,vehicle_id,vehicle_number\n");
		return;
	}
	buf_str(&f->buf, "meta_time,timestamp,vehicle_id,vehicle_number,lap");
	for (int i = 0; i < CHANNELS; i++) {
		buf_char(&f->buf, ',');
		buf_str(&f->buf, channels[i]);
	}
	buf_char(&f->buf, '\n');
}

static bool send_race(struct feed *f, uint64_t seed)
{
	buf_init(&f->buf, (size_t)FULL_BUFFER * 2);
	put_header(f);
	for (size_t i = 0; i < sizeof senders / sizeof *senders; i++)
		for (int who = 0; sends(&senders[i], f->run) && who < DRIVERS; who++)
			if (strcmp(drivers[who].number, senders[i].number) == 0 && f->run->car[who].laps > 0) {
				f->sender = &senders[i];
				send_car(f, seed, who);
			}
	bool ok = !f->buf.failed;

	flush(f);
	buf_release(&f->buf);
	return ok && !ferror(f->file);
}

static FILE *open_file(struct out *o, const struct run *r, bool wide)
{
	char name[100], path[600];
	struct buf nothing;
	FILE *file;

	snprintf(name, sizeof name, "%s_race%d_telemetry_%s.csv", r->pace->layout.track->id, r->number,
		 wide ? "wide" : "raw");
	buf_init(&nothing, 1);
	out_save(o, ".", name, &nothing);
	snprintf(path, sizeof path, "%s/%s", o->dir, name);
	file = o->failed ? NULL : fopen(path, "wb");
	o->failed |= !file;
	return file;
}

void telemetry_save(struct out *o, const struct run *r, uint64_t seed, bool wide)
{
	struct moment m = run_moment(r);
	struct feed *f;
	bool any = false;

	for (size_t i = 0; i < sizeof senders / sizeof *senders; i++)
		any |= sends(&senders[i], r);
	if (!any || !(f = calloc(1, sizeof *f)))
		return;
	f->run = r;
	f->wide = wide;
	f->utc_ms = m.utc * 1000 + m.start % 1000;
	snprintf(f->event, sizeof f->event, "I_R%02d_%s", r->pace->event + 1, m.date);
	map_make(&r->pace->layout, &f->map);
	f->file = open_file(o, r, wide);
	if (f->file) {
		o->failed |= !send_race(f, seed);
		o->failed |= fclose(f->file) != 0;
	}
	free(f);
}
