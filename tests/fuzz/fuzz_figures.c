/* Any bytes as a lap file, through every figure: laps -> analysis -> comparison, ledger, notes. What is summed must add up. */
#include <stdint.h>
#include <stdlib.h>

#include "core/analysis/analysis.h"
#include "core/analysis/coach.h"
#include "core/analysis/compare.h"
#include "core/load/laps.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { KINDS = 3, ARENA = 256 << 20 };

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void check_ledger(const struct comparison *c)
{
	int64_t sum = 0;
	if (!c->ledger || c->ledger_sum == MS_NONE)
		return;
	for (uint32_t i = 0; i < c->nledger; i++)
		sum += c->ledger[i].sum == MS_NONE ? 0 : c->ledger[i].sum;
	must(sum == c->ledger_sum);
}

static void check_notes(const struct notes *n)
{
	for (uint32_t i = 0; i < n->n; i++)
		must(n->note[i].head && n->note[i].text && n->note[i].action);
}

static void compare_two(const struct analysis *an, uint32_t ref, uint32_t you)
{
	struct err err = {0};
	struct arena *a = arena_new(ARENA);
	struct comparison c = {0};
	struct notes notes = {0};
	if (a && compare_make(an, ref, you, a, &c, &err)) {
		must(c.nclear <= c.nclean && c.nclean <= c.npairs);
		check_ledger(&c);
		if (coach_make(an, &c, a, &notes, &err))
			check_notes(&notes);
	}
	arena_free(a);
}

static void figures(const struct session *s)
{
	struct err err = {0};
	struct analysis *an = analysis_new(s, NULL, &err);
	if (!an)
		return;
	must(an->classes.clean <= s->laps.n);
	compare_two(an, 0, s->ncars - 1);
	compare_two(an, s->ncars - 1, s->ncars / 2);
	analysis_free(an);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = {0};
	struct csv_reader *r = csv_open_memory("fuzz.csv", (const char *)data, size, &err);
	struct session *s = r && laps_header(r) ? laps_load(r, "fuzz.csv", NULL, &err) : NULL;
	csv_close(r);
	if (s) {
		s->kind = (enum session_kind)(size % KINDS); /* a file does not say it: its name does */
		figures(s);
	}
	session_free(s);
	return 0;
}
