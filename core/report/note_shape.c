#include "core/report/note_shape.h"

#include "core/base/utf8.h"
#include "core/report/columns.h"

enum { PAGE_WIDTH = 80, NOTE_INDENT = 5 };

static const char *kind_name(enum note_kind k)
{
	return k == NOTE_FACT ? "fact" : k == NOTE_PACE ? "pace" : "keep";
}

enum side_list { SIDE_LAPS, SIDE_TIMES, SIDE_LINES };

static void side(struct record *r, const char *name, const struct note_side *s, enum side_list what)
{
	record_list(r, name);
	for (uint32_t i = 0; i < s->n; i++) {
		if (what == SIDE_TIMES)
			record_time(r, NULL, s->time[i]);
		else
			record_int(r, NULL, what == SIDE_LAPS ? s->lap[i] : s->line[i]);
	}
	record_end_list(r);
}

/* Facts rest on laps, not on an interval. A is the reference, B you; times are of the note's place. */
static void evidence(struct record *r, const struct note *n)
{
	bool any = n->evidence.n > 0;

	record_flat(r);
	record_obj(r, "evidence");
	record_int(r, "n", any ? n->evidence.n : n->nlaps);
	record_time(r, "low", any ? n->evidence.low : MS_NONE);
	record_time(r, "high", any ? n->evidence.high : MS_NONE);
	record_time(r, "median_a", n->median_ref);
	record_time(r, "median_b", n->median_you);
	record_text(r, "name_a", n->of_ref.name);
	record_text(r, "name_b", n->of_you.name);
	side(r, "laps_a", &n->of_ref, SIDE_LAPS);
	side(r, "laps_b", &n->of_you, SIDE_LAPS);
	side(r, "times_a", &n->of_ref, SIDE_TIMES);
	side(r, "times_b", &n->of_you, SIDE_TIMES);
	side(r, "lines_a", &n->of_ref, SIDE_LINES);
	side(r, "lines_b", &n->of_you, SIDE_LINES);
	record_end_obj(r);
}

void record_note(struct record *r, const void *ctx, uint32_t i)
{
	static const struct note none = {.gain = MS_NONE, .median_ref = MS_NONE, .median_you = MS_NONE};
	const struct notes *notes = ctx;
	const struct note *n = i < notes->n ? &notes->note[i] : &none;

	record_word(r, "kind", kind_name(n->kind));
	record_text(r, "where", n->where);
	record_time(r, "gain", n->gain);
	record_bool(r, "about", n->about);
	evidence(r, n);
	record_text(r, "text", n->text);
	record_text(r, "action", n->action);
}

static void note_text(const struct report_in *in, const struct note *n, uint32_t number, struct buf *out)
{
	char gain[NUM_LEN];

	buf_fmt(out, "  %-2u ", number);
	text_clean(out, str_from(n->where), in->ascii);
	buf_str(out, "  ");
	text_clean(out, str_from(n->head), in->ascii);
	if (n->gain != MS_NONE)
		buf_fmt(out, "  %s%s s", n->about ? "about " : "", sec_str(gain, n->gain));
	buf_str(out, "\n     ");
	report_wrap(out, n->text, NOTE_INDENT, PAGE_WIDTH, in->ascii);
	if (n->action && *n->action) {
		buf_str(out, "     Do: ");
		report_wrap(out, n->action, NOTE_INDENT + 4, PAGE_WIDTH, in->ascii);
	}
}

void notes_text(const struct report_in *in, const struct notes *n, struct buf *out)
{
	if (n->n == 0)
		buf_str(out, "  nothing is clear enough to say\n");
	for (uint32_t i = 0; i < n->n; i++)
		note_text(in, &n->note[i], i + 1, out);
	if (*n->not_clear) {
		buf_str(out, "  Not clear: ");
		report_wrap(out, n->not_clear, NOTE_INDENT + 8, PAGE_WIDTH, in->ascii);
	}
}
