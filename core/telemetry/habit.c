#include "core/telemetry/habit.h"

enum tel_habit tel_row_habit(const struct tel_row *r)
{
	const struct tel_range *usual = &r->usual[FIG_LOST];

	if (!r->claim || !(r->lost > 0) || usual->n < TEL_LEAST)
		return HABIT_NOT_CLEAR;
	if (r->lost > usual->high && r->outside)
		return HABIT_MISTAKE;
	return usual->low > 0 ? HABIT_USUAL : HABIT_NOT_CLEAR;
}

const char *tel_habit_name(enum tel_habit h)
{
	static const char *const names[] = {
		[HABIT_NOT_CLEAR] = "", [HABIT_MISTAKE] = "mistake", [HABIT_USUAL] = "habit"};

	return names[h];
}

struct tel_habits tel_table_habits(const struct tel_table *t)
{
	struct tel_habits out = {0};

	for (uint32_t i = 0; i < t->n; i++) {
		const struct tel_row *r = &t->row[i];
		enum tel_habit h = tel_row_habit(r);

		if (h == HABIT_MISTAKE) {
			out.mistakes++;
			out.mistake += r->lost;
		} else if (h == HABIT_USUAL) {
			out.usual++;
			out.habit += r->lost;
		} else if (r->claim && r->lost > 0) {
			out.not_clear++;
		}
	}
	return out;
}
