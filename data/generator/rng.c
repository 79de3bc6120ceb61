#include "data/generator/rng.h"

#include <math.h>

/* splitmix64 (Steele, Lea, Flood 2014; public domain). */
uint64_t rng_next(struct rng *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15U;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
	z = (z ^ z >> 27) * 0x94d049bb133111ebU;
	return z ^ z >> 31;
}

struct rng rng_stream(uint64_t seed, uint32_t purpose, uint32_t a, uint32_t b, uint32_t c)
{
	const uint32_t part[] = {purpose, a, b, c};
	struct rng r = {seed};

	for (unsigned i = 0; i < sizeof part / sizeof *part; i++)
		r.state = rng_next(&r) ^ part[i];
	return r;
}

int64_t rng_below(struct rng *r, int64_t n)
{
	return (int64_t)((rng_next(r) >> 33) % (uint64_t)n);
}

int64_t rng_between(struct rng *r, int64_t low, int64_t high)
{
	return low + rng_below(r, high - low + 1);
}

int64_t rng_normal(struct rng *r, int64_t sd)
{
	const int64_t middle = (int64_t)12 * 65535, unit = (int64_t)2 * 65536;
	int64_t sum = 0;

	for (int i = 0; i < 12; i++)
		sum += (int64_t)(rng_next(r) >> 48);
	return (2 * sum - middle) * sd / unit;
}

/* The machine's root may be off by its last bit: put right, it is the same everywhere. */
uint64_t int_sqrt(uint64_t v)
{
	uint64_t root = (uint64_t)sqrt((double)v);

	root = root > UINT32_MAX ? UINT32_MAX : root;
	while (root * root > v)
		root--;
	while (root < UINT32_MAX && (root + 1) * (root + 1) <= v)
		root++;
	return root;
}
