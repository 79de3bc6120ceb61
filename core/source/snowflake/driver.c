/* The drivers' own protocol, the only one that takes a password: log in, query, renew, read chunks, log out. Not documented by
 * Snowflake; as its drivers speak it. Failures come with HTTP 200 and "success": false. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "core/source/snowflake/client_state.h"

enum { RELOGINS_MAX = 1, CHUNKS_MAX = 1000000 };

static void fail(struct sf_client *c, enum sf_trouble t, const char *what)
{
	struct err err = {0};

	err_set(&err, ERR_FORMAT, "%s", what);
	sf_fail(c, t, &err);
}

/* --- Requests -------------------------------------------------------------------------------------------------------- */

static void query_value(struct buf *out, const char *name, const char *value)
{
	if (!*value)
		return;
	buf_fmt(out, "&%s=", name);
	sf_url_text(out, value);
}

static bool login(struct sf_client *c, struct err *err)
{
	struct buf names;
	char id[40], guid[40];
	bool ok;

	sf_uuid(id);
	sf_uuid(guid);
	buf_init(&names, HTTP_URL);
	query_value(&names, "warehouse", c->s->warehouse);
	query_value(&names, "databaseName", c->s->database);
	query_value(&names, "schemaName", c->s->schema);
	query_value(&names, "roleName", c->s->role);
	ok = sf_url(c, err, "/session/v1/login-request?requestId=%s&request_guid=%s%s", id, guid,
		    names.p ? names.p : "");
	buf_release(&names);
	buf_str(&c->body, "{\"data\":{\"ACCOUNT_NAME\":");
	sf_json_text(&c->body, str_from(c->s->login_account));
	buf_str(&c->body, ",\"LOGIN_NAME\":");
	sf_json_text(&c->body, str_from(c->s->user));
	buf_str(&c->body, ",\"PASSWORD\":");
	sf_json_text(&c->body, str_from(c->s->password));
	buf_str(&c->body, ",\"CLIENT_APP_ID\":\"pitwall\",\"CLIENT_APP_VERSION\":\"" PITWALL_VERSION
			  "\",\"CLIENT_ENVIRONMENT\":{\"APPLICATION\":\"pitwall\",\"OS\":\"linux\"},"
			  "\"SESSION_PARAMETERS\":{\"TIMEZONE\":\"UTC\",\"QUERY_TAG\":\"pitwall\"}}}");
	return ok;
}

static bool renew(struct sf_client *c, struct err *err)
{
	char id[40], guid[40];

	sf_uuid(id);
	sf_uuid(guid);
	buf_str(&c->body, "{\"oldSessionToken\":");
	sf_json_text(&c->body, str_from(c->token));
	buf_str(&c->body, ",\"requestType\":\"RENEW\"}");
	return sf_url(c, err, "/session/token-request?requestId=%s&request_guid=%s", id, guid);
}

static bool query(struct sf_client *c, struct err *err)
{
	char guid[40];

	sf_uuid(guid);
	buf_str(&c->body, "{\"sqlText\":");
	sf_json_text(&c->body, str_from(sf_query_sql(c->query)));
	buf_fmt(&c->body, ",\"asyncExec\":false,\"sequenceId\":1,\"querySubmissionTime\":%lld",
		(long long)time(NULL) * 1000);
	if (sf_query_binds(c->query) > 0) {
		buf_str(&c->body, ",\"bindings\":");
		sf_bindings(&c->body, c->query);
	}
	/* Arrow otherwise, which is another reader. */
	buf_str(&c->body, ",\"parameters\":{\"C_API_QUERY_RESULT_FORMAT\":\"JSON\"}}");
	if (c->tries == 0)
		return sf_url(c, err, "/queries/v1/query-request?requestId=%s&request_guid=%s", c->request_id, guid);
	return sf_url(c, err,
		      "/queries/v1/"
		      "query-request?requestId=%s&request_guid=%s&retryCount=%u&retryReason=%d&clientStartTime=%lld",
		      c->request_id, guid, c->tries, c->last_status, (long long)time(NULL) * 1000);
}

