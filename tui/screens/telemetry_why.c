/* Where the figures of screen 4 come from: laps, file, clocks, checks at the official lines, thresholds. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/telemetry/habit.h"
#include "tui/screens/telemetry.h"

static const char *from_of(const struct tel_screen *t, uint16_t car)
{
	const struct tel_offer *o = tel_offer_of(t->tel->part, car);

	return o ? o->from : t->tel->part->from;
}

/* One lap: which official lap, by which clock, and what the checks say. */
static void put_lap(const struct tel_screen *t, const struct tel_lap *l, const char *who, struct buf *out)
{
	const struct tel_set *s = tels_set(t);
	const struct tel_set_car *c = &s->cars[l->car];
	const struct session *ss = t->view->session;
	uint16_t car = (uint16_t)tel_session_car(s, l);
	char a[NUM_LEN], b[NUM_LEN], day[32];

	buf_fmt(out, "%-10s%s lap %u, official %s, line %u of the lap file%s\n", who, ss->cars[car].id, l->number,
		time_str(a, l->time), ss->laps.line[l->lap], l->clean ? "" : ", not a clean lap");
	buf_fmt(out, "          %s, chassis %s, `lap` column %u; %s\n", from_of(t, car),
		*c->car.chassis ? c->car.chassis : "not said", l->label, tel_match_day(&c->match, day));
	buf_fmt(out, "          driven %s m, unscaled error %s s", dec_str(a, l->length, 1), dec_str(b, l->error, 3));
	buf_fmt(out, ", off at the loops %s s rms", dec_str(a, l->residual, 3));
	buf_fmt(out, ", longest hole %s s\n", dec_str(a, l->gap_max, 2));
	if (*l->why)
		buf_fmt(out, "          %s\n", l->why);
}

static void put_laps(const struct tel_screen *t, struct buf *out)
{
	static const char *const who[TEL_SLOTS] = {"you", "ref", "third"};

	for (int k = 0; k < TEL_SLOTS; k++)
		if (tels_lap(t, (enum tel_slot)k))
			put_lap(t, tels_lap(t, (enum tel_slot)k), who[k], out);
}

static void put_length(const struct tel_screen *t, struct buf *out)
{
	const struct tel_set *s = tels_set(t);
	char a[NUM_LEN], b[NUM_LEN];

	buf_fmt(out, "length    %s m by speed, %s m by the officials' KPH; %u points %s m apart\n",
		dec_str(a, s->length, 1), dec_str(b, s->timing_length, 1), s->n,
		dec_str((char[NUM_LEN]){0}, s->step, 3));
	if (*s->note)
		buf_fmt(out, "          %s\n", s->note);
}

bool tels_why_trace(const struct tel_screen *t, char title[80], struct buf *out)
{
	snprintf(title, 80, "Why  traces over distance");
	buf_fmt(out,
		"rule      a lap is what the car sent between two official crossings, found by time;\n"
		"          distance is integrated speed, pinned to both crossings. A value between\n"
		"          two samples of its channel is interpolated; over %.1f s apart it is a hole\n"
		"          and nothing is drawn. usual: the least and greatest of your other usable\n"
		"          laps at that place\n",
		tels_set(t)->options.gap);
	put_length(t, out);
	put_laps(t, out);
	return true;
}

static void put_delta(const struct tel_delta *d, struct buf *out)
{
	char a[NUM_LEN], b[NUM_LEN], c[NUM_LEN], e[NUM_LEN];

	buf_fmt(out, "%-10s%10s%12s%12s%12s\n", "loop", "at m", "official", "residual", "check");
	for (unsigned i = 0; i < d->nlines; i++)
		buf_fmt(out, "%-10s%10s%12s%12s%12s\n", d->line[i].name, dec_str(a, d->line[i].at, 0),
			dec_str(b, d->line[i].official, 3), dec_str(c, d->line[i].residual, 3),
			dec_str(e, d->line[i].check, 3));
	buf_fmt(out, "end       %s official; unscaled it would miss by %s s\n", diff_str(a, d->end),
		dec_str(b, d->error, 3));
	buf_fmt(out, "residual  %s s rms: what it misses the loops by when it is pinned to the line only\n",
		dec_str(a, d->residual, 3));
	buf_fmt(out, "check     %s s rms, each loop left out in turn: no place is claimed under %s s\n",
		dec_str(a, d->check, 3), dec_str(b, d->floor, 3));
}

