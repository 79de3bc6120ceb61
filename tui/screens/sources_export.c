/* Lists of screen 6 as files: each row as the pane has it. */
#include "tui/screens/sources.h"

bool sources_export(const struct sources *s, enum export_format format, struct buf *out, struct err *err)
{
	const struct source_pane *p = source_pane_of(s->focus);
	int n = p->rows(s);
	struct record r;

	if (format == EXPORT_TEXT) {
		for (int i = 0; i < n; i++) {
			p->words(s, i, out);
			buf_char(out, '\n');
		}
	} else {
		record_init(&r, out, format == EXPORT_CSV);
		record_obj(&r, NULL);
		record_rows(&r, "rows", (uint32_t)n, p->record, s, true);
		record_end_obj(&r);
		record_release(&r);
	}
	return !out->failed || err_set(err, ERR_NOMEM, "this pane is too large to write");
}
