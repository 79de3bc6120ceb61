/* Who is who on screen 5: the drivers in order, who is chosen, YOU and REF by number and name, so that they outlive session and book. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screens/season.h"

/* Keys --------------------------------------------------------------------------------------------*/

static void key_of(const struct season_board *s, uint32_t row, char out[SEASON_KEY])
{
	const struct season_row *r = &s->book->table.rows[row];

	snprintf(out, SEASON_KEY, "%.40s\t%.80s", r->number, r->name);
}

static uint32_t row_of(const struct season_board *s, const char *key)
{
	char one[SEASON_KEY];

	for (uint32_t i = 0; *key && i < s->book->table.nrows; i++) {
		key_of(s, i, one);
		if (strcmp(one, key) == 0)
			return i;
	}
	return NO_ROW;
}

/* Order -------------------------------------------------------------------------------------------*/

/* What a driver is sorted by; NAN: at the end. */
static double value_of(const struct season_board *s, uint32_t row)
{
	const struct season_row *r = &s->book->table.rows[row];
	const struct season_sum *sum = &s->book->sum[row];
	const struct skill *k = &s->book->skill[row];

	switch (s->sort) {
	case SORT_POINTS:
		return sum->points;
	case SORT_MEDIAN:
		return r->median_finish;
	case SORT_WINS:
		return sum->wins;
	case SORT_PODIUMS:
		return sum->podiums;
	case SORT_GAINED:
		return sum->avg_gained;
	case SORT_FIT:
		return season_track(s) ? circuit_fit(season_track(s), k) : (double)NAN;
	case SORT_SPEED:
	case SORT_CONSISTENCY:
	case SORT_RACECRAFT:
	case SORT_TIRE:
		return k->known ? k->percentile[s->sort - SORT_SPEED] : (double)NAN;
	default:
		return row; /* rows of the table stand by number */
	}
}

/* Is a to stand behind b? Equal ones by their places, then number. */
static bool stands_behind(const struct season_board *s, uint32_t a, uint32_t b)
{
	const struct season_table *t = &s->book->table;
	double x = value_of(s, a), y = value_of(s, b);

	if (s->sort == SORT_NAME) {
		char name[2][64];
		season_name(s, a, name[0]);
		season_name(s, b, name[1]);
		return strcmp(name[0], name[1]) > 0;
	}
	if (isnan(x) || isnan(y))
		return isnan(x) && !isnan(y);
	if (x != y)
		return s->sort_down ? x < y : x > y;
	x = t->rows[a].median_finish;
	y = t->rows[b].median_finish;
	if (isnan(x) || isnan(y))
		return isnan(x) && !isnan(y);
	return x > y;
}

static bool sort_rows(struct season_board *s)
{
	uint32_t n = s->book->table.nrows;
	uint32_t *order = realloc(s->order, (n + 1) * sizeof(*order));

	s->n = 0;
	if (!order)
		return false;
	s->order = order;
	for (; s->n < n; s->n++) {
		uint32_t at = s->n;
		for (; at > 0 && stands_behind(s, order[at - 1], s->n); at--)
			order[at] = order[at - 1];
		order[at] = s->n;
	}
	return true;
}

static void cursor_to(struct season_board *s, uint32_t row)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (s->order[i] == row)
			s->rows[SEASON_DRIVERS].cursor = (int)i;
	if (s->body[SEASON_DRIVERS] > 1) /* else it has no size yet, and scrolls when it has */
		table_settle(&s->rows[SEASON_DRIVERS], (int)s->n, s->body[SEASON_DRIVERS] - 1);
}

