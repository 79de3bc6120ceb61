/* What the files build*.c share: rows in the making of a session. See build.h for the rules. */
#ifndef LOAD_BUILD_ROWS_H
#define LOAD_BUILD_ROWS_H

#include "core/load/build.h"

/* A row as kept: texts are numbers of the text table. No padding, and `line` last: rows are compared as bytes up to it. */
enum text_column { TEXT_NUMBER, TEXT_DRIVER, TEXT_CLASS, TEXT_GROUP, TEXT_TEAM, TEXT_VEHICLE, TEXT_COLUMNS };
struct row {
	uint32_t text[TEXT_COLUMNS];
	ms_t time, sector[SECTORS], mini[MINIS], elapsed, hour, pit_time;
	uint16_t seat, lap, kph, top_speed;
	uint8_t flag, bits, pad[2];
	uint32_t line;
};

/* Every distinct text once. Number 0 is the empty text. */
struct texts {
	struct str *at;
	uint32_t n, cap;
	uint32_t *slot; /* open addressing; 0 is free */
	uint32_t nslots;
};

struct session_build {
	struct session *s;
	const char *path;
	struct row *rows;
	uint32_t nrows, cap;
	struct texts texts;
	uint32_t last[TEXT_COLUMNS]; /* what the row before had: mostly the same again */
	uint32_t refused;
	bool clock_before; /* the clock began before the first lap did */
	bool nomem;
};

struct key { /* a row's place in time: NUMBER, then ELAPSED (unknown first), then LAP_NUMBER, then line */
	uint32_t number;
	ms_t elapsed;
	uint32_t lap, line, row;
};

enum { LAP_SET = 65536 / 8 };
#define NONE    UINT32_MAX
#define WAITING (UINT32_MAX - 1)

struct chain {           /* a car in the making */
	uint32_t number; /* text */
	uint32_t laps;   /* how many */
	uint32_t tail;   /* row with the highest LAP_NUMBER */
	uint32_t first_line;
	ms_t first_elapsed; /* of the row that opened it */
	ms_t at_common;     /* ELAPSED at the last lap all cars of the number have */
	uint32_t rank;      /* 1 the first of its number */
	uint32_t touched;   /* line of the row that joined last without ELAPSED */
};

struct chaining {
	struct session_build *b;
	struct key *k; /* all rows kept, by number and time */
	uint32_t n;
	uint32_t *next; /* per key: the key that follows exactly, or NONE */
	uint32_t *prev;
	uint32_t *chain_of; /* per key; NONE for a refused row */
	struct chain *chains;
	uint32_t nchains, cap;
	uint32_t base;       /* first chain of the number at work */
	unsigned char *sets; /* laps each of its chains has */
	bool untimed;        /* some row of the number at work has no ELAPSED */
};

/* Texts (build_texts.c). Where s stands, or the free slot it would get. */
uint32_t *build_text_slot(const struct texts *t, struct str s);
bool build_text_number(struct session_build *b, struct str s, uint32_t *out);
const char *build_text_of(const struct session_build *b, uint32_t number);

bool build_texts_widen(struct texts *t);
uint64_t build_mix(uint64_t x); /* spreads the bits of a number: hashes, fingerprint */

/* Taking rows (build.c). */
bool build_same_row(const struct row *a, const struct row *b);
bool build_out_of_memory(const struct session_build *b, struct err *err);
void build_refuse(struct session_build *b, uint32_t line, const char *why);

/* The clock (build_clock.c): all rows by NUMBER and time; the repeats among them are dropped, how many stay is returned. */
void build_sort_keys(struct key *k, uint32_t n);
struct key *build_make_keys(const struct session_build *b);
uint32_t build_drop_repeats(struct session_build *b, struct key *k, uint32_t n);
int build_key_cmp(const void *pa, const void *pb); /* for qsort */
bool build_same_place(const struct key *a, const struct key *b);

/* Chains (build_chain.c): rows of one NUMBER become cars. */
const struct row *build_row_of(const struct chaining *c, uint32_t key);
void build_chain_numbers(struct chaining *c);

/* Cars and laps (build_laps.c): chains become cars with laps in columns, then the checks over them. */
bool build_make_cars(struct chaining *c);
bool build_put_laps(struct chaining *c);
void build_sum_up(struct session_build *b);
void build_add_file(struct session_build *b);

#endif
