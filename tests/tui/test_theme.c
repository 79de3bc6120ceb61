/* Themes: what the files say, and whether people can read it. Contrast is WCAG's, distance CIE76, sight by Machado et al. 2009. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/palette.h"
#include "tui/theme.h"

struct linear {
	double c[3];
};

static const double sights[4][3][3] = {
	{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
};

static double channel(int v)
{
	double s = v / 255.0;

	return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
}

static struct linear linear_of(struct rgb c)
{
	return (struct linear){{channel(c.r), channel(c.g), channel(c.b)}};
}

static double luminance(struct rgb c)
{
	struct linear l = linear_of(c);

	return 0.2126 * l.c[0] + 0.7152 * l.c[1] + 0.0722 * l.c[2];
}

static double contrast(struct rgb a, struct rgb b)
{
	double la = luminance(a), lb = luminance(b);

	return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

static struct linear seen(struct linear l, const double m[3][3])
{
	struct linear out;

	for (int i = 0; i < 3; i++)
		out.c[i] = fmin(fmax(m[i][0] * l.c[0] + m[i][1] * l.c[1] + m[i][2] * l.c[2], 0), 1);
	return out;
}

static double bend(double t)
{
	return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

static void lab(struct linear l, double out[3])
{
	double x = bend((0.4124 * l.c[0] + 0.3576 * l.c[1] + 0.1805 * l.c[2]) / 0.95047);
	double y = bend(0.2126 * l.c[0] + 0.7152 * l.c[1] + 0.0722 * l.c[2]);
	double z = bend((0.0193 * l.c[0] + 0.1192 * l.c[1] + 0.9505 * l.c[2]) / 1.08883);

	out[0] = 116 * y - 16;
	out[1] = 500 * (x - y);
	out[2] = 200 * (y - z);
}

static double distance(struct rgb a, struct rgb b)
{
	double least = 1e9;

	for (int k = 0; k < 4; k++) {
		double p[3], q[3];

		lab(seen(linear_of(a), sights[k]), p);
		lab(seen(linear_of(b), sights[k]), q);
		least = fmin(least, sqrt(pow(p[0] - q[0], 2) + pow(p[1] - q[1], 2) + pow(p[2] - q[2], 2)));
	}
	return least;
}

/* The terminal's own colours a theme may meet: {ground, letters}. */
static const struct rgb own_dark[][2] = {{{0, 0, 0}, {208, 208, 208}}, {{30, 30, 30}, {208, 208, 208}}};
static const struct rgb own_light[][2] = {{{255, 255, 255}, {28, 28, 28}}, {{250, 250, 250}, {40, 40, 40}}};

static struct theme load(const char *name)
{
	struct theme t = {0};
	struct err err = {0};

	if (!theme_load(&t, name, &err))
		fail_msg("%s", err.msg);
	return t;
}

static struct rgb shown(short color, struct rgb own)
{
	return color < 0 ? own : palette_rgb(color);
}

static void check_contrast(const struct theme *t, const struct rgb own[2])
{
	static const enum role grounds[] = {ROLE_TEXT, ROLE_CAUTION, ROLE_CURSOR, ROLE_MATCH};

	for (int r = 0; r < ROLE_COUNT; r++) {
		if (r == ROLE_CAUTION || r == ROLE_CURSOR || r == ROLE_MATCH)
			continue;
		for (size_t g = 0; g < 4; g++) {
			struct theme_paint p = theme_paint(t, style_on(style_of((enum role)r), grounds[g]), 256);
			double c = contrast(shown(p.fg, own[1]), shown(p.bg, own[0]));
			double want = r == ROLE_STRUCT ? (g == 0 ? 3.0 : 2.0) : 4.5; /* lines are not letters */

			if (c < want)
				fail_msg("%s: %s on %s has contrast %.2f, wants %.1f", t->name, role_name((enum role)r),
					 role_name(grounds[g]), c, want);
		}
	}
}

static void check_triple(const struct theme *t, struct rgb ground)
{
	struct rgb best = palette_rgb(t->look[ROLE_SESSION_BEST].bg.c256),
		   own = palette_rgb(t->look[ROLE_OWN_BEST].bg.c256);
	double d = fmin(distance(best, own), fmin(distance(best, ground), distance(own, ground)));

	if (d < 40)
		fail_msg("%s: best, own and slower are only %.1f apart", t->name, d);
}

static void check_readable(const char *name, const struct rgb own[2][2])
{
	struct theme t = load(name);

	for (int i = 0; i < 2; i++) {
		check_contrast(&t, own[i]);
		check_triple(&t, own[i][0]);
	}
	assert_true(distance(palette_rgb(t.look[ROLE_CURSOR].bg.c256), own[0][0]) >= 5);
}

static void test_readable(void **state)
{
	(void)state;
	check_readable("dark", own_dark);
	check_readable("colour-blind", own_dark);
	check_readable("light", own_light);
}

