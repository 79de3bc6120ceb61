/* The cars of the race screen: which, in what order, which of them are in sight. Rows do not move while they are read: the cursor stays on
 * its car, and YOUR car is always among those shown. */
#include <stdlib.h>
#include <string.h>

#include "tui/screens/race.h"

static bool wanted(const struct view *v, uint16_t car)
{
	return !v->class_name || strcmp(v->session->cars[car].class_name, v->class_name) == 0;
}

void race_cars_make(struct race *r)
{
	const struct view *v = r->view;

	free(r->cars);
	r->cars = NULL;
	r->ncars = 0;
	if (!v || !v->session)
		return;
	r->cars = malloc(v->session->ncars * sizeof(*r->cars) + 1);
	if (!r->cars)
		return;
	for (uint32_t i = 0; i < v->session->ncars; i++)
		if (wanted(v, v->order->car[i]))
			r->cars[r->ncars++] = v->order->car[i];
	race_cursor_to(r, r->cursor_car);
}

void race_cursor_to(struct race *r, uint16_t car)
{
	for (uint32_t i = 0; i < r->ncars; i++) {
		if (r->cars[i] != car)
			continue;
		r->cursor = (int)i;
		r->cursor_car = car;
	}
}

uint16_t race_car(const struct race *r)
{
	return r->cursor >= 0 && r->cursor < (int)r->ncars ? r->cars[r->cursor] : NO_CAR;
}

static int row_of_you(const struct race *r)
{
	for (uint32_t i = 0; r->view->paired && i < r->ncars; i++)
		if (r->cars[i] == r->view->you)
			return (int)i;
	return -1;
}

/* Rows on the screen for rows [top, top + n) of cars[], one of them kept for YOU when it is outside. */
static void fill(struct race *r, int rows)
{
	int you = row_of_you(r), n = 0;
	bool above = you >= 0 && you < r->top, below = you >= r->top + rows;

	if (above)
		r->visible[n++] = r->cars[you];
	for (int i = r->top + above; i < r->top + rows - below && i < (int)r->ncars; i++) {
		if (i == r->cursor)
			r->cursor_visible = n;
		r->visible[n++] = r->cars[i];
	}
	if (below)
		r->visible[n++] = r->cars[you];
	r->nvisible = n;
}

void race_cars_settle(struct race *r, int rows)
{
	int n = (int)r->ncars;

	rows = rows < 1 ? 1 : rows > RACE_ROWS ? RACE_ROWS : rows;
	r->cursor = r->cursor >= n ? n - 1 : r->cursor < 0 ? 0 : r->cursor;
	r->nvisible = 0;
	r->cursor_visible = -1;
	if (n == 0)
		return;
	/* A row at either end may go to YOU: the cursor keeps clear of both. */
	int margin = rows > 4 && n > rows ? 1 : 0;
	if (r->top > r->cursor - margin)
		r->top = r->cursor - margin;
	if (r->top < r->cursor + margin - rows + 1)
		r->top = r->cursor + margin - rows + 1;
	r->top = r->top > n - rows ? n - rows : r->top;
	r->top = r->top < 0 ? 0 : r->top;
	fill(r, rows);
}

bool race_cars_go(struct race *r, enum table_move move)
{
	struct table_state st = {r->cursor, r->top};

	if (!table_go(&st, move, (int)r->ncars, r->body[RACE_TOWER] - 1))
		return false;
	r->cursor = st.cursor;
	r->cursor_car = race_car(r);
	return true;
}

/* Search ------------------------------------------------------------------------------------------*/

static bool matches(const struct car *c, struct str text)
{
	return str_starts_nocase(str_from(c->id), text.p) || str_has_nocase(str_from(c->driver), text.p) ||
	       str_has_nocase(str_from(c->team), text.p);
}

static int matching_row(const struct race *r, struct str text, int from, int step)
{
	int n = (int)r->ncars;

	for (int i = 0; i < n; i++) {
		int row = ((from + step * i) % n + n) % n;
		if (matches(&r->view->session->cars[r->cars[row]], text))
			return row;
	}
	return -1;
}

int race_find(void *self, const char *text, int dir, int *of)
{
	struct race *r = self;
	struct str t = str_from(text);
	int n = 0, exact, row;

	*of = (int)r->ncars;
	if (r->ncars == 0)
		return 0;
	if (dir == 0 && r->find_from == NO_CAR)
		r->find_from = race_car(r);
	if (t.n == 0) {
		race_cursor_to(r, r->find_from);
		r->find_from = NO_CAR;
		return 0;
	}
	for (uint32_t i = 0; i < r->ncars; i++)
		n += matches(&r->view->session->cars[r->cars[i]], t);
	row = matching_row(r, t, dir == 0 ? 0 : r->cursor + dir, dir < 0 ? -1 : 1);
	if (row < 0)
		return 0;
	race_cursor_to(r, r->cars[row]);
	exact = session_car(r->view->session, text);
	if (dir == 0 && exact >= 0) /* a number as written goes to that car */
		race_cursor_to(r, (uint16_t)exact);
	r->focus = RACE_TOWER;
	return n;
}

/* Which cars have lines in charts -----------------------------------------------------------------*/

static int add_once(uint16_t *out, int n, int max, uint16_t car)
{
	for (int i = 0; i < n; i++)
		if (out[i] == car)
			return n;
	if (n < max)
		out[n++] = car;
	return n;
}

bool race_follows(const struct race *r)
{
	return r->view->nfollowed > 0 || r->view->nmore > 0;
}

int race_lines(const struct race *r, uint16_t *out, int max)
{
	const struct view *v = r->view;
	int n = 0, you = row_of_you(r), near = 2;

	if (v->paired) {
		n = add_once(out, n, max, v->you);
		n = add_once(out, n, max, v->ref);
	}
	for (uint32_t i = 0; i < v->nmore; i++)
		n = add_once(out, n, max, v->more[i]);
	for (uint32_t i = 0; i < v->nfollowed; i++)
		n = add_once(out, n, max, v->followed[i]);
	for (int i = you - near; !race_follows(r) && i <= you + near; i++)
		if (i >= 0 && i < (int)r->ncars)
			n = add_once(out, n, max, r->cars[i]);
	return n;
}

/* What kind of race -------------------------------------------------------------------------------*/

bool race_has_drivers(const struct race *r)
{
	return r->view && r->view->session && r->view->session->ndrivers > r->view->session->ncars;
}

bool race_many_classes(const struct race *r)
{
	const struct session *s = r->view->session;

	for (uint32_t i = 1; i < s->ncars; i++)
		if (strcmp(s->cars[i].class_name, s->cars[0].class_name) != 0)
			return true;
	return false;
}

bool race_is_over(const struct race *r)
{
	return !r->view->clock.on && !r->view->live;
}
