/* Where the figures of screen 3 come from. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/compare.h"
#include "tui/screens/why.h"

enum { PER_LINE = 12 };

static void put_command(const struct cmp_screen *c, struct buf *out)
{
	buf_fmt(out, "\nSame figures as text\n          pitwall compare %s %s %s", c->view->session->id,
		cmp_id(c, c->cars[1]), cmp_id(c, c->cars[0]));
	for (unsigned i = 2; i < c->ncars; i++)
		buf_fmt(out, " %s", cmp_id(c, c->cars[i]));
	buf_str(out, " --format json\n");
}

static void put_title(const struct cmp_screen *c, const char *what, char title[80])
{
	snprintf(title, 80, "Why  %.20s, you %.12s minus ref %.12s", what, cmp_id(c, c->cars[0]),
		 cmp_id(c, c->cars[1]));
}

/* Laps ---------------------------------------------------------------------------------------------*/

static void put_part(struct buf *out, const char *name, ms_t you, ms_t ref)
{
	char a[NUM_LEN], b[NUM_LEN], d[NUM_LEN];

	buf_fmt(out, "%-10s%10s%12s%10s\n", name, time_str(a, you), time_str(b, ref),
		diff_str(d, you == MS_NONE || ref == MS_NONE ? MS_NONE : you - ref));
}

static void put_parts(const struct cmp_screen *c, const struct lap_pair *p, struct buf *out)
{
	static const char *const sector[SECTORS] = {"S1", "S2", "S3"};
	const struct session *s = c->view->session;
	const struct laps *l = &s->laps;

	buf_fmt(out, "%-10s%10s%12s%10s\n", "", "you", "ref", "diff");
	put_part(out, "lap", l->time[p->you], l->time[p->ref]);
	for (int i = 0; i < SECTORS; i++)
		put_part(out, sector[i], l->sector[i][p->you], l->sector[i][p->ref]);
	for (unsigned i = 0; i < s->nmini; i++)
		put_part(out, s->mini_name[i] ? s->mini_name[i] : "-", l->mini[i][p->you], l->mini[i][p->ref]);
	buf_fmt(out, "checks    S1 + S2 + S3 = lap of both: %s\n",
		p->complete && p->sector[0] + p->sector[1] + p->sector[2] == p->delta ? "exact"
		: p->complete                                                         ? "NOT equal"
										      : "not complete");
}

bool cmp_why_lap(const struct cmp_screen *c, char title[80], struct buf *out)
{
	const struct lap_pair *p = cmp_lap(c);
	char ignored[80];

	if (!p)
		return false;
	snprintf(title, 80, "Why  L%u of %.12s, L%u of %.12s", c->view->session->laps.number[p->you],
		 cmp_id(c, c->cars[0]), c->view->session->laps.number[p->ref], cmp_id(c, c->cars[1]));
	put_parts(c, p, out);
	buf_fmt(out, "\nYou, %s\n", cmp_id(c, c->cars[0]));
	if (!why_lap(c->view, p->you, ignored, out))
		return false;
	buf_fmt(out, "\nRef, %s\n", cmp_id(c, c->cars[1]));
	return why_lap(c->view, p->ref, ignored, out);
}

bool cmp_why_gap(const struct cmp_screen *c, char title[80], struct buf *out)
{
	const struct lap_pair *p = cmp_lap(c);
	const struct laps *l = &c->view->session->laps;
	char a[NUM_LEN], b[NUM_LEN], d[NUM_LEN];

	put_title(c, "gap", title);
	buf_str(out, "rule      ELAPSED minus the reference's ELAPSED at the same lap; down is behind.\n"
		     "          The third and fourth car have lines of their own.\n");
	if (p)
		buf_fmt(out, "lap       %u: %s minus %s = %s, lines %u and %u\n", p->number,
			time_str(a, l->elapsed[p->you]), time_str(b, l->elapsed[p->ref]), diff_str(d, p->gap),
			l->line[p->you], l->line[p->ref]);
	put_command(c, out);
	return true;
}

/* Figures ------------------------------------------------------------------------------------------*/

