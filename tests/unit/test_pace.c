#include "core/analysis/pace.h"

#include <math.h>

#include "core/base/buf.h"
#include "tests/unit/laps_helper.h"

#define NEAR(a, b, eps) assert_true(fabs((a) - (b)) <= (eps))

/* One car's laps as text: times in ms, 'B' flags of in-laps, flags GF but for FCY where caution says so. */
struct lap_text {
	unsigned ms;
	const char *pit, *pit_time, *flag;
};

static void add_car(struct buf *b, const char *id, const struct lap_text *laps, unsigned n)
{
	unsigned elapsed = 0;

	for (unsigned i = 0; i < n; i++) {
		elapsed += laps[i].ms;
		buf_fmt(b, "%s;%u;%u:%02u.%03u;%u:%02u.%03u;%s;%s;%s\n", id, i + 1, laps[i].ms / 60000,
			laps[i].ms / 1000 % 60, laps[i].ms % 1000, elapsed / 60000, elapsed / 1000 % 60, elapsed % 1000,
			laps[i].pit ? laps[i].pit : "", laps[i].pit_time ? laps[i].pit_time : "",
			laps[i].flag ? laps[i].flag : "GF");
	}
}

static void begin(struct buf *b)
{
	buf_init(b, 1 << 16);
	buf_str(b, "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED;CROSSING_FINISH_LINE_IN_PIT;PIT_TIME;FLAG_AT_FL\n");
}

static struct session *one_car(const struct lap_text *laps, unsigned n)
{
	struct buf b;

	begin(&b);
	add_car(&b, "7", laps, n);
	struct session *s = session_from_text(b.p);
	buf_release(&b);
	return s;
}

static void middle_and_spread(void **state)
{
	(void)state;
	static const struct lap_text laps[] = {
		{.ms = 90000}, {.ms = 100000}, {.ms = 100001}, {.ms = 100003}, {.ms = 100010}};
	struct session *s = one_car(laps, COUNT_OF(laps));
	struct analysis *an = analysed(s, NULL);
	const struct pace *p = &an->paces.car[0].all;
	assert_int_equal(p->n, 4);
	assert_int_equal(p->median, 100002);
	assert_int_equal(p->q1, 100001); /* position 0.75: 100000.75 */
	assert_int_equal(p->q3, 100005); /* position 2.25: 100004.75 */
	assert_int_equal(p->iqr, 4);
	assert_int_equal(p->min, 100000);
	assert_int_equal(p->max, 100010);
	assert_int_equal(p->mean, 100004); /* 100003.5 */
	NEAR(p->mad, 1.4826 * 1.5, 1e-9);  /* distances 2 1 1 8 */
	NEAR(p->sd, sqrt((12.25 + 6.25 + 0.25 + 42.25) / 3), 1e-9);
	NEAR(p->cv, 100 * p->sd / 100003.5, 1e-9);
	assert_int_equal(p->off, 0);
	session_and_analysis_free(s, an);
}

static void too_few(void **state)
{
	(void)state;
	static const struct lap_text laps[] = {{.ms = 90000}, {.ms = 100000}};
	struct session *s = one_car(laps, 2);
	struct analysis *an = analysed(s, NULL);
	const struct pace *p = &an->paces.car[0].all;
	assert_int_equal(p->n, 1);
	assert_int_equal(p->median, 100000);
	assert_int_equal(p->q1, MS_NONE);
	assert_true(isnan(p->sd) && isnan(p->mad) && isnan(p->cv));
	assert_true(isnan(an->paces.car[0].trend.raw.ols));
	analysis_free(an);
	struct analysis_options o;
	analysis_defaults(&o);
	o.lap = 1;
	an = analysed(s, &o);
	assert_int_equal(an->paces.car[0].all.n, 0);
	assert_int_equal(an->paces.car[0].all.median, MS_NONE);
	assert_int_equal(an->paces.rank[0], 0);
	session_and_analysis_free(s, an);
}

