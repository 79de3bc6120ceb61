#include "core/analysis/drive_time.h"

ms_t drive_time(const struct analysis *an, uint32_t car, uint16_t driver)
{
	const struct laps *l = &an->session->laps;
	uint32_t first = car_first(an, car);
	ms_t sum = 0;

	for (uint32_t i = first; i < first + car_seen(an, car); i++)
		if (l->driver[i] == driver)
			sum += l->time[i] - (l->pit_time[i] != MS_NONE ? l->pit_time[i] : 0);
	return sum;
}

ms_t drive_time_now(const struct analysis *an, uint32_t car)
{
	uint32_t n = car_seen(an, car);
	uint16_t driver = n ? an->session->laps.driver[car_first(an, car) + n - 1] : NO_DRIVER;

	return driver == NO_DRIVER ? MS_NONE : drive_time(an, car, driver);
}

ms_t lane_time(const struct analysis *an, uint32_t car)
{
	const struct laps *l = &an->session->laps;
	uint32_t first = car_first(an, car);
	ms_t sum = MS_NONE;

	for (uint32_t i = first; i < first + car_seen(an, car); i++)
		if (l->pit_time[i] != MS_NONE)
			sum = (sum == MS_NONE ? 0 : sum) + l->pit_time[i];
	return sum;
}

uint32_t stops_so_far(const struct analysis *an, uint32_t car)
{
	uint32_t n = 0, first = car_first(an, car);

	for (uint32_t i = first; i + 1 < first + car_seen(an, car); i++)
		n += an->classes.lap[i].in != 0;
	return n;
}

uint32_t stint_laps_now(const struct analysis *an, uint32_t car)
{
	uint32_t n = 0, first = car_first(an, car), end = first + car_seen(an, car);

	for (uint32_t i = end; i-- > first && an->classes.lap[i].stint == an->classes.lap[end - 1].stint;)
		n++;
	return n;
}

/* Has the driver of a lap driven the car before? */
static bool drove_before(const struct laps *l, uint32_t first, uint32_t lap)
{
	for (uint32_t k = first; k < lap; k++)
		if (l->driver[k] == l->driver[lap])
			return true;
	return false;
}

char driver_letter(const struct analysis *an, uint32_t car, uint16_t driver)
{
	const struct laps *l = &an->session->laps;
	uint32_t first = car_first(an, car);
	char letter = 'a';

	if (driver == NO_DRIVER)
		return 0;
	for (uint32_t i = first; i < first + car_seen(an, car) && letter <= 'z'; i++) {
		if (l->driver[i] == driver)
			return letter;
		/* Only where a driver takes over need it be looked at. */
		if (l->driver[i] != NO_DRIVER && (i == first || l->driver[i] != l->driver[i - 1]) &&
		    !drove_before(l, first, i))
			letter++;
	}
	return 0;
}
