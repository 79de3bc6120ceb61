/* Joins official files and weather to the session they are about: by name and number, else by folder, and only when LAPS
 * and fastest lap agree for 80 % of the cars; else "not attached", with the reason. Cars of one number are told apart by LAPS
 * and total or fastest lap, never by order. */
#ifndef LOAD_ATTACH_H
#define LOAD_ATTACH_H

#include "core/load/identity.h"
#include "core/load/results.h"

/* Tries to join. On success fills the cars' official fields, adds not-started cars, names and teams where the laps have none, and a file
 * entry. false: *why (memory of s's arena or static) says why not; nothing was changed. */
bool attach_results(struct session *s, const struct results *r, const char **why);
/* Grid places for a race from a qualifying result of the same event: numbers must be cars of the race for 80 %. */
bool attach_grid(struct session *race, const struct results *qualifying, const char **why);

#endif