static const char *rule_of(enum duel_figure f)
{
	static const char *const rule[DUEL_FIGURES] = {
		[DUEL_BEST] = "the lap the officials marked as best; where no lap is marked, the fastest driven",
		[DUEL_ROLLING] = "fastest S1+S2+S3 driven in a row, also across the line; no lap 1, in or\n"
				 "          out lap. Somebody drove it",
		[DUEL_IDEAL] = "best S1 + best S2 + best S3 of laps that are not first, in or out.\n"
			       "          Nobody drove it unless all are of one lap",
		[DUEL_MEDIAN] = "median of each car's clean laps; the difference is the median of the\n"
				"          lap-by-lap differences, not of the two medians",
		[DUEL_CLEAR_AIR] = "only laps both began 1.0 s or more behind the car ahead; the difference\n"
				   "          is the median of the lap-by-lap differences",
		[DUEL_TREND] = "least squares over clean laps, one mean a run; clear where the interval\n"
			       "          of the difference does not hold zero. Fuel, track and weather are in it",
		[DUEL_SPREAD] = "median distance from the median x 1.4826 of the clean laps",
		[DUEL_TOP_SPEED] = "greatest TOP_SPEED of any lap; the trap counts in steps of 0.9 km/h, so\n"
				   "          under 2 km/h nothing is claimed. In the tow: that lap began under 1.0 s\n"
				   "          behind a car"};

	return rule[f];
}

static void put_best_laps(const struct cmp_screen *c, enum duel_figure f, uint16_t car, struct buf *out)
{
	const struct car_best *b = &c->view->analysis->bests.car[car];
	char t[NUM_LEN], u[NUM_LEN], v[NUM_LEN];

	buf_fmt(out, "%-10s", cmp_id(c, car));
	if (f == DUEL_BEST && b->best.time != MS_NONE)
		buf_fmt(out, "%s on lap %u\n", time_str(t, b->best.time), b->best.lap);
	else if (f == DUEL_ROLLING && b->rolling != MS_NONE)
		buf_fmt(out, "%s, laps %u to %u\n", time_str(t, b->rolling), b->rolling_from, b->rolling_to);
	else if (f == DUEL_IDEAL && b->ideal != MS_NONE)
		buf_fmt(out, "S1 %s L%u, S2 %s L%u, S3 %s L%u\n", time_str(t, b->part[0].time), b->part[0].lap,
			time_str(u, b->part[1].time), b->part[1].lap, time_str(v, b->part[2].time), b->part[2].lap);
	else
		buf_str(out, "none\n");
}

/* Clear-air laps as numbers, so many a line. */
static void put_clear_laps(const struct cmp_screen *c, struct buf *out)
{
	const struct comparison *k = &c->view->cmp;
	uint32_t n = 0;

	for (uint32_t i = 0; i < k->npairs; i++)
		if (k->pairs[i].clear_air)
			buf_fmt(out, "%s%u",
				n++ == 0            ? "laps      "
				: n % PER_LINE == 1 ? "\n          "
						    : " ",
				k->pairs[i].number);
	buf_fmt(out, "%s%u of %u\n", n ? "\nused      " : "used      ", n, k->npairs);
}

static void put_speed(const struct cmp_screen *c, uint16_t car, struct buf *out)
{
	const struct laps *l = &c->view->session->laps;
	struct duel_speed top = duel_top_speed(c->view->analysis, car);
	const struct lap_air *air = &c->view->analysis->order.air[top.lap];
	char t[NUM_LEN], g[NUM_LEN];

	if (top.tenths == 0) {
		buf_fmt(out, "%-10snone\n", cmp_id(c, car));
		return;
	}
	buf_fmt(out, "%-10s%s km/h on lap %u, line %u", cmp_id(c, car), dec_str(t, top.tenths / 10.0, 1),
		l->number[top.lap], l->line[top.lap]);
	if (air->ahead != NO_CAR && air->gap != MS_NONE)
		buf_fmt(out, ", begun %s behind %s", time_str(g, air->gap), cmp_id(c, air->ahead));
	buf_char(out, '\n');
}

