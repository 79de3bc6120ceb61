#include <stdio.h>

#include "core/analysis/classify.h"
#include "core/base/path.h"
#include "core/base/utf8.h"
#include "core/report/columns.h"
#include "core/report/shapes.h"

struct ctx {
	const struct report_in *in;
	uint32_t *clean; /* clean laps of each session */
};

/* Only the laps are classified: the rest of an analysis is not wanted for a list. */
static bool count_clean(struct ctx *ctx, struct err *err)
{
	const struct dataset *d = ctx->in->dataset;
	struct analysis_options o;

	analysis_defaults(&o);
	ctx->clean = ARENA_ARRAY(ctx->in->arena, d->nsessions, uint32_t);
	if (!ctx->clean)
		return err_set(err, ERR_NOMEM, "no memory for the sessions");
	for (uint32_t i = 0; i < d->nsessions; i++) {
		struct arena *scratch = arena_new(0);
		struct classes classes = {0};
		bool ok = scratch ? classify(d->sessions[i], &o, scratch, &classes, err)
				  : err_set(err, ERR_NOMEM, "no memory for the sessions");
		ctx->clean[i] = ok ? classes.clean : 0;
		arena_free(scratch);
		if (!ok)
			return false;
	}
	return true;
}

/* Local time of day at clock zero: "17:31:33.055". */
static const char *clock_text(char out[NUM_LEN], ms_t t)
{
	unsigned ms = t < 0 ? 0 : (unsigned)t;

	if (t == MS_NONE)
		return NULL;
	snprintf(out, NUM_LEN, "%02u:%02u:%02u.%03u", ms / 3600000 % 24, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
	return out;
}

static void files_record(struct record *r, const struct session *s, const char *name, enum file_state state)
{
	record_list(r, name);
	for (uint32_t i = 0; i < s->files.n; i++)
		if (s->files.at[i].state == state)
			record_text(r, NULL, s->files.at[i].path);
	record_end_list(r);
}

static void diags_record(struct record *r, const char *name, const struct diag_list *l)
{
	record_list(r, name);
	for (uint32_t i = 0; i < l->n; i++) {
		record_flat(r);
		record_obj(r, NULL);
		record_text(r, "file", l->at[i].file);
		record_count(r, "line", l->at[i].line);
		record_text(r, "why", l->at[i].why);
		record_end_obj(r);
	}
	record_end_list(r);
}

static void flags_record(struct record *r, const struct session *s)
{
	record_flat(r);
	record_obj(r, "flags");
	for (int f = FLAG_EMPTY; f < FLAG_COUNT; f++)
		if (s->flag_count[f] || !record_is_json(r))
			record_int(r, f == FLAG_EMPTY ? "none" : flag_name(f), s->flag_count[f]);
	record_end_obj(r);
}

static void session_row(struct record *r, const struct session *s, uint32_t clean)
{
	char start[NUM_LEN];

	record_text(r, "id", s->id);
	record_text(r, "track", s->track);
	record_text(r, "track_name", s->track_name);
	record_word(r, "kind", session_kind_name(s->kind));
	record_bool(r, "kind_guessed", s->kind_guessed);
	record_count(r, "race", s->number);
	record_text(r, "date", s->date);
	record_int(r, "cars", s->ncars);
	record_int(r, "not_started", s->nnot_started);
	record_int(r, "laps", s->laps.n);
	record_int(r, "clean_laps", clean);
	flags_record(r, s);
	record_word(r, "start", clock_text(start, s->clock_start));
	files_record(r, s, "files", FILE_USED);
	files_record(r, s, "duplicates", FILE_DUPLICATE);
	record_int(r, "rows", s->rows);
	record_int(r, "duplicate_rows", s->duplicate_rows);
	diags_record(r, "refused", &s->refused);
	diags_record(r, "warned", &s->warnings);
}

static void session_record(struct record *r, const void *ctx, uint32_t i)
{
	static const struct session none = {.clock_start = MS_NONE}; /* no session at all: names only */
	const struct ctx *c = ctx;
	const struct dataset *d = c->in->dataset;

	session_row(r, i < d->nsessions ? d->sessions[i] : &none, i < d->nsessions ? c->clean[i] : 0);
}

/* What became of every file that is not used; where no session was found, of those whose name is not for us either. */
static bool left_out(const struct dataset *d, const struct file_entry *f)
{
	return f->state != FILE_USED && (f->state != FILE_NOT_READ || f->role != ROLE_OTHER || d->nsessions == 0);
}

static void left_out_record(struct record *r, const struct dataset *d)
{
	const struct file_list *l = &d->files;

	record_list(r, "not_used");
	for (uint32_t i = 0; i < l->n; i++) {
		if (!left_out(d, &l->at[i]))
			continue;
		record_flat(r);
		record_obj(r, NULL);
		record_text(r, "file", l->at[i].path);
		record_word(r, "role", file_role_name(l->at[i].role));
		record_word(r, "state", file_state_name(l->at[i].state));
		record_text(r, "why", l->at[i].why);
		record_end_obj(r);
	}
	record_end_list(r);
}

/* --- Text ----------------------------------------------------------------- */

static void flags_text(struct columns *c, const struct session *s)
{
	struct buf b;

	buf_init(&b, 256);
	for (int f = FLAG_GREEN; f < FLAG_COUNT; f++)
		if (s->flag_count[f])
			buf_fmt(&b, "%s%s %u", b.n ? " " : "", flag_name(f), s->flag_count[f]);
	columns_word(c, "%s", b.n ? b.p : "-");
	buf_release(&b);
}

static const char *lap_file(const struct session *s)
{
	for (uint32_t i = 0; i < s->files.n; i++)
		if (s->files.at[i].role == ROLE_LAPS && s->files.at[i].state == FILE_USED)
			return path_base(s->files.at[i].path);
	return "";
}

static uint32_t duplicates(const struct session *s)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->files.n; i++)
		n += s->files.at[i].state == FILE_DUPLICATE;
	return n;
}