static void off_laps(void **state)
{
	(void)state;
	/* MAD 0: the second counts. 101.000 is not over it, 101.001 is. */
	static const struct lap_text laps[] = {{.ms = 99000},  {.ms = 100000}, {.ms = 100000}, {.ms = 100000},
					       {.ms = 100000}, {.ms = 101000}, {.ms = 101001}};
	struct session *s = one_car(laps, COUNT_OF(laps));
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(an->paces.car[0].all.off, 1);
	session_and_analysis_free(s, an);
}

static void sanitized(void **state)
{
	(void)state;
	/* Of 100, 100, 100, 180: mean 120, so 180 goes; 100 stays. The lap under caution is not even asked. */
	static const struct lap_text laps[] = {{.ms = 300000}, {.ms = 100000}, {.ms = 100000},
					       {.ms = 100000}, {.ms = 180000}, {.ms = 200000, .flag = "FCY"}};
	struct session *s = one_car(laps, COUNT_OF(laps));
	struct analysis *an = analysed(s, NULL);
	NEAR(an->paces.car[0].sanitized, 100000, 0);
	assert_int_equal(an->paces.car[0].sanitized_n, 3);
	session_and_analysis_free(s, an);
}

/* Two runs of five laps, 20 ms slower each lap, with a stop between: the second starts as fast as the first. */
static const struct lap_text two_runs[] = {
	{.ms = 110000},
	{.ms = 100000},
	{.ms = 100020},
	{.ms = 100040},
	{.ms = 100060},
	{.ms = 100080},
	{.ms = 103000, .pit = "B"},
	{.ms = 130000, .pit_time = "0:00:30.000"},
	{.ms = 100000},
	{.ms = 100020},
	{.ms = 100040},
	{.ms = 100060},
	{.ms = 100080},
};

static void trend_within_runs(void **state)
{
	(void)state;
	struct session *s = one_car(two_runs, COUNT_OF(two_runs));
	struct analysis *an = analysed(s, NULL);
	const struct trend *t = &an->paces.car[0].trend;
	assert_int_equal(t->n, 10);
	assert_int_equal(t->raw.runs, 2);
	NEAR(t->raw.ols, 20, 1e-9);
	NEAR(t->raw.theil_sen, 20, 1e-9);
	NEAR(t->raw.high, 20, 1e-3);
	assert_true(isnan(t->field.ols)); /* one car is no field */
	assert_false(t->fuel_corrected);
	session_and_analysis_free(s, an);
}

static void fuel(void **state)
{
	(void)state;
	struct analysis_options o;
	analysis_defaults(&o);
	o.fuel_per_lap = 2;
	o.fuel_cost = 0.03;
	struct session *s = one_car(two_runs, COUNT_OF(two_runs));
	struct analysis *an = analysed(s, &o);
	NEAR(an->paces.car[0].trend.raw.ols, 80, 1e-9); /* 20 + 2 kg x 30 ms */
	assert_true(an->paces.car[0].trend.fuel_corrected);
	session_and_analysis_free(s, an);
}

/* Three cars lose 10, 10 and 30 ms a lap; the field's is 10, so the third loses 20 to it. */
static void against_the_field(void **state)
{
	(void)state;
	static const char *const ids[] = {"1", "2", "3"};
	static const unsigned slope[] = {10, 10, 30};
	struct buf b;
	begin(&b);
	for (unsigned car = 0; car < 3; car++) {
		struct lap_text laps[12];
		for (unsigned i = 0; i < 12; i++)
			laps[i] = (struct lap_text){.ms = 100000 + 1000 * car + slope[car] * i};
		add_car(&b, ids[car], laps, 12);
	}
	struct session *s = session_from_text(b.p);
	buf_release(&b);
	struct analysis *an = analysed(s, NULL);
	NEAR(an->paces.car[car_of(s, "1")].trend.field.ols, 0, 1e-9);
	NEAR(an->paces.car[car_of(s, "3")].trend.field.ols, 20, 1e-9);
	NEAR(an->paces.car[car_of(s, "3")].trend.raw.ols, 30, 1e-9);
	/* Clean laps 2..12, so lap 7 is everyone's median and lap 2 is 50 ms under it. */
	assert_int_equal(an->paces.field_residual[7], 0);
	assert_int_equal(an->paces.field_residual[2], -50);
	assert_int_equal(an->paces.field_residual[1], MS_NONE);
	assert_int_equal(an->paces.rank[car_of(s, "1")], 1);
	assert_int_equal(an->paces.rank[car_of(s, "3")], 3);
	session_and_analysis_free(s, an);
}

