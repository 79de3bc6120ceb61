#include "core/analysis/season_book.h"

#include <stdio.h>
#include <string.h>

#include "core/base/str.h"

enum { BOOK_CEILING = 64 << 20 };

/* Several drivers with one number: the one that the JSON knows is called by the number alone, then those before in the table. */
static bool comes_first(const struct season_table *t, uint32_t a, uint32_t b)
{
	bool x = t->rows[a].json != NULL, y = t->rows[b].json != NULL;

	return x != y ? x : a < b;
}

static const char *id_of(const struct season_book *b, uint32_t row)
{
	const char *number = b->table.rows[row].number;
	uint32_t nth = 1;
	char id[80];

	for (uint32_t i = 0; i < b->table.nrows; i++)
		nth += i != row && strcmp(b->table.rows[i].number, number) == 0 && comes_first(&b->table, i, row);
	if (nth == 1)
		return number;
	snprintf(id, sizeof(id), "%.60s#%u", number, nth);
	return arena_str(b->arena, str_from(id));
}

uint32_t season_book_row(const struct season_book *b, const char *who, bool *several)
{
	uint32_t row = NO_DRIVER_ROW, n = 0;

	*several = false;
	for (uint32_t i = 0; i < b->table.nrows; i++)
		if (str_eq_nocase(str_from(b->id[i]), str_from(who)))
			return i;
	for (uint32_t i = 0; *who && i < b->table.nrows; i++)
		if (str_has_nocase(str_from(b->table.rows[i].name), who)) {
			row = i;
			n++;
		}
	*several = n > 1;
	return n == 1 ? row : NO_DRIVER_ROW;
}

static const struct season_track *json_track(const struct season_book *b, const char *id)
{
	const struct season *s = b->dataset->season;

	for (uint32_t i = 0; i < s->ntracks; i++)
		if (strcmp(s->tracks[i].id, id) == 0)
			return &s->tracks[i];
	return NULL;
}

bool season_book_track(const struct season_book *b, uint32_t n, const char **id, const struct season_track **json)
{
	const struct season *s = b->dataset->season;
	const struct season_table *t = &b->table;

	if (n < s->ntracks) {
		*json = &s->tracks[n];
		*id = (*json)->id;
		return true;
	}
	n -= s->ntracks;
	*json = NULL;
	for (uint32_t i = 0; i < t->nraces; i++) {
		bool again = i > 0 && strcmp(t->races[i - 1].track, t->races[i].track) == 0;
		if (again || json_track(b, t->races[i].track) || n-- > 0)
			continue;
		*id = t->races[i].track;
		return true;
	}
	return false;
}

static bool fill(struct season_book *b, const struct dataset *d, const atomic_bool *cancel, struct err *err)
{
	b->dataset = d;
	if (!season_table_make(d, b->arena, &b->table, err))
		return false;
	b->skill = ARENA_ARRAY(b->arena, b->table.nrows, struct skill);
	b->id = ARENA_ARRAY(b->arena, b->table.nrows, const char *);
	b->sum = ARENA_ARRAY(b->arena, b->table.nrows, struct season_sum);
	if (!b->skill || !b->sum || !b->id)
		return err_set(err, ERR_NOMEM, "no memory for the season");
	for (uint32_t i = 0; i < b->table.nrows; i++) {
		if (!(b->id[i] = id_of(b, i)))
			return err_set(err, ERR_NOMEM, "no memory for the season");
		b->skill[i] = skill_of_json(&b->table.rows[i]);
		b->sum[i] = season_sum(&b->table, &b->table.rows[i]);
	}
	if (!season_factors_make(&b->table, cancel, b->arena, &b->factors, err))
		return false;
	for (uint32_t i = 0; i < b->table.nrows; i++)
		if (!b->skill[i].known)
			b->skill[i] = skill_computed(&b->factors, i);
	return season_forecast_make(&b->table, b->arena, &b->forecast, err) &&
	       improve_model_make(&b->table, b->skill, &b->forecast, cancel, b->arena, &b->improve, err);
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
