/* Purple, green, yellow for every known sector of every lap, in the order of crossing: S1 at ELAPSED - LAP_TIME + S1, S2 at
 * ELAPSED - S3, S3 at ELAPSED; equal times by car id. Purple: strictly better than everyone so far (in the class when one is
 * chosen); green: strictly better than own so far; else yellow. Nothing later leaks in. Source: official timing screens. */
#ifndef ANALYSIS_COLOURS_H
#define ANALYSIS_COLOURS_H

#include "core/analysis/classify.h"

enum colour { COLOUR_NONE, COLOUR_PURPLE, COLOUR_GREEN, COLOUR_YELLOW };

struct colours {
	uint8_t *sector[SECTORS];       /* enum colour per lap */
	uint8_t *lap;                   /* the same rule over whole lap times, at ELAPSED */
	uint32_t purple, green, yellow; /* of sectors */
};

const char *colour_name(enum colour c); /* NULL for none: "purple" "green" "yellow" */
bool colours_make(const struct session *s, const struct analysis_options *o, const struct classes *c, struct arena *a,
		  struct colours *out, struct err *err) MUST_CHECK;

#endif
