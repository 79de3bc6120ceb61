#include <stdio.h>

#include "core/report/columns.h"
#include "core/report/shapes.h"

enum { SOURCE_CSV, SOURCE_JSON, SOURCE_SNOWFLAKE, SOURCES };

struct source {
	const char *name, *state;
	char detail[700];
	const struct sf_health_told *told; /* of a server; NULL */
	uint32_t files;
	uint64_t rows, refused;
};

struct ctx {
	struct source at[SOURCES];
};

/* Files of a source that were used; *refused: that could not be. */
static uint32_t count_files(const struct file_list *l, bool json, uint32_t *refused)
{
	uint32_t used = 0;

	*refused = 0;
	for (uint32_t i = 0; i < l->n; i++) {
		if ((l->at[i].role == ROLE_SEASON_JSON) != json || l->at[i].role == ROLE_OTHER)
			continue;
		used += l->at[i].state == FILE_USED;
		*refused += l->at[i].state == FILE_REFUSED;
	}
	return used;
}

static void file_source(struct source *src, const struct report_in *in, bool json)
{
	uint32_t refused = 0;

	src->files = count_files(&in->dataset->files, json, &refused);
	src->state = src->files ? "ok" : refused ? "error" : "unavailable";
	if (refused)
		snprintf(src->detail, sizeof(src->detail), "%u files refused: pitwall sessions says why", refused);
	else if (!src->files)
		snprintf(src->detail, sizeof(src->detail), "no such file in the folders given with --data");
	else if (json)
		snprintf(src->detail, sizeof(src->detail), "%u drivers, %u tracks", in->dataset->season->ndrivers,
			 in->dataset->season->ntracks);
	else
		snprintf(src->detail, sizeof(src->detail), "%u sessions", in->dataset->nsessions);
}

static void csv_source(struct source *src, const struct report_in *in)
{
	src->name = "csv";
	file_source(src, in, false);
	for (uint32_t i = 0; i < in->dataset->nsessions; i++) {
		src->rows += in->dataset->sessions[i]->rows;
		src->refused += in->dataset->sessions[i]->refused.total;
	}
}

static void json_source(struct source *src, const struct report_in *in)
{
	src->name = "json";
	file_source(src, in, true);
	src->refused = in->dataset->season->refused.total;
}

static void snowflake_source(struct source *src, const struct report_in *in)
{
	const struct sf_health_told *t = in->snowflake;

	src->name = "snowflake";
	src->told = t;
	src->state = sf_health_word(t ? t->state : SF_HEALTH_DISABLED);
	if (t && t->state == SF_HEALTH_OK)
		snprintf(src->detail, sizeof(src->detail), "version %s, %lld ms, role %s, warehouse %s", t->version,
			 (long long)t->ms, t->role[0] ? t->role : "-", t->warehouse[0] ? t->warehouse : "-");
	else
		snprintf(src->detail, sizeof(src->detail), "%s",
			 t ? t->why : "USE_SNOWFLAKE is not true: no network is used");
}

static void source_row(struct record *r, const void *ctx, uint32_t i)
{
	const struct source *src = &((const struct ctx *)ctx)->at[i];

	record_word(r, "name", src->name);
	record_word(r, "state", src->state);
	record_text(r, "detail", src->detail);
	record_int(r, "files", src->files);
	record_int(r, "rows", (int64_t)src->rows);
	record_int(r, "refused", (int64_t)src->refused);
	record_text(r, "version", src->told ? src->told->version : NULL);
	if (src->told && src->told->state == SF_HEALTH_OK)
		record_int(r, "ms", src->told->ms);
	else
		record_null(r, "ms");
	record_text(r, "role", src->told ? src->told->role : NULL);
	record_text(r, "warehouse", src->told ? src->told->warehouse : NULL);
	record_text(r, "code", src->told ? src->told->code : NULL);
}

static void health_text(const struct ctx *ctx, const struct report_in *in, struct buf *out)
{
	struct columns c;

	columns_begin(&c, out, in->ascii, "Source State Files> Rows> Refused> Detail");
	for (int i = 0; i < SOURCES; i++) {
		const struct source *src = &ctx->at[i];
		columns_word(&c, "%s", src->name);
		columns_word(&c, "%s", src->state);
		columns_int(&c, src->files);
		columns_count(&c, (int64_t)src->rows);
		columns_int(&c, (int64_t)src->refused);
		columns_text(&c, src->detail);
	}
	columns_end(&c, 0);
	buf_fmt(out, "\nread in %.1f ms\n", in->dataset->load_ms);
}

bool report_health(const struct report_in *in, struct buf *out, struct err *err)
{
	struct ctx ctx = {0};
	struct record r;

	csv_source(&ctx.at[SOURCE_CSV], in);
	json_source(&ctx.at[SOURCE_JSON], in);
	snowflake_source(&ctx.at[SOURCE_SNOWFLAKE], in);
	if (in->format == REPORT_TEXT) {
		health_text(&ctx, in, out);
		return answer_is_whole(out, err);
	}
	answer_begin(&r, in, out);
	record_rows(&r, "sources", SOURCES, source_row, &ctx, true);
	return answer_end(&r, err);
}
