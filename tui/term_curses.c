/* The only file that knows curses. Curses compares with what the terminal shows and sends the difference. */
#include "tui/term.h"

#include <curses.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "core/base/utf8.h"
#include "tui/signals.h"

enum { ESC_MS = 25, DOUBLE_MS = 300, PAIRS = 512, RESTORE = 512 };

struct pair {
	short fg, bg;
};

struct look {
	bool known;
	short pair;
	attr_t attr;
};

struct terminal {
	SCREEN *screen;
	FILE *in;
	bool mouse, drag; /* asked for, and for moves with a button held as well */
	bool defaults;    /* the terminal knows "its own" colours */
	int colors;
	const struct theme *theme;
	struct look look[ROLE_COUNT][ROLE_COUNT][8];
	struct pair pair[PAIRS];
	int npairs, pair_limit;
	cchar_t *row;
	int row_cap;
	struct termios saved;
	struct timespec clicked;
	int click_x, click_y;
};

/* --- Opening and closing --------------------------------------------------------------------------------- */

static bool has_string(const char *name)
{
	/* terminfo's answers are "no such" as (char *)-1 and "absent" as NULL. */
	const char *s = tigetstr(name);

	return s != NULL && (intptr_t)s != -1 && s[0] != '\0';
}

bool term_usable(struct err *err)
{
	const char *name = getenv("TERM");
	int why = 0;

	if (name == NULL || name[0] == '\0')
		return err_set(err, ERR_NOT_FOUND, "TERM is not set; try TERM=xterm-256color");
	if (setupterm(name, STDOUT_FILENO, &why) != OK)
		return err_set(err, ERR_NOT_FOUND, "the terminal '%.60s' is not known here; try TERM=xterm-256color",
			       name);
	bool places = has_string("cup") && has_string("clear");

	/* The screen reads its own description when it is opened. */
	del_curterm(cur_term);
	return places || err_set(err, ERR_NOT_FOUND, "the terminal '%.60s' cannot place text", name);
}

static void append(char *out, size_t *n, const char *s)
{
	if (s == NULL || (intptr_t)s == -1)
		return;
	for (; *s != '\0' && *n < RESTORE; s++) {
		/* Padding ("$<5>") is for curses to time, not to write. */
		if (s[0] == '$' && s[1] == '<' && strchr(s, '>') != NULL)
			s = strchr(s, '>');
		else
			out[(*n)++] = *s;
	}
}

/* What puts the terminal back, made now: a crash has no time to ask terminfo. */
static void prepare_restore(const struct terminal *t)
{
	char bytes[RESTORE];
	size_t n = 0;

	if (t->mouse)
		append(bytes, &n, "\033[?1006l\033[?1002l\033[?1000l");
	append(bytes, &n, tigetstr("sgr0"));
	if (t->colors > 0)
		append(bytes, &n, tigetstr("op"));
	append(bytes, &n, tigetstr("rmkx"));
	append(bytes, &n, tigetstr("cnorm"));
	append(bytes, &n, tigetstr("rmcup"));
	append(bytes, &n, "\r\n");
	signals_restore_with(STDOUT_FILENO, bytes, n, &t->saved);
}

static void open_colors(struct terminal *t, bool color)
{
	if (!color || !has_colors() || start_color() != OK)
		return;
	t->defaults = use_default_colors() == OK;
	t->colors = COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : COLORS >= 8 ? 8 : 0;
	t->pair_limit = COLOR_PAIRS < PAIRS ? COLOR_PAIRS : PAIRS;
}

static void open_mouse(struct terminal *t, bool mouse)
{
	if (!mouse || !has_string("kmous"))
		return;
	/* No waiting for a second press: double clicks are told by the clock. */
	mouseinterval(0);
	t->mouse = mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED | REPORT_MOUSE_POSITION, NULL) != 0;
}

/* Curses turns on clicks alone (1000); moves while a button is held (1002) it reads, but does not ask for. */
static void ask_for_drag(struct terminal *t, bool on)
{
	const char *bytes = on ? "\033[?1002h" : "\033[?1002l";

	if (!t->mouse || t->drag == on)
		return;
	t->drag = on;
	if (write(STDOUT_FILENO, bytes, strlen(bytes)) < 0)
		t->mouse = false; /* nobody is there to move it */
}

struct terminal *term_open(bool color, bool mouse, struct err *err)
{
	struct terminal *t = calloc(1, sizeof(*t));

