/* telemetry three: this driver, the next one up, the leader. telemetry grip: pedals, wheel, tyres of a lap. */
#include <math.h>

#include "core/report/columns.h"
#include "core/report/shapes.h"
#include "core/report/tel_load.h"
#include "core/telemetry/grip.h"

struct ctx {
	const struct report_in *in;
	struct tel_loaded *l;
	struct tel_three three;
};

static const char *const roles[] = {"you", "next", "leader"};

static const struct tel_corner_lap *lap_at(const struct ctx *c, int who, uint32_t corner)
{
	const struct tel_lap *l = c->three.lap[who];

	return l && corner < c->l->set->ncorners ? tel_corner_at(c->l->set, l, corner) : NULL;
}

static void three_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ctx *c = ctx;
	bool any = i < c->l->set->ncorners;

	record_word(r, "corner", any ? c->l->set->corner[i].id : NULL);
	record_dec(r, "apex", any ? c->l->set->corner[i].apex : (double)NAN, 1);
	for (int who = 0; who < 3; who++) {
		const struct tel_corner_lap *x = lap_at(c, who, i);

		record_obj(r, roles[who]);
		record_dec(r, "time", x ? x->time : (double)NAN, 3);
		record_dec(r, "min", x ? x->min : (double)NAN, 1);
		record_dec(r, "brake", x ? x->brake : (double)NAN, 1);
		record_dec(r, "gas", x ? x->gas : (double)NAN, 1);
		record_end_obj(r);
	}
}

static void who_record(struct record *r, const struct ctx *c)
{
	record_list(r, "who");
	for (int i = 0; i < 3; i++) {
		if (c->three.car[i] == UINT32_MAX)
			continue;
		record_flat(r);
		record_obj(r, NULL);
		record_word(r, "role", roles[i]);
		record_text(r, "car", c->in->session->cars[c->three.car[i]].id);
		record_int(r, "lap", c->three.lap[i] ? c->three.lap[i]->number : 0);
		record_time(r, "time", c->three.lap[i] ? c->three.lap[i]->time : MS_NONE);
		record_bool(r, "telemetry", c->three.lap[i] != NULL || (i == 2 && c->three.car[2] == c->three.car[1]));
		record_end_obj(r);
	}
	record_end_list(r);
}

static void who_text(const struct ctx *c, struct buf *out)
{
	char time[NUM_LEN];

	for (int i = 0; i < 3; i++) {
		const struct tel_lap *l = c->three.lap[i];

		if (c->three.car[i] == UINT32_MAX)
			continue;
		buf_fmt(out, "%-7s %-5s ", roles[i], c->in->session->cars[c->three.car[i]].id);
		if (l)
			buf_fmt(out, "lap %u  %s\n", (unsigned)l->number, time_str(time, l->time));
		else
			buf_str(out, i == 2 && c->three.car[2] == c->three.car[1] ? "is the next one up\n"
										  : "no telemetry\n");
	}
}

static void three_text(const struct ctx *c, struct buf *out)
{
	const struct tel_set *s = c->l->set;
	struct columns t;

	heading_text(c->in, out);
	who_text(c, out);
	columns_begin(&t, out, c->in->ascii,
		      "# apex> s> next> leader> km/h> next> leader> brake> next> leader> gas> next> leader>");
	for (uint32_t k = 0; k < s->ncorners; k++) {
		columns_word(&t, "%s", s->corner[k].id);
		columns_dec(&t, s->corner[k].apex, 0);
		for (int f = 0; f < 4; f++)
			for (int who = 0; who < 3; who++) {
				const struct tel_corner_lap *x = lap_at(c, who, k);
				double v = !x       ? (double)NAN
					   : f == 0 ? x->time
					   : f == 1 ? x->min
					   : f == 2 ? x->brake
						    : x->gas;

				columns_dec(&t, v, f == 0 ? 3 : f == 1 ? 1 : 0);
			}
	}
	columns_end(&t, 0);
	tel_source_text(c->in, c->l, out);
}

