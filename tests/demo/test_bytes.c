/* The same seed gives the same bytes: those that lie in data/demo. And they are few enough to lie there. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/path.h"
#include "tests/demo/demo.h"

enum { LIMIT = 3 * 1000 * 1000 };

struct count {
	unsigned files, different;
	long long bytes;
};

static void compare_file(const char *a, const char *b, struct count *c)
{
	struct buf x, y;
	struct err err = {0};

	buf_init(&x, LIMIT);
	buf_init(&y, LIMIT);
	assert_ok(file_read(a, &x, &err), &err);
	bool same = file_read(b, &y, &err) && x.n == y.n && memcmp(x.p, y.p, x.n) == 0;

	c->files++;
	c->bytes += (long long)x.n;
	c->different += !same;
	buf_release(&x);
	buf_release(&y);
}

/* Every file under a against the one of that name under b. */
static void compare(const char *a, const char *b, struct count *c)
{
	DIR *dir = opendir(a);

	if (!dir)
		fail_msg("%s cannot be opened", a);
	for (struct dirent *d; (d = readdir(dir));) {
		char x[4096], y[4096];
		struct stat st;

		if (d->d_name[0] == '.')
			continue;
		assert_true(path_join(x, sizeof x, a, d->d_name) && path_join(y, sizeof y, b, d->d_name));
		assert_int_equal(stat(x, &st), 0);
		if (S_ISDIR(st.st_mode))
			compare(x, y, c);
		else
			compare_file(x, y, c);
	}
	closedir(dir);
}

static void made_anew_it_is_what_is_committed(void **state)
{
	char dir[4096];
	struct count made = {0}, kept = {0};

	(void)state;
	scratch_make(dir, sizeof dir);
	generate("90", "--out", dir);
	compare("data/demo", dir, &kept);
	compare(dir, "data/demo", &made);
	scratch_remove(dir);
	if (made.different || kept.different)
		fail_msg("%u files differ: `make demo` writes data/demo anew", made.different + kept.different);
	assert_int_equal(made.files, kept.files);
	assert_true(kept.files > 50);
	assert_true(kept.bytes < LIMIT);
}

static void another_seed_is_another_season(void **state)
{
	char dir[4096];
	struct count made = {0};

	(void)state;
	scratch_make(dir, sizeof dir);
	generate("2", "--out", dir);
	compare(dir, "data/demo", &made);
	scratch_remove(dir);
	assert_true(made.different > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(made_anew_it_is_what_is_committed),
		cmocka_unit_test(another_seed_is_another_season),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
