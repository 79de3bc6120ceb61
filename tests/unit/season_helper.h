/* The real season for tests of what is worked out of it. */
#ifndef TESTS_UNIT_SEASON_HELPER_H
#define TESTS_UNIT_SEASON_HELPER_H

#include "core/analysis/season_book.h"
#include "core/model/dataset.h"

/* Loaded from the real files, with its book; both are the caller's to free, the book first. Skips the test where they are not there. */
struct dataset *real_season(struct season_book **book);

#endif
