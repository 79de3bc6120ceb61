/* Telemetry of the demo agrees with its laps: seen by the car's own clock, it passes the line when the official clock says so, and what
 * it drives in between is the track's length. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/demo/demo.h"
#include "tests/demo/habits.h"

enum { LINE_MAX_BYTES = 400, LAPS = 64 };
static const char vehicle[] = ",CRT6-107-27,";

struct passed {              /* of one lap as the car counts them */
	int64_t first, last; /* car's clock, ms of the day of the first sample */
	double metres;       /* integrated speed between them */
	double kph;          /* of the newest sample */
	bool any;
};

static char dir[4096];

static int make_files(void **state)
{
	(void)state;
	scratch_make(dir, sizeof dir);
	generate("90", "--telemetry", dir);
	return 0;
}

static int remove_files(void **state)
{
	(void)state;
	scratch_remove(dir);
	return 0;
}

/* "2025-09-19T21:22:25.285Z": day of the month and time of day. */
static int64_t stamp(const char *s)
{
	int64_t day = strtol(s + 8, NULL, 10), h = strtol(s + 11, NULL, 10), m = strtol(s + 14, NULL, 10);

	return ((day * 24 + h) * 60 + m) * 60000 + strtol(s + 17, NULL, 10) * 1000 + strtol(s + 20, NULL, 10);
}

static const char *column(const char *line, int n)
{
	while (n-- > 0)
		line = strchr(line, ',') + 1;
	return line;
}

static void take_speed(struct passed *lap, const char *line)
{
	int64_t at = stamp(column(line, 10));
	double kph = strtod(column(line, 9), NULL);

	if (!lap->any) {
		lap->first = at;
		lap->any = true;
	} else if (at > lap->last) {
		lap->metres += (kph + lap->kph) / 2 / 3600 * (double)(at - lap->last);
	}
	lap->last = at;
	lap->kph = kph;
}

static void read_car(struct passed laps[LAPS])
{
	char path[5000], line[LINE_MAX_BYTES];

	snprintf(path, sizeof path, "%s/harrowvale_race2_telemetry_raw.csv", dir);
	FILE *f = fopen(path, "rb");

	assert_non_null(f);
	while (fgets(line, sizeof line, f)) {
		long lap = strtol(line + 1, NULL, 10);

		if (strstr(line, vehicle) && strstr(line, ",speed,") && lap >= 0 && lap < LAPS)
			take_speed(&laps[lap], line);
	}
	fclose(f);
}

/* With one offset between the clocks, every crossing lies between the last sample of a lap and the first of the next. */
static void crossings_fit_the_laps(void **state)
{
	struct passed laps[LAPS] = {{0}};
	struct dataset *d = demo_load("data/demo");
	const struct session *s = demo_session(d, "harrowvale_r2");
	const struct car *c = &s->cars[session_car(s, "27")];
	int64_t low = INT64_MIN, high = INT64_MAX;
	unsigned crossings = 0;

	(void)state;
	read_car(laps);
	for (uint32_t n = 2; n <= 17; n++) {
		const struct passed *a = &laps[n + 1],
				    *b = &laps[n + 2]; /* the car is one lap ahead of the officials */
		ms_t elapsed = s->laps.elapsed[c->first + n - 1];

		if (!a->any || !b->any)
			continue;
		low = a->last - elapsed > low ? a->last - elapsed : low;
		high = b->first - elapsed < high ? b->first - elapsed : high;
		crossings++;
	}
	dataset_free(d);
	assert_true(crossings >= 14);
	assert_true(low <= high);
}

static void speed_adds_up_to_the_track(void **state)
{
	struct passed laps[LAPS] = {{0}};
	unsigned checked = 0;

	(void)state;
	read_car(laps);
	for (int n = 0; n < LAPS; n++) {
		if (!laps[n].any)
			continue;
		/* Less than one step is missing at each end. */
		if (laps[n].metres < 3556 - 40 || laps[n].metres > 3556 + 20)
			fail_msg("lap %d is %.1f m long", n, laps[n].metres);
		checked++;
	}
	assert_true(checked >= 15);
}

/* 27 brakes early, 8 is slow at the minimum, 31 is late on the throttle: each in one corner. */
static void planted_habits_are_found(void **state)
{
	(void)state;
	assert_int_equal(habits_judge(dir, "harrowvale_r2", 1), 3);
}

/* Seven laps of each: the corner and its seconds; four metres of braking are measured as just under the three that are told. */
static void a_planted_habit_of_fewer_laps(void **state)
{
	(void)state;
	assert_int_equal(habits_judge(dir, "harrowvale_r1", 0), 1);
}

/* The next row with a speed: the moment it came and was taken, and the speed, as they stand. false: no more. */
static bool next_speed(FILE *f, bool wide, char out[128])
{
	char line[LINE_MAX_BYTES];

	while (fgets(line, sizeof line, f)) {
		const char *name = wide ? "speed" : column(line, 8), *value = column(line, wide ? 14 : 9);
		const char *came = column(line, wide ? 0 : 5), *taken = column(line, wide ? 1 : 10);

		if (strncmp(name, "speed", 5) != 0 || *value == ',')
			continue;
		snprintf(out, 128, "%.24s %.24s %.*s", came, taken, (int)strcspn(value, ","), value);
		return true;
	}
	return false;
}

/* One row a moment or one a channel and moment: the same samples. */
static void the_wide_form_holds_the_same(void **state)
{
	char path[4300], a[128], b[128];
	FILE *narrow, *wide;
	unsigned n = 0;

	(void)state;
	generate("90", "--telemetry-wide", dir);
	snprintf(path, sizeof path, "%s/harrowvale_race1_telemetry_raw.csv", dir);
	narrow = fopen(path, "r");
	snprintf(path, sizeof path, "%s/harrowvale_race1_telemetry_wide.csv", dir);
	wide = fopen(path, "r");
	assert_true(narrow && wide);
	assert_true(fgets(a, sizeof a, wide) !=
		    NULL); /* the head is longer than a row of it: the rest is passed over */
	while (!strchr(a, '\n') && fgets(a, sizeof a, wide))
		;
	while (next_speed(narrow, false, a)) {
		assert_true(next_speed(wide, true, b));
		assert_string_equal(a, b);
		n++;
	}
	assert_false(next_speed(wide, true, b));
	assert_true(n > 5000); /* two cars, seven laps of some 400 */
	fclose(narrow);
	fclose(wide);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_wide_form_holds_the_same),  cmocka_unit_test(crossings_fit_the_laps),
		cmocka_unit_test(speed_adds_up_to_the_track),    cmocka_unit_test(planted_habits_are_found),
		cmocka_unit_test(a_planted_habit_of_fewer_laps),
	};

	return cmocka_run_group_tests(tests, make_files, remove_files);
}
