/* Differences in few columns are rounded, never cut. */
#include "tests/unit/helper.h"
#include "tui/screens/compare.h"

static void shorter_where_there_is_no_room(void **state)
{
	static const struct {
		ms_t v;
		int w;
		const char *text;
	} cases[] = {
		{561, 7, "+0.561"},   {-112, 6, "-.112"},        {-2137, 6, "-2.14"},     {18779, 7, "+18.78"},
		{-18779, 6, "-18.8"}, {78184, 7, "+1:18"},       {-78684, 7, "-1:19"},    {MS_NONE, 7, "-"},
		{0, 7, "0.000"},      {102460, 12, "+1:42.460"}, {-3600000, 7, "-60:00"},
	};
	char out[NUM_LEN];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		cmp_diff(out, cases[i].v, cases[i].w);
		assert_string_equal(out, cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(shorter_where_there_is_no_room)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
