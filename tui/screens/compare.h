/* Screen 3, inside: YOU and REF, and up to two cars more, at length. One pane is one file and one table of functions.
 *
 * Everything is YOU minus REF. The cursor of the table of laps is the screen's lap: the charts show it too. */
#ifndef TUI_SCREENS_COMPARE_H
#define TUI_SCREENS_COMPARE_H

#include "core/analysis/duel.h"
#include "tui/data.h"
#include "tui/layout.h"
#include "tui/screen.h"
#include "tui/screens/common.h"
#include "tui/widgets/table.h"

enum cmp_pane_id { CMP_LAPS, CMP_GAP, CMP_LEDGER, CMP_SPREAD, CMP_FIGURES, CMP_TABLE, CMP_SUM, CMP_PANES };

enum { CMP_CARS = 2 + STATE_MORE };

struct cmp_screen {
	struct app *app;
	const struct view *view; /* NULL: nothing loaded yet */
	int w, h;
	bool linear;
	struct layout layout;
	enum cmp_pane_id focus;
	bool zoom;
	struct table_state rows[CMP_PANES];
	int body[CMP_PANES];     /* body rows as arranged, the head not counted */
	bool clear;              /* only laps that both began in clear air */
	bool minis;              /* mini-sectors instead of sectors where both do not fit */
	bool by_stint;           /* the chart of laps: x is the lap in the stint */
	struct arena *arena;     /* of what follows; NULL: no pair, or no memory */
	uint16_t cars[CMP_CARS]; /* YOU, REF, the third, the fourth */
	unsigned ncars;
	struct duel duel[CMP_CARS - 1]; /* YOU, the third, the fourth, each against REF */
	struct lap_pair *pair;          /* rows of the table: laps of one number; timed: the k-th best laps of both */
	uint32_t npair;
	uint16_t asked_lap;
	enum cmd asked; /* what a car's number is being asked for: CMD_YOU, CMD_REF, CMD_MORE */
};

struct cmp_pane {
	const char *name;
	void (*title)(const struct cmp_screen *c, struct surface s, char left[80], char right[80]);
	/* Paints over the head line, for words that stand over columns. May be NULL. */
	void (*legend)(const struct cmp_screen *c, struct surface s);
	/* Body rows it would like at this width; 0: nothing to show. */
	int (*want)(const struct cmp_screen *c, int w);
	void (*draw)(const struct cmp_screen *c, struct surface s);
	bool (*why)(const struct cmp_screen *c, char title[80], struct buf *out);
	/* Below: NULL where the cursor is on laps. */
	int (*cursor_rows)(const struct cmp_screen *c);
	/* true: the lap at a column of the body, into *row of the table. May be NULL. */
	bool (*lap_at)(const struct cmp_screen *c, struct surface s, int x, int *row);
};

extern const struct cmp_pane cmp_laps, cmp_gap, cmp_ledger, cmp_spread, cmp_figures, cmp_table, cmp_sum;
const struct cmp_pane *cmp_pane_of(enum cmp_pane_id p);

/* compare_layout.c: lays out, returns the rows taken. */
int cmp_layout(struct cmp_screen *c, int w, int h, bool linear);

/* compare_data.c: cars, figures and rows of the table from the view; the cursor stays on its lap. */
void cmp_data_make(struct cmp_screen *c, bool same_session);
void cmp_data_free(struct cmp_screen *c);
/* Are there two cars to compare? */
bool cmp_paired(const struct cmp_screen *c);
bool cmp_timed(const struct cmp_screen *c);
/* The lap under the cursor; NULL none. */
const struct lap_pair *cmp_lap(const struct cmp_screen *c);
/* The car under the cursor of Spread; NO_CAR elsewhere. */
uint16_t cmp_car(const struct cmp_screen *c);
/* The comparison of one of cars[] with REF; NULL for REF itself. */
const struct comparison *cmp_of(const struct cmp_screen *c, unsigned car);
const char *cmp_id(const struct cmp_screen *c, uint16_t car);

/* compare_columns.c: where the figures of Lap by lap and of the sums below it end. */
enum { CMP_PARTS = SECTORS + MINIS };
struct cmp_columns {
	int lap, you, ref, diff, gap, mark; /* ends, one behind the last cell; -1: not shown */
	int nparts, part_w;
	struct {
		int end, sector, mini; /* sector or mini: the other is -1 */
	} part[CMP_PARTS];
};
void cmp_columns_of(const struct cmp_screen *c, int w, struct cmp_columns *k);
const char *cmp_part_name(const struct cmp_screen *c, const struct cmp_columns *k, int part);
/* A difference in at most w columns: fewer decimals, never a wrong figure. */
void cmp_diff(char out[NUM_LEN], ms_t v, int w);
/* Right-aligned so that it ends at `end`. */
void cmp_put(struct surface s, int end, int y, int w, struct style st, const char *text);

/* compare_why.c */
bool cmp_why_lap(const struct cmp_screen *c, char title[80], struct buf *out);
bool cmp_why_figure(const struct cmp_screen *c, int row, char title[80], struct buf *out);
bool cmp_why_sums(const struct cmp_screen *c, char title[80], struct buf *out);
bool cmp_why_spread(const struct cmp_screen *c, char title[80], struct buf *out);
bool cmp_why_gap(const struct cmp_screen *c, char title[80], struct buf *out);

extern const struct screen_ops compare_screen;

#endif
