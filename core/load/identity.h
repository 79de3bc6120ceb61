/* Which session a file is about, told by its name and folders.
 *
 * Id: {track}_{r|q|p}{n}; a second season of the same event adds "-2024"; where track or number cannot be told, the file's stem
 * in [a-z0-9_], the parent folder in front on collision. Track from the file name, else the nearest folder that starts with
 * a known track or alias. Kind from the file or folder name, or the results header; else race, guessed. */
#ifndef LOAD_IDENTITY_H
#define LOAD_IDENTITY_H

#include "core/model/session.h"

struct identity {
	char track[24]; /* "" unknown */
	enum session_kind kind;
	bool kind_known;
	int number;    /* 0 unknown */
	int year;      /* 0 unknown */
	char date[11]; /* "2025-09-07" or "" */
};

struct track_name {
	const char *id;         /* "barber" */
	const char *short_name; /* "Barber" */
	const char *code;       /* "BAR" */
	const char *name;       /* "Barber Motorsports Park" */
	const char *aliases;    /* blank separated, lower case, letters and digits only */
};
extern const struct track_name track_names[];
extern const unsigned track_name_count;
const struct track_name *track_by_id(const char *id); /* NULL unknown */

void identity_of(const char *path, struct identity *out);
/* "barber_r2", or the stem rule. out has cap bytes. */
void identity_id(const struct identity *id, const char *path, char *out, size_t cap);
void identity_stem(const char *path, char *out, size_t cap);

#endif