static void put_slope(const struct cmp_screen *c, uint16_t car, struct buf *out)
{
	const struct slope *s = &c->view->analysis->paces.car[car].trend.raw;
	char a[NUM_LEN], b[NUM_LEN], d[NUM_LEN];

	if (isnan(s->ols))
		buf_fmt(out, "%-10stoo few laps\n", cmp_id(c, car));
	else
		buf_fmt(out, "%-10s%s s a lap, 95 %% %s to %s, of %u laps in %u runs\n", cmp_id(c, car),
			dec_str(a, s->ols / 1000, 4), dec_str(b, s->low / 1000, 4), dec_str(d, s->high / 1000, 4), s->n,
			s->runs);
}

static void put_pace(const struct cmp_screen *c, uint16_t car, struct buf *out)
{
	const struct pace *p = &c->view->analysis->paces.car[car].all;
	char m[NUM_LEN], a[NUM_LEN], b[NUM_LEN];

	if (p->n == 0)
		buf_fmt(out, "%-10sno clean lap\n", cmp_id(c, car));
	else
		buf_fmt(out, "%-10smedian %s, quartiles %s and %s, MAD %.3f s, of %u clean laps\n", cmp_id(c, car),
			time_str(m, p->median), time_str(a, p->q1), time_str(b, p->q3), p->n > 1 ? p->mad / 1000 : 0.0,
			p->n);
}

static void put_car(const struct cmp_screen *c, enum duel_figure f, uint16_t car, struct buf *out)
{
	if (f <= DUEL_IDEAL)
		put_best_laps(c, f, car, out);
	else if (f == DUEL_TREND)
		put_slope(c, car, out);
	else if (f == DUEL_TOP_SPEED)
		put_speed(c, car, out);
	else
		put_pace(c, car, out);
}

bool cmp_why_figure(const struct cmp_screen *c, int row, char title[80], struct buf *out)
{
	enum duel_figure f = (enum duel_figure)row;

	if (!cmp_paired(c) || row < 0 || row >= DUEL_FIGURES)
		return false;
	put_title(c, duel_name(f), title);
	buf_fmt(out, "rule      %s\n", rule_of(f));
	for (unsigned i = 0; i < c->ncars; i++)
		put_car(c, f, c->cars[i], out);
	if (f == DUEL_CLEAR_AIR)
		put_clear_laps(c, out);
	put_command(c, out);
	return true;
}

bool cmp_why_spread(const struct cmp_screen *c, char title[80], struct buf *out)
{
	snprintf(title, 80, "Why  spread of clean laps");
	buf_str(out, "rule      least, quartile, median, quartile, greatest of the clean laps; quartiles\n"
		     "          inclusive. Second rows: those laps both the car and REF began in clear air\n");
	for (unsigned i = 0; i < c->ncars; i++)
		put_pace(c, c->cars[i], out);
	put_clear_laps(c, out);
	put_command(c, out);
	return true;
}

/* Sums ---------------------------------------------------------------------------------------------*/

bool cmp_why_sums(const struct cmp_screen *c, char title[80], struct buf *out)
{
	static const char *const name[1 + SECTORS] = {"lap", "S1", "S2", "S3"};
	const struct comparison *k = &c->view->cmp;
	const struct interval *four = c->clear ? k->four_clear : k->four;
	char m[NUM_LEN], lo[NUM_LEN], hi[NUM_LEN];

	put_title(c, "sums", title);
	buf_str(out, "sum       of all laps of the table, lap 1 too: exact\n"
		     "median    of the laps clean for both; interval by the exact sign test, 95 % for\n"
		     "          the four columns together (Holm). Mini-sectors: 95 % for all rows of\n"
		     "          the table of places together\n");
	for (int i = 0; i <= SECTORS; i++)
		buf_fmt(out, "%-10s%s  %s to %s, places %u and %u of %u in order\n", name[i],
			diff_str(m, four[i].n ? four[i].median : MS_NONE), diff_str(lo, four[i].low),
			diff_str(hi, four[i].high), four[i].lo_rank, four[i].hi_rank, four[i].n);
	put_command(c, out);
	return true;
}
