/* The season's files: where each goes, and how its bytes are made. */
#ifndef GENERATOR_FILES_H
#define GENERATOR_FILES_H

#include "core/base/buf.h"
#include "data/generator/race.h"

struct out {
	const char *dir;
	bool failed; /* said on stderr already */
};

/* Writes dir/folder/name, making folders; b is emptied. */
void out_save(struct out *o, const char *folder, const char *name, struct buf *b);

/* Two forms of every table: with names, BOM and a delimiter at the end of each line, or without. */
enum form { FORM_NAMED, FORM_ANONYMOUS };

/* Ends a line: FORM_NAMED has a delimiter before it. */
void line_end(struct buf *b, enum form form);
void bom(struct buf *b, enum form form);
/* The number as that file prints it: without leading zeros where they were lost. */
const char *printed_number(const struct run *r, const struct driver *d, enum form form);
/* Driver indexes of the session's cars in the order of the printed numbers as text; returns how many. */
int by_number(const struct run *r, enum form form, uint8_t out[DRIVERS]);
/* "13:42:35.322" of a time of day in ms. */
void put_clock(struct buf *b, int64_t ms);
/* Average speed of a lap, tenths of km/h. */
int32_t lap_kph(const struct run *r, int32_t ms);

/* --- when ---- */
struct moment {
	char date[11]; /* local */
	int32_t start; /* local time of day when the session's clock starts, ms */
	int64_t utc;   /* the same, seconds since 1970 */
};
struct moment run_moment(const struct run *r);

/* --- tables: appended to b ---- */
void laps_file(struct buf *b, const struct run *r, enum form form);
enum stage { STAGE_PROVISIONAL, STAGE_OFFICIAL };
void results_file(struct buf *b, const struct run *r, enum form form, enum stage stage);
void timed_results_file(struct buf *b, const struct run *r);
void by_class_file(struct buf *b, const struct run *r);
void best_ten_file(struct buf *b, const struct run *r, enum form form);
void weather_file(struct buf *b, const struct run *r, uint64_t seed, enum form form);

/* Places of a race with penalties, driver indexes; what a provisional result leaves out. */
void classify(const struct run *r, enum stage stage, uint8_t out[DRIVERS]);
int32_t classified_total(const struct car_run *c, enum stage stage);

/* All files of one session. */
void save_session(struct out *o, const struct run *r, uint64_t seed);

#endif
