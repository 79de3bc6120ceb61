#include "core/base/arena.h"

#include <stdalign.h>
#include <string.h>

#include "tests/unit/helper.h"

static void aligned_and_zeroed(void **state)
{
	struct arena *a = arena_new(0);
	unsigned char *before = NULL;

	(void)state;
	assert_non_null(a);
	assert_int_equal(arena_used(a), 0);
	for (size_t size = 0; size < 3000; size++) {
		unsigned char *p = arena_alloc(a, size);

		assert_non_null(p);
		assert_ptr_not_equal(p, before);
		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xAA, size); /* whoever gets these bytes again would see it */
		before = p;
	}
	assert_true(arena_used(a) >= 3000 * 2999 / 2);
	arena_free(a);
	arena_free(NULL);
}

static void larger_than_a_chunk(void **state)
{
	struct arena *a = arena_new(0);
	char *small = arena_alloc(a, 10);
	char *large = arena_alloc(a, 5000000);

	(void)state;
	assert_non_null(small);
	assert_non_null(large);
	memset(large, 1, 5000000);
	assert_int_equal(small[9], 0);
	arena_free(a);
}

static void ceiling(void **state)
{
	struct arena *a = arena_new(100000);
	size_t n = 0;

	(void)state;
	assert_null(arena_alloc(a, 100001));
	while (arena_alloc(a, 1000))
		n++;
	assert_in_range(n, 90, 100);
	assert_true(arena_used(a) <= 100000);
	assert_null(arena_alloc(a, 1000));
	arena_free(a);
	a = arena_new(1); /* not even a header fits */
	assert_null(arena_alloc(a, 0));
	assert_int_equal(arena_used(a), 0);
	arena_free(a);
}

static void overflow(void **state)
{
	struct arena *a = arena_new(SIZE_MAX);

	(void)state;
	assert_null(arena_array(a, SIZE_MAX / 2, 3));
	assert_null(arena_array(a, (size_t)1 << 33, (size_t)1 << 33));
	assert_null(arena_alloc(a, SIZE_MAX));
	assert_null(arena_alloc(a, SIZE_MAX - 15));
	assert_null(arena_strndup(a, "x", SIZE_MAX));
	assert_non_null(ARENA_ARRAY(a, 0, int));
	assert_non_null(arena_array(a, 5, 0));
	arena_free(a);
}

static void copies(void **state)
{
	struct arena *a = arena_new(0);
	char *s = arena_strndup(a, "ab\0cd", 5);

	(void)state;
	assert_memory_equal(s, "ab\0cd", 6);
	assert_string_equal(arena_str(a, STR("Sonoma")), "Sonoma");
	assert_string_equal(arena_str(a, (struct str){NULL, 0}), "");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(aligned_and_zeroed),
		cmocka_unit_test(larger_than_a_chunk),
		cmocka_unit_test(ceiling),
		cmocka_unit_test(overflow),
		cmocka_unit_test(copies),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
