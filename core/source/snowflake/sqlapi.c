/* SQL API v2: documented, without sessions, all of it on one host. For key pairs and access tokens. */
#include <string.h>
#include <time.h>

#include "core/source/snowflake/client_state.h"

/* --- Requests -------------------------------------------------------------------------------------------------------- */

/* A token of its own for each request: one must arrive within a minute of its time. */
static bool authorize(struct sf_client *c, struct err *err)
{
	struct timespec now;
	struct buf jwt;
	int64_t ms;
	bool ok;

	if (c->s->login == SF_LOGIN_TOKEN)
		return sf_header(c, err, "Authorization: Bearer %s", c->s->token) &&
		       sf_header(c, err, "X-Snowflake-Authorization-Token-Type: PROGRAMMATIC_ACCESS_TOKEN");
	clock_gettime(CLOCK_REALTIME, &now);
	ms = ((int64_t)now.tv_sec + (c->skew_known ? c->skew : 0)) * 1000 + now.tv_nsec / 1000000;
	buf_init(&jwt, SF_HEADER / 2);
	ok = sf_jwt(c->key, c->s->account, c->s->user, ms, &jwt, err) &&
	     sf_header(c, err, "Authorization: Bearer %s", jwt.p) &&
	     sf_header(c, err, "X-Snowflake-Authorization-Token-Type: KEYPAIR_JWT");
	if (jwt.p)
		explicit_bzero(jwt.p, jwt.n);
	buf_release(&jwt);
	return ok;
}

static void field(struct buf *out, const char *name, const char *value)
{
	if (!*value)
		return;
	buf_fmt(out, ",\"%s\":", name);
	sf_json_text(out, str_from(value));
}

static bool statement(struct sf_client *c, struct err *err)
{
	int64_t left;

	sf_left_ms(c, &left);
	buf_str(&c->body, "{\"statement\":");
	sf_json_text(&c->body, str_from(sf_query_sql(c->query)));
	buf_fmt(&c->body, ",\"timeout\":%lld", (long long)(left + 999) / 1000);
	field(&c->body, "database", c->s->database);
	field(&c->body, "schema", c->s->schema);
	field(&c->body, "warehouse", c->s->warehouse);
	field(&c->body, "role", c->s->role);
	if (sf_query_binds(c->query) > 0) {
		buf_str(&c->body, ",\"bindings\":");
		sf_bindings(&c->body, c->query);
	}
	buf_str(&c->body, ",\"parameters\":{\"timezone\":\"UTC\",\"query_tag\":\"pitwall\"}}");
	return !c->body.failed || err_set(err, ERR_USAGE, "the query is too long: ask for less at a time");
}

static bool address(struct sf_client *c, struct err *err)
{
	char id[40];

	sf_uuid(id);
	switch (c->step) {
	case STEP_SUBMIT:
		return sf_url(c, err, "/api/v2/statements?requestId=%s&async=true%s", c->request_id,
			      c->sent ? "&retry=true" : "");
	case STEP_PART:
		return sf_url(c, err, "/api/v2/statements/%s?requestId=%s&partition=%u", c->progress.statement, id,
			      c->part);
	case STEP_CANCEL:
		return sf_url(c, err, "/api/v2/statements/%s/cancel?requestId=%s", c->progress.statement, id);
	default:
		return sf_url(c, err, "/api/v2/statements/%s?requestId=%s", c->progress.statement, id);
	}
}

static bool request(struct sf_client *c, struct err *err)
{
	bool ok = address(c, err) && authorize(c, err) && sf_header(c, err, "Accept: application/json") &&
		  sf_header(c, err, "Accept-Encoding: gzip") &&
		  sf_header(c, err, "User-Agent: pitwall/" PITWALL_VERSION) &&
		  sf_header(c, err, "Content-Type: application/json");

	if (ok && c->step == STEP_SUBMIT) {
		ok = statement(c, err);
		c->sent = true;
	}
	return ok;
}

/* --- Answers --------------------------------------------------------------------------------------------------------- */

