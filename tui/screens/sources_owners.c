/* Who owns which data, and who served it here. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/source/ownership.h"
#include "tui/data_net.h"
#include "tui/data_tel.h"
#include "tui/screens/sources.h"

static int owners_rows(const struct sources *s)
{
	(void)s;
	return DATA_KINDS;
}

/* "Snowflake ok: 9.34.0, 123 ms, ANALYST"; the reason in full is in the words of the telemetry's row. */
static void owners_title(const struct sources *s, char right[80])
{
	const struct dataset *d = s->view ? s->view->dataset : NULL;
	const struct sf_health_told *t = data_net_health(s->view ? s->view->owner : NULL);

	if (t->state == SF_HEALTH_DISABLED)
		snprintf(right, 80, "%s", d && d->demo ? "demo data" : "Snowflake off: no network");
	else if (t->state == SF_HEALTH_OK)
		snprintf(right, 80, "Snowflake ok: %.20s, %lld ms, %.30s", t->version, (long long)t->ms, t->role);
	else
		snprintf(right, 80, "Snowflake %s%s", sf_health_word(t->state),
			 t->state == SF_HEALTH_UNAVAILABLE ? ", asked again every 30 s"
			 : t->state == SF_HEALTH_ERROR     ? ": w says why"
							   : "");
}

/* A fetch that runs, or what became of the last one; false: there was none. */
static bool fetched(const struct data *owner, char out[96])
{
	struct fetch_told t;

	if (data_net_fetching(owner, &t)) {
		snprintf(out, 96, "%s: %llu rows, %.1f MB, %.0f s, %.40s", t.doing, (unsigned long long)t.rows,
			 (double)t.bytes / 1e6, (double)t.ms / 1e3, t.statement);
		return true;
	}
	snprintf(out, 96, "%.95s", data_net_said(owner));
	return *out != '\0';
}

static unsigned files_of(const struct dataset *d, enum file_role role, enum file_state state)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < d->files.n; i++)
		n += d->files.at[i].role == role && d->files.at[i].state == state;
	return n;
}

static void laps_here(const struct session *s, char out[96])
{
	unsigned others = 0;

	for (uint32_t i = 0; s && i < s->files.n; i++)
		others += s->files.at[i].state == FILE_USED;
	if (s)
		snprintf(out, 96, "%s: %u rows of its lap file, %u file%s in all", s->id, s->rows, others,
			 others == 1 ? "" : "s");
	else
		snprintf(out, 96, "no session");
}

static void factors_here(const struct season *season, char out[96])
{
	unsigned n = 0;

	for (uint32_t i = 0; i < season->ndrivers; i++)
		n += !isnan(season->drivers[i].factor_percentile[FACTOR_SPEED]);
	if (n)
		snprintf(out, 96, "season JSON, %u drivers", n);
	else
		snprintf(out, 96, "none here");
}

static void names_here(const struct session *s, char out[96])
{
	unsigned named = 0;

	for (uint32_t i = 0; s && i < s->ncars; i++)
		named += *s->cars[i].driver != '\0';
	if (!s || named == 0)
		snprintf(out, 96, "none here");
	else
		snprintf(out, 96, "%u of %u cars, %s", named, s->ncars,
			 s->has_names ? "from the lap file" : "from results, qualifying or season");
}

/* Raw files are read only when telemetry is asked for: till then they are what there is. */
static void telemetry_here(const struct data *owner, const struct dataset *d, char out[96])
{
	const struct tel_view *v = owner ? data_tel_view(owner) : NULL;
	unsigned raw = files_of(d, ROLE_TELEMETRY, FILE_NOT_READ);

	if (v && v->part->set)
		snprintf(out, 96, "%.40s: %u car%s", v->part->from, v->part->set->ncars,
			 v->part->set->ncars == 1 ? "" : "s");
	else if (raw)
		snprintf(out, 96, "%u raw file%s, read when asked for", raw, raw == 1 ? "" : "s");
	else
		snprintf(out, 96, "no raw file in the data folders");
}

