/* What the engineer thinks of a note: agreed, told the driver, or wrong with a word why. Kept by track, car and place, so that it is
 * shown again when the same place comes up in another session. */
#ifndef TUI_MARKS_H
#define TUI_MARKS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/str.h"

enum { MARK_ID = 64, MARK_WHY = 64, MARKS_MAX = 500 };
enum mark_kind { MARK_NONE, MARK_AGREED, MARK_TOLD, MARK_WRONG, MARK_KINDS };

struct mark {
	char track[MARK_ID], car[MARK_ID], place[MARK_ID]; /* place: a note's `where` */
	enum mark_kind kind;
	char why[MARK_WHY]; /* of a wrong one; "" else */
};

struct marks {
	struct mark *at;
	uint32_t n;
};

const char *mark_name(enum mark_kind k); /* "" "agreed" "told" "wrong" */
/* NULL: not marked. */
const struct mark *marks_find(const struct marks *m, const char *track, const char *car, const char *place);
/* MARK_NONE takes the mark away. false: no room for another, or text too long to keep. */
bool marks_set(struct marks *m, const char *track, const char *car, const char *place, enum mark_kind kind,
	       const char *why);
/* One line of the state file after its first word, and back. What is not understood is passed over. */
void marks_read(struct marks *m, struct str line);
void marks_write(const struct marks *m, struct buf *b);
void marks_release(struct marks *m);

#endif
