#include "core/analysis/relation.h"

#include <math.h>

#include "core/analysis/stat.h"

enum { T = RELATION_TERMS };

/* Of 100 points: keeps the normal equations well scaled. */
static const double SCALE = 0.01;

static void terms_of(const double x[FACTORS], double t[T])
{
	t[0] = 1;
	for (int k = 0; k < FACTORS; k++)
		t[k + 1] = x[k] * SCALE;
}

static void swap_rows(double m[T][2 * T], int a, int b)
{
	for (int k = 0; k < 2 * T; k++) {
		double v = m[a][k];
		m[a][k] = m[b][k];
		m[b][k] = v;
	}
}

/* Row by row; the row with the largest number in the column first. */
static bool eliminate(double m[T][2 * T], int col)
{
	int best = col;

	for (int r = col + 1; r < T; r++)
		if (fabs(m[r][col]) > fabs(m[best][col]))
			best = r;
	if (fabs(m[best][col]) < 1e-9)
		return false;
	swap_rows(m, col, best);
	double pivot = m[col][col];
	for (int k = 0; k < 2 * T; k++)
		m[col][k] /= pivot;
	for (int r = 0; r < T; r++) {
		double by = m[r][col];
		for (int k = 0; r != col && k < 2 * T; k++)
			m[r][k] -= by * m[col][k];
	}
	return true;
}

/* false: two factors are the same for all drivers, or one is constant. */
static bool invert(double in[T][T], double out[T][T])
{
	double m[T][2 * T] = {{0}};

	for (int r = 0; r < T; r++) {
		m[r][T + r] = 1;
		for (int k = 0; k < T; k++)
			m[r][k] = in[r][k];
	}
	for (int col = 0; col < T; col++)
		if (!eliminate(m, col))
			return false;
	for (int r = 0; r < T; r++)
		for (int k = 0; k < T; k++)
			out[r][k] = m[r][T + k];
	return true;
}

static double form(const struct relation *of, const double a[T])
{
	double sum = 0;

	for (int r = 0; r < T; r++)
		for (int k = 0; k < T; k++)
			sum += a[r] * of->spread[r][k] * a[k];
	return sum;
}

static double product(const double a[T], const double b[T])
{
	double sum = 0;

	for (int k = 0; k < T; k++)
		sum += a[k] * b[k];
	return sum;
}

/* b, and the inverse of the normal equations in out->spread. */
static bool solve(double (*x)[FACTORS], const double *y, uint32_t n, struct relation *out)
{
	double normal[T][T] = {{0}}, right[T] = {0}, t[T];

	for (uint32_t i = 0; i < n; i++) {
		terms_of(x[i], t);
		for (int r = 0; r < T; r++) {
			right[r] += t[r] * y[i];
			for (int k = 0; k < T; k++)
				normal[r][k] += t[r] * t[k];
		}
	}
	if (!invert(normal, out->spread))
		return false;
	for (int r = 0; r < T; r++)
		out->b[r] = product(out->spread[r], right);
	return true;
}

/* What a fit without driver i would miss i by is e / (1 - leverage): no need to fit n times. false: a driver whom no others are like. */
static bool errors_left_out(double (*x)[FACTORS], const double *y, uint32_t n, double *rest, struct relation *out)
{
	double sum = 0, squares = 0, t[T];

	for (uint32_t i = 0; i < n; i++)
		sum += y[i];
	for (uint32_t i = 0; i < n; i++) {
		terms_of(x[i], t);
		double miss = y[i] - product(out->b, t), leverage = form(out, t);
		if (leverage > 1 - 1e-9)
			return false;
		squares += miss * miss;
		rest[i] = miss / (1 - leverage);
		out->mae += fabs(rest[i]) / n;
		out->mae_mean += fabs(y[i] - (sum - y[i]) / (n - 1)) / n;
	}
	for (int r = 0; r < T; r++)
		for (int k = 0; k < T; k++)
			out->spread[r][k] *= squares / (n - T);
	dbl_sort(rest, n);
	out->rest_low = dbl_quantile_sorted(rest, n, 0.1);
	out->rest_high = dbl_quantile_sorted(rest, n, 0.9);
	return true;
}

void relation_fit(double (*x)[FACTORS], const double *y, uint32_t n, double *work, struct relation *out)
{
	*out = (struct relation){.n = n};
	if (n >= RELATION_LEAST && solve(x, y, n, out) && errors_left_out(x, y, n, work, out)) {
		out->known = true;
		out->t = student_t_975(n - T);
		return;
	}
	*out = (struct relation){.n = n};
}

struct estimate relation_at(const struct relation *r, const double x[FACTORS])
{
	double t[T], value;

	if (!r->known)
		return (struct estimate){(double)NAN, (double)NAN, (double)NAN};
	terms_of(x, t);
	value = product(r->b, t);
	return (struct estimate){value, value + r->rest_low, value + r->rest_high};
}

struct estimate relation_change(const struct relation *r, const double by[FACTORS])
{
	double t[T], value, half;

	if (!r->known)
		return (struct estimate){(double)NAN, (double)NAN, (double)NAN};
	terms_of(by, t);
	t[0] = 0;
	value = product(r->b, t);
	half = r->t * sqrt(fmax(form(r, t), 0));
	return (struct estimate){value, value - half, value + half};
}