/* The partitions and their rows, which must be all rows. */
static bool partitions(struct sf_client *c, const cJSON *meta, uint64_t total, struct err *err)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(meta, "partitionInfo"), *one;
	int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
	uint64_t sum = 0;
	unsigned i = 0;

	if (!sf_result_parts(c, n > 0 ? (unsigned)n : 1, err))
		return false;
	c->part_rows[0] = n > 0 ? 0 : total;
	cJSON_ArrayForEach(one, list)
	{
		uint64_t rows;
		if (!sf_json_count(one, "rowCount", &rows))
			return err_set(err, ERR_FORMAT, "the answer does not say the rows of partition %u", i + 1);
		c->part_rows[i++] = rows;
		sum += rows;
	}
	c->fatal = n > 0 && sum != total;
	return !c->fatal ||
	       err_set(err, ERR_FORMAT, "incomplete result: the partitions do not have as many rows as the whole");
}

static bool head(void *client, const cJSON *json, bool *ready, struct err *err)
{
	struct sf_client *c = client;
	const cJSON *meta = cJSON_GetObjectItemCaseSensitive(json, "resultSetMetaData");
	const char *format = sf_json_string(meta, "format");
	uint64_t total;

	*ready = cJSON_IsObject(meta);
	if (!*ready)
		return true;
	if (format && strcmp(format, "jsonv2") != 0 && strcmp(format, "json") != 0)
		return err_set(err, ERR_FORMAT, "the rows are in a format not known here: %.40s", format);
	if (!sf_json_count(meta, "numRows", &total))
		return err_set(err, ERR_FORMAT, "the answer does not say how many rows there are");
	c->part = 0; /* also when it is read again */
	return sf_result_columns(c, cJSON_GetObjectItemCaseSensitive(meta, "rowType"), total, err) &&
	       partitions(c, meta, total, err);
}

static void take_handle(struct sf_client *c, const cJSON *json)
{
	const char *handle = sf_json_string(json, "statementHandle");

	if (sf_is_id(handle))
		memcpy(c->progress.statement, handle, strlen(handle) + 1);
}

static enum sf_next next(struct sf_client *c, int status, const cJSON *json)
{
	bool running = sf_is_id(sf_json_string(json, "statementHandle"));

	if (c->step == STEP_CANCEL || c->step == STEP_LOGOUT)
		return SF_TAKE; /* whatever it says, that was it */
	if (c->step == STEP_SUBMIT)
		take_handle(c, json);
	if ((status == 202 || (status == 429 && running)) && !c->progress.statement[0])
		return SF_GIVE_UP;
	/* A partition that is read is no statement that runs. */
	return status == 202 && c->step == STEP_PART ? SF_AGAIN : sf_next_sqlapi(status, running);
}

static void fail(struct sf_client *c, enum sf_trouble t, const char *what)
{
	struct err err = {0};

	err_set(&err, ERR_FORMAT, "%s", what);
	sf_fail(c, t, &err);
}

/* One partition is complete. */
static void part_done(struct sf_client *c)
{
	if (c->part < c->nparts)
		sf_step(c, STEP_PART);
	else if (c->progress.rows != c->total)
		fail(c, SF_TROUBLE_BROKEN, "incomplete result: there are not as many rows as were announced");
	else
		sf_done(c);
}

static void answer(struct sf_client *c, cJSON *json)
{
	const char *code = sf_json_string(json, "code");
	struct err err = {0};

	if (c->step == STEP_CANCEL) {
		sf_fail(c, SF_TROUBLE_CANCELLED, &c->after);
	} else if (code && strcmp(code, "391908") == 0) {
		fail(c, SF_TROUBLE_BROKEN, "incomplete result: too large for Snowflake to give whole (391908)");
	} else if (c->step != STEP_PART && code && strcmp(code, "000604") == 0) {
		fail(c, SF_TROUBLE_REFUSED, "the statement was cancelled at the server (000604)");
	} else if (!sf_answer_had_rows(c->answer)) {
		err_set(&err, ERR_FORMAT, "the answer has no rows in it");
		sf_broken(c, &err);
	} else if (!sf_result_part_done(c, &err)) {
		sf_broken(c, &err);
	} else {
		part_done(c);
	}
}

const struct sf_protocol sf_sqlapi = {request, head, next, answer};