static bool token_header(struct sf_client *c, struct err *err)
{
	if (c->step == STEP_LOGIN)
		return true;
	return sf_header(c, err, "Authorization: Snowflake Token=\"%s\"", c->step == STEP_RENEW ? c->master : c->token);
}

static bool headers(struct sf_client *c, struct err *err)
{
	bool query = c->step == STEP_SUBMIT || c->step == STEP_POLL;

	return token_header(c, err) &&
	       sf_header(c, err, "Accept: %s", query ? "application/snowflake" : "application/json") &&
	       sf_header(c, err, "Accept-Encoding: gzip") &&
	       sf_header(c, err, "User-Agent: pitwall/" PITWALL_VERSION) &&
	       sf_header(c, err, "Content-Type: application/json");
}

/* A chunk lies at a cloud's store, under an address that is its own key: it gets no header of ours. */
static bool chunk(struct sf_client *c, struct err *err)
{
	const char *url = c->chunk[c->part - 1].url;

	if (strlen(url) >= sizeof(c->url))
		return err_set(err, ERR_FORMAT, "an address is too long");
	memcpy(c->url, url, strlen(url) + 1);
	for (unsigned i = 0; i < c->nchunk_headers; i++)
		if (!sf_header(c, err, "%s", c->chunk_header[i]))
			return false;
	return sf_header(c, err, "User-Agent: pitwall/" PITWALL_VERSION) && sf_header(c, err, "Accept-Encoding: gzip");
}

static bool request(struct sf_client *c, struct err *err)
{
	char id[40], guid[40];

	sf_uuid(id);
	sf_uuid(guid);
	if (c->step == STEP_PART)
		return chunk(c, err);
	if (!headers(c, err))
		return false;
	switch (c->step) {
	case STEP_LOGIN:
		return login(c, err);
	case STEP_RENEW:
		return renew(c, err);
	case STEP_SUBMIT:
		c->sent = true;
		return query(c, err);
	case STEP_POLL:
		return sf_url(c, err, "%s%crequest_guid=%s", c->result_url, strchr(c->result_url, '?') ? '&' : '?',
			      guid);
	case STEP_CANCEL:
		buf_fmt(&c->body, "{\"requestId\":\"%s\"}", c->request_id);
		return sf_url(c, err, "/queries/v1/abort-request?requestId=%s&request_guid=%s", id, guid);
	default:
		return sf_url(c, err, "/session?delete=true&requestId=%s&request_guid=%s", id, guid);
	}
}

/* --- Reading --------------------------------------------------------------------------------------------------------- */

static bool head(void *client, const cJSON *json, bool *ready, struct err *err)
{
	struct sf_client *c = client;
	const cJSON *data = cJSON_GetObjectItemCaseSensitive(json, "data");
	const cJSON *columns = cJSON_GetObjectItemCaseSensitive(data, "rowtype");

	*ready = cJSON_IsArray(columns);
	c->part = 0;
	return !*ready || sf_result_columns(c, columns, UINT64_MAX, err);
}

static enum sf_next next(struct sf_client *c, int status, const cJSON *json)
{
	const char *code = sf_json_string(json, "code");
	const cJSON *data = cJSON_GetObjectItemCaseSensitive(json, "data");
	const char *id = sf_json_string(data, "queryId"), *url = sf_json_string(data, "getResultUrl");

	c->last_status = status;
	if (c->step == STEP_CANCEL || c->step == STEP_LOGOUT)
		return SF_TAKE;
	if (status != 200 || c->step == STEP_PART)
		return sf_next_driver(status);
	if (sf_is_id(id))
		memcpy(c->progress.statement, id, strlen(id) + 1);
	if (!code || (strcmp(code, "333333") != 0 && strcmp(code, "333334") != 0))
		return SF_TAKE;
	if (!url || url[0] != '/' || !sf_is_word(url, sizeof(c->result_url)))
		return SF_GIVE_UP;
	memcpy(c->result_url, url, strlen(url) + 1);
	return SF_POLL;
}

