/* A mistake told from a habit: what one lap loses in a corner, beside what the driver's other laps lose there.
 *
 * Only of a loss that may be claimed (over twice the check at the loops), and only with TEL_LEAST other laps or more. A habit is lost on every one of the
 * others too; a mistake is more than any of the others lost, with a figure outside what is usual that shows it. From one lap no advice follows:
 * that takes best five against best five. */
#ifndef TELEMETRY_HABIT_H
#define TELEMETRY_HABIT_H

#include "core/telemetry/compare.h"

enum tel_habit { HABIT_NOT_CLEAR, HABIT_MISTAKE, HABIT_USUAL };

enum tel_habit tel_row_habit(const struct tel_row *r);
const char *tel_habit_name(enum tel_habit h); /* "", "mistake", "habit" */

/* What a table says as a whole: of the loss in all corners that lose more than the floor, how much is of which kind. */
struct tel_habits {
	unsigned mistakes, usual, not_clear; /* corners that lose more than the floor */
	double mistake, habit;               /* s lost in them */
};
struct tel_habits tel_table_habits(const struct tel_table *t);

#endif
