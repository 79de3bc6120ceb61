/* Telemetry of one car over a stretch of time: what the car sent, on one clock, nothing computed from it.
 *
 * A tick is one moment of the car's clock; each channel has a value there or NAN (missing is never 0 and never filled in).
 * Two clocks: `timestamp`, the car's own (right spacing, hours wrong), and `meta_time`, when the row arrived (right hour, in
 * bursts). offset_ms is the lower envelope of meta_time - timestamp of the car: t = timestamp + offset_ms is UTC, some tenths late.
 * A car that was switched off goes on with another offset: each such run has its own, and t is UTC in all of them. */
#ifndef MODEL_TELEMETRY_H
#define MODEL_TELEMETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"

enum tel_channel {
	TEL_SPEED,   /* km/h */
	TEL_APS,     /* % accelerator pedal (Barber, Indianapolis) */
	TEL_ATH,     /* % throttle blade (the other tracks; may pass 100) */
	TEL_BRAKE_F, /* bar */
	TEL_BRAKE_R, /* bar */
	TEL_GEAR,
	TEL_STEER, /* degrees, + left in the data */
	TEL_RPM,
	TEL_ACCX,    /* g, + accelerating */
	TEL_ACCY,    /* g, + left turn */
	TEL_LAPDIST, /* m since the line as the car's trigger says; jitters by 8 to 11 m */
	TEL_LAT,     /* degrees WGS84 */
	TEL_LON,
	TEL_CHANNELS
};

enum { TEL_NO_LAP = 32768 }; /* the `lap` column's word for "not known" */

/* What is wrong with the rows of a car; nothing is dropped that is not counted here. */
struct tel_counts {
	uint64_t rows;       /* read for this car */
	uint64_t refused;    /* not readable: no time, no number, unknown channel (see why in the source's diag_list) */
	uint64_t duplicates; /* same moment, channel and value again: dropped */
	uint64_t conflicts;  /* same moment and channel, another value: the later row counts */
	uint64_t backward;   /* rows whose car clock is before the row before; put in order */
	uint64_t lap_unknown; /* lap 32768 or 0: assigned by time */
	uint64_t lap_stale;   /* ticks whose lap column has gone back to a lap that ended before */
	uint64_t bursts; /* rows within 1 ms of arrival of the one before, though the car's clock moved 20 ms or more */
	uint64_t drop_outs; /* more than 0.5 s of the car's clock without a tick, within a run */
};

/* One car in one source. The chassis is the key: numbers may be 0, or in two spellings. */
struct tel_car {
	const char *
		chassis; /* "GR86-022"; "" where the source has none (reduced form, Snowflake: then number is the key) */
	const char *number;        /* as the source spells it most often: "13", "013", "0"; "" unknown */
	const char *numbers;       /* every spelling met, blank separated: "13 013" */
	const char *event;         /* meta_event, "" unknown: "I_R06_2025-09-07" */
	const char *race;          /* meta_session, a hint only: "R1" */
	int64_t first_ms, last_ms; /* meta_time of its rows, ms since 1970 UTC */
	int64_t offset_ms; /* UTC minus the car's clock, lower envelope, of its longest run; 0 when has_clock is false */
	uint32_t runs;     /* stretches with an offset of their own: 1, more where the clock stood still or jumped */
	uint32_t days;     /* days (UTC) on which its rows arrived: more than 1 where a file mixes sessions */
	bool has_clock;    /* false: no `timestamp`, only arrival: values over distance, no delta */
	uint32_t channels; /* bit per enum tel_channel that has at least one value */
	struct tel_counts counts;
};

/* Samples of one car between two moments, in order of the clock; one arena each. */
struct tel_stream {
	struct arena *arena;
	struct tel_car car;
	uint32_t n;    /* ticks */
	int64_t *t;    /* ms since 1970 UTC: car's clock + offset (arrival where there is no clock), rising strictly */
	uint16_t *lap; /* the `lap` column: a label only; TEL_NO_LAP where it is 32768, 0 or not there */
	float *v[TEL_CHANNELS]; /* n each, NAN missing; NULL: the channel has no value at all here; TEL_LAT, TEL_LON: see below */
	double *lat, *lon; /* n each, NAN missing; NULL none. v[TEL_LAT] and v[TEL_LON] are always NULL */
};

/* The channel's name in raw files: "speed", "Steering_Angle"; and back, any case, short names too; -1: no such channel. */
const char *tel_channel_name(enum tel_channel c);
int tel_channel_by_name(const char *name, size_t n);
void tel_stream_free(struct tel_stream *s); /* NULL is fine */

#endif
