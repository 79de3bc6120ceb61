#include "core/model/telemetry.h"

#include <string.h>
#include <strings.h>

/* The names of the raw export, and the short ones that others gave the same channels. */
static const struct {
	const char *name, *alias;
} channels[TEL_CHANNELS] = {
	[TEL_SPEED] = {"speed", "spd"},
	[TEL_APS] = {"aps", ""},
	[TEL_ATH] = {"ath", ""},
	[TEL_BRAKE_F] = {"pbrake_f", "bf"},
	[TEL_BRAKE_R] = {"pbrake_r", "br"},
	[TEL_GEAR] = {"gear", ""},
	[TEL_STEER] = {"Steering_Angle", "steer"},
	[TEL_RPM] = {"nmot", "rpm"},
	[TEL_ACCX] = {"accx_can", "accx"},
	[TEL_ACCY] = {"accy_can", "accy"},
	[TEL_LAPDIST] = {"Laptrigger_lapdist_dls", "dist"},
	[TEL_LAT] = {"VBOX_Lat_Min", "lat"},
	[TEL_LON] = {"VBOX_Long_Minutes", "lon"},
};

const char *tel_channel_name(enum tel_channel c)
{
	return channels[c].name;
}

static bool same(const char *known, const char *name, size_t n)
{
	return strlen(known) == n && n > 0 && strncasecmp(known, name, n) == 0;
}

int tel_channel_by_name(const char *name, size_t n)
{
	for (int c = 0; c < TEL_CHANNELS; c++)
		if (same(channels[c].name, name, n) || same(channels[c].alias, name, n))
			return c;
	return -1;
}

void tel_stream_free(struct tel_stream *s)
{
	if (s)
		arena_free(s->arena); /* the stream itself lives in it */
}
