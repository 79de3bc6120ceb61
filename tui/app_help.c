/* Help: the table of commands, those of the focused part first, filtered by what is typed. */
#include <stdio.h>
#include <string.h>

#include "tui/app_state.h"

enum { KEYS_X = 2, WORDS_X = 15, NAMES_W = 18, NAMES_FROM = 96 };

/* One line of it: a command, or the heading over those that follow. */
struct help_row {
	enum cmd cmd;     /* CMD_NONE: a heading */
	const char *head; /* NULL: the blank line between the two parts */
};

struct help_rows {
	struct help_row at[CMD_COUNT + 4];
	int n;
};

/* Commands of another screen alone are not in its way. */
static bool wanted(const struct command *c, enum key_scope own, const char *filter)
{
	if (c->scope > SCOPE_SCREEN && c->scope != own)
		return false;
	return str_has_nocase(str_from(c->help), filter) || str_has_nocase(str_from(c->name), filter) ||
	       str_has_nocase(str_from(c->keys), filter);
}

static void add(struct help_rows *rows, enum cmd cmd, const char *head)
{
	rows->at[rows->n++] = (struct help_row){cmd, head};
}

/* Takes the commands for which local[] is `here`; a heading only over something. */
static void add_part(struct help_rows *rows, const char *head, const bool *local, bool here, const struct app *app)
{
	bool headed = false;

	for (int i = 1; i < CMD_COUNT; i++) {
		if (local[i] != here || !wanted(command_row((enum cmd)i), app_ops(app)->scope, app->help_filter))
			continue;
		if (!headed && rows->n > 0)
			add(rows, CMD_NONE, NULL);
		if (!headed)
			add(rows, CMD_NONE, head);
		headed = true;
		add(rows, (enum cmd)i, NULL);
	}
}

static void collect(const struct app *app, struct help_rows *rows)
{
	const struct screen_ops *ops = app_ops(app);
	enum cmd mine[CMD_COUNT];
	bool local[CMD_COUNT] = {false};
	const char *place = "Here";
	int n = ops->keys != NULL ? ops->keys(app_self(app), &place, mine, CMD_COUNT) : 0;

	for (int i = 0; i < n; i++)
		local[mine[i]] = true;
	rows->n = 0;
	add_part(rows, place, local, true, app);
	add_part(rows, n > 0 ? "Everywhere" : "Keys", local, false, app);
	if (rows->n == 0)
		add(rows, CMD_NONE, "no command has these letters");
}

int app_help_rows(const struct app *app)
{
	struct help_rows rows;

	collect(app, &rows);
	return rows.n;
}

static void draw_row(struct surface s, int y, const struct help_row *r)
{
	int w = surface_w(s), names = w >= NAMES_FROM ? NAMES_W : 0;

	if (r->cmd == CMD_NONE) {
		surface_text(s, 0, y, STYLE(HEAD), r->head != NULL ? r->head : "");
		return;
	}
	const struct command *c = command_row(r->cmd);

	surface_text(s, KEYS_X, y, STYLE(KEY), c->keys);
	surface_field(s, WORDS_X, y, w - WORDS_X - names, ALIGN_LEFT, STYLE(TEXT), str_from(c->help));
	if (names > 0)
		surface_fmt(s, w - NAMES_W, y, STYLE(DIM), ":%s", c->name);
}

void app_help_draw(const struct app *app, struct surface s, int skip)
{
	struct help_rows rows;

	collect(app, &rows);
	for (int y = 0; y < surface_h(s) && skip + y < rows.n; y++)
		draw_row(s, y, &rows.at[skip + y]);
}

void app_help_text(const struct app *app, struct buf *out)
{
	struct help_rows rows;

	collect(app, &rows);
	for (int i = 0; i < rows.n; i++) {
		const struct help_row *r = &rows.at[i];

		if (r->cmd == CMD_NONE)
			buf_fmt(out, "%s\n", r->head != NULL ? r->head : "");
		else
			buf_fmt(out, "  %-12s %s (%s)\n", command_row(r->cmd)->keys, command_row(r->cmd)->help,
				command_row(r->cmd)->name);
	}
}
