#include "core/source/snowflake/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/path.h"
#include "tests/unit/helper.h"

static void accounts(void **state)
{
	static const struct {
		const char *text, *host, *jwt;
	} good[] = {
		{"myorg-acct", "myorg-acct.snowflakecomputing.com", "MYORG-ACCT"},
		{"MyOrg-Acct ", "myorg-acct.snowflakecomputing.com", "MYORG-ACCT"},
		{"myorg-my_acct", "myorg-my-acct.snowflakecomputing.com", "MYORG-MY_ACCT"},
		{"xy12345.us-east-1.aws", "xy12345.us-east-1.aws.snowflakecomputing.com", "XY12345"},
		{"myorg-acct.privatelink", "myorg-acct.privatelink.snowflakecomputing.com", "MYORG-ACCT"},
		{"acct-abc.global", "acct-abc.global.snowflakecomputing.com", "ACCT"},
		{"https://myorg-acct.snowflakecomputing.com/", "myorg-acct.snowflakecomputing.com", "MYORG-ACCT"},
		{"myorg-acct.snowflakecomputing.com", "myorg-acct.snowflakecomputing.com", "MYORG-ACCT"},
		{"xy12345.cn-north-1", "xy12345.cn-north-1.snowflakecomputing.cn", "XY12345"},
	};
	static const char *const bad[] = {"",
					  "evil.com/",
					  "a@b",
					  "a:1",
					  "a b",
					  "a..b",
					  ".a",
					  "a.",
					  "-a",
					  "a-",
					  "a\nb",
					  "a/../b",
					  "a?b",
					  "http://a-b",
					  "https://evil.com/",
					  "z\xc3\xbcrich",
					  "a#b",
					  "https://a-b.snowflakecomputing.com/x"};
	char host[256], jwt[256], plain[256];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_true(sf_account_parse(good[i].text, host, jwt, plain));
		assert_string_equal(host, good[i].host);
		assert_string_equal(jwt, good[i].jwt);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (sf_account_parse(bad[i], host, jwt, plain))
			fail_msg("\"%s\" became %s", bad[i], host);
}

static void identifiers(void **state)
{
	static const char *const bad[] = {"",    "x;drop", "1a",       "a b", "\"",      "\"\"",
					  "\"a", "a\"b\"", "\"a\"b\"", "a-b", "\"a\nb\""};
	char id[256];

	(void)state;
	assert_true(sf_identifier("telemetry", id));
	assert_string_equal(id, "TELEMETRY");
	assert_true(sf_identifier("\"MixedCase\"", id));
	assert_string_equal(id, "MixedCase");
	assert_true(sf_identifier("\"a\"\"b\"", id));
	assert_string_equal(id, "a\"b");
	assert_true(sf_identifier("_a$1", id));
	assert_string_equal(id, "_A$1");
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (sf_identifier(bad[i], id))
			fail_msg("\"%s\" became %s", bad[i], id);
}

static void env_files(void **state)
{
	static const char text[] =
		"\xef\xbb\xbf# ours\r\nexport USE_SNOWFLAKE=True\r\nSNOWFLAKE_USER = 'a # b' # why\n"
		"SNOWFLAKE_PASSWORD=\"x\\\"y\\n\"\nSNOWFLAKE_ROLE=plain # comment\nOTHER=1\n\nSNOWFLAKE_SCHEMA=\n";
	static const char *const bad[] = {"SNOWFLAKE_USER\n", "A B=1\n", "SNOWFLAKE_USER=\"a\n",
					  "SNOWFLAKE_USER='a' b\n"};
	struct sf_values v = {.v[SF_ACCOUNT] = "before"};
	struct arena *a = arena_new(0);
	struct err err = {0};

	(void)state;
	assert_ok(sf_values_env_file(&v, ".env", (struct str){text, sizeof(text) - 1}, a, &err), &err);
	assert_true(sf_values_on(&v));
	assert_string_equal(v.v[SF_ACCOUNT], "before");
	assert_string_equal(v.v[SF_USER], "a # b");
	assert_string_equal(v.v[SF_PASSWORD], "x\"y\n");
	assert_string_equal(v.v[SF_ROLE], "plain");
	assert_null(v.v[SF_SCHEMA]);
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct sf_values w = {{NULL}};
		assert_false(sf_values_env_file(&w, ".env", str_from(bad[i]), a, &err));
		assert_memory_equal(err.msg, ".env:1: ", 8);
	}
	arena_free(a);
}

static void only_true_is_on(void **state)
{
	static const char *const off[] = {"", "1", "yes", "on", "false", "truee"};
	struct sf_values v = {{NULL}};

	(void)state;
	assert_false(sf_values_on(&v));
	for (size_t i = 0; i < COUNT_OF(off); i++) {
		v.v[SF_USE] = off[i];
		assert_false(sf_values_on(&v));
	}
	v.v[SF_USE] = "TRUE";
	assert_true(sf_values_on(&v));
}

