/* The line one types in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/keys.h"
#include "tui/widgets/prompt.h"

static const struct prompt_item items[] = {
	{"find", "find a car"},
	{"find-next", "the next"},
	{"theme", "the next theme"},
	{"quit", "leave"},
};

static struct prompt opened(const char *text)
{
	struct prompt p;

	prompt_open(&p, ":", text, items, 4);
	return p;
}

static void type(struct prompt *p, const char *s)
{
	struct str rest = str_from(s);

	while (rest.n > 0) {
		prompt_key(p, (unsigned char)rest.p[0]);
		rest = (struct str){rest.p + 1, rest.n - 1};
	}
}

static void test_editing(void **state)
{
	struct prompt p = opened("ac");

	(void)state;
	assert_int_equal(prompt_key(&p, TKEY_LEFT), PROMPT_SAME);
	assert_int_equal(prompt_key(&p, 'b'), PROMPT_EDIT);
	assert_string_equal(p.text, "abc");
	assert_int_equal(prompt_key(&p, TKEY_DELETE), PROMPT_EDIT);
	assert_int_equal(prompt_key(&p, TKEY_DELETE), PROMPT_SAME);
	assert_string_equal(p.text, "ab");
	prompt_key(&p, TKEY_HOME);
	prompt_key(&p, TKEY_CTRL + 'k');
	assert_string_equal(p.text, "");
	assert_int_equal(prompt_key(&p, TKEY_BACKSPACE), PROMPT_CANCEL);
	type(&p, "class GT3");
	prompt_key(&p, TKEY_CTRL + 'w');
	assert_string_equal(p.text, "class ");
	assert_int_equal(prompt_key(&p, TKEY_ENTER), PROMPT_DONE);
	assert_int_equal(prompt_key(&p, TKEY_ESC), PROMPT_CANCEL);
}

static void test_letters(void **state)
{
	struct prompt p = opened(NULL);

	(void)state;
	prompt_key(&p, 'o');
	prompt_key(&p, 0x308); /* a mark belongs to its letter */
	prompt_key(&p, 0x798F);
	assert_int_equal(p.n, 6);
	prompt_key(&p, TKEY_BACKSPACE);
	assert_int_equal(p.n, 3);
	prompt_key(&p, TKEY_LEFT);
	assert_int_equal(p.cursor, 0);
	prompt_key(&p, TKEY_DELETE);
	assert_int_equal(p.n, 0);
	assert_int_equal(prompt_key(&p, 0x1B), PROMPT_SAME);
	assert_int_equal(prompt_key(&p, 0x9B), PROMPT_SAME);
}

static void test_full(void **state)
{
	struct prompt p = opened(NULL);

	(void)state;
	for (int i = 0; i < 2 * PROMPT_TEXT; i++)
		prompt_key(&p, 0x798F);
	assert_true(p.n < PROMPT_TEXT);
	assert_int_equal(strlen(p.text), p.n);
}

static void test_matches(void **state)
{
	struct prompt p = opened("find");
	int found[8];

	(void)state;
	assert_int_equal(prompt_matches(&p, found, 8), 2);
	assert_int_equal(found[0], 0);
	assert_string_equal(prompt_value(&p), "find");
	p = opened("tm");
	assert_string_equal(prompt_value(&p), "theme"); /* its letters in order */
	p = opened("q");
	assert_string_equal(prompt_value(&p), "quit");
	p = opened("open barber_r2");
	assert_string_equal(prompt_value(&p), "open barber_r2");
	p = opened("fin");
	assert_string_equal(prompt_value(&p), "fin"); /* two could be meant */
	prompt_key(&p, TKEY_DOWN);
	prompt_key(&p, TKEY_DOWN);
	assert_string_equal(prompt_value(&p), "find-next");
	assert_int_equal(prompt_key(&p, TKEY_TAB), PROMPT_EDIT);
	assert_string_equal(p.text, "find-next");
}

static void test_drawing(void **state)
{
	(void)state;
	for (int w = 1; w < 50; w++) {
		for (int h = 1; h < 12; h++) {
			struct prompt p = opened("a rather long line that does not fit");
			struct grid g;

			assert_true(grid_init(&g, w, h, CHARSET_BRAILLE));
			prompt_draw(&p, grid_surface(&g));
			assert_true(w < 3 || g.cursor_y == h - 1);
			p = opened("");
			prompt_draw(&p, grid_surface(&g));
			grid_free(&g);
		}
	}
}

/* Any keys in any order leave a text that holds together. */
static void test_any_keys(void **state)
{
	struct prompt p = opened(NULL);

	(void)state;
	srand(7);
	for (int i = 0; i < 20000; i++) {
		int r = rand() % 40;
		uint32_t key = r < 20   ? (uint32_t)TKEY_BASE + (uint32_t)(rand() % 20)
			       : r < 25 ? 0x300U + (uint32_t)r
			       : r < 32 ? 0x798FU
					: (uint32_t)TKEY_CTRL + 'a' + (uint32_t)(rand() % 26);

		if (prompt_key(&p, key) == PROMPT_CANCEL)
			p = opened("x");
		assert_true(p.cursor >= 0 && p.cursor <= p.n && p.n < PROMPT_TEXT);
		assert_int_equal(strlen(p.text), p.n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_editing), cmocka_unit_test(test_letters), cmocka_unit_test(test_full),
		cmocka_unit_test(test_matches), cmocka_unit_test(test_drawing), cmocka_unit_test(test_any_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
