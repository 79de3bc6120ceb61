#include "core/analysis/compare.h"

#include "core/analysis/lap_sets.h"
#include "core/analysis/ledger.h"

enum { FEWEST_PAIRS = 6 }; /* under it a 95 % interval of a median does not exist */
static const double ALPHA = 0.05;

struct spot { /* of the table: neither sector nor mini-sector is the whole lap */
	int sector, mini;
};

static const struct spot WHOLE_LAP = {-1, -1};
/* As the table stands on screen: each sector followed by its own mini-sectors. */
static const struct spot TABLE[PLACES_MAX] = {{-1, -1}, {0, -1}, {-1, 0}, {-1, 1}, {1, -1},
					      {-1, 2},  {-1, 3}, {2, -1}, {-1, 4}, {-1, 5}};

const char *verdict_word(enum verdict v)
{
	static const char *const word[] = {"too few laps", "not clear", "gain", "loss"};

	return v <= VERDICT_LOSS ? word[v] : "";
}

static ms_t difference(ms_t you, ms_t ref)
{
	return you == MS_NONE || ref == MS_NONE ? MS_NONE : you - ref;
}

static ms_t value_of(const struct lap_pair *p, struct spot at)
{
	if (at.sector >= 0)
		return p->sector[at.sector];
	return at.mini >= 0 ? p->mini[at.mini] : p->delta;
}

/* --- The pairs ------------------------------------------------------------ */

static void fill_parts(const struct laps *l, struct lap_pair *p)
{
	p->complete = true;
	for (int i = 0; i < SECTORS; i++) {
		p->sector[i] = difference(l->sector[i][p->you], l->sector[i][p->ref]);
		p->complete = p->complete && p->sector[i] != MS_NONE;
	}
	for (int i = 0; i < MINIS; i++)
		p->mini[i] = difference(l->mini[i][p->you], l->mini[i][p->ref]);
}

static void fill_pair(const struct analysis *an, uint32_t ref, uint32_t you, struct lap_pair *p)
{
	const struct laps *l = &an->session->laps;
	const struct lap_air *air = an->order.air;

	*p = (struct lap_pair){.number = l->number[you], .ref = ref, .you = you};
	p->delta = difference(l->time[you], l->time[ref]);
	fill_parts(l, p);
	/* Laps of practice and qualifying are driven at different times: there is no gap on the road. */
	p->gap = an->session->kind == KIND_RACE ? difference(l->elapsed[you], l->elapsed[ref]) : MS_NONE;
	p->clean = lap_is_clean(an, you) && lap_is_clean(an, ref);
	p->clear_air = p->clean && air[you].air == AIR_CLEAR && air[ref].air == AIR_CLEAR;
}

static bool make_pairs(const struct analysis *an, struct comparison *c, struct arena *arena)
{
	const struct laps *l = &an->session->laps;
	uint32_t r = car_first(an, c->ref), y = car_first(an, c->you);
	uint32_t r_end = r + car_seen(an, c->ref), y_end = y + car_seen(an, c->you);

	c->pairs = ARENA_ARRAY(arena, car_seen(an, c->you), struct lap_pair);
	if (!c->pairs)
		return false;
	while (r < r_end && y < y_end) {
		if (l->number[r] < l->number[y]) {
			r++;
		} else if (l->number[y] < l->number[r]) {
			y++;
		} else {
			fill_pair(an, r++, y++, &c->pairs[c->npairs]);
			c->nclean += c->pairs[c->npairs].clean;
			c->nclear += c->pairs[c->npairs].clear_air;
			c->npairs++;
		}
	}
	return true;
}

/* --- The table ------------------------------------------------------------ */

/* Known differences of a place over the clean pairs, or over those in clear air. */
static uint32_t collect(const struct comparison *c, struct spot at, bool clear, ms_t *out)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < c->npairs; i++) {
		const struct lap_pair *p = &c->pairs[i];
		ms_t v = value_of(p, at);

		if ((clear ? p->clear_air : p->clean) && v != MS_NONE)
			out[n++] = v;
	}
	return n;
}

static bool place_is_known(const struct comparison *c, struct spot at)
{
	for (uint32_t i = 0; i < c->npairs; i++)
		if (value_of(&c->pairs[i], at) != MS_NONE)
			return true;
	return false;
}

static struct lap_ref best_of(const struct car_best *b, struct spot at)
{
	if (at.sector >= 0)
		return b->part[at.sector];
	return at.mini >= 0 ? b->mini_part[at.mini] : b->best;
}

static struct lap_ref session_best_of(const struct session_best *b, struct spot at)
{
	if (at.sector >= 0)
		return b->part[at.sector];
	return at.mini >= 0 ? b->mini_part[at.mini] : b->best;
}

static const char *place_name(const struct session *s, struct spot at)
{
	static const char *const sector[SECTORS] = {"S1", "S2", "S3"};

	if (at.sector >= 0)
		return sector[at.sector];
	if (at.mini < 0)
		return "Lap";
	return s->mini_name[at.mini] ? s->mini_name[at.mini] : "-";
}

static void start_row(const struct analysis *an, const struct comparison *c, struct spot at, struct place_row *r)
{
	struct lap_ref best = session_best_of(&an->bests.session, at);

	*r = (struct place_row){.name = place_name(an->session, at), .sector = at.sector, .mini = at.mini};
	r->ref_best = best_of(&an->bests.car[c->ref], at).time;
	r->you_best = best_of(&an->bests.car[c->you], at).time;
	r->ref_session = best.time != MS_NONE && r->ref_best == best.time && best.car == c->ref;
	r->you_session = best.time != MS_NONE && r->you_best == best.time && best.car == c->you;
}

