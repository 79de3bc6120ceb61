/* Each command's answer as text, JSON or CSV, into a buffer. Nothing is printed here. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "core/analysis/analysis.h"
#include "core/analysis/coach.h"
#include "core/analysis/season_book.h"
#include "core/base/buf.h"
#include "core/model/dataset.h"
#include "core/source/snowflake/health.h"
#include "core/source/telemetry.h"

enum report_format { REPORT_TEXT, REPORT_JSON, REPORT_CSV };

/* What was asked. Members that a command has no use for are not looked at. */
struct report_in {
	enum report_format format;
	bool ascii; /* of text: nothing but ASCII */
	const struct dataset *dataset;
	const struct session *session;   /* NULL: sessions, health */
	const struct analysis *analysis; /* of session */
	uint16_t car;                    /* NO_CAR: all */
	uint16_t a, b;                   /* A, the reference, and B: every difference is B minus A */
	bool own;                        /* coach: B against nobody but itself and the field; A is B */
	uint16_t more[2];                /* compare: a third and a fourth car, each against A */
	uint32_t nmore;
	const struct season_book *book;        /* of the season's commands */
	uint32_t row;                          /* of book->table: the driver asked about */
	const char *track;                     /* id; NULL: none was named */
	const struct season_track *track_json; /* its demands; NULL: not in the season's JSON */
	enum factor factor;                    /* FACTORS: all */
	bool check;                            /* predict: its errors */
	int points[FACTORS];                   /* improve */
	const char *const *words;              /* telemetry: what is asked, then CAR or CAR:LAP */
	uint32_t nwords;
	bool telemetry;            /* coach, report: the notes of corners too, from where samples are */
	const struct notes *notes; /* coach: as they are shown; NULL: made here */
	const char *const *corner; /* telemetry, coach: names of corners, TRACK:METRES:NAME */
	unsigned ncorners;
	const char *store;                      /* telemetry, coach: path of the local store; NULL none */
	enum telemetry_only only;               /* and where samples may come from */
	const struct sf_health_told *snowflake; /* health: what it answered; NULL: not asked */
	struct arena *arena;                    /* for what lives as long as the answer */
};

typedef bool report_fn(const struct report_in *in, struct buf *out, struct err *err);

report_fn report_weather, report_sessions, report_standings, report_laps, report_stints, report_compare, report_coach,
	report_page, report_health, report_telemetry;
/* Of the season: these need `book`, and all but tracks, drivers and predict a row. */
report_fn report_tracks, report_drivers, report_driver, report_stats, report_results, report_similar, report_factors,
	report_predict, report_improve;

/* The car to compare `you` with when none is named: the leader of its class, or the second where it leads; else the
 * leader of all. NO_CAR: no other car has a lap. */
uint16_t report_reference(const struct report_in *in, uint16_t you, struct err *err);

#endif
