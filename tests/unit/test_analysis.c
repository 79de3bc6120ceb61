#include "core/analysis/analysis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/load/attach.h"
#include "tests/unit/laps_helper.h"

#define HEAD "NUMBER;LAP_NUMBER;LAP_TIME;ELAPSED;CROSSING_FINISH_LINE_IN_PIT;KPH;CLASS\n"

/* 1 stops on lap 3; clean laps of 100 s. 2 is of another class and never stops. */
static const char *const one_stop = HEAD "1;1;1:41.000;1:41.000;;130.0;A\n1;2;1:40.000;3:21.000;;133.2;A\n"
					 "1;3;1:45.000;5:06.000;B;120.0;A\n1;4;2:10.000;7:16.000;;100.0;A\n"
					 "1;5;1:40.000;8:56.000;;133.2;A\n"
					 "2;1;1:50.000;1:50.000;;120.0;B\n2;2;1:51.000;3:41.000;;120.0;B\n";

static void stops_and_length(void **state)
{
	(void)state;
	struct session *s = session_from_text(one_stop);
	struct analysis *an = analysed(s, NULL);
	assert_int_equal(an->npit_loss, 1);
	assert_int_equal(an->pit_loss, 105000 + 130000 - 2 * 100000);
	assert_true(fabs(an->track_length_m - 3700) < 1e-9); /* 133.2 km/h x 100 s twice, 120 x 111 s = 3700 */
	analysis_free(an);
	struct analysis_options o;
	analysis_defaults(&o);
	o.class_name = "B";
	an = analysed(s, &o);
	assert_int_equal(an->npit_loss, 0);
	assert_int_equal(an->pit_loss, MS_NONE);
	analysis_free(an);
	o.pit_loss = 40000;
	an = analysed(s, &o);
	assert_int_equal(an->pit_loss, 40000);
	session_and_analysis_free(s, an);
}

