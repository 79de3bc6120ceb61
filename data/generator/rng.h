/* Random numbers that are the same on every machine: whole numbers only. Each purpose has a stream of its own, named by what
 * it is for, so that a change in one place of the season does not move every other. */
#ifndef GENERATOR_RNG_H
#define GENERATOR_RNG_H

#include <stdint.h>

struct rng {
	uint64_t state;
};

struct rng rng_stream(uint64_t seed, uint32_t purpose, uint32_t a, uint32_t b, uint32_t c);
uint64_t rng_next(struct rng *r);
/* 0 .. n-1; n > 0. */
int64_t rng_below(struct rng *r, int64_t n);
/* low .. high, both included. */
int64_t rng_between(struct rng *r, int64_t low, int64_t high);
/* About normal around 0 (a sum of twelve), symmetrical, never over 6 sd. */
int64_t rng_normal(struct rng *r, int64_t sd);

/* Largest whole number whose square is not over v. */
uint64_t int_sqrt(uint64_t v);

enum { FOR_FORM = 1, FOR_CORNERS, FOR_QUALIFYING, FOR_PRACTICE, FOR_RACE, FOR_WEATHER, FOR_TELEMETRY };

#endif
