/* The invented tracks: corners and straights, where the timing loops lie, where passing is possible. */
#ifndef GENERATOR_TRACK_H
#define GENERATOR_TRACK_H

#include <stdint.h>

enum { SEGMENTS_MAX = 24, CORNERS_MAX = 10, MINI_COUNT = 6, TRACK_MAX_M = 4600 };

struct segment {
	int16_t metres;  /* of a straight; 0: a corner */
	int16_t radius;  /* at the apex, m; it opens to twice that at both ends */
	int16_t degrees; /* + left */
};

struct track {
	const char *id, *name, *place;
	struct segment segment[SEGMENTS_MAX]; /* from the line; ends with all zero */
	int16_t loop[MINI_COUNT - 1]; /* metres from the line where a mini-sector ends; the last ends at the line */
	uint8_t pass[MINI_COUNT];     /* per cent: how easily a faster car gets by in that mini-sector */
	int16_t trap;                 /* metres: where top speed is taken */
	int32_t latitude, longitude;  /* of the line, millionths of a degree */
	int16_t parallel;             /* cosine of the latitude, 1/10,000 */
	int16_t heading;              /* degrees at the line, 0 east, + left */
	int8_t utc;                   /* hours */
	uint16_t demand[4];           /* hundredths: speed, consistency, racecraft, tyres */
};

enum { TRACKS = 5 };
extern const struct track tracks[TRACKS];

struct corner {
	int32_t from, apex, to; /* metres from the line */
	int32_t radius_mm;      /* at the apex */
	int8_t side;            /* +1 left, -1 right */
};

struct layout { /* a track, metre by metre */
	const struct track *track;
	int32_t length;
	struct corner corner[CORNERS_MAX];
	int ncorners;
	int32_t bend[TRACK_MAX_M]; /* curvature at each metre, 1e-9 per mm, + left */
};
void track_layout(const struct track *t, struct layout *out);
/* End of mini-sector i in metres; the last is the length. */
int32_t layout_loop(const struct layout *l, int i);

#endif