/* Cursor row, bests and alarm differ from plain text without any colour. */
static void test_without_colour(void **state)
{
	char names[THEMES_MAX][THEME_NAME];
	int n = theme_names(names);

	(void)state;
	assert_true(n >= 4);
	for (int i = 0; i < n; i++) {
		struct theme t = load(names[i]);

		for (int r = 0; r < ROLE_COUNT; r++) {
			struct theme_paint p = theme_paint(&t, style_of((enum role)r), 0);

			assert_int_equal(p.fg, -1);
			assert_int_equal(p.bg, -1);
		}
		assert_true(theme_paint(&t, style_of(ROLE_SESSION_BEST), 0).attr != 0);
		assert_true(theme_paint(&t, style_of(ROLE_OWN_BEST), 0).attr != 0);
		assert_true(theme_paint(&t, style_on(STYLE(TEXT), ROLE_CURSOR), 0).attr & ATTR_REVERSE);
	}
}

static void test_fewer_colours(void **state)
{
	static const char *const names[] = {"dark", "light", "colour-blind"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct theme t = load(names[i]);

		for (int r = 0; r < ROLE_COUNT; r++) {
			struct theme_paint p16 = theme_paint(&t, style_of((enum role)r), 16);
			struct theme_paint p8 = theme_paint(&t, style_of((enum role)r), 8);

			assert_true(p16.fg < 16 && p16.bg < 16 && p8.fg < 8 && p8.bg < 8);
			assert_true(p16.fg < 0 || p16.fg != p16.bg);
			assert_true(p8.fg < 0 || p8.fg != p8.bg);
		}
	}
}

static void test_grounds(void **state)
{
	struct theme t = load("dark");
	struct theme_paint best = theme_paint(&t, style_on(STYLE(SESSION_BEST), ROLE_CURSOR), 256);
	struct theme_paint you = theme_paint(&t, style_on(STYLE(YOU), ROLE_CURSOR), 256);

	(void)state;
	assert_int_equal(best.bg, 127);
	assert_int_equal(you.bg, t.look[ROLE_CURSOR].bg.c256);
	assert_int_equal(you.fg, t.look[ROLE_YOU].fg.c256);
}

static void expect_error(const char *text, const char *words)
{
	struct theme t = {.name = "x"};
	struct err err = {0};

	assert_false(theme_parse(&t, "x.theme", str_from(text), &err));
	assert_string_equal(err.msg, words);
}

static void test_errors(void **state)
{
	(void)state;
	expect_error("\n# fine\nyuo = 1\n", "x.theme:3: no role 'yuo'");
	expect_error("you = 256\n", "x.theme:1: no colour '256'");
	expect_error("you = 1/16\n", "x.theme:1: no colour '1/16'");
	expect_error("you = red blue shiny\n", "x.theme:1: no attribute (bold, underline, reverse, mono-...) 'shiny'");
	expect_error("you\n", "x.theme:1: expected 'role = letters ground attributes', got 'you'");
	expect_error("background = grey\n", "x.theme:1: background is dark or light, not 'grey'");
}

static void test_parse(void **state)
{
	struct theme t = {.name = "x"};
	struct err err = {0};

	(void)state;
	assert_true(theme_parse(&t, "x", STR("background=light\r\n you = bright-red/9/1 - bold mono-reverse"), &err));
	assert_true(t.light);
	assert_int_equal(t.look[ROLE_YOU].fg.c256, 9);
	assert_int_equal(t.look[ROLE_YOU].fg.c8, 1);
	assert_int_equal(t.look[ROLE_YOU].attr, ATTR_BOLD);
	assert_int_equal(t.look[ROLE_YOU].mono, ATTR_REVERSE);
	assert_int_equal(t.look[ROLE_REF].fg.c256, -1);
}

static void test_choice(void **state)
{
	(void)state;
	assert_string_equal(theme_choose("a", "1", "b", "0;15"), "a");
	assert_string_equal(theme_choose(NULL, "1", "b", "0;15"), "mono");
	assert_string_equal(theme_choose(NULL, "", "b", "0;15"), "b");
	assert_string_equal(theme_choose(NULL, NULL, NULL, "0;15"), "light");
	assert_string_equal(theme_choose(NULL, NULL, NULL, "15;0"), "dark");
	assert_string_equal(theme_choose(NULL, NULL, NULL, "0;default"), "dark");
	assert_string_equal(theme_choose(NULL, NULL, NULL, NULL), "dark");
}

static void test_unknown(void **state)
{
	struct theme t = {0};
	struct err err = {0};

	(void)state;
	assert_false(theme_load(&t, "nosuch", &err));
	assert_non_null(strstr(err.msg, "no theme 'nosuch'"));
	assert_non_null(strstr(err.msg, "dark"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_readable),      cmocka_unit_test(test_without_colour),
		cmocka_unit_test(test_fewer_colours), cmocka_unit_test(test_grounds),
		cmocka_unit_test(test_errors),        cmocka_unit_test(test_parse),
		cmocka_unit_test(test_choice),        cmocka_unit_test(test_unknown),
	};

	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
