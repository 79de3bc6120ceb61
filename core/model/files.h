/* What was read from where: roles, states and diagnostics of files. */
#ifndef MODEL_FILES_H
#define MODEL_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/num.h"

enum file_role {
	ROLE_UNKNOWN,
	ROLE_LAPS,
	ROLE_RESULTS_PROVISIONAL,
	ROLE_RESULTS,
	ROLE_RESULTS_CLASS,
	ROLE_QUALIFYING,
	ROLE_BEST_TEN,
	ROLE_WEATHER,
	ROLE_SEASON_JSON,
	ROLE_TELEMETRY,
	ROLE_LAP_EVENTS,
	ROLE_LAPS_2024,
	ROLE_CHAMPIONSHIP,
	ROLE_STORY, /* the truth behind an invented season: what lies beside it is a demo */
	ROLE_OTHER,
};
enum file_state { FILE_USED, FILE_DUPLICATE, FILE_NOT_ATTACHED, FILE_REFUSED, FILE_NOT_READ };

struct file_entry {
	const char *path;
	enum file_role role;
	enum file_state state;
	const char *why; /* for anything but FILE_USED: one sentence; "" else */
	uint32_t rows, refused;
	int64_t size, mtime;
};

struct file_list {
	struct file_entry *at;
	uint32_t n, cap;
};

/* One thing wrong with one row. The first DIAG_KEPT of a file are kept word for word, all are counted. */
enum { DIAG_KEPT = 200 };
struct diag {
	const char *file;
	uint32_t line; /* 0: the file as a whole */
	const char *why;
};
struct diag_list {
	struct diag *at;
	uint32_t n, cap;
	uint64_t total;
};

const char *file_role_name(enum file_role r);   /* "laps", "provisional results", ... for people */
const char *file_state_name(enum file_state s); /* "used", "duplicate", "not attached", "refused", "not read" */
/* Both copy their strings into a; false when out of memory. */
bool file_list_add(struct file_list *l, struct arena *a, const struct file_entry *e);
bool diag_add(struct diag_list *l, struct arena *a, const char *file, uint32_t line, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
/* A message "path: why" or "path:line: why" without what the list that takes it holds by itself; line 0: none in it. */
const char *diag_why(const char *message, const char *path, uint32_t *line);

/* Weather over a session; every value NAN where no sensor told (-999, 64537, a track of 0 in every row). */
struct weather {
	uint32_t n;                                              /* rows */
	double air_c, track_c, humidity, pressure_hpa, wind_kmh; /* medians, metric whatever the file's units */
	bool rain;
};

#endif
