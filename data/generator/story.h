/* story.json: the truth behind a generated season, for judging what the coach says about its laps.
 *
 * Nothing in it is measured from the lap files: every figure comes from the lap simulation with noise, traffic, stops and
 * cautions left out, which is what a driver would need per lap alone on the track. All times are seconds.
 *
 *   seed        number the season was made from
 *   places      names of the ten places, in the order of all arrays below: Lap S1 S2 S3 IM1a IM1 IM2a IM2 IM3a FL
 *   sessions[]  one a race
 *     id        as `pitwall sessions` prints it: "harrowvale_r2"
 *     laps      the winner's laps
 *     leader    id of the car that won on the road, "14"; of two cars "3" one is "3#2"
 *     cars[]    in the order of the road at the flag
 *       car, driver
 *       expected[10]     mean over laps 2 to the car's last: fresh + wear * laps / 2
 *       fresh[10]        on lap 1's tyres: lap n takes fresh + wear * (n - 1)
 *       wear[10]         seconds a lap added each lap (tyres of that driver, fuel, track: whatever has a slope)
 *       loss_leader[10]  expected minus the leader's; plus is slower
 *       loss_best[10]    expected minus the least of any car; never negative
 *       noise            standard deviation of one mini-sector, seconds
 *     planted[]  what was put in on purpose; each also is in the figures above, except start and spread
 *       car
 *       cause    "brakes early" "slow minimum" "late throttle": a corner, see corner and at
 *                "wear": seconds is the slope a lap beyond that of a usual driver, over the whole lap
 *                "spread": seconds is the standard deviation of a mini-sector (usual: 0.030 to 0.045)
 *                "start": seconds lost once, on lap 1, before traffic adds to it
 *                "strong corner": a strength, seconds is negative
 *       place    the mini-sector where most of it is lost; "Lap" for wear and spread, "IM1a" for a start
 *       corner   1.. in driving order, at: metres from the line to its slowest point; both null without a corner
 *       size     of the habit: metres early, metres late, per cent of minimum speed lost; null without a corner
 *       seconds  in that place a lap, alone: the car with the habit minus the same car without
 *       lap      the same over the whole lap
 *
 * Differences between any two cars are differences of their `expected` (or, over given laps, of fresh + wear * (n - 1)). */
#ifndef GENERATOR_STORY_H
#define GENERATOR_STORY_H

#include "core/base/buf.h"
#include "data/generator/race.h"

/* Appends one session's object; first: no comma in front. */
void story_begin(struct buf *b, uint64_t seed);
void story_session(struct buf *b, const struct run *run, bool first);
void story_end(struct buf *b);

#endif