static void stints(void **state)
{
	(void)state;
	struct session *s = one_car(two_runs, COUNT_OF(two_runs));
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(an->paces.nstints, 2);
	const struct stint *st = an->paces.stints;
	assert_int_equal(st[0].first, 1);
	assert_int_equal(st[0].last, 7);
	assert_int_equal(st[0].pit_time, MS_NONE);
	assert_int_equal(st[0].pace.n, 5);
	assert_int_equal(st[1].number, 2);
	assert_int_equal(st[1].first, 8);
	assert_int_equal(st[1].laps, 6);
	assert_int_equal(st[1].pit_time, 30000);
	assert_int_equal(st[1].pace.median, 100040);
	assert_int_equal(st[1].sanitized_n, 5);
	assert_int_equal(st[1].trend.n, 5);
	assert_true(isnan(st[1].trend.raw.ols));
	session_and_analysis_free(s, an);
}

static void pit_time_on_the_in_lap(void **state)
{
	(void)state;
	/* The box lies before the line: the stop's time stands on the in-lap. */
	static const struct lap_text laps[] = {
		{.ms = 100000}, {.ms = 130000, .pit = "B", .pit_time = "0:00:25.000"}, {.ms = 100000}};
	struct session *s = one_car(laps, 3);
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(an->paces.stints[1].pit_time, 25000);
	session_and_analysis_free(s, an);
}

static void real_barber_22(void **state)
{
	(void)state;
	struct session *s = session_from_file("gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv");
	struct analysis *an = analysed(s, NULL);
	const struct car_pace *c = &an->paces.car[car_of(s, "22")];
	assert_int_equal(s->cars[car_of(s, "22")].n, 28);
	assert_int_equal(c->all.n, 27);
	assert_int_equal(c->all.median, 97647);
	assert_int_equal(c->all.iqr, 464);
	assert_int_equal(round_half_away(c->all.sd), 324);
	assert_int_equal(round_half_away(c->all.mad), 350);
	assert_int_equal(round_half_away(c->all.cv * 100), 33);
	assert_int_equal(round_half_away(c->trend.raw.ols * 10), 284);
	assert_int_equal(round_half_away(c->trend.raw.theil_sen * 10), 285);
	NEAR(c->trend.raw.low, 16.418, 0.001);
	NEAR(c->trend.raw.high, 40.480, 0.001);
	assert_int_equal(an->paces.rank[car_of(s, "22")], 1);
	session_and_analysis_free(s, an);
}

static void real_barber_others(void **state)
{
	(void)state;
	struct session *s = session_from_file("gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv");
	struct analysis *an = analysed(s, NULL);
	const struct car_pace *c = &an->paces.car[car_of(s, "13")];
	assert_int_equal(c->all.median, 97710);
	NEAR(c->all.mad, 272.8, 0.05);
	NEAR(c->trend.raw.ols, 29.218, 0.001);
	c = &an->paces.car[car_of(s, "51")];
	NEAR(c->trend.field.ols, 45.18, 0.01);
	NEAR(c->trend.field.low, 22.2, 0.1);
	NEAR(c->trend.field.high, 68.1, 0.1);
	NEAR(c->trend.field.theil_sen, 42.2, 0.1);
	session_and_analysis_free(s, an);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(middle_and_spread),
		cmocka_unit_test(too_few),
		cmocka_unit_test(off_laps),
		cmocka_unit_test(sanitized),
		cmocka_unit_test(trend_within_runs),
		cmocka_unit_test(fuel),
		cmocka_unit_test(against_the_field),
		cmocka_unit_test(stints),
		cmocka_unit_test(pit_time_on_the_in_lap),
		cmocka_unit_test(real_barber_22),
		cmocka_unit_test(real_barber_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
