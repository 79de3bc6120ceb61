/* Screen 1, inside: what its panes share. One pane is one file and one table of functions. */
#ifndef TUI_SCREENS_DASH_H
#define TUI_SCREENS_DASH_H

#include "tui/app.h"
#include "tui/data.h"
#include "tui/layout.h"
#include "tui/screen.h"
#include "tui/screens/common.h"
#include "tui/view.h"
#include "tui/widgets/table.h"

enum pane_id {
	PANE_FIELD,
	PANE_LAPS,
	PANE_LEDGER,
	PANE_SECTORS,
	PANE_SEASON,
	PANE_NOTES,
	/* while a race is on, or replayed */
	PANE_PAIR,
	PANE_LAST,
	PANE_MESSAGES,
	PANES
};

struct dash {
	struct app *app;
	const struct view *view; /* NULL: nothing loaded yet */
	int w, h;
	bool linear; /* --plain and text output: panes one under another, all rows */
	struct layout layout;
	enum pane_id focus;
	bool zoom;                      /* the focused pane alone */
	struct table_state rows[PANES]; /* cursor and scroll of each pane */
	int body[PANES];                /* body rows of each pane as arranged, its head not counted */
	int sort;                       /* Field: column to sort by, 0 the order */
	bool sort_down;
	uint16_t *field; /* Field: car indexes as shown, nfield of them */
	uint32_t nfield;
	int lap;             /* Laps: index of the pair under the cursor, -1 none */
	uint16_t cursor_car; /* kept when the rows move */
	uint32_t asked_note; /* the note that is being marked as wrong */
	uint16_t asked_lap;  /* the lap a reason is being asked for */
	uint16_t find_from;  /* car under the cursor when a search began */
};

struct pane_ops {
	const char *name; /* "Field"; also the export's file name, in lower case */
	/* Head line: title at the left, a few words at the right; either may stay empty. s: the pane, for its width and letters. */
	void (*title)(const struct dash *d, struct surface s, char left[80], char right[80]);
	/* Paints over the title where a colour says more than a word. s: the head line. May be NULL. */
	void (*legend)(const struct dash *d, struct surface s);
	/* Body rows it would like at this width when there is no limit; 0: it has nothing to show (then it is not laid out). */
	int (*want)(const struct dash *d, int w);
	/* After the size is known: keep cursors in range. body may be 0. May be NULL. */
	void (*settle)(struct dash *d, int w, int body);
	/* The body, below the head. */
	void (*draw)(const struct dash *d, struct surface s);
	/* false: not handled; the screen has defaults for the cursor keys over rows[]. May be NULL. */
	bool (*command)(struct dash *d, enum cmd cmd);
	/* x, y in the body; true: something there was chosen (a double click then opens it). May be NULL. */
	bool (*click)(struct dash *d, struct surface s, const struct mouse_event *ev);
	bool (*why)(const struct dash *d, char title[80], struct buf *out); /* may be NULL */
	bool (*export_pane)(const struct dash *d, enum export_format format, struct buf *out, struct err *err);
	/* Rows the cursor can be on; 0: no cursor. May be NULL. */
	int (*cursor_rows)(const struct dash *d);
};

extern const struct pane_ops pane_field, pane_laps, pane_runs, pane_ledger, pane_sectors, pane_season, pane_notes;
extern const struct pane_ops pane_pair, pane_last, pane_messages, pane_now; /* live_*.c */

/* Race: ordered by laps and time; timed (practice, qualifying): by best lap. */
bool dash_timed(const struct dash *d);
/* A race of two cars or more that is being driven, or replayed: screen 1 shows what matters now. */
bool dash_live(const struct dash *d);
/* Cells of Around you: gap to YOU, last lap, how many seconds a lap slower than YOU. */
void live_gap_cell(const struct view *v, uint16_t car, struct table_cell *out);
void live_last_cell(const struct view *v, uint16_t car, bool full, struct table_cell *out);
void live_pace_cell(const struct view *v, uint16_t car, struct table_cell *out);
/* A lap time among others of the same minute: "37.384"; "3:10.4" where the minute is another. */
void live_time(char out[NUM_LEN], ms_t t, ms_t like);
/* x: takes a lap of YOUR car out of every figure after asking for a reason, or puts it back. */
void dash_exclude(struct dash *d, uint32_t lap_index);
/* Is there a pair to compare? */
bool dash_paired(const struct dash *d);
/* Rebuilds d->field from the view and the sorting, cursor kept on its car. */
void dash_field_make(struct dash *d);
/* Search over the field, as screen_ops.find: a number goes to that car, else any part of name or team. */
int dash_find(void *self, const char *text, int dir, int *of);
/* The pane is wide enough for what 120 columns show. */
bool dash_wide(const struct dash *d);

/* "22". */
const char *dash_car_id(const struct dash *d, uint32_t car);

#endif
