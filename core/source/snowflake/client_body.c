/* The body of an answer: unpacked, its rows handed out, the rest kept. */
#include <string.h>

#include "core/source/snowflake/client_state.h"

/* Telemetry of all cars of a race is under 2 GiB; what goes on longer is no answer. */
static const uint64_t body_most = (uint64_t)64 * 1024 * 1024 * 1024;

/* Only an answer with 200 has rows; others are small, and some are a proxy's HTML. */
static bool unpacked(void *ctx, struct str bytes, struct err *err)
{
	struct sf_client *c = ctx;

	if (c->answer)
		return sf_answer_feed(c->answer, bytes, err);
	if (c->small.n + bytes.n > SF_SMALL_MAX) /* the rest of an error page says nothing */
		return true;
	return buf_add(&c->small, bytes.p, bytes.n) || err_set(err, ERR_NOMEM, "no memory for an answer");
}

static bool begin_answer(struct sf_client *c, struct err *err)
{
	bool chunk = c->protocol == &sf_driver && c->step == STEP_PART;
	bool part = c->step == STEP_PART;
	bool result = part || c->step == STEP_SUBMIT || c->step == STEP_POLL;
	struct sf_answer_fns f = {
		.head = part ? NULL : c->protocol->head, .row = result ? sf_result_row : NULL, .ctx = c};

	if (c->answer_status != 200 || !result)
		return true;
	c->answer = sf_answer_new(&f, chunk);
	return c->answer || err_set(err, ERR_NOMEM, "no memory for an answer");
}

bool sf_body_take(void *ctx, struct str bytes, struct err *err)
{
	struct sf_client *c = ctx;
	int status = http_status(c->http);

	if (status >= 300 && status < 400)
		return true; /* of a redirection */
	if (c->answer_status == 0) {
		c->answer_status = status;
		if (!begin_answer(c, err))
			return false;
	}
	return sf_inflate_feed(c->inflate, bytes, err);
}

bool sf_body_begin(struct sf_client *c, struct err *err)
{
	sf_body_drop(c);
	c->answer_status = 0;
	c->ours = c->fatal = false;
	c->seen = 0;
	c->again = 0;
	buf_init(&c->small, SF_SMALL_MAX);
	c->inflate = sf_inflate_new(unpacked, c, body_most);
	return c->inflate || err_set(err, ERR_NOMEM, "no memory for an answer");
}

void sf_body_drop(struct sf_client *c)
{
	sf_inflate_free(c->inflate);
	sf_answer_free(c->answer);
	buf_release(&c->small);
	c->inflate = NULL;
	c->answer = NULL;
}

static cJSON *small_json(struct sf_client *c, int status, struct err *err)
{
	cJSON *json = c->small.n > 0 ? cJSON_ParseWithLength(c->small.p, c->small.n) : NULL;

	if (json && cJSON_IsObject(json))
		return json;
	cJSON_Delete(json);
	if (status == 200 || status == 202) {
		err_set(err, ERR_FORMAT,
			"the answer is not what Snowflake sends (not JSON: a proxy's or a login page?)");
		return NULL;
	}
	return cJSON_CreateObject();
}

cJSON *sf_body_end(struct sf_client *c, int status, struct err *err)
{
	bool whole = sf_inflate_end(c->inflate, err);

	if (!whole && (c->answer || status == 200))
		return NULL;
	return c->answer ? sf_answer_end(c->answer, err) : small_json(c, status, err);
}
