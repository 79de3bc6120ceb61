/* The coach over the demo season, judged by what was put into it. PITWALL_DEMO names another season, one of many: then the counts are
 * only printed (tests/demo/story.sh adds them up). */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/path.h"
#include "core/source/load.h"
#include "tests/unit/helper.h"
#include "tests/unit/story.h"

static void what_was_planted_is_found_and_nothing_else(void **state)
{
	const char *dir = getenv("PITWALL_DEMO");
	bool is_one_of_many = dir && *dir;
	const char *path[1] = {is_one_of_many ? dir : "data/demo"};
	struct load_opts o = {.paths = path, .npaths = 1};
	char file[1024];
	struct err err = {0};
	struct story *s;
	struct dataset *d;
	struct story_counts c;

	(void)state;
	assert_true(path_join(file, sizeof file, path[0], "story.json"));
	s = story_read(file);
	if (!s)
		skip();
	d = dataset_load(&o, &err);
	assert_ok(d, &err);
	story_judge(s, d, &c, stdout);
	printf("planted %u  found %u  other size %u  missed %u  notes %u  untrue %u\n", c.planted, c.found,
	       c.other_size, c.missed, c.notes, c.untrue);
	dataset_free(d);
	story_free(s);
	assert_true(c.planted > 0 && c.notes > 0);
	if (!is_one_of_many) {
		assert_int_equal(c.untrue, 0);
		assert_int_equal(c.found, c.planted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_planted_is_found_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
