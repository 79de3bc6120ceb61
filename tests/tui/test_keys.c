/* The table of commands is whole: every key is known, none means two things, every text made of it has every row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/keys.h"

/* Calls fn for each key name of each command. */
static void each(void (*fn)(const struct command *c, const char *key))
{
	for (int i = 1; i < CMD_COUNT; i++) {
		const struct command *c = command_row((enum cmd)i);
		char keys[64], *rest = keys;

		snprintf(keys, sizeof(keys), "%s", c->keys);
		for (char *k = strtok_r(keys, " ", &rest); k != NULL; k = strtok_r(NULL, " ", &rest))
			fn(c, k);
	}
}

static void check_key(const struct command *c, const char *key)
{
	uint32_t code = key_parse(key);
	char back[16];

	assert_int_not_equal(code, TKEY_NONE);
	key_label(code, back);
	assert_string_equal(back, key);
	assert_int_equal(command_by_key(code, c->scope), c->id); /* also: no key twice in a scope */
}

static void test_keys(void **state)
{
	(void)state;
	each(check_key);
	assert_int_equal(command_by_key(TKEY_NONE, SCOPE_GLOBAL), CMD_NONE);
	assert_int_equal(command_by_key('\\', SCOPE_TELEMETRY), CMD_NONE);
}

static void test_own_scope(void **state)
{
	(void)state;
	assert_int_equal(command_by_key('c', SCOPE_GLOBAL), CMD_CLASS);
	assert_int_equal(command_by_key('c', SCOPE_SCREEN), CMD_CLASS);
	assert_int_equal(command_by_key('c', SCOPE_TELEMETRY), CMD_TEL_CORNER);
	assert_int_equal(command_by_key('-', SCOPE_GLOBAL), CMD_NONE);
	assert_int_equal(command_by_key('?', SCOPE_TELEMETRY), CMD_HELP);
}

static void test_names(void **state)
{
	(void)state;
	for (int i = 1; i < CMD_COUNT; i++) {
		const struct command *c = command_row((enum cmd)i);

		assert_int_equal(c->id, i);
		assert_int_equal(command_by_name(c->name), i);
		assert_true(c->help[0] != '\0' && c->word[0] != '\0' && strlen(c->help) <= 66);
	}
	assert_int_equal(command_by_name("nosuch"), CMD_NONE);
}

static void test_parse(void **state)
{
	(void)state;
	assert_int_equal(key_parse("C-l"), TKEY_CTRL + 'l');
	assert_int_equal(key_parse("S-Tab"), TKEY_BACKTAB);
	assert_int_equal(key_parse("\xC3\xB6"), 0xF6);
	assert_int_equal(key_parse(""), TKEY_NONE);
	assert_int_equal(key_parse("jj"), TKEY_NONE);
	assert_int_equal(key_parse("\x01"), TKEY_NONE);
}

static void check_text(void (*write)(struct buf *), bool names)
{
	struct buf out;

	buf_init(&out, 1 << 16);
	write(&out);
	for (int i = 1; i < CMD_COUNT; i++) {
		const struct command *c = command_row((enum cmd)i);

		assert_non_null(strstr(out.p, c->help));
		if (names)
			assert_non_null(strstr(out.p, c->name));
	}
	buf_release(&out);
}

static void test_documents(void **state)
{
	(void)state;
	check_text(keys_text, false);
	check_text(keys_markdown, true);
	check_text(keys_man, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys),  cmocka_unit_test(test_own_scope), cmocka_unit_test(test_names),
		cmocka_unit_test(test_parse), cmocka_unit_test(test_documents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
