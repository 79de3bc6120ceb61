/* The floor for the program's screens: bare ncurses, a frame as full as the dashboard's (panes, a table, braille lines in
 * colours) out of no data at all. j and k move a marked row and a readout, q ends it. */
#include <locale.h>
#include <ncurses.h>

enum { BLUE = 1, GREEN, PURPLE, YELLOW, DIM };

static void frame_lines(int w, int h)
{
	attron(COLOR_PAIR(DIM));
	for (int y = 2; y < h - 1; y += (h - 3) / 3) {
		mvadd_wch(y, 0, WACS_HLINE);
		hline_set(WACS_HLINE, w);
	}
	mvvline_set(2, w / 2, WACS_VLINE, h - 3);
	attroff(COLOR_PAIR(DIM));
}

static void table(int y0, int rows, int w, int marked)
{
	for (int i = 0; i < rows; i++) {
		int pair = i % 7 == 2 ? PURPLE : i % 3 == 0 ? GREEN : YELLOW;
		attr_t row = i == marked ? A_REVERSE : A_NORMAL;
		attrset(row);
		mvprintw(y0 + i, 0, " %2d  %+d %3d ", i + 1, i * 7 % 5 - 2, i * 37 % 113);
		attron(A_BOLD);
		printw("%-10.10s", &"Whitefield"[i % 4]);
		attrset(row | COLOR_PAIR(pair));
		printw(" 1:37.%03d ", i * 131 % 1000);
		attrset(row);
		printw("%+8.3f %6.3f ", i * 1.234, i * 0.171);
		attrset(row | COLOR_PAIR(BLUE));
		printw("%+7.3f", i * 0.083);
		attrset(row);
		for (int x = getcurx(stdscr); x < w; x++)
			addch(' ');
	}
	attrset(A_NORMAL);
}

static void chart(int y0, int x0, int rows, int w)
{
	for (int y = 0; y < rows; y++) {
		attrset(COLOR_PAIR(DIM));
		mvprintw(y0 + y, x0, "%2d.%d", 38 - y / 10, y % 10);
		for (int x = 5; x < w; x++) {
			wchar_t dots[2] = {(wchar_t)(0x2800 + (x * 37 + y * 101) % 255 + 1), L'\0'};
			cchar_t cell;
			if ((x * 7 + y * 13) % 5 > 2)
				continue;
			setcchar(&cell, dots, A_NORMAL, (short)((x + y) % 9 < 5 ? BLUE : YELLOW), NULL);
			mvadd_wch(y0 + y, x0 + x, &cell);
		}
	}
	attrset(A_NORMAL);
}

static void text_lines(int y0, int x0, int rows, int w)
{
	for (int i = 0; i < rows; i++) {
		attrset(COLOR_PAIR(i % 2 ? GREEN : YELLOW) | A_BOLD);
		mvprintw(y0 + i, x0, " %d ", i + 1);
		attrset(A_NORMAL);
		printw("%.*s", w - 4,
		       "laps 12-28, 0.202 to 0.725 s behind 13, in clear air 0.125 s a lap quicker, 8 of 9");
	}
}

static void draw(int marked)
{
	int w = COLS, h = LINES, third = (h - 3) / 3;

	if (w < 60 || h < 20)
		return;
	attrset(A_REVERSE);
	mvprintw(0, 0, "%-*.*s", w, w,
		 " Barber R2  race  FINISHED  28 laps 45:37.014  green 28/28  22 cars  602 laps, 0 refused");
	attrset(A_NORMAL);
	mvprintw(1, 0, " YOU 22 Fletcher  P%d  +0.234 to 13   best 1:37.304  pace 1:37.647 1st of 22", marked + 1);
	frame_lines(w, h);
	table(3, 2 * third - 1, w / 2, marked);
	chart(3, w / 2 + 1, third - 1, w - w / 2 - 1);
	text_lines(3 + third, w / 2 + 1, third - 1, w - w / 2 - 1);
	table(3 + 2 * third, h - 4 - 2 * third, w / 2, -1);
	text_lines(3 + 2 * third, w / 2 + 1, h - 4 - 2 * third, w - w / 2 - 1);
	mvprintw(h - 1, 0, " j/k car  q quit");
}

int main(void)
{
	static const short colours[] = {75, 114, 177, 221, 245};
	int marked = 0, key;

	setlocale(LC_ALL, "");
	initscr();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	curs_set(0);
	start_color();
	use_default_colors();
	for (short i = 0; i < 5; i++)
		init_pair((short)(i + 1), colours[i], -1);
	draw(marked);
	while ((key = getch()) != 'q' && key != ERR) {
		marked += key == 'j' ? 1 : key == 'k' ? -1 : 0;
		marked = marked < 0 ? 0 : marked > 9 ? 9 : marked;
		draw(marked);
	}
	endwin();
	return 0;
}
