/* Telemetry of a session's cars: who has it, and the samples. One rule for commands and screens (core/source/ownership.h): what the local store has
 * comes from there, whatever put it in (an import, a Snowflake fetch that was asked for); what it has not, or has of an older version of a file
 * that lies among the data, comes straight from the raw files found with the data: tables, then JSON. Nothing is fetched here.
 *
 * Which session a car's samples are of is said by the track in the source's name, then race and day, never by the car's own columns alone: a source of
 * another track, kind or day is not offered, one that says another race comes last. What does not fit the official laps is for core/telemetry/match.h. */
#ifndef SOURCE_TELEMETRY_H
#define SOURCE_TELEMETRY_H

#include "core/base/err.h"
#include "core/model/dataset.h"
#include "core/model/telemetry.h"
#include "core/telemetry/raw.h"

/* --source: only this one. SNOWFLAKE: what was fetched and is in the store. */
enum telemetry_only { TELEMETRY_ANY, TELEMETRY_STORE, TELEMETRY_SNOWFLAKE, TELEMETRY_CSV, TELEMETRY_JSON };

struct telemetry;

/* store: path of the store, NULL none; one that is not there yet is none. The telemetry files of d are noted (d may go). A damaged or foreign store
 * is no failure: telemetry_trouble says what is wrong and the files serve. NULL with err: no memory. */
struct telemetry *telemetry_open(const struct dataset *d, const char *store, enum telemetry_only only,
				 struct err *err) MUST_CHECK;
void telemetry_close(struct telemetry *t); /* NULL is fine */
/* What is wrong with the store or a file; "" nothing. Valid until the next call. */
const char *telemetry_trouble(const struct telemetry *t);

/* A car that a source has. */
struct telemetry_car {
	struct tel_car car;
	const char *source;     /* "store", "snowflake" (in the store), "csv", "json" */
	const char *name;       /* the file, or the query's words */
	int64_t as_of;          /* when it was taken, ms since 1970 UTC: of a file its modification */
	uint64_t rows, refused; /* of the whole source */
	bool in_store;
	int64_t id;    /* in the store */
	uint32_t file; /* else: of t's files */
};

/* Every car that has samples for the session (NULL: for any), each once, from the source that owns it; by number. Raw files are read through once and
 * remembered. Strings and list in a. */
bool telemetry_cars(struct telemetry *t, const struct session *s, const struct tel_run *run, struct arena *a,
		    struct telemetry_car **out, uint32_t *n, struct err *err) MUST_CHECK;

/* A list's car by what people call it: number ("13", "013" where nobody is exactly that) or chassis; NULL none. */
const struct telemetry_car *telemetry_find(const struct telemetry_car *list, uint32_t n, const char *car);

/* The samples of n cars of a list between two moments (UTC; INT64_MIN and INT64_MAX: whole), one pass a file. out[i] is the caller's. false: none. */
bool telemetry_read(struct telemetry *t, const struct telemetry_car *const *cars, uint32_t n, int64_t from_ms,
		    int64_t to_ms, const struct tel_run *run, struct tel_stream **out, struct err *err) MUST_CHECK;

/* The one question: samples of these cars (numbers or chassis) of a session. got[i].stream NULL: nobody has it. From a raw file that
 * names each number once this takes one pass, without the list. */
struct telemetry_got {
	struct tel_stream *stream; /* the caller's */
	struct telemetry_car from; /* strings in the arena */
};
bool telemetry_get(struct telemetry *t, const struct session *s, const char *const *cars, uint32_t n, int64_t from_ms,
		   int64_t to_ms, const struct tel_run *run, struct arena *a, struct telemetry_got *got,
		   struct err *err) MUST_CHECK;

#endif
