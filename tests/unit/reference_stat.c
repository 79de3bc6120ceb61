/* Statistics, in exact whole numbers where they can be. */
#include <math.h>
#include <stdlib.h>

#include "tests/unit/reference.h"

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void ref_sort(int64_t *v, int n)
{
	qsort(v, (size_t)n, sizeof *v, by_value);
}

int64_t ref_median_twice(int64_t *v, int n)
{
	ref_sort(v, n);
	return v[(n - 1) / 2] + v[n / 2];
}

int ref_round(int64_t num, int64_t den)
{
	int64_t size = (2 * (num < 0 ? -num : num) + den) / (2 * den);

	return (int)(num < 0 ? -size : size);
}

/* P(|T| <= t) for whole df: Abramowitz and Stegun 26.7.3 and 26.7.4. */
static double student_within(double t, int df)
{
	double angle = atan(t / sqrt(df)), c2 = cos(angle) * cos(angle);
	double term = df % 2 ? cos(angle) : 1, sum = 0;

	for (int k = df % 2 ? 3 : 2; k <= df; k += 2) {
		sum += term;
		term *= c2 * (k - 1) / k;
	}
	return df % 2 ? 2 / acos(-1) * (angle + sin(angle) * sum) : sin(angle) * sum;
}

double ref_student(int df)
{
	static double known[REF_LAPS]; /* asked for again and again */
	double low = 0, high = 13;

	if (known[df] > 0)
		return known[df];
	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;
		if (student_within(middle, df) < 0.95)
			low = middle;
		else
			high = middle;
	}
	return known[df] = low;
}