	if (t == NULL) {
		err_set(err, ERR_NOMEM, "no memory for the terminal");
		return NULL;
	}
	t->in = isatty(STDIN_FILENO) ? stdin : fopen("/dev/tty", "r");
	if (t->in == NULL || tcgetattr(STDOUT_FILENO, &t->saved) != 0) {
		err_set(err, ERR_IO, "no terminal to read keys from: %s", strerror(errno));
		free(t);
		return NULL;
	}
	t->screen = newterm(NULL, stdout, t->in);
	if (t->screen == NULL) {
		err_set(err, ERR_IO, "the terminal cannot be opened; try TERM=xterm-256color");
		free(t);
		return NULL;
	}
	set_escdelay(ESC_MS);
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	open_colors(t, color);
	open_mouse(t, mouse);
	/* Before its first endwin() curses takes us for a program that only moves the cursor, and writes at every move; after
	 * it, once a frame. Nothing is drawn yet, so nothing is seen of it. */
	endwin();
	prepare_restore(t);
	return t;
}

void term_close(struct terminal *t)
{
	if (t == NULL)
		return;
	signal(SIGTTOU, SIG_IGN); /* putting settings back from the background must not stop us */
	ask_for_drag(t, false);
	endwin();
	tcsetattr(STDOUT_FILENO, TCSANOW, &t->saved);
	signals_restore_with(-1, NULL, 0, NULL);
	delscreen(t->screen);
	if (t->in != stdin)
		fclose(t->in);
	free(t->row);
	free(t);
}

int term_fd(const struct terminal *t)
{
	return fileno(t->in);
}

void term_size(const struct terminal *t, int *w, int *h)
{
	(void)t;
	getmaxyx(stdscr, *h, *w);
}

int term_colors(const struct terminal *t)
{
	return t->colors;
}

/* --- Keys ------------------------------------------------------------------------------------------------- */

