/* Thresholds of telemetry, settable and shown. The defaults are measured on real laps. */
#ifndef TELEMETRY_OPTIONS_H
#define TELEMETRY_OPTIONS_H

struct tel_options {
	const char *const *corner; /* names given to corners, TRACK:METRES:NAME; others are C1, C2, ... */
	unsigned ncorners;
	double step;           /* m between points of the common grid, about (the grid divides the lap evenly) */
	double gap;            /* s: longer without a sample and nothing is claimed there */
	double prominence;     /* km/h: how far speed must rise on both sides of a corner's minimum */
	double lateral;        /* g: a minimum with less within `near` is no corner */
	double near;           /* m */
	double same;           /* m: minima of different laps that are one corner */
	double brake_on;       /* bar, front: the brake point is the last rise through it before the peak */
	double brake_peak;     /* bar: an application that stays under it is a tap */
	double brake_least;    /* s: or one that is shorter */
	double throttle_on;    /* %: on the throttle again */
	double floor_speed;    /* km/h: what differs by less is not told */
	double floor_brake;    /* m */
	double floor_apex;     /* m */
	double floor_pressure; /* bar */
	double most_error;     /* s: a lap whose unscaled error is greater is not usable */
	double most_residual;  /* s: or whose residual (rms at the official lines) is greater */
};

/* 1 m, 0.5 s, 5 km/h, 0.5 g, 30 m, 60 m, 10 bar, 20 bar, 0.25 s, 90 %, 1 km/h, 3 m, 5 m, 5 bar, 0.5 s, 0.25 s */
void tel_options_default(struct tel_options *o);

#endif