static void session_text(struct columns *c, const struct session *s, uint32_t clean)
{
	columns_text(c, s->id);
	columns_word(c, "%s%s", session_kind_name(s->kind), s->kind_guessed ? "?" : "");
	columns_text(c, s->date);
	columns_int(c, s->ncars);
	columns_int(c, s->laps.n);
	columns_int(c, clean);
	flags_text(c, s);
	columns_text(c, lap_file(s));
	columns_int(c, (int64_t)s->refused.total);
	columns_int(c, duplicates(s));
}

static void diag_text(struct buf *out, const char *what, const struct diag *d, bool ascii)
{
	buf_fmt(out, "%s: ", what);
	text_clean(out, str_from(d->file), ascii);
	if (d->line)
		buf_fmt(out, ":%u", d->line);
	buf_str(out, ": ");
	text_clean(out, str_from(d->why), ascii);
	buf_char(out, '\n');
}

static void more_text(struct buf *out, const char *what, const struct diag_list *l)
{
	if (l->total > l->n)
		buf_fmt(out, "%s: %llu more\n", what, (unsigned long long)(l->total - l->n));
}

static void diags_text(struct buf *out, const char *what, const struct diag_list *l, bool ascii)
{
	for (uint32_t i = 0; i < l->n; i++)
		diag_text(out, what, &l->at[i], ascii);
	more_text(out, what, l);
}

/* Of rows only: what concerns a session as a whole stands in its row, or is told by the season below. */
static void rows_warned_text(struct buf *out, const struct diag_list *l, bool ascii)
{
	for (uint32_t i = 0; i < l->n; i++)
		if (l->at[i].line)
			diag_text(out, "warning", &l->at[i], ascii);
	more_text(out, "warning", l);
}

/* Refused files are told as problems, with the line. */
static void left_out_text(struct buf *out, const struct dataset *d, bool ascii)
{
	const struct file_list *l = &d->files;

	for (uint32_t i = 0; i < l->n; i++) {
		if (!left_out(d, &l->at[i]) || l->at[i].state == FILE_REFUSED)
			continue;
		buf_fmt(out, "%s: ", file_state_name(l->at[i].state));
		text_clean(out, str_from(l->at[i].path), ascii);
		buf_fmt(out, " (%s): ", file_role_name(l->at[i].role));
		text_clean(out, str_from(l->at[i].why), ascii);
		buf_char(out, '\n');
	}
}

static void sessions_text(const struct ctx *ctx, struct buf *out)
{
	const struct dataset *d = ctx->in->dataset;
	bool ascii = ctx->in->ascii;
	struct columns c;

	if (d->nsessions == 0) {
		buf_str(out, "no session found\n");
	} else {
		columns_begin(&c, out, ascii, "Session Kind Date Cars> Laps> Clean> Flags Source Refused> Duplicates>");
		for (uint32_t i = 0; i < d->nsessions; i++)
			session_text(&c, d->sessions[i], ctx->clean[i]);
		columns_end(&c, 0);
	}
	buf_char(out, '\n');
	for (uint32_t i = 0; i < d->nsessions; i++)
		diags_text(out, "refused", &d->sessions[i]->refused, ascii);
	diags_text(out, "refused", &d->season->refused, ascii);
	left_out_text(out, d, ascii);
	diags_text(out, "problem", &d->problems, ascii);
	for (uint32_t i = 0; i < d->nsessions; i++)
		rows_warned_text(out, &d->sessions[i]->warnings, ascii);
	diags_text(out, "warning", &d->season->warnings, ascii);
}

bool report_sessions(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx ctx = {.in = in};
	struct record r;

	if (!count_clean(&ctx, err))
		return false;
	if (in->format == REPORT_TEXT) {
		sessions_text(&ctx, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	record_rows(&r, "sessions", in->dataset->nsessions, session_record, &ctx, false);
	if (record_is_json(&r)) {
		left_out_record(&r, in->dataset);
		diags_record(&r, "season_refused", &in->dataset->season->refused);
		diags_record(&r, "problems", &in->dataset->problems);
	}
	return answer_end(&r, err);
}