bool tels_why_lost(const struct tel_screen *t, char title[80], struct buf *out)
{
	snprintf(title, 80, "Why  time lost and speed difference");
	buf_str(out, "rule      your time minus the reference's at the same distance; rising is losing.\n"
		     "          Both laps are pinned to the line and to the official loops (*), so it goes\n"
		     "          through the official differences and ends at the lap times' difference\n");
	if (tels_compared(t))
		put_delta(&t->tel->table.delta, out);
	else if (t->tel->table.delta.why && *t->tel->table.delta.why)
		buf_fmt(out, "          %s\n", t->tel->table.delta.why);
	put_laps(t, out);
	return true;
}

/* The corner the cursor is in, figure by figure. */
static void put_corner(const struct tel_screen *t, struct buf *out)
{
	int corner = tels_corner(t);
	const struct tel_corner *c = corner >= 0 ? &tels_set(t)->corner[corner] : NULL;
	char a[NUM_LEN], b[NUM_LEN];

	if (!c)
		return;
	buf_fmt(out, "\n%s at %.0f m (%s), in %u laps, minima within %s m; zone %.0f to %.0f m\n", c->id, c->apex,
		c->turn > 0   ? "left"
		: c->turn < 0 ? "right"
			      : "direction not known",
		c->laps, dec_str(a, c->spread, 0), c->from, c->to);
	for (uint32_t i = 0; t->tel->table.row && i < t->tel->table.n; i++) {
		const struct tel_row *r = &t->tel->table.row[i];
		if ((int)r->corner != corner)
			continue;
		buf_fmt(out, "time      %s and %s s", dec_str(a, r->you.time, 3), dec_str(b, r->ref.time, 3));
		buf_fmt(out, ": %s s%s\n", dec_str(a, r->lost, 3), r->claim ? "" : ", not over the floor");
		buf_fmt(out, "entry     %s and %s km/h", dec_str(a, r->you.entry, 1), dec_str(b, r->ref.entry, 1));
		buf_fmt(out, ", least %s and %s", dec_str(a, r->you.min, 1), dec_str(b, r->ref.min, 1));
		buf_fmt(out, ", exit %s and %s\n", dec_str(a, r->you.exit, 1), dec_str(b, r->ref.exit, 1));
		buf_fmt(out, "brake     at %s and %s m", dec_str(a, r->you.brake, 0), dec_str(b, r->ref.brake, 0));
		buf_fmt(out, ", peak %s and %s bar", dec_str(a, r->you.peak, 0), dec_str(b, r->ref.peak, 0));
		buf_fmt(out, ", released at %s and %s m\n", dec_str(a, r->you.release, 0),
			dec_str(b, r->ref.release, 0));
		if (*tel_habit_name(tel_row_habit(r)))
			buf_fmt(out, "          a %s\n", tel_habit_name(tel_row_habit(r)));
	}
}

bool tels_why_corners(const struct tel_screen *t, char title[80], struct buf *out)
{
	const struct tel_options *o = &tels_set(t)->options;

	snprintf(title, 80, "Why  corners");
	buf_fmt(out,
		"rule      a corner: speed rises by %.0f km/h on both sides of a minimum with %.1f g\n"
		"          sideways within %.0f m; minima within %.0f m are one corner. Zones meet where\n"
		"          the laps are fastest, so the times sum to the lap\n"
		"brake     last rise of front pressure through %.0f bar before the peak (%.0f bar, %.2f s)\n"
		"gas       throttle over %.0f %% again after the minimum and held\n"
		"outside   of what the other usable laps did, by more than %.0f km/h, %.0f m, %.0f bar\n"
		"mistake   more than any other lap lost, with a figure outside; a habit is lost on\n"
		"          all of the others too. Only over twice the loops' check, with %d laps or more\n",
		o->prominence, o->lateral, o->near, o->same, o->brake_on, o->brake_peak, o->brake_least, o->throttle_on,
		o->floor_speed, o->floor_brake, o->floor_pressure, TEL_LEAST);
	put_corner(t, out);
	buf_char(out, '\n');
	put_laps(t, out);
	return true;
}

