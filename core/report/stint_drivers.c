#include "core/report/stint_drivers.h"

#include <string.h>

#include "core/analysis/drive_time.h"
#include "core/report/columns.h"
#include "core/report/shapes.h"

static uint32_t laps_of(const struct analysis *an, uint32_t car, uint16_t driver)
{
	uint32_t first = car_first(an, car), n = 0;

	for (uint32_t i = first; i < first + car_seen(an, car); i++)
		n += an->session->laps.driver[i] == driver;
	return n;
}

/* The entry of the session's list that a pace is about. */
static uint16_t entry_of(const struct session *s, uint32_t car, const char *name)
{
	for (uint32_t i = 0; i < s->ndrivers; i++)
		if (s->drivers[i].car == car && strcmp(s->drivers[i].name, name) == 0)
			return (uint16_t)i;
	return NO_DRIVER;
}

static bool add_car(const struct report_in *in, uint16_t car, struct stint_drivers *out, struct err *err)
{
	struct driver_paces p;

	if (!driver_pace_make(in->analysis, car, in->arena, &p, err))
		return false;
	for (uint32_t i = 0; i < p.n && p.n > 1; i++) {
		uint16_t driver = entry_of(in->session, car, p.row[i].name);
		if (driver != NO_DRIVER)
			out->at[out->n++] = (struct stint_driver){.car = car,
								  .name = p.row[i].name,
								  .laps = laps_of(in->analysis, car, driver),
								  .time = drive_time(in->analysis, car, driver),
								  .pace = p.row[i]};
	}
	return true;
}

static bool shared(const struct session *s, uint16_t car)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < s->ndrivers; i++)
		n += s->drivers[i].car == car;
	return n > 1;
}

bool stint_drivers_make(const struct report_in *in, struct stint_drivers *out, struct err *err)
{
	const struct session *s = in->session;

	*out = (struct stint_drivers){.at = ARENA_ARRAY(in->arena, s->ndrivers, struct stint_driver)};
	if (!out->at)
		return err_set(err, ERR_NOMEM, "no memory for the drivers");
	for (uint32_t i = 0; i < s->ncars; i++) {
		bool wanted = in->car == NO_CAR ? analysis_in_class(&in->analysis->options, &s->cars[i]) : in->car == i;
		if (wanted && shared(s, (uint16_t)i) && !add_car(in, (uint16_t)i, out, err))
			return false;
	}
	return true;
}

struct ctx {
	const struct report_in *in;
	const struct stint_drivers *l;
};

static void driver_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;

	if (i >= c->l->n)
		return;
	const struct stint_driver *d = &c->l->at[i];
	record_text(r, "car", c->in->session->cars[d->car].id);
	record_text(r, "driver", d->name);
	record_int(r, "laps", d->laps);
	record_int(r, "clean_laps", d->pace.clean);
	record_time(r, "drive_time", d->time);
	record_time(r, "median", d->pace.median);
	record_interval(r, "v_class", &d->pace.v_class);
}

void stint_drivers_record(struct record *r, const struct report_in *in, const struct stint_drivers *l)
{
	struct ctx c = {in, l};

	record_rows(r, "drivers", l->n, driver_record, &c, true);
}

void stint_drivers_text(const struct report_in *in, const struct stint_drivers *l, struct buf *out)
{
	struct columns c;

	if (l->n == 0)
		return;
	buf_char(out, '\n');
	columns_begin(&c, out, in->ascii, "#> Driver Laps> Drive_time> Clean> Pace> v_class>");
	for (uint32_t i = 0; i < l->n; i++) {
		const struct stint_driver *d = &l->at[i];
		columns_text(&c, in->session->cars[d->car].id);
		columns_text(&c, d->name);
		columns_int(&c, d->laps);
		columns_time(&c, d->time);
		columns_int(&c, d->pace.clean);
		columns_time(&c, d->pace.median);
		columns_diff(&c, d->pace.v_class.n ? d->pace.v_class.median : MS_NONE);
	}
	columns_end(&c, 0);
	buf_str(out, "\ndrive time: laps added up without the time in the lane; v class: each clean lap minus\n"
		     "the class median of the same 20 minutes, their median\n");
}
