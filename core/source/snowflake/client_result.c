/* The result as it comes: what its columns are, rows counted, partitions checked, and read again where reading failed. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/source/snowflake/client_state.h"

/* --- Columns -------------------------------------------------------------------------------------------------------- */

static bool column(const cJSON *json, struct sf_column *out, struct err *err)
{
	const char *name = sf_json_string(json, "name"), *type = sf_json_string(json, "type");
	const cJSON *scale = cJSON_GetObjectItemCaseSensitive(json, "scale");

	if (!name || !type || strlen(name) >= sizeof(out->name))
		return err_set(err, ERR_FORMAT, "the answer does not say what its columns are");
	if (!sf_type_of(type, &out->type))
		return err_set(err, ERR_FORMAT, "column %.60s is of a type not known here: %.40s", name, type);
	snprintf(out->name, sizeof(out->name), "%s", name);
	out->scale = cJSON_IsNumber(scale) && scale->valuedouble >= 0 && scale->valuedouble <= 99
			     ? (int)scale->valuedouble
			     : -1;
	return true;
}

static bool same_columns(const struct sf_client *c, const struct sf_column *list, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (i >= c->ncolumns || strcmp(list[i].name, c->column[i].name) != 0 ||
		    list[i].type != c->column[i].type)
			return false;
	return n == c->ncolumns;
}

/* Read again after a failure: it must be the same result. */
static bool known_columns(struct sf_client *c, struct sf_column *list, unsigned n, uint64_t total, struct err *err)
{
	bool same = same_columns(c, list, n) && (total == c->total || total == UINT64_MAX);

	free(list);
	if (!same) {
		c->fatal = true;
		return err_set(err, ERR_FORMAT, "the result is another one when it is read again");
	}
	return true;
}

bool sf_result_columns(struct sf_client *c, const cJSON *row_type, uint64_t total, struct err *err)
{
	int n = cJSON_IsArray(row_type) ? cJSON_GetArraySize(row_type) : 0;
	struct sf_column *list;
	const cJSON *one;
	unsigned i = 0;

	if (n < 1 || n > SF_COLUMNS_MAX)
		return err_set(err, ERR_FORMAT, "the answer does not say what its columns are");
	list = calloc((size_t)n, sizeof(*list));
	if (!list)
		return err_set(err, ERR_NOMEM, "no memory for the columns");
	cJSON_ArrayForEach(one, row_type)
	{
		if (!column(one, &list[i++], err)) {
			free(list);
			return false;
		}
	}
	if (c->column)
		return known_columns(c, list, (unsigned)n, total, err);
	c->column = list;
	c->ncolumns = (unsigned)n;
	c->total = c->progress.total = total;
	if (c->hooks.columns && !c->hooks.columns(c->hooks.ctx, list, (unsigned)n, total, err)) {
		c->ours = true;
		return false;
	}
	return true;
}

/* --- Partitions ----------------------------------------------------------------------------------------------------- */

bool sf_result_parts(struct sf_client *c, unsigned n, struct err *err)
{
	uint64_t *rows;

	if (c->part_rows && n == c->nparts)
		return true;
	if (c->part_rows)
		return err_set(err, ERR_FORMAT, "the result is another one when it is read again");
	rows = malloc((n ? n : 1) * sizeof(*rows));
	if (!rows)
		return err_set(err, ERR_NOMEM, "no memory for the list of partitions");
	for (unsigned i = 0; i < n; i++)
		rows[i] = UINT64_MAX;
	c->part_rows = rows;
	c->nparts = c->progress.partitions = n;
	return true;
}

bool sf_result_row(void *ctx, const struct str *cells, unsigned n, struct err *err)
{
	struct sf_client *c = ctx;

	if (n != c->ncolumns)
		return err_set(err, ERR_FORMAT, "a row of the answer has %u cells, there are %u columns", n,
			       c->ncolumns);
	if (c->part < c->nparts && c->seen >= c->part_rows[c->part])
		return err_set(err, ERR_FORMAT, "partition %u has more rows than were announced", c->part + 1);
	if (++c->seen <= c->taken) { /* handed out by a reading that failed later */
		c->again = sf_row_sum(c->again, cells, n);
		c->fatal = c->seen == c->taken && c->again != c->sum;
		return !c->fatal ||
		       err_set(err, ERR_FORMAT, "partition %u is another one when it is read again", c->part + 1);
	}
	c->sum = sf_row_sum(c->sum, cells, n);
	c->taken++;
	c->progress.rows++;
	if (c->hooks.row && !c->hooks.row(c->hooks.ctx, cells, n, err)) {
		c->ours = true;
		return false;
	}
	return true;
}

bool sf_result_part_done(struct sf_client *c, struct err *err)
{
	uint64_t want = c->part < c->nparts ? c->part_rows[c->part] : UINT64_MAX;

	if ((want != UINT64_MAX && c->seen != want) || c->seen < c->taken)
		return err_set(err, ERR_FORMAT,
			       "incomplete result: partition %u has %" PRIu64 " rows, %" PRIu64 " were announced",
			       c->part + 1, c->seen, want == UINT64_MAX ? c->taken : want);
	c->part++;
	c->progress.partition = c->part;
	c->taken = c->seen = 0;
	c->sum = 0;
	return true;
}

void sf_result_clear(struct sf_client *c)
{
	for (unsigned i = 0; c->chunk && i + 1 < c->nparts; i++)
		free(c->chunk[i].url);
	free(c->chunk);
	for (unsigned i = 0; i < c->nchunk_headers; i++)
		free(c->chunk_header[i]);
	free(c->column);
	free(c->part_rows);
	c->chunk = NULL;
	c->column = NULL;
	c->part_rows = NULL;
	c->ncolumns = c->nparts = c->part = c->nchunk_headers = 0;
	c->taken = c->seen = 0;
	c->sum = 0;
	c->total = UINT64_MAX;
}
