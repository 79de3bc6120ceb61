/* The official loops lie at the same place on every lap: what a lap's distance misses them by is its residual. */
#include <math.h>

#include "core/telemetry/cutting.h"
#include "core/telemetry/lines.h"

struct fit {
	struct tel_set *s;
	struct cutting *k;
	const struct tel_path *path; /* one a car */
	unsigned n;
};

/* Part of the lap's distance that lies before a time after its start. */
static double part_at(const struct fit *f, uint32_t lap, double after)
{
	const struct tel_cut *c = &f->k->cut[lap];
	const struct tel_path *p = &f->path[f->s->lap[lap].car];
	double from = tel_path_at(p, c->start);

	return (tel_path_at(p, c->start + after) - from) / (tel_path_at(p, c->end) - from);
}

/* Was about a lap's length driven? A lap through the pit lane says nothing about where the loops are. */
static bool usual_length(const struct fit *f, uint32_t lap)
{
	const struct tel_cut *c = &f->k->cut[lap];
	const struct tel_path *p = &f->path[f->s->lap[lap].car];
	double length = tel_path_at(p, c->end) - tel_path_at(p, c->start);

	return fabs(length / f->s->length - 1) <= 0.02;
}

/* Where a loop is: the mean of the cars, each the mean of its laps, as a part of the length; so that a car with many laps does not decide
 * alone. Clean laps, where there are any. */
static double line_part(const struct fit *f, unsigned line, bool clean)
{
	double sum = 0;
	uint32_t cars = 0;

	for (uint32_t car = 0; car < f->s->ncars; car++) {
		const struct tel_set_car *c = &f->s->cars[car];
		double own = 0;
		uint32_t n = 0;

		for (uint32_t i = c->first; i < c->first + c->n && !c->no_clock; i++) {
			ms_t at = f->s->lap[i].line[line].official;
			double part = at == MS_NONE || !usual_length(f, i) ? (double)NAN : part_at(f, i, at);

			if (isnan(part) || (clean && !f->s->lap[i].clean))
				continue;
			own += part;
			n++;
		}
		if (n > 0) {
			sum += own / n;
			cars++;
		}
	}
	return cars ? sum / cars : (double)NAN;
}

/* Time after its start at which a lap has done that part of its distance, s. */
static double time_of_part(const struct fit *f, uint32_t lap, double part)
{
	const struct tel_cut *c = &f->k->cut[lap];
	const struct tel_path *p = &f->path[f->s->lap[lap].car];
	double from = tel_path_at(p, c->start), length = tel_path_at(p, c->end) - from;

	return isnan(length) ? (double)NAN : (tel_path_time(p, from + part * length) - c->start) / 1000;
}

static void names_and_times(struct fit *f)
{
	const char *name[TEL_LINES] = {NULL};

	f->n = tel_line_names(f->s->session, name);
	for (uint32_t i = 0; i < f->s->nlaps; i++) {
		ms_t at[TEL_LINES];

		tel_line_times(f->s->session, f->s->lap[i].lap, at);
		f->s->lap[i].nlines = f->n;
		for (unsigned k = 0; k < f->n; k++)
			f->s->lap[i].line[k] = (struct tel_line){
				.name = name[k], .at = NAN, .official = at[k], .residual = NAN, .check = NAN};
	}
}

/* Squares of one lap's residuals; count of them. */
static double lap_squares(const struct fit *f, uint32_t lap, const double *part, unsigned *count)
{
	struct tel_lap *l = &f->s->lap[lap];
	double sum = 0;

	*count = 0;
	for (unsigned k = 0; k < f->n; k++) {
		struct tel_line *x = &l->line[k];

		x->at = part[k] * f->s->length;
		if (x->official == MS_NONE || f->s->cars[l->car].no_clock)
			continue;
		x->residual = time_of_part(f, lap, part[k]) - x->official / 1000.0;
		if (isnan(x->residual))
			continue;
		sum += x->residual * x->residual;
		++*count;
	}
	return sum;
}

double tel_lines_fit(struct tel_set *s, struct cutting *k, enum tel_distance source)
{
	struct fit f = {.s = s, .k = k, .path = source == DIST_TRIGGER ? k->trigger : k->speed};
	double part[TEL_LINES], sum = 0;
	unsigned all = 0, n;

	names_and_times(&f);
	for (unsigned i = 0; i < f.n; i++) {
		part[i] = line_part(&f, i, true);
		if (isnan(part[i]))
			part[i] = line_part(&f, i, false);
	}
	for (uint32_t i = 0; i < s->nlaps; i++) {
		double squares = lap_squares(&f, i, part, &n);

		/* One lap alone is always right about where the loops are. */
		s->lap[i].residual = n && s->nlaps > 1 ? sqrt(squares / n) : (double)NAN;
		if (!s->lap[i].clean)
			continue;
		sum += squares;
		all += n;
	}
	return all ? sqrt(sum / all) : (double)NAN;
}

/* --- pins ---------------------------------------------------------------------------- */

static const double most_stretch =
	0.05; /* a stretch between two pins that is longer or shorter by more is no better for being pinned */

static bool plausible(double raw, double at, double whole)
{
	return raw > 0 && at > 0 && fabs(at / raw / whole - 1) <= most_stretch;
}

/* All pins but the loop `without` (-1: with all). */
static void pin_without(const struct tel_set *s, const struct tel_lap *l, struct tel_cut *c, int without)
{
	double whole = s->length / c->metres;

	c->raw[0] = c->at[0] = 0;
	c->pins = 1;
	for (unsigned i = 0; i < l->nlines && !s->cars[l->car].no_clock; i++) {
		const struct tel_line *x = &l->line[i];
		double raw =
			x->official == MS_NONE ? (double)NAN : tel_path_at(c->path, c->start + x->official) - c->from;
		unsigned last = c->pins - 1;

		if ((int)i == without || isnan(raw) || isnan(x->at) ||
		    !plausible(raw - c->raw[last], x->at - c->at[last], whole))
			continue;
		c->raw[c->pins] = raw;
		c->at[c->pins++] = x->at;
	}
	if (c->pins > 1 && !plausible(c->metres - c->raw[c->pins - 1], s->length - c->at[c->pins - 1], whole))
		c->pins--;
	c->raw[c->pins] = c->metres;
	c->at[c->pins++] = s->length;
}

void tel_lines_pin(struct tel_set *s, struct tel_lap *l, struct tel_cut *c)
{
	double sum = 0;
	unsigned n = 0;

	for (unsigned i = 0; i < l->nlines; i++) {
		struct tel_line *x = &l->line[i];

		if (isnan(x->residual))
			continue;
		pin_without(s, l, c, (int)i);
		x->check = (tel_cut_time(c, x->at) - c->start - x->official) / 1000;
		sum += x->check * x->check;
		n++;
	}
	l->check = n && s->nlaps > 1 ? sqrt(sum / n) : (double)NAN;
	pin_without(s, l, c, -1);
}