/* What served this kind for what is on the screens. */
static void served(const struct sources *s, enum data_kind kind, char out[96])
{
	const struct dataset *d = s->view ? s->view->dataset : NULL;
	const struct session *session = d ? s->view->session : NULL;

	*out = '\0';
	if (!d)
		return;
	switch (kind) {
	case DATA_LAPS:
		laps_here(session, out);
		break;
	case DATA_SEASON:
		if (files_of(d, ROLE_SEASON_JSON, FILE_USED))
			snprintf(out, 96, "season JSON, %u files", files_of(d, ROLE_SEASON_JSON, FILE_USED));
		else
			snprintf(out, 96, "computed from %u sessions", d->nsessions);
		break;
	case DATA_FACTORS:
		factors_here(d->season, out);
		break;
	case DATA_NAMES:
		names_here(session, out);
		break;
	default:
		if (!fetched(s->view->owner, out))
			telemetry_here(s->view->owner, d, out);
		break;
	}
}

static void owners_cell(const void *ctx, int row, int col, struct table_cell *out)
{
	const struct ownership *o = &ownership_table[row];
	char here[96];

	if (col == 1) {
		served(ctx, o->kind, here);
		snprintf(out->text, sizeof(out->text), "%.95s", here);
		return;
	}
	out->style = col == 0 ? STYLE(TEXT) : STYLE(DIM);
	snprintf(out->text, sizeof(out->text), "%.95s",
		 col == 0   ? o->what
		 : col == 2 ? o->first
		 : col == 3 ? (*o->then ? o->then : "-")
			    : o->never);
}

static void snowflake_words(const struct data *owner, struct buf *out)
{
	const struct sf_health_told *t = data_net_health(owner);

	buf_fmt(out, "Snowflake: %s", sf_health_word(t->state));
	if (t->state == SF_HEALTH_OK) {
		buf_fmt(out, ", version %s, %lld ms, role ", t->version, (long long)t->ms);
		text_clean(out, str_from(t->role), false);
		buf_str(out, ", warehouse ");
		text_clean(out, str_from(t->warehouse), false);
	} else if (t->why[0]) {
		buf_str(out, ": ");
		text_clean(out, str_from(t->why), false);
	}
	buf_str(out, "\nlast fetch: ");
	text_clean(out, str_from(*data_net_said(owner) ? data_net_said(owner) : "none"), false);
	buf_char(out, '\n');
}

static void owners_words(const struct sources *s, int row, struct buf *out)
{
	const struct ownership *o = &ownership_table[row];
	char here[96];

	served(s, o->kind, here);
	buf_fmt(out, "%s\nhere: %s\nfirst: %s\nthen: %s\nnever: %s\n", o->what, here, o->first,
		*o->then ? o->then : "nothing else", o->never);
	if (o->kind == DATA_TELEMETRY && s->view)
		snowflake_words(s->view->owner, out);
}

static void owners_record(struct record *r, const void *ctx, uint32_t i)
{
	const struct ownership *o = i < DATA_KINDS ? &ownership_table[i] : NULL;
	char here[96] = "";

	if (o)
		served(ctx, o->kind, here);
	record_word(r, "data", o ? o->what : NULL);
	record_text(r, "here", here);
	record_word(r, "first", o ? o->first : NULL);
	record_word(r, "then", o ? o->then : NULL);
	record_word(r, "never", o ? o->never : NULL);
}

static const struct table_column columns[] = {
	{.title = "data", .align = ALIGN_LEFT, .w = 24, .max_w = 36, .tight = true},
	{.title = "served here", .align = ALIGN_LEFT, .w = 36, .max_w = 60},
	{.title = "first", .align = ALIGN_LEFT, .w = 29, .max_w = 50, .drop = 1},
	{.title = "then", .align = ALIGN_LEFT, .w = 20, .max_w = 72, .drop = 2},
	{.title = "never", .align = ALIGN_LEFT, .w = 20, .max_w = 50, .drop = 3},
};

const struct source_pane source_owners = {
	.name = "Owners",
	.title = owners_title,
	.columns = columns,
	.ncolumns = 5,
	.rows = owners_rows,
	.cell = owners_cell,
	.words = owners_words,
	.record = owners_record,
	.rule = "Each kind of data has one owner, the same on every screen and in every command.",
	.none = "",
};
