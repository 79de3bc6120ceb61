#include "core/analysis/track_length.h"

#include <math.h>
#include <stdlib.h>

#include "core/analysis/stat.h"

bool track_length_of(const struct session *s, const struct classes *c, double *metres, struct err *err)
{
	double *v = malloc((s->laps.n + (size_t)1) * sizeof *v);
	uint32_t n = 0;

	if (!v)
		return err_set(err, ERR_NOMEM, "no memory for the track length of %s", s->id);
	/* Tenths of km/h times ms: 36,000 of them are a metre. */
	for (uint32_t i = 0; i < s->laps.n; i++)
		if (c->lap[i].status == LAP_CLEAN && s->laps.kph[i] > 0)
			v[n++] = (double)s->laps.kph[i] * s->laps.time[i] / 36000;
	*metres = n ? dbl_median(v, n) : (double)NAN;
	free(v);
	return true;
}