static struct sf_values least(void)
{
	return (struct sf_values){.v[SF_ACCOUNT] = "myorg-acct", .v[SF_USER] = "me", .v[SF_TOKEN] = "tok.en\n"};
}

static void fails(const struct sf_values *v, const char *words)
{
	struct arena *a = arena_new(0);
	struct sf_settings s;
	struct err err = {0};

	assert_false(sf_settings_make(v, a, &s, &err));
	if (!strstr(err.msg, words))
		fail_msg("\"%s\" does not say \"%s\"", err.msg, words);
	assert_null(strstr(err.msg, "sesame"));
	arena_free(a);
}

static void settings(void **state)
{
	struct sf_values v = least();
	struct arena *a = arena_new(0);
	struct sf_settings s;
	struct err err = {0};

	(void)state;
	assert_ok(sf_settings_make(&v, a, &s, &err), &err);
	assert_int_equal(s.login, SF_LOGIN_TOKEN);
	assert_string_equal(s.token, "tok.en");
	assert_string_equal(s.database, "HACKTHETRACK");
	assert_string_equal(s.role, "");
	assert_int_equal(s.timeout_s, 600);
	v.v[SF_PASSWORD] = "sesame"; /* comes first */
	assert_ok(sf_settings_make(&v, a, &s, &err), &err);
	assert_int_equal(s.login, SF_LOGIN_PASSWORD);
	v.v[SF_ROLE] = "x;drop";
	fails(&v, "SNOWFLAKE_ROLE");
	v = least();
	v.v[SF_TIMEOUT] = "0";
	fails(&v, "SNOWFLAKE_TIMEOUT");
	v = least();
	v.v[SF_USER] = NULL;
	fails(&v, "SNOWFLAKE_USER");
	v = least();
	v.v[SF_TOKEN] = "open sesame";
	fails(&v, "SNOWFLAKE_TOKEN");
	v.v[SF_TOKEN] = NULL;
	fails(&v, "SNOWFLAKE_PRIVATE_KEY_PATH");
	v.v[SF_KEY_BASE64] = "sesame!";
	fails(&v, "SNOWFLAKE_PRIVATE_KEY_BASE64");
	arena_free(a);
}

static void base64_however_it_is_wrapped(void **state)
{
	static const char *const forms[] = {"LS0tLS1CRUdJTiBYLS0tLS0K", "LS0tLS1C\nRUdJTiBY\nLS0tLS0K",
					    "LS0tLS1C\r\nRUdJTiBY\r\nLS0tLS0K\r\n", "LS0tLS1C RUdJTiBY LS0tLS0K ",
					    "-----BEGIN X-----\n"};
	struct sf_values v = least();
	struct arena *a = arena_new(0);
	struct sf_settings s;
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		v.v[SF_KEY_BASE64] = forms[i];
		assert_ok(sf_settings_make(&v, a, &s, &err), &err);
		assert_int_equal(s.login, SF_LOGIN_KEY);
		assert_string_equal(s.key_pem, "-----BEGIN X-----\n");
	}
	v.v[SF_KEY_BASE64] = "QQ==";
	assert_ok(sf_settings_make(&v, a, &s, &err), &err);
	assert_string_equal(s.key_pem, "A");
	v.v[SF_KEY_BASE64] = "QQ==QQ==";
	fails(&v, "base64");
	arena_free(a);
}

static void files_that_others_can_read_are_no_secret(void **state)
{
	char dir[200], path[300];
	struct sf_values v = least();
	struct arena *a = arena_new(0);
	struct sf_settings s;
	struct err err = {0};

	(void)state;
	folder_make(dir, sizeof(dir));
	assert_true(path_join(path, sizeof(path), dir, "token"));
	assert_ok(file_replace(path, STR("from.file\r\n"), &err), &err);
	v.v[SF_TOKEN] = NULL;
	v.v[SF_TOKEN_FILE] = path;
	assert_ok(sf_settings_make(&v, a, &s, &err), &err);
	assert_string_equal(s.token, "from.file");
	chmod(path, 0640);
	fails(&v, "chmod 600");
	v.v[SF_TOKEN_FILE] = "/nowhere/token";
	fails(&v, "/nowhere/token");
	arena_free(a);
	folder_remove(dir);
}

static void secrets_leave_texts(void **state)
{
	struct sf_settings s = {.password = "hunter22", .token = "abc"};
	char text[] = "no hunter22, no Bearer abcdef.g, no Token=\"xyz\" and hunter22";

	(void)state;
	sf_redact(&s, text);
	assert_string_equal(text, "no ********, no Bearer ********, no Token=\"***\" and ********");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accounts),
		cmocka_unit_test(identifiers),
		cmocka_unit_test(env_files),
		cmocka_unit_test(only_true_is_on),
		cmocka_unit_test(settings),
		cmocka_unit_test(base64_however_it_is_wrapped),
		cmocka_unit_test(files_that_others_can_read_are_no_secret),
		cmocka_unit_test(secrets_leave_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
