/* Every file the folders hold: what it is, what became of it, and why. */
#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"
#include "tui/screens/sources.h"

static const struct file_entry *file_at(const struct sources *s, int row)
{
	const struct dataset *d = s->view ? s->view->dataset : NULL;

	return d && row >= 0 && (uint32_t)row < d->files.n ? &d->files.at[row] : NULL;
}

static int files_rows(const struct sources *s)
{
	return s->view && s->view->dataset ? (int)s->view->dataset->files.n : 0;
}

static void files_title(const struct sources *s, char right[80])
{
	unsigned n[FILE_NOT_READ + 1] = {0};

	for (int i = 0; i < files_rows(s); i++) {
		const struct file_entry *f = file_at(s, i);
		if (f)
			n[f->state]++;
	}
	snprintf(right, 80, "%u used, %u duplicate, %u not attached, %u refused, %u not read", n[FILE_USED],
		 n[FILE_DUPLICATE], n[FILE_NOT_ATTACHED], n[FILE_REFUSED], n[FILE_NOT_READ]);
}

static void size_words(char out[24], int64_t bytes)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
	double v = bytes > 0 ? (double)bytes : 0;
	size_t u = 0;

	for (; v >= 999.5 && u + 1 < sizeof(units) / sizeof(units[0]); u++)
		v /= 1000;
	snprintf(out, 24, u && v < 9.95 ? "%.1f %s" : "%.0f %s", v, units[u]);
}

/* "12 s", "5 min", "3 h", "2 d", "4 y"; a file of the future is new. */
static void age_words(char out[24], int64_t seconds)
{
	static const struct {
		int64_t from, unit;
		const char *word;
	} steps[] = {{63072000, 31536000, "y"}, /* from two of each on */
		     {172800, 86400, "d"},
		     {7200, 3600, "h"},
		     {120, 60, "min"},
		     {0, 1, "s"}};
	size_t i = 0;

	seconds = seconds > 0 ? seconds : 0;
	while (seconds < steps[i].from)
		i++;
	snprintf(out, 24, "%lld %s", (long long)(seconds / steps[i].unit), steps[i].word);
}

static struct style state_style(enum file_state state)
{
	return state == FILE_REFUSED ? STYLE(ERROR) : state == FILE_USED ? STYLE(TEXT) : STYLE(DIM);
}

static bool counts_rows(const struct file_entry *f)
{
	return f->rows > 0 || f->refused > 0;
}

/* A path inside a reason is as short as the paths beside it. */
static void why_cell(const struct sources *s, const char *why, struct table_cell *out)
{
	const struct file_entry *first = file_at(s, 0);
	char root[1024], text[512];
	const char *at;

	snprintf(root, sizeof(root), "%.*s", first && s->root < sizeof(root) ? (int)s->root : 0,
		 first ? first->path : "");
	at = *root ? strstr(why, root) : NULL;
	if (at)
		snprintf(text, sizeof(text), "%.*s%s", (int)(at - why), why, at + s->root);
	source_cell(out, at ? text : why);
}

static void files_cell(const void *ctx, int row, int col, struct table_cell *out)
{
	const struct sources *s = ctx;
	const struct file_entry *f = file_at(s, row);
	char words[24];

	if (!f)
		return;
	out->style = state_style(f->state);
	if (col == 0) {
		snprintf(out->text, sizeof(out->text), "%s", file_state_name(f->state));
	} else if (col == 1) {
		snprintf(out->text, sizeof(out->text), "%s", file_role_name(f->role));
	} else if (col == 2 && counts_rows(f)) {
		snprintf(out->text, sizeof(out->text), "%u", f->rows);
	} else if (col == 3 && counts_rows(f)) {
		snprintf(out->text, sizeof(out->text), "%u", f->refused);
		if (f->refused)
			out->style = STYLE(ALARM);
	} else if (col == 4 || col == 5) {
		if (col == 4)
			size_words(words, f->size);
		else
			age_words(words, s->now - f->mtime);
		snprintf(out->text, sizeof(out->text), "%s", words);
	} else if (col == 6) {
		source_cell(out, source_path(s, f->path));
	} else if (col == 7) {
		why_cell(s, f->why, out);
	}
}

/* Which sessions it is part of. */
static void owners_words(const struct sources *s, const struct file_entry *f, struct buf *out)
{
	const struct dataset *d = s->view->dataset;

	for (uint32_t i = 0; i < d->nsessions; i++)
		for (uint32_t k = 0; k < d->sessions[i]->files.n; k++)
			if (strcmp(d->sessions[i]->files.at[k].path, f->path) == 0) {
				buf_fmt(out, "part of %s\n", d->sessions[i]->id);
				break;
			}
}

static void files_words(const struct sources *s, int row, struct buf *out)
{
	const struct file_entry *f = file_at(s, row);
	char size[24], age[24];

	if (!f)
		return;
	size_words(size, f->size);
	age_words(age, s->now - f->mtime);
	text_clean(out, str_from(f->path), false);
	buf_fmt(out, "\n%s, %s", file_role_name(f->role), file_state_name(f->state));
	if (f->why && *f->why) {
		buf_str(out, ": ");
		text_clean(out, str_from(f->why), false);
	}
	buf_fmt(out, "\n%s, changed %s ago", size, age);
	if (counts_rows(f))
		buf_fmt(out, ", %u rows, %u of them refused", f->rows, f->refused);
	buf_char(out, '\n');
	owners_words(s, f, out);
}

static void files_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct file_entry *f = file_at(ctx, (int)i);

	record_text(r, "file", f ? f->path : NULL);
	record_word(r, "role", f ? file_role_name(f->role) : NULL);
	record_word(r, "state", f ? file_state_name(f->state) : NULL);
	record_int(r, "rows", f ? f->rows : 0);
	record_int(r, "refused", f ? f->refused : 0);
	record_int(r, "size", f ? f->size : 0);
	record_int(r, "age_s", f ? ((const struct sources *)ctx)->now - f->mtime : 0);
	record_text(r, "why", f ? f->why : NULL);
}

static const struct table_column columns[] = {
	{.title = "state", .align = ALIGN_LEFT, .w = 12, .tight = true},
	{.title = "role", .align = ALIGN_LEFT, .w = 12, .max_w = 19, .drop = 2},
	{.title = "rows", .align = ALIGN_RIGHT, .w = 6},
	{.title = "refused", .align = ALIGN_RIGHT, .w = 7},
	{.title = "size", .align = ALIGN_RIGHT, .w = 6, .drop = 3},
	{.title = "age", .align = ALIGN_RIGHT, .w = 7},
	{.title = "file", .align = ALIGN_LEFT, .w = 44, .max_w = 72},
	{.title = "why", .align = ALIGN_LEFT, .w = 18, .max_w = 90, .drop = 4},
};

const struct source_pane source_files = {
	.name = "Files",
	.title = files_title,
	.columns = columns,
	.ncolumns = 8,
	.rows = files_rows,
	.cell = files_cell,
	.words = files_words,
	.record = files_record,
	.rule = "A file is known by its header and its name. Two lap files with the same rows are one session: the one "
		"with names is used, "
		"the other is a duplicate. Results, ten best laps and weather join by name and number, else by folder, "
		"and only when "
		"laps and fastest lap agree for 80 % of the cars; else they are not attached.",
	.none = "no file looked at yet",
};