/* YOU or REF of the other screens, when it is another one than before. */
static void take_mark(struct season_board *s, uint16_t car, char seen[SEASON_KEY], char mark[SEASON_KEY])
{
	const struct car *c = &s->view->session->cars[car];
	const struct season_row *r = season_table_row(&s->book->table, c);
	char key[SEASON_KEY] = "";
	uint32_t row = r ? (uint32_t)(r - s->book->table.rows) : NO_ROW;
	bool several;

	if (!r && !*c->driver) /* a file that is still written has no names: the number is all */
		row = season_book_row(s->book, c->number, &several);
	if (row != NO_ROW)
		key_of(s, row, key);
	if (strcmp(key, seen) == 0 || !*key)
		return;
	memcpy(seen, key, SEASON_KEY);
	memcpy(mark, key, SEASON_KEY);
}

void season_rows_make(struct season_board *s)
{
	uint32_t row;

	s->you = s->ref = NO_ROW;
	if (!s->book) {
		s->n = 0;
		s->sorted = NULL;
		return;
	}
	if ((s->book != s->sorted || s->sort != s->sorted_by) && !sort_rows(s)) {
		app_say(s->app, ROLE_ERROR, "no memory for the season");
		return;
	}
	s->sorted = s->book;
	s->sorted_by = s->sort;
	if (s->view->session && s->view->paired) {
		take_mark(s, s->view->you, s->view_you, s->you_key);
		take_mark(s, s->view->ref, s->view_ref, s->ref_key);
	}
	s->you = row_of(s, s->you_key);
	s->ref = row_of(s, s->ref_key);
	row = row_of(s, *s->chosen ? s->chosen : s->you_key);
	if (row != NO_ROW)
		cursor_to(s, row);
}

/* Who ---------------------------------------------------------------------------------------------*/

uint32_t season_chosen(const struct season_board *s)
{
	int at = s->rows[SEASON_DRIVERS].cursor;

	return at >= 0 && (uint32_t)at < s->n ? s->order[at] : NO_ROW;
}

uint32_t season_other(const struct season_board *s)
{
	return season_chosen(s) == s->ref ? s->you : s->ref;
}

void season_go_to(struct season_board *s, uint32_t row)
{
	key_of(s, row, s->chosen);
	cursor_to(s, row);
}

/* The car of a driver in the session shown; NO_CAR none. */
static uint16_t car_of_row(const struct season_board *s, uint32_t row)
{
	const struct session *se = s->view->session;

	for (uint32_t i = 0; s->view->paired && i < se->ncars; i++)
		if (season_table_row(&s->book->table, &se->cars[i]) == &s->book->table.rows[row])
			return (uint16_t)i;
	return NO_CAR;
}

void season_mark(struct season_board *s, bool you)
{
	uint32_t row = season_chosen(s);
	char *mark = you ? s->you_key : s->ref_key, *other = you ? s->ref_key : s->you_key, key[SEASON_KEY];
	uint16_t car;

	if (row == NO_ROW)
		return;
	car = s->view->session ? car_of_row(s, row) : NO_CAR;
	if (car != NO_CAR) {
		const struct view *v = s->view;
		if (you) /* YOU on the reference: the two change places */
			data_set_pair(v->owner, car, car == v->ref ? v->you : v->ref);
		else
			data_set_pair(v->owner, car == v->you ? v->ref : v->you, car);
	}
	key_of(s, row, key);
	if (strcmp(other, key) == 0)
		memcpy(other, mark, SEASON_KEY);
	memcpy(mark, key, SEASON_KEY);
	s->you = row_of(s, s->you_key);
	s->ref = row_of(s, s->ref_key);
	if (car == NO_CAR) {
		char name[64];
		season_name(s, row, name);
		app_say(s->app, ROLE_TEXT, "%s is not in the session shown: marked on this screen only", name);
	}
}

const struct season_track *season_track(const struct season_board *s)
{
	const struct dataset *d = s->book->dataset;
	int at = s->rows[SEASON_TRACKS].cursor;

	return at >= 0 && (uint32_t)at < d->season->ntracks ? &d->season->tracks[at] : NULL;
}

