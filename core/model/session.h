/* A timing session as its files say it: cars and laps, nothing computed.
 *
 * Laps are columns (one array a field), car by car and by lap number within a car, so that an analysis reads only what
 * it needs. A session never changes once loaded; a new one replaces it. All memory is its arena's.
 * Times are whole milliseconds; missing is MS_NONE, never 0. Names and numbers of cars are text: 007, 7, 03, 3 are four cars. */
#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/num.h"
#include "core/model/files.h"

enum { SECTORS = 3, MINIS = 6 };

enum session_kind { KIND_RACE, KIND_QUALIFYING, KIND_PRACTICE };

/* The flag shown when the car crossed the line at the end of the lap (FLAG_AT_FL), not during it. */
enum flag { FLAG_EMPTY, FLAG_GREEN, FLAG_FINISH, FLAG_FCY, FLAG_SAFETY_CAR, FLAG_RED, FLAG_OTHER, FLAG_COUNT };

enum lap_bit {
	LAP_IN_PIT = 1,       /* CROSSING_FINISH_LINE_IN_PIT = B: the line was crossed in the pit lane */
	LAP_BEST_OWN = 2,     /* LAP_IMPROVEMENT 2: the car's official best */
	LAP_BEST_SESSION = 4, /* LAP_IMPROVEMENT 3: the session's official best (also the car's) */
};

struct laps {
	uint32_t n;
	uint16_t *car;    /* index into session.cars */
	uint16_t *number; /* LAP_NUMBER, 1 the first; may skip where rows are lost */
	ms_t *time;       /* LAP_TIME, never missing */
	ms_t *sector[SECTORS];
	ms_t *mini[MINIS];   /* IM1a IM1 IM2a IM2 IM3a FL times; all MS_NONE where the file has none */
	ms_t *elapsed;       /* session clock at the end of the lap; MS_NONE where the file has no such column */
	ms_t *hour;          /* local time of day at the end of the lap, wraps at midnight */
	ms_t *pit_time;      /* PIT_TIME on this row */
	uint16_t *kph;       /* tenths of km/h, average of the lap; 0 = missing */
	uint16_t *top_speed; /* tenths of km/h at the trap; 0 = missing */
	uint16_t *driver;    /* index into session.drivers; NO_DRIVER where unknown */
	uint8_t *flag;       /* enum flag */
	uint8_t *bits;       /* enum lap_bit */
	uint32_t *line;      /* physical line in the lap file, header = 1 */
};
#define NO_DRIVER UINT16_MAX

/* A result as one official file gives it. */
struct official {
	bool present;
	int32_t position;       /* 0: none given (not started, no time) */
	int32_t position_class; /* 0: not in this file */
	int32_t laps;           /* -1: not given */
	ms_t total;             /* TOTAL_TIME with penalties; MS_NONE */
	ms_t fastest;           /* FL_TIME or the best lap of practice and qualifying */
	int32_t fastest_lap;    /* its lap number; 0 unknown */
	const char *gap;        /* as printed: "+0.234", "1 Lap", "-" */
	const char *status;     /* "Classified", "Not started", ... ; "" where the file has none */
	uint32_t line;
};

/* The list of ten best laps (99_): what the officials count. */
struct best_ten {
	bool present;
	int32_t total_laps;
	uint8_t n;
	ms_t time[10];
	int32_t lap[10];
	ms_t average;
	uint32_t line;
};

struct car {
	const char *id;     /* NUMBER, with "#2", "#3" where several cars carry it */
	const char *number; /* NUMBER as painted */
	const char *
		alias; /* another id it answers to where that is no other car's: "3" of an anonymised copy for "03"; "" none */
	uint32_t first, n; /* its laps: [first, first + n) */
	const char *
		driver; /* the last one at the wheel; "" unknown. From the laps, else the results, else the season's files */
	const char *class_name, *group, *team, *vehicle; /* "" unknown; class trimmed */
	int32_t grid;                                    /* place in the qualifying that set the grid; 0 unknown */
	ms_t grid_time;
	struct official provisional, final, by_class; /* final: the file without "provisional" in name */
	struct best_ten best_ten;
	/* Season-wide identity: the number the season's JSON uses, "" when it must not be joined (a number two drivers share). */
	const char *season_number;
};

struct driver_entry { /* a name as the lap file spells it */
	const char *name;
	uint16_t car;
	uint16_t seat; /* DRIVER_NUMBER */
};

/* A place in the track where the time is taken: sectors and mini-sectors have names. */
struct session {
	struct arena *arena;
	const char *id;         /* "barber_r2": see core/load/identity.h */
	const char *track;      /* "barber"; "" unknown */
	const char *track_name; /* "Barber Motorsports Park" or the short form made of the id */
	const char *title;      /* "Barber R2" */
	const char *event;      /* words for the kind: "race", "qualifying", "practice" */
	enum session_kind kind;
	bool kind_guessed;
	int number;          /* 2 in barber_r2; 0 unknown */
	const char *aliases; /* other ids it answers to, blank separated; "" none */
	const char *date;    /* "2025-09-07" where name or file tells, else "" */
	struct car *cars;
	uint32_t ncars;
	struct car *not_started; /* cars of the results without a lap: n = 0 */
	uint32_t nnot_started;
	struct laps laps;
	struct driver_entry *drivers;
	uint32_t ndrivers;
	const char *mini_name[MINIS]; /* "IM1a".. as the header spells them; NULL: not in this file */
	unsigned nmini;               /* 0 or 6 */
	bool has_flags;               /* the file has a flag column */
	bool has_elapsed;
	ms_t clock_start; /* HOUR - ELAPSED: local time of day at clock zero; MS_NONE unknown or not constant */
	uint32_t flag_count[FLAG_COUNT]; /* laps per flag */
	struct weather weather;
	struct file_list files;    /* which files it was made of, in what role */
	struct diag_list refused;  /* rows not used, with file and line */
	struct diag_list warnings; /* what was kept though it breaks a check */
	uint32_t rows;             /* data rows of the lap file read */
	uint32_t duplicate_rows;   /* identical rows dropped */
	int64_t mtime;             /* of the lap file, for "newest" */
	uint64_t fingerprint;      /* of (LAP_NUMBER, LAP_TIME, ELAPSED, HOUR) of all rows, whatever their order */
	bool has_names;
};

const char *session_kind_name(enum session_kind k); /* "race" "qualifying" "practice" */
const char *flag_name(enum flag f);                 /* "GF" "FF" "FCY" "SF" "RF" "other", "" for empty */
/* Index of the car with this id ("3#2", "22"), else with this alias; -1 none. "3" is "03" only where an alias says so. */
int session_car(const struct session *s, const char *id);
/* Index of the lap with this number of a car; -1 none. */
int64_t session_lap(const struct session *s, uint32_t car, uint32_t number);
/* Does `name` (any case) name this session: id or alias? */
bool session_answers_to(const struct session *s, const char *name);
/* Frees the session with all in it; NULL is fine. */
void session_free(struct session *s);

#endif
