/* The words by which rows name a car, each combination once: two spellings of a car are two idents of it. */
#ifndef TELEMETRY_IDENTS_H
#define TELEMETRY_IDENTS_H

#include "core/telemetry/store.h"

enum { TEL_IDENTS_MAX = 8192, TEL_IDENT_TEXT_MAX = 256 };
#define TEL_NO_IDENT UINT32_MAX

struct tel_ident {
	struct tel_who who; /* views of the table's own memory */
	uint64_t rows;
};

struct tel_idents;

struct tel_idents *tel_idents_new(void); /* NULL: no memory */
void tel_idents_free(struct tel_idents *t);
/* The number of who, new or known; TEL_NO_IDENT: no memory, too many, or a text too long. */
uint32_t tel_idents_get(struct tel_idents *t, const struct tel_who *who);
uint32_t tel_idents_count(const struct tel_idents *t);
struct tel_ident *tel_ident(const struct tel_idents *t, uint32_t i);

/* "GR86-022-13": chassis "GR86-022", number "13". Fewer than two dashes, or no digits behind the last: all of it is the chassis. */
void tel_vehicle_split(struct str vehicle, struct str *chassis, struct str *number);

#endif