static uint32_t function_key(wint_t key)
{
	static const struct {
		wint_t from;
		uint32_t to;
	} keys[] = {
		{KEY_UP, TKEY_UP},
		{KEY_DOWN, TKEY_DOWN},
		{KEY_LEFT, TKEY_LEFT},
		{KEY_RIGHT, TKEY_RIGHT},
		{KEY_HOME, TKEY_HOME},
		{KEY_END, TKEY_END},
		{KEY_PPAGE, TKEY_PGUP},
		{KEY_NPAGE, TKEY_PGDN},
		{KEY_IC, TKEY_INSERT},
		{KEY_DC, TKEY_DELETE},
		{KEY_ENTER, TKEY_ENTER},
		{KEY_BTAB, TKEY_BACKTAB},
		{KEY_BACKSPACE, TKEY_BACKSPACE},
		{KEY_RESIZE, TKEY_RESIZE},
		{KEY_MOUSE, TKEY_MOUSE},
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (keys[i].from == key)
			return keys[i].to;
	return TKEY_NONE;
}

static uint32_t letter_key(wint_t c)
{
	switch (c) {
	case '\r':
	case '\n':
		return TKEY_ENTER;
	case '\t':
		return TKEY_TAB;
	case 27:
		return TKEY_ESC;
	case 8:
	case 127:
		return TKEY_BACKSPACE;
	default:
		break;
	}
	if (c >= 1 && c <= 26)
		return TKEY_CTRL + 'a' + (uint32_t)c - 1;
	return c == 28 ? TKEY_CTRL + '\\' : c < ' ' ? TKEY_NONE : (uint32_t)c;
}

static bool quickly_again(struct terminal *t, int x, int y)
{
	struct timespec now;
	long ms;
	bool again;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (now.tv_sec - t->clicked.tv_sec) * 1000 + (now.tv_nsec - t->clicked.tv_nsec) / 1000000;
	again = ms < DOUBLE_MS && x == t->click_x && y == t->click_y;
	t->clicked = again ? (struct timespec){0, 0} : now;
	t->click_x = x;
	t->click_y = y;
	return again;
}

static bool read_mouse(struct terminal *t, struct mouse_event *out)
{
	MEVENT m;

	if (getmouse(&m) != OK)
		return false;
	out->x = m.x;
	out->y = m.y;
	if (m.bstate & BUTTON4_PRESSED)
		out->kind = MOUSE_WHEEL_UP;
	else if (m.bstate & BUTTON5_PRESSED)
		out->kind = MOUSE_WHEEL_DOWN;
	else if (m.bstate & BUTTON1_PRESSED)
		out->kind = quickly_again(t, m.x, m.y) ? MOUSE_DOUBLE : MOUSE_CLICK;
	else if (m.bstate & REPORT_MOUSE_POSITION)
		out->kind = MOUSE_DRAG;
	else
		return false;
	return true;
}

bool term_next(struct terminal *t, struct term_event *ev)
{
	for (;;) {
		wint_t c;
		int kind = wget_wch(stdscr, &c);

		if (kind == ERR)
			return false;
		ev->key = kind == KEY_CODE_YES ? function_key(c) : letter_key(c);
		if (ev->key == TKEY_NONE || (ev->key == TKEY_MOUSE && !read_mouse(t, &ev->mouse)))
			continue;
		return true;
	}
}

/* --- Cells ------------------------------------------------------------------------------------------------ */

void term_theme(struct terminal *t, const struct theme *theme)
{
	t->theme = theme;
	memset(t->look, 0, sizeof(t->look));
}

static short pair_of(struct terminal *t, short fg, short bg)
{
	if (fg < 0 && bg < 0)
		return 0;
	if (!t->defaults) {
		fg = fg < 0 ? (t->theme->light ? COLOR_BLACK : COLOR_WHITE) : fg;
		bg = bg < 0 ? (t->theme->light ? COLOR_WHITE : COLOR_BLACK) : bg;
	}
	for (int i = 0; i < t->npairs; i++)
		if (t->pair[i].fg == fg && t->pair[i].bg == bg)
			return (short)(i + 1);
	if (t->npairs + 1 >= t->pair_limit)
		return 0;
	t->pair[t->npairs] = (struct pair){fg, bg};
	init_pair((short)(t->npairs + 1), fg, bg);
	return (short)++t->npairs;
}

static const struct look *look_of(struct terminal *t, struct style st)
{
	struct look *l = &t->look[st.role % ROLE_COUNT][st.ground % ROLE_COUNT][st.attr & 7U];

	if (!l->known) {
		struct theme_paint p = theme_paint(t->theme, st, t->colors);

		l->attr = (p.attr & ATTR_BOLD ? A_BOLD : 0) | (p.attr & ATTR_UNDERLINE ? A_UNDERLINE : 0) |
			  (p.attr & ATTR_REVERSE ? A_REVERSE : 0);
		l->pair = t->colors > 0 ? pair_of(t, p.fg, p.bg) : 0;
		l->known = true;
	}
	return l;
}

/* Where the system's idea of a letter's width is another than ours, columns would move: '?' instead. */
static void set_cell(struct terminal *t, cchar_t *out, const struct cell *c, int width)
{
	const struct look *l = look_of(t, c->style);
	wchar_t text[CELL_MARKS + 2] = {(wchar_t)c->cp};
	int n = 1;

	if (c->cp > 0x7E && wcwidth((wchar_t)c->cp) != width)
		text[0] = L'?';
	for (int m = 0; m < CELL_MARKS && c->marks[m] != 0 && text[0] != L'?'; m++)
		if (wcwidth((wchar_t)c->marks[m]) == 0)
			text[n++] = (wchar_t)c->marks[m];
	setcchar(out, text, l->attr, l->pair, NULL);
}

static void present_row(struct terminal *t, const struct cell *cells, int w, int y)
{
	int n = 0;

	for (int x = 0; x < w; x++) {
		int width = x + 1 < w && cells[x + 1].cp == 0 ? 2 : 1;
		struct cell one = cells[x];

		if (width == 2 && wcwidth((wchar_t)one.cp) == 2) {
			set_cell(t, &t->row[n++], &one, 2);
			x++;
			continue;
		}
		if (one.cp == 0)
			one.cp = ' ';
		set_cell(t, &t->row[n++], &one, 1);
	}
	mvadd_wchnstr(y, 0, t->row, n);
}

void term_present(struct terminal *t, const struct grid *g)
{
	int w, h;

	term_size(t, &w, &h);
	w = w < g->w ? w : g->w;
	h = h < g->h ? h : g->h;
	if (w > t->row_cap) {
		cchar_t *row = realloc(t->row, (size_t)w * sizeof(*row));

		if (row == NULL)
			return;
		t->row = row;
		t->row_cap = w;
	}
	for (int y = 0; y < h; y++)
		present_row(t, g->cells + (size_t)y * (size_t)g->w, w, y);
	/* Never hidden: each change would be a write of its own. Nothing selected: it waits in the corner. */
	if (g->cursor_x >= 0 && g->cursor_x < w && g->cursor_y < h)
		move(g->cursor_y, g->cursor_x);
	else
		move(h - 1, 0);
	refresh();
	ask_for_drag(t, true);
}

void term_bell(struct terminal *t)
{
	(void)t;
	beep();
}

void term_forget(struct terminal *t)
{
	(void)t;
	clearok(curscr, TRUE);
}

/* --- Stopping and going on ---------------------------------------------------------------------------------- */

void term_resumed(struct terminal *t)
{
	struct winsize ws;

	(void)t;
	/* Resizes while we were stopped went to the shell. */
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 0 && ws.ws_col > 0 &&
	    is_term_resized(ws.ws_row, ws.ws_col))
		resizeterm(ws.ws_row, ws.ws_col);
	reset_prog_mode();
	clearok(curscr, TRUE);
}

void term_suspend(struct terminal *t)
{
	def_prog_mode();
	ask_for_drag(t, false);
	endwin();
	signals_restore_with(-1, NULL, 0, NULL);
	signals_stop_now();
	prepare_restore(t);
	term_resumed(t);
	refresh();
}
