/* Which columns are asked for. */
#include <string.h>
#include <strings.h>

#include "core/model/telemetry.h"
#include "core/source/fetch_sink.h"

static int find(const struct sf_column *table, unsigned n, const char *name)
{
	for (unsigned i = 0; i < n; i++)
		if (strcasecmp(table[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* A channel goes by two names, and a table may have either. */
static int find_channel(const struct sf_column *table, unsigned n, int channel)
{
	for (unsigned i = 0; i < n; i++)
		if (tel_channel_by_name(table[i].name, strlen(table[i].name)) == channel)
			return (int)i;
	return -1;
}

static bool add(const struct sf_column *table, int i, struct sf_column *out, unsigned *n)
{
	if (i < 0 || *n == FETCH_COLUMNS || find(out, *n, table[i].name) >= 0)
		return false;
	out[(*n)++] = table[i];
	return true;
}

static bool named(const struct fetch_want *w, const struct sf_column *table, unsigned n, struct sf_column *out,
		  unsigned *nout, struct err *err)
{
	for (unsigned k = 0; k < w->ncolumns; k++) {
		const char *name = w->columns[k];
		int channel = tel_channel_by_name(name, strlen(name)), i = find(table, n, name);
		if (i < 0 && channel >= 0)
			i = find_channel(table, n, channel);
		if (i < 0)
			return err_set(err, ERR_NOT_FOUND, "the table has no column %.60s", name);
		add(table, i, out, nout);
	}
	return true;
}

bool fetch_columns(const struct fetch_want *w, const struct sf_column *table, unsigned n, struct sf_column *out,
		   unsigned *nout, const char **order, struct err *err)
{
	static const char *const always[] = {"VEHICLE_ID", "META_TIME", "TIMESTAMP"};
	static const char *const orders[] = {"TIMESTAMP", "META_TIME", "LAPTRIGGER_LAPDIST_DLS", "LAP"};
	int at = -1;

	*nout = 0;
	if (!add(table, find(table, n, "VEHICLE_NUMBER"), out, nout))
		return err_set(err, ERR_NOT_FOUND, "the table has no column VEHICLE_NUMBER: is SNOWFLAKE_TABLE right?");
	add(table, find(table, n, "LAP"), out, nout);
	if (w->ncolumns > 0 && !named(w, table, n, out, nout, err))
		return false;
	for (unsigned i = 0; w->ncolumns == 0 && i < sizeof(always) / sizeof(always[0]); i++)
		add(table, find(table, n, always[i]), out, nout);
	for (int c = 0; w->ncolumns == 0 && c < TEL_CHANNELS; c++)
		add(table, find_channel(table, n, c), out, nout);
	for (unsigned i = 0; at < 0 && i < sizeof(orders) / sizeof(orders[0]); i++)
		at = find(table, n, orders[i]);
	if (at < 0)
		return err_set(err, ERR_NOT_FOUND,
			       "the table has no column that puts its rows in order (TIMESTAMP, META_TIME)");
	*order = table[at].name;
	return true;
}
