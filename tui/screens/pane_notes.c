/* Notes: what to tell the driver. A line each where room is short, the whole note where it is not; Enter opens the evidence. */
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/utf8.h"
#include "tui/screens/dash.h"
#include "tui/screens/dash_export.h"
#include "tui/screens/why.h"
#include "tui/widgets/text.h"

#define NOTHING "nothing stands out: no loss is clear and over 0.05 s a lap or 0.5 s in all"

enum { INDENT = 3, GAIN_W = 12, LONG_FROM = 50, NOTE_TEXT = 1024, NOTES_SHOWN = 16 };

static void notes_title(const struct dash *d, struct surface s, char left[80], char right[80])
{
	int w = surface_w(s);
	const struct notes *n = view_notes(d->view);

	if (w >= LONG_FROM && d->view->own)
		snprintf(left, 80, "Notes for %.12s against its own laps", dash_car_id(d, n->you));
	else if (w >= LONG_FROM)
		snprintf(left, 80, "Notes for %.12s against %.12s", dash_car_id(d, n->you), dash_car_id(d, n->ref));
	else
		snprintf(left, 80, "Notes for %.12s", dash_car_id(d, n->you));
	if (n->n)
		snprintf(right, 80, "by time  %d/%u", d->rows[PANE_NOTES].cursor + 1, n->n);
}

static int whole_rows(const struct dash *d, int w);

/* Whole notes where there is room for some or for all; else a line each. */
static bool long_form(const struct dash *d)
{
	return d->linear || d->body[PANE_NOTES] >= 9 ||
	       whole_rows(d, d->layout.pane[PANE_NOTES].w) <= d->body[PANE_NOTES];
}

static int note_lines(const struct dash *d, const struct note *n, int w)
{
	if (!long_form(d))
		return 1;
	return 1 + text_lines(w - INDENT - 1, str_from(n->text), 0);
}

/* "Not clear: lap, S1, ..." : what was looked at and says nothing. */
static void tail_text(const struct dash *d, struct buf *b)
{
	buf_init(b, NOTE_TEXT);
	if (*view_notes(d->view)->not_clear)
		buf_fmt(b, "Not clear: %s.", view_notes(d->view)->not_clear);
}

static int tail_lines(const struct dash *d, int w)
{
	struct buf b;

	tail_text(d, &b);
	int lines = b.n ? text_lines(w - INDENT - 1, buf_view(&b), 0) : 0;
	buf_release(&b);
	return lines;
}

static void draw_tail(const struct dash *d, struct surface s, int y, int lines)
{
	struct buf b;

	tail_text(d, &b);
	text_wrap(surface_sub(s, (struct rect){INDENT, y, surface_w(s) - INDENT - 1, lines}), STYLE(DIM), buf_view(&b),
		  0, 0);
	buf_release(&b);
}

static int whole_rows(const struct dash *d, int w)
{
	int rows = 0;

	for (uint32_t i = 0; i < view_notes(d->view)->n; i++)
		rows += 1 + text_lines(w - INDENT - 1, str_from(view_notes(d->view)->note[i].text), 0);
	if (view_notes(d->view)->n == 0)
		rows += text_lines(w - 2, STR(NOTHING), 0);
	return rows + tail_lines(d, w);
}

static int notes_want(const struct dash *d, int w)
{
	return dash_paired(d) ? whole_rows(d, w) : 0;
}

static void gain_text(const struct note *n, char out[32])
{
	char t[NUM_LEN];

	if (n->gain == MS_NONE)
		*out = '\0';
	else if (n->about) /* an estimate: hundredths would claim too much */
		snprintf(out, 32, "about %s s", dec_str(t, n->gain / 1000.0, 1));
	else
		snprintf(out, 32, "%s s", time_str(t, n->gain));
}

/* " [told]", " [wrong: traffic]": what was made of the same place here before. */
static void mark_text(const struct dash *d, uint32_t i, char out[MARK_WHY + 16])
{
	const struct mark *m = data_mark(d->view->owner, i);

	*out = '\0';
	if (m && *m->why)
		snprintf(out, MARK_WHY + 16, "[%s: %s]", mark_name(m->kind), m->why);
	else if (m)
		snprintf(out, MARK_WHY + 16, "[%s]", mark_name(m->kind));
}

static void draw_head_line(const struct dash *d, uint32_t i, struct surface s, int y)
{
	const struct note *n = &view_notes(d->view)->note[i];
	int w = surface_w(s), x;
	char gain[32], mark[MARK_WHY + 16];
	struct style st = n->kind == NOTE_KEEP ? STYLE(GAIN) : STYLE(LOSS);

	gain_text(n, gain);
	int room = w - 1 - (int)strlen(gain) - 2;
	x = surface_fmt(s, 1, y, STYLE(TEXT), "%u ", i + 1) + 1;
	x += surface_text(s, x, y, style_with(st, ATTR_BOLD), n->where);
	x = x < 9 && !long_form(d) ? 9 : x + 1;
	mark_text(d, i, mark);
	if (*mark && room > x + utf8_columns(str_from(mark)))
		x += surface_text(s, x, y, STYLE(DIM), mark) + 1;
	if (room > x)
		surface_field(s, x, y, room - x, ALIGN_LEFT, STYLE(TEXT), str_from(n->head));
	surface_text(s, w - 1 - (int)strlen(gain), y, STYLE(TEXT), gain);
	if (d->focus == PANE_NOTES && !d->linear && d->rows[PANE_NOTES].cursor == (int)i) {
		surface_ground(s, (struct rect){0, y, w, 1}, ROLE_CURSOR);
		surface_cursor(s, 1, y);
	}
}

