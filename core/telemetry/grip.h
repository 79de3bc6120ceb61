/* How a lap uses pedals, wheel and tyres, and the friction circle. Shares are of the lap's time for which the channels are known. */
#ifndef TELEMETRY_GRIP_H
#define TELEMETRY_GRIP_H

#include "core/telemetry/set.h"

struct tel_grip {
	double full;        /* 0..1: throttle >= 95 % */
	double part;        /* between 5 and 95 % */
	double brake;       /* front pressure >= options.brake_on */
	double coast;       /* neither: throttle < 5 %, front pressure < 2 bar */
	double overlap;     /* both */
	double brake_peak;  /* bar: greatest */
	double brake_mean;  /* bar while braking */
	double brake_rise;  /* bar/s: median of the applications, from options.brake_on to the peak */
	unsigned brakes;    /* applications */
	double steer_speed; /* degrees/s: mean absolute */
	unsigned reversals; /* of the wheel, of 10 degrees or more */
	double lateral;     /* g: greatest absolute, 99th percentile */
	double braking;     /* g: 99th percentile of -accx */
	double accel;       /* g: 99th percentile of accx */
	double combined;    /* g: 95th percentile of the vector's length */
	double use;         /* 0..1: mean of length / set.grip in that direction while over 0.5 g; NAN */
};
bool tel_grip_make(const struct tel_set *s, const struct tel_lap *l, struct tel_grip *out, struct err *err) MUST_CHECK;

#endif
