/* Events: as one line under the gap chart those that matter most, as a pane all of them, the newest last. */
#include <stdio.h>
#include <string.h>

#include "tui/screens/race.h"

enum { LINE_EVENTS = 64, GAP = 2, SHORTEST = 10 };

static int item_text(const struct race *r, const struct event *e, char out[112])
{
	char words[96];

	event_words(r->view->session, e, words);
	return snprintf(out, 112, "L%u %s", e->lap, words);
}

/* Does it concern the cars shown? */
static bool concerns(const struct race *r, const struct event *e)
{
	const char *name = r->view->class_name;

	return !name || e->car == NO_CAR || strcmp(r->view->session->cars[e->car].class_name, name) == 0;
}

/* A later lap as quick said again is not news: of bests only the last of each car is told. */
static bool outdone(const struct race *r, uint32_t i)
{
	const struct events *ev = &r->view->events;

	if (ev->at[i].kind != EVENT_BEST)
		return false;
	for (uint32_t k = i + 1; k < ev->n; k++)
		if (ev->at[k].kind == EVENT_BEST && ev->at[k].car == ev->at[i].car)
			return true;
	return false;
}

/* The heaviest not yet taken, the latest of equals; -1 none. */
static int64_t heaviest(const struct race *r, const bool *taken)
{
	const struct events *ev = &r->view->events;
	int64_t best = -1;

	for (uint32_t i = 0; i < ev->n; i++)
		if (!taken[i] && concerns(r, &ev->at[i]) && !outdone(r, i) &&
		    (best < 0 || event_weight(&ev->at[i]) >= event_weight(&ev->at[best])))
			best = i;
	return best;
}

void race_events_line(const struct race *r, struct surface s, int x, int y, int w)
{
	const struct events *ev = &r->view->events;
	bool taken[EVENTS_MAX] = {false}, shown[EVENTS_MAX] = {false};
	int used = surface_text(s, x, y, STYLE(STRUCT), "events") + 1, n;
	char text[112];
	int64_t i;

	for (int k = 0; k < LINE_EVENTS && used + SHORTEST < w && (i = heaviest(r, taken)) >= 0; k++) {
		taken[i] = true;
		n = item_text(r, &ev->at[i], text);
		if (used + n + GAP > w)
			continue;
		used += n + GAP;
		shown[i] = true;
	}
	x += 7;
	for (uint32_t k = 0; k < ev->n; k++) {
		if (!shown[k])
			continue;
		item_text(r, &ev->at[k], text);
		x += surface_text(s, x, y, ev->at[k].watched ? STYLE(TEXT) : STYLE(DIM), text) + GAP;
	}
	if (ev->n == 0)
		surface_text(s, x, y, STYLE(DIM), "none so far");
}

/* The pane ------------------------------------------------------------------------------------------*/

static int events_rows(const struct race *r)
{
	int n = 0;

	for (uint32_t i = 0; i < r->view->events.n; i++)
		n += concerns(r, &r->view->events.at[i]);
	return n;
}

static const struct event *event_at(const struct race *r, int row)
{
	for (uint32_t i = 0; i < r->view->events.n; i++)
		if (concerns(r, &r->view->events.at[i]) && row-- == 0)
			return &r->view->events.at[i];
	return NULL;
}

static void event_cell(const void *ctx, int row, int col, struct table_cell *out)
{
	const struct race *r = ctx;
	const struct event *e = event_at(r, row);
	char t[NUM_LEN], words[96];

	if (!e)
		return;
	out->style = !e->watched ? STYLE(DIM) : e->car == NO_CAR ? STYLE(TEXT) : car_style(r->view, e->car);
	if (col == 0) {
		snprintf(out->text, sizeof(out->text), "%s", time_str(t, e->at));
	} else if (col == 1) {
		snprintf(out->text, sizeof(out->text), "L%u", e->lap);
	} else {
		event_words(r->view->session, e, words);
		snprintf(out->text, sizeof(out->text), "%.95s", words);
	}
}

static void events_title(const struct race *r, struct surface s, char left[80], char right[80])
{
	(void)s;
	snprintf(left, 80, "Events");
	snprintf(right, 80, "%d, the newest last", events_rows(r));
}

static int events_want(const struct race *r, int w)
{
	(void)w;
	return view_is_timed(r->view) ? 0 : events_rows(r) + 1;
}

static void events_draw(const struct race *r, struct surface s)
{
	static const struct table_column columns[] = {{.title = "clock", .align = ALIGN_RIGHT, .w = 12, .tight = true},
						      {.title = "lap", .align = ALIGN_RIGHT, .w = 5},
						      {.title = "what", .align = ALIGN_LEFT, .w = 20, .max_w = 90}};
	struct table t = {.columns = columns,
			  .ncolumns = 3,
			  .rows = events_rows(r),
			  .ctx = r,
			  .cell = event_cell,
			  .head = true,
			  .focused = r->focus == RACE_EVENTS && !r->linear,
			  .sort_column = -1};

	table_draw(&t, &r->rows[RACE_EVENTS], s);
}

static bool events_why(const struct race *r, char title[80], struct buf *out)
{
	return race_why_rule(r, RACE_EVENTS, title, out);
}

const struct race_pane race_events = {
	.name = "Events",
	.title = events_title,
	.want = events_want,
	.draw = events_draw,
	.why = events_why,
	.export_pane = race_export_events,
	.cursor_rows = events_rows,
};