static void draw_text(const struct note *n, struct surface s, int y, int lines)
{
	struct rect r = {INDENT, y, surface_w(s) - INDENT - 1, lines};

	text_wrap(surface_sub(s, r), STYLE(DIM), str_from(n->text), 0, 0);
}

/* What of the notes is shown. */
struct laid {
	uint32_t first;          /* the chosen one is always in sight */
	bool whole[NOTES_SHOWN]; /* with their text */
	int tail;                /* rows of what is not clear */
};

/* Head lines come first, then whole texts from the top while they fit: a text cut off could say something else than the
 * note does. */
static void lay_out(const struct dash *d, int w, int h, struct laid *l)
{
	const struct notes *n = view_notes(d->view);
	int at = d->rows[PANE_NOTES].cursor, room;

	*l = (struct laid){.tail = long_form(d) || (int)n->n < h ? tail_lines(d, w) : 0};
	if (l->tail > h - (int)n->n && !long_form(d))
		l->tail = h - (int)n->n;
	room = h - l->tail;
	l->first = at >= room && room > 0 ? (uint32_t)(at - room + 1) : 0;
	room -= (int)(n->n - l->first);
	for (uint32_t i = l->first; i < n->n && i < NOTES_SHOWN; i++) {
		int lines = note_lines(d, &n->note[i], w) - 1;
		l->whole[i] = lines <= room;
		room -= l->whole[i] ? lines : 0;
	}
}

static int shown_lines(const struct dash *d, const struct laid *l, uint32_t i, int w)
{
	return i < NOTES_SHOWN && l->whole[i] ? note_lines(d, &view_notes(d->view)->note[i], w) : 1;
}

static void notes_draw(const struct dash *d, struct surface s)
{
	const struct notes *n = view_notes(d->view);
	int h = surface_h(s), y = 0, w = surface_w(s);
	struct laid l;

	lay_out(d, w, h, &l);
	if (n->n == 0)
		y += text_wrap(surface_sub(s, (struct rect){1, 0, w - 2, h}), STYLE(DIM), STR(NOTHING), 0, 0);
	for (uint32_t i = l.first; i < n->n && y < h - l.tail; i++) {
		int lines = shown_lines(d, &l, i, w);
		draw_head_line(d, i, s, y);
		if (lines > 1)
			draw_text(&n->note[i], s, y + 1, lines - 1);
		y += lines;
	}
	if (l.tail)
		draw_tail(d, s, y > h - l.tail ? h - l.tail : y, l.tail);
}

static int notes_rows(const struct dash *d)
{
	return dash_paired(d) ? (int)view_notes(d->view)->n : 0;
}

static void notes_settle(struct dash *d, int w, int body)
{
	(void)w, (void)body;
	table_settle(&d->rows[PANE_NOTES], notes_rows(d), notes_rows(d));
}

static bool notes_why(const struct dash *d, char title[80], struct buf *out)
{
	int at = d->rows[PANE_NOTES].cursor;

	return at < notes_rows(d) && why_note(d->view, (uint32_t)at, title, out);
}

static void wrong_answer(void *ctx, const char *text)
{
	struct dash *d = ctx;

	if (d->view && d->view->owner)
		data_set_mark(d->view->owner, d->asked_note, MARK_WRONG, text);
}

/* Agreed, told the driver, wrong and why, not marked. */
static bool mark_next(struct dash *d)
{
	uint32_t at = (uint32_t)d->rows[PANE_NOTES].cursor;
	const struct mark *m = data_mark(d->view->owner, at);
	enum mark_kind next = m ? (enum mark_kind)((m->kind + 1) % MARK_KINDS) : MARK_AGREED;

	if ((int)at >= notes_rows(d) || !d->view->owner)
		return true;
	d->asked_note = at;
	if (next == MARK_WRONG)
		app_ask(d->app, "wrong: why, in a word", "", wrong_answer, d);
	else
		data_set_mark(d->view->owner, at, next, "");
	return true;
}

static bool notes_command(struct dash *d, enum cmd cmd)
{
	char title[80] = "";
	struct buf b;

	if (cmd == CMD_MARK)
		return mark_next(d);
	if (cmd != CMD_ENTER)
		return false;
	buf_init(&b, 65536);
	if (notes_why(d, title, &b) && b.p)
		app_popup(d->app, title, b.p);
	buf_release(&b);
	return true;
}

static bool notes_click(struct dash *d, struct surface s, const struct mouse_event *ev)
{
	int y = 0, w = surface_w(s);
	struct laid l;

	lay_out(d, w, surface_h(s), &l);
	for (uint32_t i = l.first; i < view_notes(d->view)->n; i++) {
		int lines = shown_lines(d, &l, i, w);
		if (ev->y >= y && ev->y < y + lines)
			d->rows[PANE_NOTES].cursor = (int)i;
		y += lines;
	}
	return true;
}

const struct pane_ops pane_notes = {
	.name = "Notes",
	.title = notes_title,
	.want = notes_want,
	.settle = notes_settle,
	.draw = notes_draw,
	.command = notes_command,
	.click = notes_click,
	.why = notes_why,
	.export_pane = dash_export_coach,
	.cursor_rows = notes_rows,
};
