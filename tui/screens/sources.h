/* Screen 6: which source served what, what became of every file and row, what the officials decided, the log. Each pane is a list:
 * a table to look at, and words for whoever asks why. */
#ifndef TUI_SCREENS_SOURCES_H
#define TUI_SCREENS_SOURCES_H

#include "core/analysis/official_words.h"
#include "core/report/record.h"
#include "tui/data.h"
#include "tui/layout.h"
#include "tui/screen.h"
#include "tui/screens/common.h"
#include "tui/widgets/table.h"

enum source_pane_id { SOURCE_FILES, SOURCE_OWNERS, SOURCE_TOLD, SOURCE_OFFICIALS, SOURCE_LOG, SOURCE_PANES };

/* A refused row, a warning or a file that could not be read. */
struct told {
	enum told_kind { TOLD_PROBLEM, TOLD_REFUSED, TOLD_WARNING } kind;
	const struct diag *diag;
	uint64_t more; /* > 0: so many more of the kind, and diag is the last one kept */
};

struct sources {
	struct app *app;
	const struct view *view; /* NULL: nothing loaded yet */
	int w, h;
	bool linear, zoom;
	struct layout layout;
	enum source_pane_id focus;
	struct table_state rows[SOURCE_PANES];
	int body[SOURCE_PANES]; /* rows below the head, the titles among them */
	int find_from;
	struct arena *arena; /* of what follows; made anew with the data */
	struct told *told;
	uint32_t ntold;
	struct official_notes notes;
	struct buf log;
	const char **line; /* of the log, newest first */
	uint32_t nlines;
	size_t root; /* length of the folder all files have in common */
	int64_t now; /* seconds since 1970, for ages */
};

struct source_pane {
	const char *name;
	/* Words at the right of the head. */
	void (*title)(const struct sources *s, char right[80]);
	const struct table_column *columns;
	int ncolumns;
	int (*rows)(const struct sources *s);
	void (*cell)(const void *ctx, int row, int col, struct table_cell *out); /* ctx: struct sources */
	/* A row in full: why a file is where it is. */
	void (*words)(const struct sources *s, int row, struct buf *out);
	record_row *record; /* ctx: struct sources; a row past the end: names only */
	const char *rule;   /* what the pane goes by, below the words */
	const char *none;   /* instead of rows */
};

extern const struct source_pane source_files, source_owners, source_told, source_officials, source_log;
const struct source_pane *source_pane_of(enum source_pane_id p);

/* Everything the panes list, gathered from the view. false: out of memory, lists are short. */
bool sources_gather(struct sources *s);
/* Text of any length into a cell, cut at a whole letter. */
void source_cell(struct table_cell *out, const char *text);
/* A path without the folder that all have in common. */
const char *source_path(const struct sources *s, const char *path);
bool sources_export(const struct sources *s, enum export_format format, struct buf *out, struct err *err);

extern const struct screen_ops sources_screen;

#endif
