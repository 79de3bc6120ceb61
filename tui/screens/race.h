/* Screen 2, inside: what its panes share. Tower and strip show the same cars in the same rows; of the charts below one is shown, or
 * several where there is room. */
#ifndef TUI_SCREENS_RACE_H
#define TUI_SCREENS_RACE_H

#include "core/analysis/gap_trace.h"
#include "tui/data.h"
#include "tui/layout.h"
#include "tui/screen.h"
#include "tui/screens/common.h"
#include "tui/widgets/chart.h"
#include "tui/widgets/table.h"

enum race_pane_id {
	RACE_TOWER,
	RACE_STRIP,
	RACE_CLASSES,
	RACE_DRIVERS,
	RACE_GAP, /* from here on: charts, of which p chooses one */
	RACE_PLACES,
	RACE_STINTS,
	RACE_SECTORS,
	RACE_SPREAD,
	RACE_OUTLOOK,
	RACE_EVENTS,
	RACE_PANES
};

enum strip_mode { STRIP_MARKS, STRIP_PLACE, STRIP_GAP, STRIP_PACE, STRIP_SECTORS, STRIP_DRIVERS, STRIP_MODES };

enum { RACE_ROWS = 256, RACE_LINES = 10 };

struct race {
	struct app *app;
	const struct view *view; /* NULL: nothing loaded yet */
	int w, h;
	bool linear;
	struct layout layout;
	enum race_pane_id focus, chart;
	bool zoom;
	struct table_state rows[RACE_PANES]; /* of the panes that are lists */
	int body[RACE_PANES];                /* body rows as arranged, the head not counted */
	enum strip_mode mode;
	enum gap_base_kind base;
	uint16_t *cars; /* of the class shown, in order; ncars of them */
	uint32_t ncars;
	int cursor, top;              /* rows of cars[] */
	uint16_t visible[RACE_ROWS];  /* cars in the rows on the screen: YOU is always among them */
	int nvisible, cursor_visible; /* cursor_visible: its row on the screen */
	uint16_t cursor_car;          /* kept when the rows move */
	uint16_t find_from;
	unsigned lap; /* lap number under the cursor; 0 none */
	uint16_t asked_car, asked_lap;
};

struct race_pane {
	const char *name;
	void (*title)(const struct race *r, struct surface s, char left[80], char right[80]);
	/* Body rows it would like at this width; 0: nothing to show. */
	int (*want)(const struct race *r, int w);
	void (*draw)(const struct race *r, struct surface s);
	/* All below may be NULL. */
	bool (*click)(struct race *r, struct surface s, const struct mouse_event *ev);
	bool (*why)(const struct race *r, char title[80], struct buf *out);
	bool (*export_pane)(const struct race *r, enum export_format format, struct buf *out, struct err *err);
	int (*cursor_rows)(const struct race *r); /* lists: how many rows */
	bool by_lap;                              /* h and l move over laps */
};

extern const struct race_pane race_tower, race_strip, race_classes, race_drivers, race_gap, race_places, race_stints,
	race_sectors, race_spread, race_outlook, race_events;

/* Cars: race_cars.c ------------------------------------------------------------------------------*/

/* Rebuilds cars[] from the view, the cursor kept on its car. */
void race_cars_make(struct race *r);
/* Which cars stand in `rows` rows of the screen: the part round the cursor; YOU in the first or last row when it is not in it. */
void race_cars_settle(struct race *r, int rows);
bool race_cars_go(struct race *r, enum table_move move);
/* The car under the cursor; NO_CAR without cars. */
uint16_t race_car(const struct race *r);
void race_cursor_to(struct race *r, uint16_t car);
int race_find(void *self, const char *text, int dir, int *of);
/* YOU, REF, the others compared, the followed; where nobody is followed the cars round YOU as well. At most max, each once. */
int race_lines(const struct race *r, uint16_t *out, int max);
bool race_follows(const struct race *r);
/* Several drivers share a car: the strip shows who drove. */
bool race_has_drivers(const struct race *r);
bool race_many_classes(const struct race *r);
/* The session is finished and shown whole. */
bool race_is_over(const struct race *r);

/* Laps along x: race_axis.c ----------------------------------------------------------------------*/

/* A number of columns a lap, or of laps a column. */
struct lap_axis {
	unsigned last; /* greatest lap number */
	int x0, w;     /* first column, columns */
	int each;      /* columns a lap; 0: several laps a column */
};
struct lap_axis lap_axis_of(const struct race *r, int x0, int w, int widest);
/* Column of a lap; the laps of a column are [lap_axis_lap(x), ...). */
int lap_axis_x(const struct lap_axis *a, unsigned lap);
unsigned lap_axis_lap(const struct lap_axis *a, int x);
void lap_axis_numbers(const struct lap_axis *a, struct surface s, int y);
/* The greatest lap number any car shown has done. */
unsigned race_last_lap(const struct race *r);
/* Right end of a chart's x axis: where laps are narrow a little beyond the last one, so that all take the same number of columns. */
double chart_last_lap(unsigned last, int columns);
void chart_lap_numbers(const struct chart *c, struct surface s, int y, unsigned last);
enum { RACE_BANDS = 64 };
/* Laps under caution of the car that has done the most laps, as bands over a chart. */
int race_caution_bands(const struct race *r, struct chart_band *out);
/* Is that lap of it under caution? */
bool race_lap_under_caution(const struct race *r, unsigned lap);
/* Names of lines at the right edge, each on the row of its value; none over another. */
void race_line_names(const struct chart *c, struct surface s, const uint16_t *cars, const double *y, int n,
		     const struct race *r);

/* Others -----------------------------------------------------------------------------------------*/

struct gap_base race_gap_base(const struct race *r);
/* "13", "leader", "1:38.000 a lap". */
void race_base_words(const struct race *r, char out[40]);
/* The weightiest events of one line, in order. */
void race_events_line(const struct race *r, struct surface s, int x, int y, int w);
/* The next mode of the strip that means something here. */
void race_next_mode(struct race *r);
const char *strip_mode_words(enum strip_mode m);
/* "+3:12.5", "1 L +1.7", "2 laps", "-" */
void race_gap_words(const struct view *v, uint16_t car, uint16_t to, char out[TABLE_TEXT]);
bool race_why_lap(const struct race *r, uint32_t lap, char title[80], struct buf *out);
bool race_why_rule(const struct race *r, enum race_pane_id pane, char title[80], struct buf *out);
bool race_export_tower(const struct race *r, enum export_format format, struct buf *out, struct err *err);
bool race_export_laps(const struct race *r, enum export_format format, struct buf *out, struct err *err);
bool race_export_stints(const struct race *r, enum export_format format, struct buf *out, struct err *err);
bool race_export_gaps(const struct race *r, enum export_format format, struct buf *out, struct err *err);
bool race_export_events(const struct race *r, enum export_format format, struct buf *out, struct err *err);

extern const struct screen_ops race_screen;

#endif