static bool three(struct ctx *c, uint16_t car, const struct shown_order *o, struct buf *out, struct err *err)
{
	uint32_t n = c->in->session->ncars, *order = ARENA_ARRAY(c->in->arena, n, uint32_t);
	struct record r;

	if (!order)
		return err_set(err, ERR_NOMEM, "no memory for the order");
	for (uint32_t i = 0; i < n; i++)
		order[i] = o->car[i];
	if (!tel_wanted(c->in, c->l, car, 0, err) ||
	    !tel_three_make(c->l->set, order, n, car, c->in->arena, &c->three, err))
		return false;
	if (c->in->format == REPORT_TEXT) {
		three_text(c, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, c->in, out);
	if (record_is_json(&r)) {
		record_tel_source(&r, c->l);
		who_record(&r, c);
	}
	record_rows(&r, "corners", c->l->set->ncorners, three_record, c, false);
	return answer_end(&r, err);
}

bool tel_answer_three(const struct report_in *in, struct buf *out, struct err *err)
{
	struct tel_loaded l;
	struct ctx c = {.in = in, .l = &l};
	struct shown_order o;
	uint16_t car, lap, cars[3];
	uint32_t n = 0, place = 0;
	bool ok;

	if (!tel_word(in, 1, &car, &lap, err) || !shown_order_make(in->analysis, in->arena, &o, err))
		return false;
	while (place < in->session->ncars && o.car[place] != car)
		place++;
	cars[n++] = car;
	if (place > 0 && place < in->session->ncars) {
		cars[n++] = o.car[place - 1];
		cars[n++] = o.car[0];
	}
	if (!tel_load(in, cars, n, true, &l, err))
		return false;
	ok = three(&c, car, &o, out, err);
	tel_unload(&l);
	return ok;
}

/* --- grip ---------------------------------------------------------------------------------- */

struct grip_ctx {
	const struct tel_lap *lap;
	const struct tel_set *set;
	struct tel_grip g;
};

static const struct {
	const char *name, *text;
	size_t at;
	int decimals;
} figures[] = {
	{"full_throttle", "full throttle, part of the time", offsetof(struct tel_grip, full), 3},
	{"part_throttle", "part throttle", offsetof(struct tel_grip, part), 3},
	{"braking", "braking", offsetof(struct tel_grip, brake), 3},
	{"coasting", "neither", offsetof(struct tel_grip, coast), 3},
	{"overlap", "both", offsetof(struct tel_grip, overlap), 3},
	{"brake_peak", "brake, greatest, bar", offsetof(struct tel_grip, brake_peak), 1},
	{"brake_mean", "brake, mean while braking, bar", offsetof(struct tel_grip, brake_mean), 1},
	{"brake_rise", "brake, rise, bar/s", offsetof(struct tel_grip, brake_rise), 0},
	{"steer_speed", "wheel, degrees/s", offsetof(struct tel_grip, steer_speed), 1},
	{"lateral_g", "sideways, 99 %, g", offsetof(struct tel_grip, lateral), 2},
	{"braking_g", "braking, 99 %, g", offsetof(struct tel_grip, braking), 2},
	{"accel_g", "accelerating, 99 %, g", offsetof(struct tel_grip, accel), 2},
	{"combined_g", "together, 95 %, g", offsetof(struct tel_grip, combined), 2},
	{"use", "of what the tyres gave in each direction", offsetof(struct tel_grip, use), 3},
};

static double figure(const struct tel_grip *g, size_t i)
{
	return *(const double *)(const void *)((const char *)g + figures[i].at);
}

static void grip_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct grip_ctx *c = ctx;

	(void)i;
	record_text(r, "car", tel_car_id(c->set, c->lap));
	record_int(r, "lap", c->lap->number);
	record_time(r, "time", c->lap->time);
	for (size_t k = 0; k < sizeof figures / sizeof *figures; k++)
		record_dec(r, figures[k].name, figure(&c->g, k), figures[k].decimals);
	record_int(r, "brakes", c->g.brakes);
	record_int(r, "reversals", c->g.reversals);
}

static void envelope_record(struct record *r, const struct tel_set *s)
{
	record_list(r, "friction_circle");
	for (int i = 0; i < GRIP_SECTORS; i++)
		record_dec(r, NULL, (double)s->grip[i], 2);
	record_end_list(r);
}

static bool grip(const struct report_in *in, struct tel_loaded *l, uint16_t car, uint16_t lap, struct buf *out,
		 struct err *err)
{
	struct grip_ctx c = {.set = l->set, .lap = tel_wanted(in, l, car, lap, err)};
	struct columns t;
	struct record r;

	if (!c.lap || !tel_grip_make(l->set, c.lap, &c.g, err))
		return false;
	if (in->format != REPORT_TEXT) {
		answer_begin(&r, in, out);
		if (record_is_json(&r)) {
			record_tel_source(&r, l);
			envelope_record(&r, l->set);
		}
		record_rows(&r, "grip", 1, grip_record, &c, false);
		return answer_end(&r, err);
	}
	heading_text(in, out);
	buf_fmt(out, "%s lap %u: %u applications of the brake, %u reversals of the wheel\n", tel_car_id(l->set, c.lap),
		(unsigned)c.lap->number, c.g.brakes, c.g.reversals);
	columns_begin(&t, out, in->ascii, "What Value>");
	for (size_t k = 0; k < sizeof figures / sizeof *figures; k++) {
		columns_word(&t, "%s", figures[k].text);
		columns_dec(&t, figure(&c.g, k), figures[k].decimals);
	}
	columns_end(&t, 0);
	tel_source_text(in, l, out);
	return answer_is_whole(out, err);
}

bool tel_answer_grip(const struct report_in *in, struct buf *out, struct err *err)
{
	struct tel_loaded l;
	uint16_t car, lap;
	bool ok;

	if (!tel_word(in, 1, &car, &lap, err) || !tel_load(in, &car, 1, true, &l, err))
		return false;
	ok = grip(in, &l, car, lap, out, err);
	tel_unload(&l);
	return ok;
}
