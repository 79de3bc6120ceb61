#define _GNU_SOURCE
#include "tests/screens/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { ROW_BYTES = 4096, READ_MAX = 65536 };

struct term {
	VTerm *vt;
	VTermScreen *screen;
	int fd, slave, cols, rows, status;
	pid_t pid;
	bool alive, alternate, cursor, gone;
	int mouse;
	struct termios before;
	char *raw, *text;
	size_t nraw, raw_cap, counted;
	char problem[160];
};

static void die(const char *what)
{
	fprintf(stderr, "term: %s: %s\n", what, strerror(errno));
	exit(99);
}

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000L + ts.tv_nsec / 1000000;
}

static void on_output(const char *p, size_t n, void *user)
{
	struct term *t = user;

	while (n > 0) {
		ssize_t w = write(t->fd, p, n);
		if (w <= 0)
			return;
		p += w;
		n -= (size_t)w;
	}
}

static int on_property(VTermProp prop, VTermValue *v, void *user)
{
	struct term *t = user;

	if (prop == VTERM_PROP_ALTSCREEN)
		t->alternate = v->boolean;
	else if (prop == VTERM_PROP_CURSORVISIBLE)
		t->cursor = v->boolean;
	else if (prop == VTERM_PROP_MOUSE)
		t->mouse = v->number;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static void pin_environment(const struct term_options *o, const char *home)
{
	static const char *const unset[] = {
		"NO_COLOR",       "COLORTERM",     "COLORFGBG",      "COLUMNS", "LINES", "XDG_CONFIG_HOME",
		"XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TMUX",    "LANG",  "LANGUAGE",
		"PITWALL_DATA",   "PITWALL_THEME"};

	for (size_t i = 0; i < sizeof(unset) / sizeof(unset[0]); i++)
		unsetenv(unset[i]);
	setenv("HOME", home, 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	for (const char *const *e = o->env; e && *e; e++) {
		char *copy = strdup(*e);
		if (strchr(copy, '='))
			putenv(copy);
		else
			unsetenv(copy);
	}
}

static void child(struct term *t, const struct term_options *o, const char *home)
{
	setsid();
	ioctl(t->slave, TIOCSCTTY, 0);
	for (int i = 0; i < 3; i++)
		dup2(t->slave, i);
	for (int i = 3; i < 256; i++)
		close(i);
	pin_environment(o, home);
	union {
		const char *const *in;
		char *const *out;
	} argv = {o->argv};
	execvp(o->argv[0], argv.out);
	_exit(127);
}

struct term *term_start(const struct term_options *o, const char *home)
{
	struct term *t = calloc(1, sizeof(*t));
	struct winsize size = {(unsigned short)o->rows, (unsigned short)o->cols, 0, 0};

	if (!t || openpty(&t->fd, &t->slave, NULL, NULL, &size) < 0)
		die("openpty");
	tcgetattr(t->slave, &t->before);
	t->cols = o->cols;
	t->rows = o->rows;
	t->cursor = t->alive = true;
	t->vt = vterm_new(o->rows, o->cols);
	vterm_set_utf8(t->vt, 1);
	vterm_output_set_callback(t->vt, on_output, t);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_reset(t->screen, 1);
	t->pid = fork();
	if (t->pid < 0)
		die("fork");
	if (t->pid == 0)
		child(t, o, home);
	return t;
}

static void reap(struct term *t)
{
	if (t->alive && waitpid(t->pid, &t->status, WNOHANG) == t->pid)
		t->alive = false;
}

void term_stop(struct term *t)
{
	reap(t);
	if (t->alive) {
		kill(t->pid, SIGKILL);
		waitpid(t->pid, &t->status, 0);
	}
	close(t->fd);
	close(t->slave);
	vterm_free(t->vt);
	free(t->raw);
	free(t->text);
	free(t);
}

static void keep(struct term *t, const char *p, size_t n)
{
	if (t->nraw + n + 1 > t->raw_cap) {
		t->raw_cap = (t->nraw + n + 1) * 2;
		t->raw = realloc(t->raw, t->raw_cap);
		if (!t->raw)
			die("realloc");
	}
	memcpy(t->raw + t->nraw, p, n);
	t->nraw += n;
	t->raw[t->nraw] = '\0';
}

/* Takes what is there within wait_ms; false when nothing came. */
static bool take(struct term *t, int wait_ms)
{
	char b[READ_MAX];
	struct pollfd p = {.fd = t->fd, .events = POLLIN};

	if (poll(&p, 1, wait_ms) <= 0)
		return false;
	ssize_t n = read(t->fd, b, sizeof(b));
	if (n <= 0)
		return false;
	vterm_input_write(t->vt, b, (size_t)n);
	keep(t, b, (size_t)n);
	return true;
}

void term_settle(struct term *t, int quiet_ms, int limit_ms)
{
	long end = now_ms() + limit_ms;

	while (now_ms() < end && take(t, quiet_ms))
		;
	reap(t);
}

static size_t row_text(struct term *t, int row, char *out, size_t cap)
{
	VTermRect r = {row, row + 1, 0, t->cols};
	size_t n = vterm_screen_get_text(t->screen, out, cap - 1, r);

	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return n;
}

bool term_has(struct term *t, const char *text)
{
	char row[ROW_BYTES];

	for (int r = 0; r < t->rows; r++) {
		row_text(t, r, row, sizeof(row));
		if (strstr(row, text))
			return true;
	}
	return false;
}

bool term_expect(struct term *t, const char *text)
{
	long end = now_ms() + 10000;

	while (!term_has(t, text)) {
		if (now_ms() > end)
			return false;
		if (!take(t, 20))
			reap(t);
		if (!t->alive && !take(t, 0))
			return term_has(t, text);
	}
	return true;
}

static VTermKey special(const char *name)
{
	static const struct {
		const char *name;
		VTermKey key;
	} keys[] = {{"UP", VTERM_KEY_UP},         {"DOWN", VTERM_KEY_DOWN},    {"LEFT", VTERM_KEY_LEFT},
		    {"RIGHT", VTERM_KEY_RIGHT},   {"ENTER", VTERM_KEY_ENTER},  {"TAB", VTERM_KEY_TAB},
		    {"ESC", VTERM_KEY_ESCAPE},    {"BS", VTERM_KEY_BACKSPACE}, {"PGUP", VTERM_KEY_PAGEUP},
		    {"PGDN", VTERM_KEY_PAGEDOWN}, {"HOME", VTERM_KEY_HOME},    {"END", VTERM_KEY_END}};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(keys[i].name, name) == 0)
			return keys[i].key;
	return VTERM_KEY_NONE;
}

void term_key(struct term *t, const char *name)
{
	VTermKey k = special(name);

	t->counted = t->nraw;
	if (strcmp(name, "S-TAB") == 0) {
		on_output("\x1b[Z", 3, t);
	} else if (k != VTERM_KEY_NONE) {
		vterm_keyboard_key(t->vt, k, VTERM_MOD_NONE);
	} else if (name[0] == '^' && name[1] && !name[2]) {
		char c = (char)(name[1] & 0x1f);
		on_output(&c, 1, t);
	} else {
		on_output(name, strlen(name), t);
	}
	term_settle(t, 60, 2000);
}

void term_click(struct term *t, int col, int row)
{
	t->counted = t->nraw;
	vterm_mouse_move(t->vt, row, col, VTERM_MOD_NONE);
	vterm_mouse_button(t->vt, 1, true, VTERM_MOD_NONE);
	vterm_mouse_button(t->vt, 1, false, VTERM_MOD_NONE);
	term_settle(t, 250, 2000);
}

void term_resize(struct term *t, int cols, int rows)
{
	struct winsize size = {(unsigned short)rows, (unsigned short)cols, 0, 0};

	t->counted = t->nraw;
	t->cols = cols;
	t->rows = rows;
	vterm_set_size(t->vt, rows, cols);
	ioctl(t->fd, TIOCSWINSZ, &size);
	term_settle(t, 120, 3000);
}

void term_signal(struct term *t, int signal)
{
	kill(t->pid, signal);
	term_settle(t, 150, 2000);
}

size_t term_bytes(struct term *t)
{
	size_t n = t->nraw - t->counted;

	t->counted = t->nraw;
	return n;
}

int term_exit(struct term *t, int limit_ms)
{
	long end = now_ms() + limit_ms;

	for (;;) {
		reap(t);
		if (!t->alive)
			break;
		if (now_ms() > end)
			return -1;
		take(t, 10);
	}
	term_settle(t, 30, 500);
	return WIFSIGNALED(t->status) ? 128 + WTERMSIG(t->status) : WEXITSTATUS(t->status);
}

const char *term_restored(struct term *t)
{
	struct termios now;

	term_settle(t, 50, 500);
	tcgetattr(t->slave, &now);
	if (!t->alternate && t->cursor && !t->mouse && now.c_lflag == t->before.c_lflag &&
	    now.c_iflag == t->before.c_iflag && now.c_oflag == t->before.c_oflag)
		return NULL;
	snprintf(t->problem, sizeof(t->problem), "alternate screen %d, cursor %d, mouse %d, modes %s", t->alternate,
		 t->cursor, t->mouse,
		 now.c_lflag == t->before.c_lflag && now.c_iflag == t->before.c_iflag ? "ok" : "changed");
	return t->problem;
}

pid_t term_pid(const struct term *t)
{
	return t->pid;
}

const char *term_text(struct term *t)
{
	size_t n = 0;

	free(t->text);
	t->text = malloc((size_t)t->rows * ROW_BYTES + 1);
	if (!t->text)
		die("malloc");
	for (int r = 0; r < t->rows; r++) {
		n += row_text(t, r, t->text + n, ROW_BYTES);
		t->text[n++] = '\n';
	}
	t->text[n] = '\0';
	return t->text;
}

const char *term_raw(const struct term *t, size_t *n)
{
	*n = t->nraw;
	return t->raw ? t->raw : "";
}

static unsigned rgb(struct term *t, VTermColor c)
{
	vterm_screen_convert_color_to_rgb(t->screen, &c);
	return (unsigned)c.rgb.red << 16 | (unsigned)c.rgb.green << 8 | c.rgb.blue;
}

bool term_cell(struct term *t, int col, int row, unsigned *fg, unsigned *bg, bool *reverse)
{
	VTermPos pos = {row, col};
	VTermScreenCell cell;

	if (col < 0 || row < 0 || col >= t->cols || row >= t->rows || !vterm_screen_get_cell(t->screen, pos, &cell))
		return false;
	*fg = rgb(t, cell.fg);
	*bg = rgb(t, cell.bg);
	*reverse = cell.attrs.reverse;
	return true;
}

void term_cursor(struct term *t, int *col, int *row)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &pos);
	*col = pos.col;
	*row = pos.row;
}

void term_letter(struct term *t, int col, int row, char out[8])
{
	VTermRect r = {row, row + 1, col, col + 1};

	out[vterm_screen_get_text(t->screen, out, 7, r)] = '\0';
}

unsigned term_attrs(struct term *t, int col, int row)
{
	VTermPos pos = {row, col};
	VTermScreenCell cell;

	if (!vterm_screen_get_cell(t->screen, pos, &cell))
		return 0;
	return (cell.attrs.bold ? TERM_BOLD : 0U) | (cell.attrs.underline ? TERM_UNDERLINE : 0U);
}
