#include "core/telemetry/options.h"

void tel_options_default(struct tel_options *o)
{
	*o = (struct tel_options){.step = 1,
				  .gap = 0.5,
				  .prominence = 5,
				  .lateral = 0.5,
				  .near = 30,
				  .same = 60,
				  .brake_on = 10,
				  .brake_peak = 20,
				  .brake_least = 0.25,
				  .throttle_on = 90,
				  .floor_speed = 1,
				  .floor_brake = 3,
				  .floor_apex = 5,
				  .floor_pressure = 5,
				  .most_error = 0.5,
				  .most_residual = 0.25};
}