bool tels_why_map(const struct tel_screen *t, char title[80], struct buf *out)
{
	char a[NUM_LEN];

	snprintf(title, 80, "Why  map");
	if (t->tel->part->outline.lap)
		buf_fmt(out, "rule      the GPS of lap %u, north up, smoothed over 20 m.\n",
			t->tel->part->outline.lap->number);
	else
		buf_str(out, "rule      no car here sent GPS: the shape is worked out from speed and sideways g\n"
			     "          and closed at the line. A sketch: north is not known.\n");
	if (tels_compared(t))
		buf_fmt(out,
			"colour    only corners that lose or gain over %s s, twice the loops' check; of\n"
			"          these where the time goes. 4+ lost, 4- gained, S the line, x the cursor\n",
			dec_str(a, t->tel->table.delta.floor, 3));
	return true;
}

static void put_grip(const struct tel_grip *g, const char *who, struct buf *out)
{
	char a[NUM_LEN], b[NUM_LEN], c[NUM_LEN], d[NUM_LEN];

	buf_fmt(out, "%-10sfull throttle %s %%, part %s, braking %s, neither %s\n", who, dec_str(a, g->full * 100, 0),
		dec_str(b, g->part * 100, 0), dec_str(c, g->brake * 100, 0), dec_str(d, g->coast * 100, 0));
	buf_fmt(out, "          g: sideways %s, braking %s, accelerating %s; use of the envelope %s %%\n",
		dec_str(a, g->lateral, 2), dec_str(b, g->braking, 2), dec_str(c, g->accel, 2),
		dec_str(d, g->use * 100, 0));
	buf_fmt(out, "          %u applications, peak %s bar, mean %s; wheel %s degrees/s", g->brakes,
		dec_str(a, g->brake_peak, 0), dec_str(b, g->brake_mean, 0), dec_str(c, g->steer_speed, 0));
	buf_fmt(out, ", %u reversals\n", g->reversals);
}

bool tels_why_grip(const struct tel_screen *t, char title[80], struct buf *out)
{
	static const char *const who[TEL_SLOTS] = {"you", "ref", "third"};

	snprintf(title, 80, "Why  friction circle");
	buf_str(out, "rule      sideways g (left is left) and g along the car (up is accelerating) at every\n"
		     "          metre shown. The line round it is the envelope: the 98th percentile in\n"
		     "          each direction over all usable laps. Use: how near to it while over 0.5 g.\n"
		     "          Shares are of the lap's time, of the whole lap\n");
	for (int k = 0; k < TEL_SLOTS; k++)
		if (tels_lap(t, (enum tel_slot)k))
			put_grip(&t->tel->grip[k], who[k], out);
	put_laps(t, out);
	return true;
}

static void put_counts(const struct tel_counts *c, struct buf *out)
{
	buf_fmt(out,
		"rows      %llu read, %llu refused, %llu duplicates, %llu conflicts, %llu backwards\n"
		"          lap not said %llu, stale %llu; in bursts %llu, drop-outs %llu\n",
		(unsigned long long)c->rows, (unsigned long long)c->refused, (unsigned long long)c->duplicates,
		(unsigned long long)c->conflicts, (unsigned long long)c->backward, (unsigned long long)c->lap_unknown,
		(unsigned long long)c->lap_stale, (unsigned long long)c->bursts, (unsigned long long)c->drop_outs);
}

bool tels_why_lap(const struct tel_screen *t, char title[80], struct buf *out)
{
	int row = t->rows[TELP_LAPS].cursor;
	const struct tel_list_row *r = row >= 0 && (uint32_t)row < t->nlist ? &t->list[row] : NULL;

	if (!r)
		return false;
	snprintf(title, 80, "Why  laps with telemetry of %.20s", t->view->session->cars[r->car].id);
	if (!r->lap) {
		buf_fmt(out, "%s has samples in %s; Enter reads them\n", t->view->session->cars[r->car].id,
			from_of(t, r->car));
		return true;
	}
	put_lap(t, r->lap, "lap", out);
	put_counts(&tels_set(t)->cars[r->lap->car].car.counts, out);
	buf_fmt(out, "%-10s%10s%12s%12s\n", "loop", "at m", "official", "off by");
	for (unsigned i = 0; i < r->lap->nlines; i++) {
		const struct tel_line *l = &r->lap->line[i];
		char a[NUM_LEN], b[NUM_LEN], c[NUM_LEN];
		buf_fmt(out, "%-10s%10s%12s%12s\n", l->name, dec_str(a, l->at, 0), time_str(b, l->official),
			dec_str(c, l->residual, 3));
	}
	return true;
}