static bool keep_token(char out[SF_TOKEN_MAX], const char *token)
{
	size_t n = token ? strlen(token) : 0;

	/* Fixtures have a blank in it, so only what would end the header or its quotes is refused. */
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)token[i] < ' ' || (unsigned char)token[i] > '~' || token[i] == '"' ||
		    token[i] == '\\')
			return false;
	if (n == 0 || n >= SF_TOKEN_MAX)
		return false;
	memcpy(out, token, n + 1);
	return true;
}

static void keep_name(char out[256], const char *name)
{
	size_t n = name ? strlen(name) : 0;

	if (n > 0 && n < 256)
		memcpy(out, name, n + 1);
}

static void logged_in(struct sf_client *c, const cJSON *data)
{
	const cJSON *info = cJSON_GetObjectItemCaseSensitive(data, "sessionInfo");

	if (!keep_token(c->token, sf_json_string(data, "token")) ||
	    !keep_token(c->master, sf_json_string(data, "masterToken"))) {
		fail(c, SF_TROUBLE_BROKEN, "Snowflake's login has no tokens in it");
		return;
	}
	keep_name(c->progress.role, sf_json_string(info, "roleName"));
	keep_name(c->progress.warehouse, sf_json_string(info, "warehouseName"));
	c->in_session = true;
	sf_step(c, STEP_SUBMIT);
}

static void renewed(struct sf_client *c, const cJSON *data)
{
	if (!keep_token(c->token, sf_json_string(data, "sessionToken")) ||
	    !keep_token(c->master, sf_json_string(data, "masterToken")))
		fail(c, SF_TROUBLE_BROKEN, "Snowflake's renewal has no tokens in it");
	else
		sf_step(c, c->resume);
}

/* A session that is over: renewed with the master token, else logged in anew; once each. */
static bool over(struct sf_client *c, const char *code)
{
	bool expired = strcmp(code, "390112") == 0;
	bool gone = strcmp(code, "390114") == 0 || strcmp(code, "390104") == 0 || strcmp(code, "390111") == 0 ||
		    (c->step == STEP_RENEW && expired);

	if (expired && !gone && c->renewals++ == 0) {
		c->resume = c->step;
		sf_step(c, STEP_RENEW);
		return true;
	}
	if ((gone || expired) && c->step != STEP_LOGIN && c->relogins++ < RELOGINS_MAX) {
		c->in_session = false;
		sf_step(c, STEP_LOGIN);
		return true;
	}
	c->in_session = c->in_session && !gone;
	return false;
}

static void refused(struct sf_client *c, const cJSON *json)
{
	const char *code = sf_json_string(json, "code"), *message = sf_json_string(json, "message");
	const char *state = sf_json_string(cJSON_GetObjectItemCaseSensitive(json, "data"), "sqlState");
	struct err err = {0};

	if (code && over(c, code))
		return;
	c->progress.code[0] = '\0';
	if (code && sf_is_id(code) && strlen(code) < sizeof(c->progress.code))
		memcpy(c->progress.code, code, strlen(code) + 1);
	err_set(&err, ERR_IO, "Snowflake: %.250s (%.20s%s%.10s)", message ? message : "no message",
		code ? code : "no code", state ? "/" : "", state ? state : "");
	sf_fail(c, SF_TROUBLE_REFUSED, &err);
}

/* --- Chunks ---------------------------------------------------------------------------------------------------------- */

static bool chunk_headers(struct sf_client *c, const cJSON *data, struct err *err)
{
	const cJSON *own = cJSON_GetObjectItemCaseSensitive(data, "chunkHeaders"), *one;
	const char *key = sf_json_string(data, "qrmk");
	struct buf line;

	buf_init(&line, SF_HEADER / 2);
	cJSON_ArrayForEach(one, own)
	{
		if (!cJSON_IsString(one) || !sf_is_word(one->string, 128) || c->nchunk_headers == SF_HEADERS - 2)
			continue;
		buf_clear(&line);
		if (buf_fmt(&line, "%s: %s", one->string, one->valuestring))
			c->chunk_header[c->nchunk_headers++] = strdup(line.p);
	}
	if (!cJSON_IsObject(own) && key) {
		c->chunk_header[c->nchunk_headers++] =
			strdup("x-amz-server-side-encryption-customer-algorithm: AES256");
		buf_clear(&line);
		if (buf_fmt(&line, "x-amz-server-side-encryption-customer-key: %s", key))
			c->chunk_header[c->nchunk_headers++] = strdup(line.p);
	}
	buf_release(&line);
	for (unsigned i = 0; i < c->nchunk_headers; i++)
		if (!c->chunk_header[i])
			return err_set(err, ERR_NOMEM, "no memory for the list of chunks");
	return true;
}

