/* Two cars side by side: the figures, the boxes, and the best laps of a timed session, by hand and on a real race. */
#include <math.h>

#include "core/analysis/duel.h"
#include "core/base/arena.h"
#include "tests/unit/laps_helper.h"

enum { ARENA = 1 << 20 };

/* Cars 1 and 2, three laps each; car 1 starts first and is followed at 2.0 s, then 1.7, so always in clear air. */
static const char text[] =
	"NUMBER;LAP_NUMBER;LAP_TIME;LAP_IMPROVEMENT;CROSSING_FINISH_LINE_IN_PIT;S1;S1_IMPROVEMENT;S2;"
	"S2_IMPROVEMENT;S3;S3_IMPROVEMENT;KPH;ELAPSED;HOUR;TOP_SPEED\n"
	"1;1;1:40.000;0;;30.000;0;40.000;0;30.000;0;100;1:40.000;;180.0\n"
	"2;1;1:42.000;0;;31.000;0;40.500;0;30.500;0;100;1:42.000;;181.8\n"
	"1;2;1:38.000;0;;29.000;0;39.500;0;29.500;0;100;3:18.000;;185.4\n"
	"2;2;1:37.700;0;;29.200;0;39.000;0;29.500;0;100;3:19.700;;184.5\n"
	"1;3;1:37.900;0;;29.100;0;39.200;0;29.600;0;100;4:55.900;;182.0\n"
	"2;3;1:37.800;0;;28.900;0;39.300;0;29.600;0;100;4:57.500;;188.1\n";

struct made {
	struct session *s;
	struct analysis *an;
	struct arena *arena;
	struct comparison c;
	struct duel d;
};

static void compare_cars(struct made *m, struct session *s, const char *ref, const char *you)
{
	struct err err = {0};

	m->s = s;
	m->an = analysed(s, NULL);
	m->arena = arena_new(ARENA);
	assert_non_null(m->arena);
	assert_ok(compare_make(m->an, car_of(s, ref), car_of(s, you), m->arena, &m->c, &err), &err);
	assert_ok(duel_make(m->an, &m->c, m->arena, &m->d, &err), &err);
}

static void drop(struct made *m)
{
	arena_free(m->arena);
	session_and_analysis_free(m->s, m->an);
}

static void row_is(const struct duel *d, enum duel_figure f, double you, double ref, double diff, const char *word)
{
	const struct duel_row *r = &d->row[f];

	if (fabs(r->you - you) > 0.06 || fabs(r->ref - ref) > 0.06 || fabs(r->diff - diff) > 0.06)
		fail_msg("%s: %f %f %f, not %f %f %f", duel_name(f), r->you, r->ref, r->diff, you, ref, diff);
	assert_string_equal(r->word, word);
}

static void by_hand(void **state)
{
	struct made m;

	(void)state;
	compare_cars(&m, session_from_text(text), "1", "2");
	row_is(&m.d, DUEL_BEST, 97700, 97900, -200, "L2, L3");
	row_is(&m.d, DUEL_ROLLING, 97400, 97800, -400,
	       "driven"); /* S2 S3 of lap 2 and S1 of lap 3; S3 S1' S2' of car 1 */
	row_is(&m.d, DUEL_IDEAL, 97400, 97700, -300, "not driven");
	row_is(&m.d, DUEL_MEDIAN, 97750, 97950, -200, "by lap");
	row_is(&m.d, DUEL_CLEAR_AIR, 97750, 97950, -200, "by lap");
	row_is(&m.d, DUEL_TOP_SPEED, 188.1, 185.4, 2.7, "in clear air");
	assert_true(isnan(m.d.row[DUEL_TREND].diff));
	assert_string_equal(m.d.row[DUEL_TREND].word, "too few laps");
	assert_int_equal(m.d.clear_from, 2);
	assert_int_equal(m.d.clear_to, 3);
	assert_true(m.d.clear_together);
	assert_int_equal(m.d.you_clear.min, 97700);
	assert_int_equal(m.d.you_clear.max, 97800);
	drop(&m);
}

static void best_laps_side_by_side(void **state)
{
	struct made m;
	uint32_t n;

	(void)state;
	compare_cars(&m, session_from_text(text), "1", "2");
	const struct lap_pair *p = duel_best_laps(m.an, m.c.ref, m.c.you, m.arena, &n);
	assert_non_null(p);
	assert_int_equal(n, 2); /* lap 1 is nobody's best */
	assert_int_equal(m.s->laps.number[p[0].you], 2);
	assert_int_equal(m.s->laps.number[p[0].ref], 3);
	assert_int_equal(p[0].delta, -200);
	assert_int_equal(p[0].sector[0] + p[0].sector[1] + p[0].sector[2], p[0].delta);
	assert_int_equal(p[1].delta, -200);
	assert_int_equal(p[1].number, 2);
	drop(&m);
}

/* Every figure of the drawing of the comparison: 22 against 13. */
static void barber(void **state)
{
	static const ms_t sum[] = {234, -1094, -125, 1453}, median[] = {-89, -81, -21, 45},
			  low[] = {-171, -118, -85, -69}, high[] = {58, 3, 45, 89};
	static const uint32_t won[] = {18, 20, 17, 11};
	struct made m;

	(void)state;
	compare_cars(&m, session_from_file("gr-cup/analysis_endurance/barber_r2_analysis_endurance.csv"), "13", "22");
	row_is(&m.d, DUEL_BEST, 97304, 97350, -46, "L11, L2");
	row_is(&m.d, DUEL_ROLLING, 97220, 97161, 59, "driven");
	row_is(&m.d, DUEL_IDEAL, 97082, 97073, 9, "not driven");
	row_is(&m.d, DUEL_MEDIAN, 97647, 97710, -89, "by lap");
	row_is(&m.d, DUEL_CLEAR_AIR, 97384, 97509, -118, "by lap");
	row_is(&m.d, DUEL_TREND, 28.449, 29.218, -0.769, "not clear");
	row_is(&m.d, DUEL_SPREAD, 349.9, 272.8, 77.1, "MAD");
	row_is(&m.d, DUEL_TOP_SPEED, 189.1, 185.2, 3.9, "in the tow");
	for (int i = 0; i <= SECTORS; i++) {
		assert_int_equal(m.c.sum[i], sum[i]);
		assert_int_equal(m.c.won[i], won[i]);
		assert_int_equal(m.c.four[i].n, 27);
		assert_int_equal(m.c.four[i].median, median[i]);
		assert_int_equal(m.c.four[i].low, low[i]);
		assert_int_equal(m.c.four[i].high, high[i]);
	}
	assert_int_equal(m.c.four_clear[0].n, 9);
	assert_int_equal(m.c.four_clear[0].median, -118);
	assert_int_equal(m.c.sum_clear[0], -1121); /* the ledger's clear air */
	assert_int_equal(m.c.sum_clear[1], -755);
	assert_int_equal(m.c.sum_clear[2], -445);
	assert_int_equal(m.c.sum_clear[3], 79);
	assert_int_equal(m.c.won_clear[0], 8);
	assert_int_equal(m.d.you_clear.n, 9);
	assert_int_equal(m.d.clear_from, 3);
	assert_int_equal(m.d.clear_to, 11);
	assert_int_equal(m.d.you_all.n, 27);
	assert_int_equal(m.d.you_all.min, 97304);
	assert_int_equal(m.d.ref_all.max, 98812);
	drop(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_hand),
		cmocka_unit_test(best_laps_side_by_side),
		cmocka_unit_test(barber),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
