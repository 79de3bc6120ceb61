/* An invented 24 h race in the look of the lap analysis files: 60 cars of three classes, 20,753 laps, in order of cars.
 * gen_endurance [seed]: the same seed gives the same bytes on every machine (whole numbers only). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { CARS = 60, CLASSES = 3, LAPS = 20753, DAY_MS = 24 * 3600 * 1000, START_MS = 16 * 3600 * 1000, TRACK_M = 13626 };

static uint64_t state;

static int below(int n)
{
	state = state * 6364136223846793005U + 1442695040888963407U;
	return (int)((state >> 33) % (uint64_t)n);
}

/* Which loops of the lap there are: where each mini-sector ends, in thousandths of its sector. */
static const struct {
	const char *name;
	int sector, share;
} minis[] = {{"IM1a", 0, 600}, {"IM1", 0, 400}, {"IM2a", 1, 550}, {"IM2", 1, 450}, {"IM3a", 2, 350}, {"FL", 2, 650}};

static void put_time(int ms, const char *end)
{
	if (ms >= 3600000)
		printf("%d:%02d:%02d.%03d%s", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000, end);
	else if (ms >= 60000)
		printf("%d:%02d.%03d%s", ms / 60000, ms / 1000 % 60, ms % 1000, end);
	else
		printf("%d.%03d%s", ms / 1000, ms % 1000, end);
}

static void put_header(void)
{
	printf("NUMBER; DRIVER_NUMBER; LAP_NUMBER; LAP_TIME; LAP_IMPROVEMENT; CROSSING_FINISH_LINE_IN_PIT; S1; "
	       "S1_IMPROVEMENT; S2;"
	       " S2_IMPROVEMENT; S3; S3_IMPROVEMENT; KPH; ELAPSED; "
	       "HOUR;S1_LARGE;S2_LARGE;S3_LARGE;TOP_SPEED;PIT_TIME;CLASS;GROUP;"
	       "MANUFACTURER;FLAG_AT_FL;S1_SECONDS;S2_SECONDS;S3_SECONDS");
	for (size_t i = 0; i < sizeof(minis) / sizeof(minis[0]); i++)
		printf(";%s_time;%s_elapsed", minis[i].name, minis[i].name);
	putchar('\n');
}

struct lap {
	const char *class_name, *maker, *flag;
	int number, driver, lap, in_pit, pit_ms, elapsed, sector[3];
};

static void put_minis(const struct lap *l)
{
	int at = 0;

	for (size_t i = 0; i < sizeof(minis) / sizeof(minis[0]); i++) {
		int whole = l->sector[minis[i].sector], part = (int)((int64_t)whole * minis[i].share / 1000);
		if (i % 2 == 1)
			part = whole - (int)((int64_t)whole * minis[i - 1].share / 1000);
		at += part;
		putchar(';');
		put_time(part, ";");
		put_time(at, "");
	}
	putchar('\n');
}

static void put_lap(const struct lap *l)
{
	int time = l->sector[0] + l->sector[1] + l->sector[2];
	int kph10 = (int)((int64_t)TRACK_M * 36000 / time);

	printf("%d;%d;%d;", l->number, l->driver, l->lap);
	put_time(time, ";0;");
	printf("%s;", l->in_pit ? "B" : "");
	for (int s = 0; s < 3; s++)
		put_time(l->sector[s], ";0;");
	printf("%d.%d;", kph10 / 10, kph10 % 10);
	put_time(l->elapsed, ";");
	put_time((START_MS + l->elapsed) % DAY_MS, ";");
	for (int s = 0; s < 3; s++)
		put_time(l->sector[s], ";");
	printf("%d.%d;", 290 + below(45), below(10));
	if (l->pit_ms > 0)
		put_time(l->pit_ms, "");
	printf(";%s;;%s;%s", l->class_name, l->maker, l->flag);
	for (int s = 0; s < 3; s++)
		printf(";%d.%03d", l->sector[s] / 1000, l->sector[s] % 1000);
	put_minis(l);
}

static int is_caution(int elapsed)
{
	return elapsed / 60000 % 150 >= 140; /* the last ten minutes of every two and a half hours */
}

/* At a pace that makes `whole` laps in the day; retired after `laps`. */
static void put_car(int car, int whole, int laps)
{
	static const char *const classes[CLASSES] = {"HYPERCAR", "LMP2", "LMGT3"};
	static const char *const makers[] = {"Toyota", "Porsche", "Ferrari", "Oreca", "Ford", "BMW", "McLaren"};
	static const int share[3] = {280, 410, 310};
	struct lap l = {.class_name = classes[car * CLASSES / CARS],
			.maker = makers[car % 7],
			.number = car * 3 + 1,
			.driver = 1};
	int pace = (int)((int64_t)DAY_MS * 94 / 100 / whole), fuel = 0, tank = 26 + below(8);

	for (l.lap = 1; l.lap <= laps; l.lap++) {
		int slow = is_caution(l.elapsed), out = fuel == 0 && l.lap > 1;
		int lap = pace / 1000 * (slow ? 1350 + below(50) : 1000 + below(12)) + (l.lap == 1 ? 20000 : 0);
		for (int s = 0; s < 3; s++)
			l.sector[s] = (int)((int64_t)lap * share[s] / 1000) + below(400);
		l.in_pit = ++fuel > tank && l.lap < laps;
		l.sector[2] += l.in_pit ? 6000 : 0;
		l.pit_ms = out ? 55000 + below(30000) : 0;
		l.sector[0] += l.pit_ms;
		l.driver = out && below(3) == 0 ? l.driver % 3 + 1 : l.driver;
		l.elapsed += l.sector[0] + l.sector[1] + l.sector[2];
		l.flag = l.lap == laps ? "FF" : is_caution(l.elapsed) ? "FCY" : "GF";
		put_lap(&l);
		if (l.in_pit) {
			fuel = 0;
			tank = 26 + below(8);
		}
	}
}

int main(int argc, char **argv)
{
	static const int most[CLASSES] = {386, 361, 308};
	int left = LAPS;

	state = argc > 1 ? strtoull(argv[1], NULL, 10) : 24;
	put_header();
	for (int car = 0; car < CARS; car++) {
		int laps = most[car * CLASSES / CARS] - car % (CARS / CLASSES) / 2;
		put_car(car, laps, laps < left && car < CARS - 1 ? laps : left);
		left -= laps;
	}
	return fflush(stdout) == 0 ? 0 : 1;
}
