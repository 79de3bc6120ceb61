#include "tests/bench/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHAT_WIDTH = 52 };

void series_add(struct series *s, double v)
{
	if (!isnan(v) && s->n < SERIES_MAX)
		s->v[s->n++] = v;
}

static int by_value(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double series_at(const struct series *s, double q)
{
	struct series sorted = *s;
	int i = (int)ceil(q * s->n) - 1;

	if (s->n == 0)
		return NONE;
	qsort(sorted.v, (size_t)s->n, sizeof(sorted.v[0]), by_value);
	return sorted.v[i < 0 ? 0 : i];
}

void measure_pairs(measure_fn *ours, const void *a, measure_fn *bare, const void *b, int n, struct series *out_a,
		   struct series *out_b)
{
	for (int i = -1; i < n; i++) {
		double x = ours(a), y = bare ? bare(b) : 0;
		if (i < 0 || isnan(x) || isnan(y))
			continue;
		series_add(out_a, x);
		if (bare)
			series_add(out_b, y);
	}
}

void rows_head(const char *title)
{
	printf("%-*s %5s %9s %9s %6s %6s %8s %8s %5s %13s %13s\n", WHAT_WIDTH, title, "unit", "ours", "bare", "ratio",
	       "best", "min", "max", "n", "must", "aim");
}

static void print_number(double v, int width)
{
	if (isnan(v))
		printf(" %*s", width, "-");
	else
		printf(" %*.*f", width, v >= 100 ? 0 : v >= 10 ? 1 : v == 0 ? 0 : 2, v);
}

static void print_goal(double v, double goal)
{
	char text[32] = "-";

	if (!isnan(goal))
		snprintf(text, sizeof(text), "%.5g %-4s", goal, isnan(v) ? "-" : v <= goal ? "ok" : "over");
	printf(" %13s", text);
}

void row_print(const struct row *r)
{
	struct series ratios = {.n = 0};
	double value = series_at(r->ours, r->q > 0 ? r->q : 0.5);

	for (int i = 0; r->bare && i < r->ours->n && i < r->bare->n; i++)
		series_add(&ratios, r->ours->v[i] / r->bare->v[i]);
	const struct series *spread = r->bare ? &ratios : r->ours;
	double judged = r->by_ratio ? series_at(&ratios, 0.5) : value;

	printf("%-*s %5s", WHAT_WIDTH, r->what, r->unit);
	print_number(value, 9);
	print_number(r->bare ? series_at(r->bare, 0.5) : NONE, 9);
	print_number(series_at(&ratios, 0.5), 6);
	print_number(r->bare ? series_at(r->ours, 0) / series_at(r->bare, 0) : NONE, 6);
	print_number(series_at(spread, 0), 8);
	print_number(series_at(spread, 1), 8);
	printf(" %5d", r->ours->n);
	print_goal(judged, r->must);
	print_goal(judged, r->aim);
	putchar('\n');
	fflush(stdout);
}

void row_skip(const char *what, const char *why)
{
	printf("%-*s skipped: %s\n", WHAT_WIDTH, what, why);
	fflush(stdout);
}
