/* Screen 5, inside: what its panes share. One pane is one file and one table of functions, with one row in season_layout.c.
 * All figures come from the season's book, which the worker makes when the screen is first shown. */
#ifndef TUI_SCREENS_SEASON_H
#define TUI_SCREENS_SEASON_H

#include "tui/data.h"
#include "tui/layout.h"
#include "tui/screen.h"
#include "tui/screens/common.h"
#include "tui/screens/season_ahead.h"
#include "tui/widgets/table.h"

enum season_pane_id {
	SEASON_DRIVERS,
	SEASON_RACES,
	SEASON_PROFILE,
	SEASON_FACTORS,
	SEASON_TRACKS,
	SEASON_FORECAST,
	SEASON_WHAT_IF,
	SEASON_PANES
};

enum season_sort {
	SORT_NUMBER,
	SORT_NAME,
	SORT_POINTS,
	SORT_MEDIAN,
	SORT_WINS,
	SORT_PODIUMS,
	SORT_GAINED,
	SORT_FIT,
	SORT_SPEED,
	SORT_CONSISTENCY,
	SORT_RACECRAFT,
	SORT_TIRE,
	SEASON_SORTS
};

enum { SEASON_KEY = 128 };
#define NO_ROW UINT32_MAX

struct season_board {
	struct app *app;
	const struct view *view;        /* NULL: nothing loaded yet */
	const struct season_book *book; /* NULL: being worked out; everything below is empty then */
	int w, h;
	bool linear, zoom;
	struct layout layout;
	enum season_pane_id focus, detail;     /* detail: shown below the drivers where there is room for one only */
	struct table_state rows[SEASON_PANES]; /* of the panes that are lists */
	int body[SEASON_PANES];                /* body rows as arranged, the head not counted */
	uint32_t *order, n;                    /* rows of book->table as shown */
	const struct season_book *sorted;      /* what order was made of; with sorted_by */
	enum season_sort sorted_by;
	enum season_sort sort;
	bool sort_down;
	uint32_t you, ref;       /* rows of book->table; NO_ROW: not in the season */
	char chosen[SEASON_KEY]; /* who is under the cursor, kept when rows move: number and name */
	char you_key[SEASON_KEY], ref_key[SEASON_KEY], view_you[SEASON_KEY], view_ref[SEASON_KEY];
	struct season_ahead ahead;
	int find_from; /* cursor when a search began; -1: none runs */
};

struct season_pane {
	const char *name; /* "Drivers"; also of the export's file */
	void (*title)(const struct season_board *s, char left[80], char right[80]);
	/* Body rows it would like at this width, its head not counted; 0: nothing to show, then it is not laid out. */
	int (*want)(const struct season_board *s, int w);
	void (*draw)(const struct season_board *s, struct surface body);
	/* All below may be NULL. */
	bool (*command)(struct season_board *s, enum cmd cmd); /* asked first; false: the screen's own meaning */
	bool (*click)(struct season_board *s, struct surface body, const struct mouse_event *ev);
	bool (*why)(const struct season_board *s, char title[80], struct buf *out);
	bool (*export_pane)(const struct season_board *s, enum export_format format, struct buf *out, struct err *err);
	int (*cursor_rows)(const struct season_board *s); /* lists, with one row of titles: how many rows */
	int foot;                                         /* lists: rows below it that are not of it */
};

extern const struct season_pane season_drivers, season_races, season_profile, season_factors, season_tracks,
	season_forecast, season_what_if;

/* season_layout.c */
const struct season_pane *season_pane_of(enum season_pane_id p);
int season_layout(struct season_board *s, int w, int h, bool linear);

/* season_rows.c: who is who. The book must be there. */
void season_rows_make(struct season_board *s);        /* order and sums anew, cursor and marks kept on their drivers */
uint32_t season_chosen(const struct season_board *s); /* the driver under the cursor; NO_ROW none */
uint32_t
season_other(const struct season_board *s); /* whom the chosen one is set against: REF, or YOU where it is REF itself */
void season_go_to(struct season_board *s, uint32_t row);
void season_mark(struct season_board *s, bool you); /* y and r */
/* The track under the cursor of Tracks; NULL: the season's JSON has none. */
const struct season_track *season_track(const struct season_board *s);
/* "Workman"; "#13" where nobody knows the name; "-" for NO_ROW. */
void season_name(const struct season_board *s, uint32_t row, char out[64]);
struct style season_style(const struct season_board *s, uint32_t row);
int season_find(void *self, const char *text, int dir, int *of);
/* A command's answer about a driver and the track under the cursor. */
bool season_report(const struct season_board *s, report_fn *fn, uint32_t row, enum export_format format,
		   struct buf *out, struct err *err) MUST_CHECK;

/* An answer about a track and all drivers. */
bool season_report_at(const struct season_board *s, report_fn *fn, const char *track, enum export_format format,
		      struct buf *out, struct err *err) MUST_CHECK;

/* season_keys.c */
bool season_command(void *self, enum cmd cmd);
bool season_mouse(void *self, const struct mouse_event *ev);
int season_hints(const void *self, struct hint_item *out, int max);
int season_keys(const void *self, const char **place, enum cmd *out, int max);

extern const struct screen_ops season_screen;

#endif