static void refuses_what_is_not_there(void **state)
{
	(void)state;
	struct analysis_options o;
	struct err err = {0};
	struct session *s = session_from_text(one_stop);
	s->id = "barber_r2";
	analysis_defaults(&o);
	o.class_name = "GTP";
	assert_null(analysis_new(s, &o, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_string_equal(err.msg, "barber_r2 has no class \"GTP\"");
	analysis_defaults(&o);
	o.lap = 6;
	assert_null(analysis_new(s, &o, &err));
	assert_string_equal(err.msg, "barber_r2 has no lap 6; its last is 5");
	session_free(s);
	analysis_free(NULL);
}

static void keeps_its_own_options(void **state)
{
	(void)state;
	char name[] = "A", why[] = "off";
	struct exclusion out = {"1", 2, why};
	struct analysis_options o;
	analysis_defaults(&o);
	o.class_name = name;
	o.excluded = &out;
	o.nexcluded = 1;
	struct session *s = session_from_text(one_stop);
	struct analysis *an = analysed(s, &o);
	name[0] = why[0] = 'x';
	assert_string_equal(an->options.class_name, "A");
	assert_string_equal(an->options.excluded[0].why, "off");
	session_and_analysis_free(s, an);
}

static const char *const three = HEAD "1;1;1:40.000;1:40.000;;;A\n1;2;1:40.000;3:20.000;;;A\n"
				      "2;1;1:41.000;1:41.000;;;A\n2;2;1:40.000;3:21.000;;;B\n"
				      "3;1;1:50.000;1:50.000;;;A\n";

static struct official result(int32_t position, int32_t laps, ms_t total)
{
	return (struct official){.present = true,
				 .position = position,
				 .laps = laps,
				 .total = total,
				 .fastest = MS_NONE,
				 .gap = "",
				 .status = "Classified"};
}

static void shown(const struct analysis *an, struct shown_order *out)
{
	struct err err = {0};

	assert_ok(shown_order_make(an, an->arena, out, &err), &err);
}

static void results_decide(void **state)
{
	(void)state;
	struct session *s = session_from_text(three);
	struct shown_order so;
	/* 1 won on the track and has five seconds more in the results; the final file is not there for 3. */
	s->cars[0].provisional = result(1, 2, 200000);
	s->cars[0].final = result(2, 2, 205000);
	s->cars[1].final = result(1, 2, 201000);
	struct analysis *an = analysed(s, NULL);
	shown(an, &so);
	assert_true(so.official);
	assert_int_equal(so.car[0], 1);
	assert_int_equal(so.car[1], 0);
	assert_int_equal(so.gap[1], 4000);
	assert_int_equal(so.interval[1], 4000);
	assert_int_equal(so.interval[0], MS_NONE);
	assert_int_equal(so.car[2], 2);
	assert_int_equal(so.place[2], 3);
	assert_int_equal(so.gap[2], MS_NONE);
	assert_int_equal(so.gap_laps[2], 1);
	assert_ptr_equal(car_official(&s->cars[0]), &s->cars[0].final);
	assert_null(car_official(&s->cars[2]));
	assert_int_equal(car_penalty(s, &s->cars[0]), 5000);
	assert_int_equal(car_penalty(s, &s->cars[1]), 0);
	assert_int_equal(car_penalty(s, &s->cars[2]), MS_NONE);
	session_and_analysis_free(s, an);
}

/* Before its first crossing a car has no place; the grid says where it stands. */
static void no_place_before_the_line(void **state)
{
	(void)state;
	struct session *s = session_from_text(three);
	struct analysis_options o;
	struct shown_order so;
	analysis_defaults(&o);
	o.elapsed = 1;
	s->cars[0].grid = 3;
	s->cars[2].grid = 1;
	struct analysis *an = analysed(s, &o);
	shown(an, &so);
	assert_int_equal(so.car[0], 2);
	assert_int_equal(so.car[1], 0);
	assert_int_equal(so.car[2], 1);
	for (int i = 0; i < 3; i++)
		assert_int_equal(so.place[i], 0);
	session_and_analysis_free(s, an);
}

static void results_are_not_read_at_a_cut(void **state)
{
	(void)state;
	struct analysis_options o;
	struct shown_order so;
	struct session *s = session_from_text(three);
	s->cars[1].final = result(1, 2, 201000);
	s->cars[0].final = result(2, 2, 205000);
	analysis_defaults(&o);
	o.lap = 2;
	struct analysis *an = analysed(s, &o);
	shown(an, &so);
	assert_false(so.official);
	assert_int_equal(so.car[0], 0);
	assert_int_equal(so.gap[1], 1000);
	assert_int_equal(so.place[2], 3);
	assert_int_equal(so.gap_laps[2], 1);
	session_and_analysis_free(s, an);
}

static void other_laps_are_no_penalty(void **state)
{
	(void)state;
	struct session *s = session_from_text(three);
	s->cars[2].final = result(3, 2, 220000);
	assert_int_equal(car_penalty(s, &s->cars[2]), MS_NONE);
	session_free(s);
}

static void qualifying_is_shown_by_best_lap(void **state)
{
	(void)state;
	struct session *s = session_from_text(three);
	struct shown_order so;
	s->kind = KIND_QUALIFYING;
	struct analysis *an = analysed(s, NULL);
	shown(an, &so);
	assert_int_equal(so.car[0], 0); /* 1:40.000 like 2, and earlier */
	assert_int_equal(so.gap[1], 0);
	assert_int_equal(so.gap[2], 10000);
	assert_int_equal(so.gap_laps[2], 0);
	session_and_analysis_free(s, an);
}

/* --- The cut ------------------------------------------------------------------------------------------------------ */

static void append_time(struct buf *b, ms_t t)
{
	char text[NUM_LEN];

	buf_str(b, t == MS_NONE ? "" : time_str(text, t));
	buf_char(b, ';');
}

/* The session as a file that ends where the cut is; marks are for those who know the end. */
static struct session *truncated(const struct session *s, const struct analysis_options *o)
{
	struct buf b;
	const struct laps *l = &s->laps;

	buf_init(&b, 1 << 24);
	buf_str(&b, "NUMBER;LAP_NUMBER;LAP_TIME;S1;S2;S3;ELAPSED;PIT_TIME;KPH;CLASS;CROSSING_FINISH_LINE_IN_PIT");
	buf_str(&b, s->has_flags ? ";FLAG_AT_FL\n" : "\n");
	for (uint32_t i = 0; i < l->n; i++) {
		if ((o->lap && l->number[i] > o->lap) || (o->elapsed != MS_NONE && l->elapsed[i] > o->elapsed))
			continue;
		buf_fmt(&b, "%s;%u;", s->cars[l->car[i]].number, l->number[i]);
		append_time(&b, l->time[i]);
		for (unsigned k = 0; k < SECTORS; k++)
			append_time(&b, l->sector[k][i]);
		append_time(&b, l->elapsed[i]);
		append_time(&b, l->pit_time[i]);
		buf_fmt(&b, "%u.%u;%s;%s", l->kph[i] / 10, l->kph[i] % 10, s->cars[l->car[i]].class_name,
			l->bits[i] & LAP_IN_PIT ? "B" : "");
		buf_fmt(&b, s->has_flags ? ";%s\n" : "%s\n", s->has_flags ? flag_name((enum flag)l->flag[i]) : "");
	}
	struct session *out = session_from_text(b.p);
	buf_release(&b);
	return out;
}

#define SAME(field) assert_int_equal(a->field, b->field)

static void same_lap(const struct analysis *x, uint32_t i, const struct analysis *y, uint32_t j)
{
	const struct lap_class *a = &x->classes.lap[i], *b = &y->classes.lap[j];
	SAME(status);
	SAME(label);
	SAME(stint);
	assert_int_equal(x->order.lap[i].position, y->order.lap[j].position);
	assert_int_equal(x->order.lap[i].gap, y->order.lap[j].gap);
	assert_int_equal(x->order.lap[i].gap_laps, y->order.lap[j].gap_laps);
	assert_int_equal(x->order.air[i].gap, y->order.air[j].gap);
	assert_int_equal(x->colours.lap[i], y->colours.lap[j]);
	for (unsigned k = 0; k < SECTORS; k++)
		assert_int_equal(x->colours.sector[k][i], y->colours.sector[k][j]);
}

/* Two numbers, or both unknown. */
static void same_number(double a, double b)
{
	assert_true((isnan(a) && isnan(b)) || fabs(a - b) < 1e-9);
}

static void same_pace(const struct car_pace *a, const struct car_pace *b)
{
	SAME(all.n);
	SAME(all.median);
	SAME(sanitized_n);
	same_number(a->all.mad, b->all.mad);
	same_number(a->trend.raw.ols, b->trend.raw.ols);
	same_number(a->trend.field.theil_sen, b->trend.field.theil_sen);
}

static void same_car(const struct analysis *x, uint32_t i, const struct analysis *y, uint32_t j)
{
	const struct car_best *a = &x->bests.car[i], *b = &y->bests.car[j];
	SAME(best.time);
	SAME(best.lap);
	SAME(ideal);
	SAME(rolling);
	SAME(ndeleted);
	same_pace(&x->paces.car[i], &y->paces.car[j]);
	assert_int_equal(x->order.row_of[i], y->order.row_of[j]);
	assert_int_equal(x->classes.seen[i], y->classes.seen[j]);
	for (uint32_t k = 0; k < x->classes.seen[i]; k++)
		same_lap(x, x->session->cars[i].first + k, y, y->session->cars[j].first + k);
}

static void same_analysis(const struct analysis *a, const struct analysis *b)
{
	SAME(classes.clean);
	SAME(bests.session.ideal);
	SAME(colours.purple);
	SAME(colours.yellow);
	SAME(pit_loss);
	same_number(a->track_length_m, b->track_length_m);
	for (uint32_t i = 0; i < a->session->ncars; i++)
		if (a->classes.seen[i] > 0)
			same_car(a, i, b, car_of(b->session, a->session->cars[i].id));
}

static void check_cut(const char *file, uint16_t lap, ms_t elapsed)
{
	struct session *s = session_from_file(file);
	struct analysis_options o;
	analysis_defaults(&o);
	o.lap = lap;
	o.elapsed = elapsed;
	struct session *short_one = truncated(s, &o);
	struct analysis *cut = analysed(s, &o), *whole = analysed(short_one, NULL);
	same_analysis(cut, whole);
	session_and_analysis_free(s, cut);
	session_and_analysis_free(short_one, whole);
}

static void real_cut_is_a_shorter_file(void **state)
{
	(void)state;
	check_cut("gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv", 10, MS_NONE);
	check_cut("gr-cup/analysis_endurance/sonoma_r1_analysis_endurance.csv", 7, MS_NONE);
	check_cut("gr-cup/analysis_endurance/roadamerica_r1_analysis_endurance.csv", 0, 1200000);
	check_cut("wec/23_Analysis_Race_Hour 24.csv", 0, 6 * 3600000);
	check_cut("wec/fuji_6h.csv", 60, MS_NONE);
}

/* --- Officials ---------------------------------------------------------------------------------------------------- */

static void attach(struct session *s, const char *file)
{
	char path[1024];
	struct err err = {0};
	const char *why = "";

	/* session_from_file found its own file in the same folder */
	snprintf(path, sizeof path, "%.*s%s", (int)(strstr(s->files.at[0].path, "gr-cup/") - s->files.at[0].path),
		 s->files.at[0].path, file);
	struct csv_reader *r = csv_open(path, &err);
	assert_ok(r, &err);
	struct results *res = results_load(r, path, s->arena, &err);
	csv_close(r);
	assert_ok(res, &err);
	if (!attach_results(s, res, &why))
		fail_msg("%s: %s", file, why);
}

struct counts {
	unsigned cars, fastest, total, list;
};

static void count_officials(const struct analysis *an, struct counts *n, ms_t *penalties, unsigned *npenalties)
{
	const struct session *s = an->session;

	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct official *of = car_official(&s->cars[i]);
		assert_non_null(of);
		ms_t penalty = car_penalty(s, &s->cars[i]);
		n->cars++;
		n->fastest += of->fastest == an->bests.car[i].best.time;
		n->total += penalty == 0;
		n->list += an->bests.car[i].ndeleted == 0;
		if (penalty != MS_NONE && penalty != 0)
			penalties[(*npenalties)++] = penalty;
	}
}

static void real_officials(void **state)
{
	(void)state;
	static const char *const races[] = {"barber_r1",      "barber_r2",      "cota_r1",   "cota_r2",
					    "roadamerica_r1", "roadamerica_r2", "sonoma_r1", "sonoma_r2"};
	struct counts n = {0};
	ms_t penalties[223];
	unsigned npenalties = 0;
	for (unsigned i = 0; i < COUNT_OF(races); i++) {
		char file[128];
		snprintf(file, sizeof file, "gr-cup/analysis_endurance/%s_analysis_endurance.csv", races[i]);
		struct session *s = session_from_file(file);
		snprintf(file, sizeof file, "gr-cup/provisional_results/%s_provisional_results.csv", races[i]);
		attach(s, file);
		snprintf(file, sizeof file, "gr-cup/best_10_laps/%s_best_10_laps.csv", races[i]);
		attach(s, file);
		struct analysis *an = analysed(s, NULL);
		count_officials(an, &n, penalties, &npenalties);
		session_and_analysis_free(s, an);
	}
	assert_int_equal(n.cars, 223);
	assert_int_equal(n.fastest, 222);
	assert_int_equal(n.total, 217);
	assert_int_equal(n.list, 214);
	assert_int_equal(npenalties, 6);
	ms_sort(penalties, npenalties);
	assert_int_equal(penalties[0], 3000);
	assert_int_equal(penalties[2], 3000);
	assert_int_equal(penalties[3], 13000);
	assert_int_equal(penalties[4], 41000);
	assert_int_equal(penalties[5], 50000);
}

static void real_lengths_and_stops(void **state)
{
	(void)state;
	static const struct {
		const char *file;
		double metres;
		uint32_t stops;
		ms_t loss;
	} cases[] = {
		{"gr-cup/analysis_endurance/barber_r1_analysis_endurance.csv", 3701.4, 2, 29526},
		{"gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv", 3701.5, 8, 111039},
		{"gr-cup/analysis_endurance/sonoma_r1_analysis_endurance.csv", 3838.3, 4, 110060},
		{"gr-cup/analysis_endurance/cota_r2_analysis_endurance.csv", 5471.7, 0, MS_NONE},
	};
	for (unsigned i = 0; i < COUNT_OF(cases); i++) {
		struct session *s = session_from_file(cases[i].file);
		struct analysis *an = analysed(s, NULL);
		assert_int_equal(round_half_away(an->track_length_m * 10), round_half_away(cases[i].metres * 10));
		assert_int_equal(an->npit_loss, cases[i].stops);
		assert_int_equal(an->pit_loss, cases[i].loss);
		session_and_analysis_free(s, an);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stops_and_length),           cmocka_unit_test(refuses_what_is_not_there),
		cmocka_unit_test(keeps_its_own_options),      cmocka_unit_test(results_decide),
		cmocka_unit_test(no_place_before_the_line),   cmocka_unit_test(results_are_not_read_at_a_cut),
		cmocka_unit_test(other_laps_are_no_penalty),  cmocka_unit_test(qualifying_is_shown_by_best_lap),
		cmocka_unit_test(real_cut_is_a_shorter_file), cmocka_unit_test(real_officials),
		cmocka_unit_test(real_lengths_and_stops),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
