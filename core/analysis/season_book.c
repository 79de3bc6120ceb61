#include "core/analysis/season_book.h"

enum { BOOK_CEILING = 64 << 20 };

static bool fill(struct season_book *b, const struct dataset *d, const atomic_bool *cancel, struct err *err)
{
	b->dataset = d;
	if (!season_table_make(d, b->arena, &b->table, err))
		return false;
	b->skill = ARENA_ARRAY(b->arena, b->table.nrows, struct skill);
	b->sum = ARENA_ARRAY(b->arena, b->table.nrows, struct season_sum);
	if (!b->skill || !b->sum)
		return err_set(err, ERR_NOMEM, "no memory for the season");
	for (uint32_t i = 0; i < b->table.nrows; i++) {
		b->skill[i] = skill_of_json(&b->table.rows[i]);
		b->sum[i] = season_sum(&b->table, &b->table.rows[i]);
	}
	if (cancel && atomic_load(cancel))
		return err_set(err, ERR_CANCELLED, "the season was not worked out: cancelled");
	return true;
}

struct season_book *season_book_new(const struct dataset *d, const atomic_bool *cancel, struct err *err)
{
	struct arena *a = arena_new(BOOK_CEILING);
	struct season_book *b = a ? ARENA_NEW(a, struct season_book) : NULL;

	if (!b) {
		arena_free(a);
		err_set(err, ERR_NOMEM, "no memory for the season");
		return NULL;
	}
	b->arena = a;
	if (fill(b, d, cancel, err))
		return b;
	season_book_free(b);
	return NULL;
}

void season_book_free(struct season_book *b)
{
	if (b)
		arena_free(b->arena); /* the book itself lives in it */
}