void season_name(const struct season_board *s, uint32_t row, char out[64])
{
	const struct season_row *r = row == NO_ROW ? NULL : &s->book->table.rows[row];
	const char *p = r ? strchr(r->name, ' ') : NULL;

	while (p && *p == ' ')
		p++;
	if (!r || !*r->name)
		snprintf(out, 64, "%s%.40s", r ? "#" : "-", r ? r->number : "");
	else
		snprintf(out, 64, "%.63s", p && *p ? p : r->name);
}

struct style season_style(const struct season_board *s, uint32_t row)
{
	if (row == s->you)
		return STYLE(YOU);
	return row == s->ref ? STYLE(REF) : STYLE(TEXT);
}

/* Search: number as written, else any part of the name ----------------------------------------------*/

static bool matches(const struct season_board *s, uint32_t row, const char *text)
{
	const struct season_row *r = &s->book->table.rows[row];

	return str_starts_nocase(str_from(r->number), text) || str_has_nocase(str_from(r->name), text);
}

static int next_match(const struct season_board *s, const char *text, int at, int step)
{
	int n = (int)s->n;

	for (int i = 0; i < n; i++) {
		int row = ((at + step * i) % n + n) % n;
		if (matches(s, s->order[row], text))
			return row;
	}
	return -1;
}

/* A number typed in full is that driver, not the first that begins so. */
static int exact_match(const struct season_board *s, const char *text)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (strcmp(s->book->table.rows[s->order[i]].number, text) == 0)
			return (int)i;
	return -1;
}

int season_find(void *self, const char *text, int dir, int *of)
{
	struct season_board *s = self;
	int *cursor = &s->rows[SEASON_DRIVERS].cursor, n = 0, row;

	*of = (int)s->n;
	if (!s->book || s->n == 0)
		return 0;
	if (dir == 0 && s->find_from < 0)
		s->find_from = *cursor;
	if (!*text) {
		*cursor = s->find_from >= 0 ? s->find_from : *cursor;
		s->find_from = -1;
		season_go_to(s, s->order[*cursor]);
		return 0;
	}
	for (uint32_t i = 0; i < s->n; i++)
		n += matches(s, i, text);
	row = dir == 0 ? exact_match(s, text) : -1;
	if (row < 0)
		row = next_match(s, text, dir == 0 ? s->find_from : *cursor + dir, dir < 0 ? -1 : 1);
	if (row >= 0)
		season_go_to(s, s->order[row]);
	if (dir != 0)
		s->find_from = -1;
	s->focus = SEASON_DRIVERS;
	return n;
}

/* Answers -----------------------------------------------------------------------------------------*/

static bool report_with(struct report_in *in, const struct season_board *s, report_fn *fn, enum export_format format,
			struct buf *out, struct err *err)
{
	static const enum report_format formats[] = {
		[EXPORT_TEXT] = REPORT_TEXT, [EXPORT_CSV] = REPORT_CSV, [EXPORT_JSON] = REPORT_JSON};
	bool ok;

	in->format = formats[format];
	in->factor = FACTORS;
	in->dataset = s->book->dataset;
	in->book = s->book;
	memcpy(in->points, s->ahead.points, sizeof(in->points));
	in->arena = arena_new(0);
	if (!in->arena)
		return err_set(err, ERR_NOMEM, "no memory to write this pane");
	ok = fn(in, out, err);
	arena_free(in->arena);
	return ok;
}

bool season_report_at(const struct season_board *s, report_fn *fn, const char *track, enum export_format format,
		      struct buf *out, struct err *err)
{
	struct report_in in = {.row = NO_ROW, .track = track};

	return report_with(&in, s, fn, format, out, err);
}

bool season_report(const struct season_board *s, report_fn *fn, uint32_t row, enum export_format format,
		   struct buf *out, struct err *err)
{
	const struct season_track *track = season_track(s);
	struct report_in in = {.row = row, .track = track ? track->id : NULL, .track_json = track};

	if (row == NO_ROW)
		return err_set(err, ERR_NOT_FOUND, "choose a driver first");
	return report_with(&in, s, fn, format, out, err);
}
