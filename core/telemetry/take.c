#include "core/telemetry/take.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/telemetry/text.h"

bool tel_taker_init(struct tel_taker *k, const struct tel_dialect *d, const struct tel_wanted *wanted)
{
	k->d = d;
	k->wanted = wanted ? *wanted : (struct tel_wanted){NULL, 0};
	k->is_wanted = NULL;
	k->nwanted = 0;
	k->taken = false;
	k->unwanted = TEL_NO_IDENT;
	return tel_batch_init(&k->batch);
}

void tel_taker_release(struct tel_taker *k)
{
	tel_batch_release(&k->batch);
	free(k->is_wanted);
}

/* --- Which cars ------------------------------------------------------------------ */

static struct str unpadded(struct str n)
{
	while (n.n > 1 && n.p[0] == '0')
		n = (struct str){n.p + 1, n.n - 1};
	return n;
}

bool tel_want_is(const struct tel_want *w, const struct tel_who *who)
{
	struct str chassis, number, wanted = str_from(w->chassis);

	tel_vehicle_split(who->vehicle, &chassis, &number);
	if (wanted.n > 0)
		return str_eq(chassis, wanted);
	wanted = str_from(w->number);
	if (wanted.n == 0)
		return true;
	if (who->number.n > 0)
		number = who->number;
	return w->exact ? str_eq(number, wanted) : str_eq(unpadded(number), unpadded(wanted));
}

static bool decide_wanted(const struct tel_taker *k, uint32_t ident)
{
	const struct tel_who *who = &tel_ident(k->batch.idents, ident)->who;

	for (uint32_t i = 0; i < k->wanted.n; i++)
		if (tel_want_is(&k->wanted.at[i], who))
			return true;
	return false;
}

bool tel_take_wanted(struct tel_taker *k, uint32_t ident)
{
	if (k->wanted.n == 0)
		return true;
	if (ident >= k->nwanted) {
		uint32_t n = ident * 2 + 64;
		uint8_t *wider = realloc(k->is_wanted, n);
		if (!wider) {
			k->batch.failed = true;
			return false;
		}
		memset(wider + k->nwanted, 0, n - k->nwanted);
		k->is_wanted = wider;
		k->nwanted = n;
	}
	if (k->is_wanted[ident] == 0)
		k->is_wanted[ident] = decide_wanted(k, ident) ? 2 : 1;
	return k->is_wanted[ident] == 2;
}

bool tel_take_outside(const struct tel_taker *k, uint32_t ident, int64_t meta)
{
	for (uint32_t i = 0; i < k->wanted.n; i++) {
		const struct tel_want *w = &k->wanted.at[i];
		if (meta >= w->from_ms && meta <= w->to_ms && tel_want_is(w, &tel_ident(k->batch.idents, ident)->who))
			return false;
	}
	return k->wanted.n > 0;
}

/* --- A row -------------------------------------------------------------------------- */

static bool times(const struct tel_taker *k, const struct str f[TEL_COLUMNS], struct tel_place *out, const char **why)
{
	bool meta = k->d->at[COL_META] >= 0;

	out->meta = out->clock = 0;
	*why = "meta_time is not readable";
	if (meta && !tel_time_parse(f[COL_META], &out->meta))
		return false;
	*why = "timestamp is not readable";
	if (k->d->has_clock && !tel_time_parse(f[COL_STAMP], &out->clock))
		return false;
	if (!meta)
		out->meta = out->clock;
	if (!k->d->has_clock)
		out->clock = out->meta;
	return true;
}

bool tel_take_place(struct tel_taker *k, const struct str f[TEL_COLUMNS], struct tel_place *out)
{
	struct tel_who who = {f[COL_VEHICLE], f[COL_NUMBER], f[COL_EVENT], f[COL_RACE]};
	const char *why;

	k->taken = false;
	k->unwanted = TEL_NO_IDENT;
	if (who.vehicle.n == 0 && who.number.n == 0) {
		who.vehicle = str_from(k->d->vehicle);
		if (who.vehicle.n == 0 && k->d->names_car) {
			k->batch.rows++;
			tel_batch_refuse(&k->batch, TEL_NO_IDENT, "no car is named");
			return false;
		}
	}
	out->ident = tel_batch_ident(&k->batch, &who);
	if (out->ident == TEL_NO_IDENT) {
		k->batch.rows++;
		tel_batch_refuse(&k->batch, TEL_NO_IDENT, "more different cars than a file can have");
		return false;
	}
	if (!tel_take_wanted(k, out->ident)) {
		k->unwanted = out->ident;
		return false;
	}
	k->batch.rows++;
	if (!times(k, f, out, &why)) {
		k->batch.car[out->ident].counts.rows++;
		tel_batch_refuse(&k->batch, out->ident, why);
		return false;
	}
	out->outside = tel_take_outside(k, out->ident, out->meta);
	out->lap = k->d->shape == TEL_REDUCED ? k->batch.lap : tel_lap_parse(f[COL_LAP]);
	k->place = *out;
	k->taken = true;
	return true;
}

struct tel_tick *tel_take_tick(struct tel_taker *k, const struct tel_place *at)
{
	struct tel_batch *b = &k->batch;
	struct tel_counts *c = &b->car[at->ident].counts;
	struct tel_tick *t = tel_batch_tick(b, at->ident, at->clock, at->meta, at->lap, at->outside);

	if (!at->outside) {
		c->rows++;
		c->lap_unknown += at->lap == TEL_NO_LAP;
	}
	return t;
}

void tel_take_value(struct tel_taker *k, const struct tel_place *at, struct tel_tick *t, int channel, double v)
{
	if (t && !at->outside)
		tel_tick_set(t, channel, v, &k->batch.car[at->ident].counts);
}

void tel_take_cell(struct tel_taker *k, const struct tel_place *at, struct tel_tick *t, int channel, struct str cell)
{
	double v;

	if (at->outside)
		return;
	if (cell.n == 0)
		tel_batch_refuse(&k->batch, at->ident, "there is no value");
	else if (!tel_value_parse(cell, &v) || !(fabs(v) <= TEL_VALUE_MAX))
		tel_batch_refuse(&k->batch, at->ident, "the value is no number that can be");
	else
		tel_take_value(k, at, t, channel, v);
}

void tel_take_long(struct tel_taker *k, const struct str f[TEL_COLUMNS])
{
	struct tel_place at;
	int channel;

	if (!tel_take_place(k, f, &at))
		return;
	channel = tel_channel_by_name(f[COL_NAME].p, f[COL_NAME].n);
	if (channel < 0 && k->d->shape == TEL_REDUCED && str_is(f[COL_NAME], "lap"))
		k->batch.lap = at.lap = tel_lap_parse(f[COL_VALUE]);
	else if (channel < 0 && !at.outside)
		tel_batch_refuse(&k->batch, at.ident, "the channel is not known");
	struct tel_tick *t = tel_take_tick(k, &at);
	if (channel >= 0)
		tel_take_cell(k, &at, t, channel, f[COL_VALUE]);
}

void tel_take_wide(struct tel_taker *k, const struct str f[TEL_COLUMNS], const struct str *cell, uint32_t n)
{
	struct tel_place at;

	if (!tel_take_place(k, f, &at))
		return;
	struct tel_tick *t = tel_take_tick(k, &at);
	for (uint32_t i = 0; i < n && i < DIALECT_FIELDS; i++)
		if (k->d->channel[i] >= 0 && cell[i].n > 0) /* a channel that has no sample at this moment */
			tel_take_cell(k, &at, t, k->d->channel[i], cell[i]);
}