static void choose_rows(const struct analysis *an, struct comparison *c)
{
	for (unsigned i = 0; i < PLACES_MAX; i++) {
		if (TABLE[i].mini >= 0 && (an->session->nmini == 0 || !place_is_known(c, TABLE[i])))
			continue;
		start_row(an, c, TABLE[i], &c->row[c->nrows++]);
	}
}

static struct spot row_spot(const struct place_row *r)
{
	return (struct spot){r->sector, r->mini};
}

struct asked { /* an interval somebody wants, and where it goes */
	struct spot at;
	struct interval *out;
};

/* Intervals corrected so that all of them hold together. Places with too few laps only say how many. */
static void intervals(const struct comparison *c, const struct asked *asked, unsigned nasked, bool clear, ms_t *scratch)
{
	double p[PLACES_MAX], level[PLACES_MAX];
	unsigned at[PLACES_MAX], m = 0;

	for (unsigned i = 0; i < nasked; i++) {
		uint32_t n = collect(c, asked[i].at, clear, scratch);

		if (n >= FEWEST_PAIRS) {
			p[m] = sign_test_p(scratch, n);
			at[m++] = i;
		} else {
			sign_interval(scratch, n, ALPHA, asked[i].out);
		}
	}
	if (m > 0)
		holm_levels(p, m, ALPHA, level);
	for (unsigned k = 0; k < m; k++) {
		uint32_t n = collect(c, asked[at[k]].at, clear, scratch);

		sign_interval(scratch, n, level[k], asked[at[k]].out);
	}
}

static void table_intervals(struct comparison *c, bool clear, ms_t *scratch)
{
	struct asked asked[PLACES_MAX];

	for (unsigned i = 0; i < c->nrows; i++)
		asked[i] = (struct asked){row_spot(&c->row[i]), clear ? &c->row[i].clear : &c->row[i].all};
	intervals(c, asked, c->nrows, clear, scratch);
}

static ms_t sum_of(const ms_t *v, uint32_t n)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < n; i++)
		sum += v[i];
	if (sum > MS_MAX)
		return MS_MAX;
	return sum <= MS_NONE ? MS_NONE + 1 : (ms_t)sum;
}

static enum verdict verdict_of(const struct interval *v)
{
	if (v->n < FEWEST_PAIRS)
		return VERDICT_TOO_FEW;
	if (!v->clear || v->lo_rank == 0)
		return VERDICT_NOT_CLEAR;
	return v->median < 0 ? VERDICT_GAIN : VERDICT_LOSS;
}

static void table_figures(struct comparison *c, ms_t *scratch)
{
	for (unsigned i = 0; i < c->nrows; i++) {
		struct place_row *r = &c->row[i];

		r->sum = sum_of(scratch, collect(c, row_spot(r), false, scratch));
		r->verdict = verdict_of(&r->all);
	}
}

/* --- Lap and sectors over the whole session -------------------------------- */

static struct spot one_of_four(int i)
{
	return i == 0 ? WHOLE_LAP : (struct spot){i - 1, -1};
}

static void four_intervals(struct comparison *c, bool clear, ms_t *scratch)
{
	struct asked asked[1 + SECTORS];

	for (int i = 0; i <= SECTORS; i++)
		asked[i] = (struct asked){one_of_four(i), clear ? &c->four_clear[i] : &c->four[i]};
	intervals(c, asked, 1 + SECTORS, clear, scratch);
}

/* Over every common lap, or those in clear air; a sector that is unknown on one of them has no sum. */
static void four_sums(const struct comparison *c, bool clear, ms_t sum[1 + SECTORS], uint32_t won[1 + SECTORS])
{
	for (int i = 0; i <= SECTORS; i++) {
		int64_t all = 0;
		bool known = true;

		for (uint32_t k = 0; k < c->npairs; k++) {
			ms_t v = value_of(&c->pairs[k], one_of_four(i));

			if (clear && !c->pairs[k].clear_air)
				continue;
			known = known && v != MS_NONE;
			all += v == MS_NONE ? 0 : v;
			won[i] += v != MS_NONE && v < 0;
		}
		sum[i] = known && all > MS_NONE && all <= MS_MAX ? (ms_t)all : MS_NONE;
	}
}

static void headline(struct comparison *c, ms_t *scratch)
{
	uint32_t n;

	c->headline_clear = c->nclear >= FEWEST_PAIRS;
	n = collect(c, WHOLE_LAP, c->headline_clear, scratch);
	sign_interval(scratch, n, ALPHA, &c->headline);
}

bool compare_figures(const struct analysis *an, struct comparison *c, struct arena *arena, struct err *err)
{
	ms_t *scratch = ARENA_ARRAY(arena, c->npairs, ms_t);

	if (!scratch)
		return err_set(err, ERR_NOMEM, "out of memory for the comparison");
	choose_rows(an, c);
	table_intervals(c, false, scratch);
	table_intervals(c, true, scratch);
	table_figures(c, scratch);
	four_intervals(c, false, scratch);
	four_intervals(c, true, scratch);
	four_sums(c, false, c->sum, c->won);
	four_sums(c, true, c->sum_clear, c->won_clear);
	headline(c, scratch);
	return true;
}

bool compare_make(const struct analysis *an, uint32_t ref, uint32_t you, struct arena *arena, struct comparison *out,
		  struct err *err)
{
	*out = (struct comparison){.ref = (uint16_t)ref, .you = (uint16_t)you};
	if (ref >= an->session->ncars || you >= an->session->ncars)
		return err_set(err, ERR_NOT_FOUND, "no such car in this session");
	if (!make_pairs(an, out, arena))
		return err_set(err, ERR_NOMEM, "out of memory for the comparison");
	return compare_figures(an, out, arena, err) && ledger_make(an, out, arena, err);
}
