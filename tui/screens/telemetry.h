/* Screen 4, inside: two or three laps over distance. One pane is one file and one table of functions.
 *
 * Everything is YOU minus REF. All traces share one x: metres of the lap, or the seconds of YOUR lap at those metres, so that the same
 * column is the same place in every pane. The cursor is a place. */
#ifndef TUI_SCREENS_TELEMETRY_H
#define TUI_SCREENS_TELEMETRY_H

#include "tui/data_tel.h"
#include "tui/layout.h"
#include "tui/screen.h"
#include "tui/screens/common.h"
#include "tui/widgets/chart.h"
#include "tui/widgets/table.h"

enum tel_pane_id {
	TELP_SPEED,
	TELP_DIFF,
	TELP_THROTTLE,
	TELP_BRAKE,
	TELP_STEER,
	TELP_GEAR,
	TELP_LOST,
	TELP_MAP,
	TELP_GRIP,
	TELP_AT,
	TELP_CORNERS,
	TELP_LAPS,
	TELP_COUNT
};

/* Which traces stand between speed and time lost where not all have room: p goes on to the next. */
enum tel_traces { TRACES_DIFF, TRACES_PEDALS, TRACES_HANDS, TRACES_COUNT };

/* A row of the list of laps: a lap of the set, or a car whose laps are not read yet (lap NULL). */
struct tel_list_row {
	uint16_t car;
	const struct tel_lap *lap;
};

struct tel_screen {
	struct app *app;
	const struct view *view;    /* NULL: nothing loaded yet */
	const struct tel_view *tel; /* NULL: not read yet */
	int w, h;
	bool linear;
	struct layout layout;
	enum tel_pane_id focus;
	bool zoom;       /* the focused pane alone */
	double at;       /* m: the cursor */
	double from, to; /* m: what the traces show */
	bool by_time, five;
	enum tel_traces traces;
	bool circle;  /* the friction circle where the map is */
	int choosing; /* the slot a lap is chosen for; -1: the list is closed */
	struct tel_pick pick[TEL_SLOTS];
	uint16_t you, ref; /* of the view when the picks were made: other cars there end them */
	const struct session *session;
	struct table_state rows[TELP_COUNT];
	int body[TELP_COUNT]; /* rows of a pane without its head */
	struct tel_list_row *list;
	uint32_t nlist;
	double find_from; /* where the cursor was when a search began; NAN none */
};

struct tel_pane {
	const char *name;
	void (*title)(const struct tel_screen *t, char left[80], char right[120]);
	/* Body rows it would like at this width; 0: nothing to show. */
	int (*want)(const struct tel_screen *t, int w);
	void (*draw)(const struct tel_screen *t, struct surface s);
	bool (*why)(const struct tel_screen *t, char title[80], struct buf *out);
	bool trace; /* x is the place: a click moves the cursor */
};

extern const struct tel_pane telp_speed, telp_diff, telp_throttle, telp_brake, telp_steer, telp_gear, telp_lost,
	telp_map, telp_grip, telp_at, telp_corners, telp_laps;
const struct tel_pane *telp_of(enum tel_pane_id p);

/* telemetry_data.c -------------------------------------------------------------------------------*/

/* Are there laps to show? */
bool tels_ready(const struct tel_screen *t);
const struct tel_set *tels_set(const struct tel_screen *t);
const struct tel_lap *tels_lap(const struct tel_screen *t, enum tel_slot slot);
/* Two laps side by side with a difference that is known. */
bool tels_compared(const struct tel_screen *t);
struct style tels_style(enum tel_slot slot);
/* "13 lap 15" */
void tels_lap_name(const struct tel_screen *t, enum tel_slot slot, char out[40]);
/* Sets the cursor, kept inside the lap; the window follows it. */
void tels_at(struct tel_screen *t, double metres);
/* Shows a window of that many metres with the cursor in the same part of it. */
void tels_window(struct tel_screen *t, double metres);
/* From a place to the x of the traces, and back. */
double tels_x(const struct tel_screen *t, double metres);
double tels_metres(const struct tel_screen *t, double x);
/* Metres of one column of the traces as drawn last. */
double tels_column(const struct tel_screen *t);
/* The corner whose zone holds the cursor; -1 none. */
int tels_corner(const struct tel_screen *t);
/* Row of the table of corners that is this corner; -1. And the other way. */
int tels_row_of(const struct tel_screen *t, int corner);
int tels_corner_of_row(const struct tel_screen *t, int row);
/* Rows the table of corners has: one a corner. */
int tels_corner_rows(const struct tel_screen *t);
/* The list of laps, anew; its cursor on the lap of the slot. */
void tels_list_make(struct tel_screen *t);

/* telemetry_trace.c: what all traces share -------------------------------------------------------*/

enum { TEL_LABEL_W = 5, TEL_AXIS_ROWS = 3 };
/* A chart over the shared x; y range and series are the caller's. */
struct chart tels_chart(const struct tel_screen *t);
/* Rows under the charts: metres, official loops, corners; as many as there is room for. */
void tels_axis(const struct tel_screen *t, struct surface s);
/* Rows between labels, so that the first and the last row have one. */
int tels_label_every(int rows);
/* The column of the cursor in a pane w wide. */
int tels_cursor_column(const struct tel_screen *t, int w);
/* The place of a column of a pane as wide as s; false: left of the traces. */
bool tels_place_at(const struct tel_screen *t, int w, int column, double *metres);

/* Others -----------------------------------------------------------------------------------------*/

/* What lies under a cell of a pane's body (size: its size alone): a point of the lap, a row of the list, of the table; -1 none. */
int tels_map_at(const struct tel_screen *t, struct surface size, int x, int y);
int tels_list_row_at(const struct tel_screen *t, struct surface size, int y);
int tels_corner_row_at(const struct tel_screen *t, struct surface size, int y);

/* telemetry_layout.c: lays out, returns the rows taken. */
int tels_layout(struct tel_screen *t, int w, int h, bool linear);
/* telemetry_head.c: the bar and the line of the laps, rows 0 and 1. */
void tels_head(const struct tel_screen *t, struct surface s);
/* What is missing and which key or command gets it, where there is nothing to show. */
void tels_empty(const struct tel_screen *t, struct surface s);
/* telemetry_keys.c */
bool tels_command(void *self, enum cmd cmd);
bool tels_mouse(void *self, const struct mouse_event *ev);
int tels_find(void *self, const char *text, int dir, int *of);
bool tels_line(void *self, const char *text, struct err *err);
/* telemetry_why.c */
bool tels_why_trace(const struct tel_screen *t, char title[80], struct buf *out);
bool tels_why_lost(const struct tel_screen *t, char title[80], struct buf *out);
bool tels_why_corners(const struct tel_screen *t, char title[80], struct buf *out);
bool tels_why_map(const struct tel_screen *t, char title[80], struct buf *out);
bool tels_why_grip(const struct tel_screen *t, char title[80], struct buf *out);
bool tels_why_lap(const struct tel_screen *t, char title[80], struct buf *out);
/* telemetry_export.c */
bool tels_export(const void *self, enum export_format format, struct buf *out, struct err *err);

extern const struct screen_ops telemetry_screen;

#endif