static bool chunk_list(struct sf_client *c, const cJSON *list, unsigned n, uint64_t *sum, struct err *err)
{
	const cJSON *one;
	unsigned i = 0;

	c->chunk = calloc(n ? n : 1, sizeof(*c->chunk));
	if (!c->chunk)
		return err_set(err, ERR_NOMEM, "no memory for the list of chunks");
	cJSON_ArrayForEach(one, list)
	{
		const char *url = sf_json_string(one, "url");
		uint64_t rows;
		if (!url || strncasecmp(url, "https://", 8) != 0 || !sf_json_count(one, "rowCount", &rows))
			return err_set(err, ERR_FORMAT, "the answer does not say where its chunks are");
		c->chunk[i].url = strdup(url);
		if (!c->chunk[i].url)
			return err_set(err, ERR_NOMEM, "no memory for the list of chunks");
		c->part_rows[++i] = rows;
		*sum += rows;
	}
	return true;
}

/* How many rows there are, and where those are that are not in the answer itself. */
static bool partitions(struct sf_client *c, const cJSON *data, struct err *err)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(data, "chunks");
	const char *format = sf_json_string(data, "queryResultFormat");
	int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
	uint64_t total, sum = 0;

	if (format && strcasecmp(format, "json") != 0)
		return err_set(err, ERR_FORMAT, "the rows are in a format not known here: %.40s", format);
	if (!c->column)
		return err_set(err, ERR_FORMAT, "the answer does not say what its columns are");
	if (!sf_json_count(data, "total", &total) || n > CHUNKS_MAX)
		return err_set(err, ERR_FORMAT, "the answer does not say how many rows there are");
	if (!sf_result_parts(c, (unsigned)n + 1, err))
		return false;
	if (!c->chunk && (!chunk_list(c, list, (unsigned)n, &sum, err) || !chunk_headers(c, data, err)))
		return false;
	for (unsigned i = sum = 0; i < (unsigned)n; i++)
		sum += c->part_rows[i + 1];
	if (sum > total)
		return err_set(err, ERR_FORMAT, "incomplete result: the chunks have more rows than the whole");
	c->part_rows[0] = total - sum;
	c->total = c->progress.total = total;
	return true;
}

static void part_done(struct sf_client *c, struct err *err)
{
	if (!sf_result_part_done(c, err))
		sf_broken(c, err);
	else if (c->part < c->nparts)
		sf_step(c, STEP_PART);
	else if (c->progress.rows != c->total)
		fail(c, SF_TROUBLE_BROKEN, "incomplete result: there are not as many rows as were announced");
	else
		sf_done(c);
}

static void answer(struct sf_client *c, cJSON *json)
{
	const cJSON *data = cJSON_GetObjectItemCaseSensitive(json, "data");
	struct err err = {0};

	if (c->step == STEP_CANCEL) {
		sf_fail(c, SF_TROUBLE_CANCELLED, &c->after);
	} else if (c->step == STEP_LOGOUT) {
		c->in_session = false;
		explicit_bzero(c->token, sizeof(c->token));
		explicit_bzero(c->master, sizeof(c->master));
		sf_done(c);
	} else if (c->step != STEP_PART && !cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(json, "success"))) {
		refused(c, json);
	} else if (c->step == STEP_LOGIN) {
		logged_in(c, data);
	} else if (c->step == STEP_RENEW) {
		renewed(c, data);
	} else if (c->step != STEP_PART && !partitions(c, data, &err)) {
		sf_broken(c, &err);
	} else {
		part_done(c, &err);
	}
}

const struct sf_protocol sf_driver = {request, head, next, answer};
