#include "core/telemetry/stream.h"

#include <math.h>

static bool columns(struct tel_stream *s, uint32_t n, uint32_t channels)
{
	s->t = ARENA_ARRAY(s->arena, n, int64_t);
	s->lap = ARENA_ARRAY(s->arena, n, uint16_t);
	if (!s->t || !s->lap)
		return false;
	for (int c = 0; c < TEL_LAT; c++) {
		if (!(channels & 1u << c))
			continue;
		s->v[c] = ARENA_ARRAY(s->arena, n, float);
		if (!s->v[c])
			return false;
		for (uint32_t i = 0; i < n; i++)
			s->v[c][i] = NAN;
	}
	for (int c = TEL_LAT; c <= TEL_LON; c++) {
		if (!(channels & 1u << c))
			continue;
		double *v = ARENA_ARRAY(s->arena, n, double);
		if (!v)
			return false;
		for (uint32_t i = 0; i < n; i++)
			v[i] = (double)NAN;
		if (c == TEL_LAT)
			s->lat = v;
		else
			s->lon = v;
	}
	return true;
}

struct tel_stream *tel_stream_new(uint32_t n, uint32_t channels, struct err *err)
{
	struct arena *a = arena_new((size_t)1 << 30);
	struct tel_stream *s = a ? ARENA_NEW(a, struct tel_stream) : NULL;

	if (s) {
		s->arena = a;
		if (columns(s, n, channels))
			return s;
	}
	arena_free(a);
	err_set(err, ERR_NOMEM, "no memory for %u moments of telemetry", n);
	return NULL;
}

void tel_stream_put(struct tel_stream *s, uint32_t i, int64_t t, const struct tel_tick *tick)
{
	s->t[i] = t;
	s->lap[i] = tick->lap;
	for (int c = 0; c < TEL_LAT; c++)
		if (s->v[c] && tick->mask & 1u << c)
			s->v[c][i] = tick->v[c];
	if (s->lat && tick->mask & 1u << TEL_LAT)
		s->lat[i] = tick->gps[0];
	if (s->lon && tick->mask & 1u << TEL_LON)
		s->lon[i] = tick->gps[1];
}

static bool any_float(const float *v, uint32_t n)
{
	for (uint32_t i = 0; v && i < n; i++)
		if (!isnan(v[i]))
			return true;
	return false;
}

static bool any_double(const double *v, uint32_t n)
{
	for (uint32_t i = 0; v && i < n; i++)
		if (!isnan(v[i]))
			return true;
	return false;
}

void tel_stream_trim(struct tel_stream *s)
{
	for (int c = 0; c < TEL_LAT; c++)
		if (!any_float(s->v[c], s->n))
			s->v[c] = NULL;
	if (!any_double(s->lat, s->n))
		s->lat = NULL;
	if (!any_double(s->lon, s->n))
		s->lon = NULL;
}
