#include "tui/screens/ledger_rows.h"

#include <stdio.h>

static ms_t weight_of(const struct ledger_row *r)
{
	if (r->kind != LEDGER_BEHIND)
		return MS_MAX;
	return r->sum < 0 ? -r->sum : r->sum;
}

static bool among_heaviest(const struct comparison *c, uint32_t row, uint32_t keep)
{
	ms_t own = weight_of(&c->ledger[row]);
	uint32_t heavier = 0;

	for (uint32_t i = 0; i < c->nledger; i++) {
		ms_t other = weight_of(&c->ledger[i]);

		heavier += i < row ? other >= own : other > own;
	}
	return heavier < keep;
}

/* A sector unknown on one lap has no sum. */
static void add_sectors(struct ledger_row *sum, const struct ledger_row *r)
{
	for (int i = 0; i < SECTORS; i++)
		sum->sector[i] =
			sum->sector[i] == MS_NONE || r->sector[i] == MS_NONE ? MS_NONE : sum->sector[i] + r->sector[i];
}

void ledger_choose(const struct comparison *c, int room, struct ledger_shown *s)
{
	uint32_t keep = room > 1 ? (uint32_t)room : 1;

	s->n = s->folded = 0;
	s->rest = (struct ledger_row){.kind = LEDGER_BEHIND, .behind = NO_CAR};
	if (keep > LEDGER_SHOWN)
		keep = LEDGER_SHOWN;
	if (c->nledger > keep)
		keep--;
	for (uint32_t i = 0; i < c->nledger; i++) {
		const struct ledger_row *r = &c->ledger[i];
		if (c->nledger <= keep || among_heaviest(c, i, keep)) {
			s->row[s->n++] = i;
			continue;
		}
		s->folded++;
		s->rest.n += r->n;
		s->rest.sum += r->sum;
		s->rest.faster += r->faster;
		add_sectors(&s->rest, r);
	}
}

void ledger_laps(const struct comparison *c, const struct ledger_row *r, int room, char *out, size_t cap)
{
	size_t n = 0;

	for (uint32_t i = 0; i < r->n;) {
		uint32_t j = i;
		unsigned from = c->pairs[r->pairs[i]].number;
		while (j + 1 < r->n && c->pairs[r->pairs[j + 1]].number == c->pairs[r->pairs[j]].number + 1)
			j++;
		unsigned to = c->pairs[r->pairs[j]].number;
		int w = snprintf(out + n, cap - n, to > from ? "%s%u-%u" : "%s%u", n ? " " : "", from, to);
		if (w < 0 || n + (size_t)w > (size_t)room) {
			snprintf(out, cap, "%u laps", r->n);
			return;
		}
		n += (size_t)w;
		i = j + 1;
	}
}

void ledger_row_name(const struct session *s, const struct ledger_row *r, uint32_t folded, char out[64])
{
	if (folded)
		snprintf(out, 64, "%u others", folded);
	else if (r->kind == LEDGER_BEHIND && r->behind != NO_CAR)
		snprintf(out, 64, "behind %s", s->cars[r->behind].id);
	else
		snprintf(out, 64, "%s", ledger_name(r->kind));
}
