/* What all screens share: names, marks and colours of cars, the bar and YOUR line. */
#ifndef TUI_SCREENS_COMMON_H
#define TUI_SCREENS_COMMON_H

#include "core/report/report.h"
#include "tui/app.h"
#include "tui/surface.h"
#include "tui/view.h"
#include "tui/widgets/table.h"

/* Names as tables show them: the family name, an initial in front only where two share it ("W.Robusto"); the team where nobody's name
 * is known. Cleaned when drawn. */
void short_name(const struct session *s, uint32_t car, char out[64]);
/* Gain and loss have a colour, what is not clear has none. */
struct style verdict_style(enum verdict v);
/* YOU, REF, the third and fourth car; plain for all others. */
struct style car_style(const struct view *v, uint16_t car);
/* Race: ordered by laps and time; timed (practice, qualifying): by best lap. false without a session. */
bool view_is_timed(const struct view *v);
bool view_is_followed(const struct view *v, uint16_t car);
/* Row of a car in view.order; -1 none. */
int shown_row(const struct view *v, uint16_t car);
/* A mark of core/analysis/lap_mark.h as it is drawn. */
uint32_t mark_letter(struct surface s, char mark);

/* The way that a cursor key goes in a table; false: no cursor key. */
bool table_move_of(enum cmd cmd, enum table_move *move);

/* Head of a pane over its first row: a rule with the title at the left, a few words at the right. The focus is on the first word. */
void pane_head_draw(struct surface s, struct rect pane, const char *left, const char *right, bool focused);
/* Text output: words only, at the columns the rule would have them. */
void pane_head_plain(struct surface s, struct rect pane, const char *left, const char *right);
/* Instead of panes while there is no session: what is missing. view may be NULL. */
void empty_draw(const struct view *view, struct surface s);
/* Start of a file's name: "barber_r2_tower". */
void pane_export_name(const struct view *view, const char *pane, char out[64]);
/* A command's answer about the session shown, YOU and REF in it. */
bool view_report(const struct view *v, report_fn *fn, uint16_t car, enum export_format format, struct buf *out,
		 struct err *err) MUST_CHECK;

enum { HEAD_ROWS = 2 };
/* The bar (what, when, state, data) and YOUR line, the same on every screen: rows 0 and 1 of s. view may be NULL. */
void head_draw(const struct app *app, const struct view *view, struct surface s);

#endif
