#include "core/analysis/coach.h"

#include "core/base/utf8.h"
#include "core/report/coach_tel.h"
#include "core/report/note_shape.h"
#include "core/report/pair.h"
#include "core/report/shapes.h"

static void coach_text(const struct report_in *in, const struct notes *n, const char *no_telemetry, struct buf *out)
{
	heading_text(in, out);
	buf_str(out, "Notes for ");
	car_name(out, in, in->b);
	if (in->own) {
		buf_str(out, " against its own laps and the field");
	} else {
		buf_str(out, " against ");
		car_name(out, in, in->a);
	}
	buf_str(out, ", by time\n");
	notes_text(in, n, out);
	if (*no_telemetry) {
		buf_str(out, "  No corners: ");
		text_clean(out, str_from(no_telemetry), in->ascii);
		buf_char(out, '\n');
	}
	footer_text(in, out);
}

static bool make_notes(const struct report_in *in, struct notes *out, const char **no_telemetry, struct err *err)
{
	struct comparison cmp;

	if (in->notes) {
		*out = *in->notes;
		return true;
	}
	if (in->own)
		return coach_own_make(in->analysis, in->b, in->arena, out, err);
	return pair_make(in, &cmp, err) && coach_make(in->analysis, &cmp, in->arena, out, err) &&
	       coach_join_telemetry(in, out, no_telemetry, err);
}

bool report_coach(const struct report_in *in, struct buf *out, struct err *err)
{
	struct notes notes = {0};
	const char *no_telemetry = "";
	struct record r;

	if (!make_notes(in, &notes, &no_telemetry, err))
		return false;
	if (in->format == REPORT_TEXT) {
		coach_text(in, &notes, no_telemetry, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	if (record_is_json(&r)) {
		record_text(&r, "you", car_id(in->session, in->b));
		record_text(&r, "ref", in->own ? NULL : car_id(in->session, in->a));
		record_word(&r, "against", in->own ? "own" : "car");
	}
	record_rows(&r, "notes", notes.n, record_note, &notes, false);
	if (record_is_json(&r)) {
		record_text(&r, "not_clear", notes.not_clear);
		record_text(&r, "no_corners", no_telemetry);
	}
	return answer_end(&r, err);
}
