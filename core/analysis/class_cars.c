#include "core/analysis/class_cars.h"

#include <string.h>

static const char *class_at(const struct analysis *an, uint32_t row)
{
	return an->session->cars[an->order.table[row].car].class_name;
}

static bool known(const char *const *names, uint32_t n, const char *name)
{
	for (uint32_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

uint32_t class_names(const struct analysis *an, const char *out[CLASSES_MAX])
{
	uint32_t n = 0;

	for (uint32_t row = 0; row < an->session->ncars && n < CLASSES_MAX; row++) {
		const char *name = class_at(an, row);
		if (*name && !known(out, n, name))
			out[n++] = name;
	}
	return n;
}

uint32_t class_cars(const struct analysis *an, const char *class_name, uint16_t *out, uint32_t max)
{
	uint32_t n = 0;

	for (uint32_t row = 0; row < an->session->ncars && n < max; row++)
		if (car_seen(an, an->order.table[row].car) && strcmp(class_at(an, row), class_name) == 0)
			out[n++] = an->order.table[row].car;
	return n;
}

uint32_t class_size(const struct analysis *an, const char *class_name)
{
	uint32_t n = 0;

	for (uint32_t c = 0; c < an->session->ncars; c++)
		n += car_seen(an, c) && strcmp(an->session->cars[c].class_name, class_name) == 0;
	return n;
}

uint32_t class_place(const struct analysis *an, uint32_t car)
{
	const char *name = an->session->cars[car].class_name;
	uint32_t place = 1;

	if (car_seen(an, car) == 0)
		return 0;
	for (uint32_t row = 0; row < an->order.row_of[car]; row++)
		place += car_seen(an, an->order.table[row].car) && strcmp(class_at(an, row), name) == 0;
	return place;
}
