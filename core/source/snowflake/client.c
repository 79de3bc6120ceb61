/* The life of a statement: one request after another, each tried again by the rules, all within one deadline. */
#include "core/source/snowflake/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "core/base/log.h"
#include "core/source/snowflake/client_state.h"

enum { BROKEN_MAX = 2, HURRIED_TRIES = 3, SUBMIT_GRACE_MS = 700, PAUSES_MS = 60000 };

static const char *const step_names[] = {
	[STEP_NONE] = "",
	[STEP_LOGIN] = "logging in",
	[STEP_RENEW] = "renewing",
	[STEP_SUBMIT] = "submitting",
	[STEP_POLL] = "running",
	[STEP_PART] = "fetching",
	[STEP_CANCEL] = "cancelling",
	[STEP_LOGOUT] = "logging out",
};

/* --- Life ------------------------------------------------------------------------------------------------------------ */

static bool load(struct sf_client *c, struct err *err)
{
	const struct http_options o = {.ca_file = c->s->ca_file,
				       .connect_to = c->s->connect_to,
				       .connect_timeout_s = c->s->connect_timeout_s,
				       .low_speed_s = c->s->low_speed_s};

	if (c->s->login == SF_LOGIN_KEY) {
		if (!sf_crypto_load(&c->crypto, err))
			return false;
		c->key = sf_key_load(&c->crypto, c->s->key_pem, c->s->passphrase, c->s->key_from, err);
		if (!c->key)
			return false;
	}
	if (!sf_curl_load(&c->curl, err))
		return false;
	c->http = http_new(&c->curl, &o, err);
	return c->http != NULL;
}

struct sf_client *sf_client_new(const struct sf_settings *s, struct err *err)
{
	struct sf_client *c = calloc(1, sizeof(*c));

	if (!c) {
		err_set(err, ERR_NOMEM, "no memory for Snowflake");
		return NULL;
	}
	c->s = s;
	c->protocol = s->login == SF_LOGIN_PASSWORD ? &sf_driver : &sf_sqlapi;
	buf_init(&c->body, SF_BODY);
	buf_init(&c->text, SF_HEADER);
	c->progress.doing = "";
	/* The memory of a program that crashes lies on a disk for a long time: not with a key in it. */
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	if (!load(c, err)) {
		sf_client_free(c);
		return NULL;
	}
	return c;
}

void sf_client_free(struct sf_client *c)
{
	if (!c)
		return;
	http_free(c->http);
	sf_body_drop(c);
	sf_result_clear(c);
	sf_query_free(c->query);
	sf_key_free(c->key);
	buf_release(&c->body);
	buf_release(&c->text);
	explicit_bzero(c->token, sizeof(c->token));
	explicit_bzero(c->master, sizeof(c->master));
	free(c);
}

bool sf_left_ms(const struct sf_client *c, int64_t *left)
{
	*left = c->deadline - sf_now_ms();
	return *left > 0;
}

/* --- Ends ------------------------------------------------------------------------------------------------------------- */

static void ended(struct sf_client *c, enum sf_client_state state)
{
	if (c->step == STEP_LOGOUT)
		state = c->before_close;
	http_stop(c->http);
	sf_body_drop(c);
	c->step = STEP_NONE;
	c->pause_until = 0;
	c->state = state;
	c->progress.doing = "";
	/* Requests held tokens; what is held longer is in settings. */
	if (c->text.p)
		explicit_bzero(c->text.p, c->text.n);
	if (c->body.p)
		explicit_bzero(c->body.p, c->body.n);
}

void sf_done(struct sf_client *c)
{
	if (c->step != STEP_LOGOUT)
		log_line("snowflake: done, %llu rows, %u requests, %u sent again", (unsigned long long)c->progress.rows,
			 c->progress.requests, c->progress.retries);
	ended(c, SF_DONE);
}

static void failed(struct sf_client *c, enum sf_trouble t, const struct err *err)
{
	if (c->step == STEP_LOGOUT) { /* what the statement came to stands */
		ended(c, c->before_close);
		return;
	}
	c->err = *err;
	sf_redact(c->s, c->err.msg);
	sf_hide(c->err.msg, c->token);
	sf_hide(c->err.msg, c->master);
	c->progress.trouble = t;
	log_line("snowflake: %s", c->err.msg);
	ended(c, SF_FAILED);
}

/* May the statement still run, so that the server must be told? */
static bool may_run(const struct sf_client *c)
{
	if (c->protocol == &sf_driver)
		return c->in_session &&
		       (c->step == STEP_SUBMIT ? c->sent : c->step == STEP_POLL || c->step == STEP_PART);
	return c->progress.statement[0] && (c->step == STEP_SUBMIT || c->step == STEP_POLL || c->step == STEP_PART);
}

static void cancel_at_server(struct sf_client *c, enum sf_trouble t, const struct err *err)
{
	c->after = *err;
	c->after_trouble = t;
	c->deadline = sf_now_ms() + SF_CANCEL_MS - (c->cancelling ? SUBMIT_GRACE_MS : 0);
	c->cancelling = true;
	sf_step(c, STEP_CANCEL);
}

void sf_fail(struct sf_client *c, enum sf_trouble t, const struct err *err)
{
	http_stop(c->http);
	if (c->step == STEP_CANCEL || (c->step == STEP_SUBMIT && c->cancelling && !may_run(c)))
		failed(c, c->after_trouble, &c->after);
	else if (t != SF_TROUBLE_REFUSED && may_run(c))
		cancel_at_server(c, t, err);
	else
		failed(c, t, err);
}

static void too_late(struct sf_client *c)
{
	struct err err = {0};

	if (c->err.msg[0])
		err_set(&err, ERR_IO, "given up when the time was over: %.300s", c->err.msg);
	else
		err_set(&err, ERR_IO, "Snowflake gave no answer in time (SNOWFLAKE_TIMEOUT)");
	sf_fail(c, SF_TROUBLE_UNAVAILABLE, &err);
}

/* --- One request ------------------------------------------------------------------------------------------------------ */

static void send_request(struct sf_client *c)
{
	struct http_request r = {.take = sf_body_take, .ctx = c};
	struct err err = {0};

	c->pause_until = 0;
	if (!sf_left_ms(c, &r.timeout_ms)) {
		too_late(c);
		return;
	}
	buf_clear(&c->text);
	buf_clear(&c->body);
	c->nheaders = 0;
	c->progress.doing = step_names[c->step];
	if (!c->protocol->request(c, &err) || !sf_body_begin(c, &err)) {
		sf_fail(c, SF_TROUBLE_LOCAL, &err);
		return;
	}
	for (unsigned i = 0; i < c->nheaders; i++)
		c->header[i] = c->text.p + c->header_at[i];
	r.post = c->step != STEP_POLL && c->step != STEP_PART;
	r.url = c->url;
	r.headers = (const char *const *)c->header;
	r.nheaders = c->nheaders;
	r.body = buf_view(&c->body);
	c->progress.requests++;
	c->progress.retries += c->tries > 0;
	if (!http_start(c->http, &r, &err))
		sf_fail(c, SF_TROUBLE_LOCAL, &err);
}

static void pause_for(struct sf_client *c, int64_t ms)
{
	c->pause_until = sf_now_ms() + ms;
	if (c->pause_until == 0)
		c->pause_until = 1;
}

void sf_step(struct sf_client *c, enum sf_step step)
{
	if (step != c->step || step == STEP_PART)
		c->resigned = 0;
	c->tries = c->polls = c->broken = 0;
	c->step = step;
	c->err = (struct err){0};
	send_request(c);
}

/* Again after a pause, or not any more. busy: as long as there is time. */
static void again(struct sf_client *c, bool busy, int64_t after_s, enum sf_trouble t, const struct err *err)
{
	int64_t left;
	unsigned most = !c->patient ? HURRIED_TRIES : busy ? UINT32_MAX : SF_RETRY_MAX + 1;

	c->err = *err;
	if (++c->tries >= most || c->step == STEP_CANCEL || c->step == STEP_LOGOUT ||
	    (c->cancelling && c->step == STEP_SUBMIT)) {
		sf_fail(c, t, err);
		return;
	}
	if (!sf_left_ms(c, &left)) {
		too_late(c);
		return;
	}
	log_line("snowflake: %s: tried again: %s", step_names[c->step], err->msg);
	pause_for(c, sf_retry_pause(c->tries, sf_random(), after_s, left));
}

/* --- What came back ---------------------------------------------------------------------------------------------------- */

static void no_answer(struct sf_client *c, const struct http_reply *r)
{
	struct err err = {0};
	int64_t left;

	switch (r->end) {
	case HTTP_UNTRUSTED:
		err_set(&err, ERR_IO, "%s: its certificate or encryption is not trusted: %s", c->s->host, r->err.msg);
		sf_fail(c, SF_TROUBLE_UNTRUSTED, &err);
		break;
	case HTTP_REFUSED:
		err_set(&err, ERR_IO, "%s: %s", c->s->host, r->err.msg);
		sf_fail(c, SF_TROUBLE_BROKEN, &err);
		break;
	default:
		err_set(&err, ERR_IO, "%s: %s", c->s->host, r->err.msg);
		if (!sf_left_ms(c, &left))
			too_late(c);
		else
			again(c, false, -1, SF_TROUBLE_UNAVAILABLE, &err);
	}
}

/* An answer that came whole and yet is none, or was cut on the way. */
void sf_broken(struct sf_client *c, const struct err *err)
{
	struct err why = *err;

	if (c->ours || c->fatal || why.code == ERR_NOMEM) {
		sf_fail(c, c->ours ? SF_TROUBLE_LOCAL : SF_TROUBLE_BROKEN, &why);
	} else if (++c->broken > BROKEN_MAX) {
		err_prefix(&why, "Snowflake's answer cannot be used");
		sf_fail(c, SF_TROUBLE_BROKEN, &why);
	} else {
		again(c, false, -1, SF_TROUBLE_BROKEN, &why);
	}
}

static void note_code(struct sf_client *c, const cJSON *json)
{
	const char *code = sf_json_string(json, "code");

	c->progress.code[0] = '\0';
	if (code && sf_is_id(code) && strlen(code) < sizeof(c->progress.code))
		snprintf(c->progress.code, sizeof(c->progress.code), "%s", code);
}

static void status_words(struct sf_client *c, int status, const cJSON *json, struct err *err)
{
	const char *message = sf_json_string(json, "message"), *state = sf_json_string(json, "sqlState");

	note_code(c, json);
	if (status == 408)
		err_set(err, ERR_IO,
			"Snowflake cancelled the statement, its time was over: %.230s (%s%s%.10s, HTTP 408)",
			message ? message : "timed out", c->progress.code, state ? "/" : "", state ? state : "");
	else if (c->progress.code[0])
		err_set(err, ERR_IO, "Snowflake: %.250s (%s%s%.10s, HTTP %d)", message ? message : "no message",
			c->progress.code, state ? "/" : "", state ? state : "", status);
	else
		err_set(err, ERR_IO, "Snowflake: HTTP %d%s%.250s", status, message ? ": " : "", message ? message : "");
}

/* A token that was signed by a wrong clock is refused; the server's own clock is then known from its answer. */
static void resign(struct sf_client *c, int status, const cJSON *json, const struct http_reply *r)
{
	struct err err = {0};

	status_words(c, status, json, &err);
	if (c->s->login == SF_LOGIN_KEY && c->resigned++ == 0) {
		log_line("snowflake: the token was refused, a new one is signed: %s", err.msg);
		c->progress.retries++;
		c->sent = false; /* what is refused at the door has not been taken */
		send_request(c);
		return;
	}
	if (c->s->login == SF_LOGIN_KEY && r->date == 0)
		err_prefix(
			&err,
			"the token is refused, and the server does not say its time: is this computer's clock right? ");
	sf_fail(c, SF_TROUBLE_REFUSED, &err);
}

static void by_status(struct sf_client *c, const struct http_reply *r, cJSON *json)
{
	struct err err = {0};
	int64_t left;

	switch (c->protocol->next(c, r->status, json)) {
	case SF_TAKE:
		c->err = (struct err){0};
		c->resigned = 0;
		c->protocol->answer(c, json);
		return;
	case SF_POLL:
		if (c->cancelling) {
			sf_fail(c, c->after_trouble, &c->after);
			return;
		}
		if (c->step != STEP_POLL) {
			c->step = STEP_POLL;
			c->tries = c->polls = c->broken = 0;
		}
		c->err = (struct err){0};
		c->resigned = 0;
		c->progress.doing = step_names[STEP_POLL];
		if (sf_left_ms(c, &left))
			pause_for(c, sf_poll_pause(c->polls++, sf_random(), left));
		else
			too_late(c);
		return;
	case SF_AGAIN:
	case SF_BUSY:
		status_words(c, r->status, json, &err);
		again(c, r->status == 429 || r->status == 503 || r->status == 504, r->retry_after,
		      SF_TROUBLE_UNAVAILABLE, &err);
		return;
	case SF_RESIGN:
		resign(c, r->status, json, r);
		return;
	default:
		status_words(c, r->status, json, &err);
		sf_fail(c, SF_TROUBLE_REFUSED, &err);
	}
}

static void came_back(struct sf_client *c, const struct http_reply *reply)
{
	struct http_reply r = *reply;
	struct err err = {0};

	if (r.date > 0) {
		c->skew = r.date - (int64_t)time(NULL);
		c->skew_known = true;
	}
	if (r.end == HTTP_TAKER) {
		sf_broken(c, &r.err);
		return;
	}
	if (r.end != HTTP_DONE) {
		no_answer(c, &r);
		return;
	}
	cJSON *json = sf_body_end(c, r.status, &err);
	if (!json) {
		sf_broken(c, &err);
		return;
	}
	by_status(c, &r, json);
	cJSON_Delete(json);
}

/* --- Waiting ----------------------------------------------------------------------------------------------------------- */

static void wake_at(int64_t at, int *timeout_ms)
{
	int64_t left = at - sf_now_ms();
	int ms = left < 0 ? 0 : left > PAUSES_MS ? PAUSES_MS : (int)left;

	if (*timeout_ms < 0 || *timeout_ms > ms)
		*timeout_ms = ms;
}

int sf_client_wait(struct sf_client *c, struct pollfd *fds, int max, int *timeout_ms)
{
	if (c->state != SF_RUNNING)
		return 0;
	wake_at(c->pause_until > 0 ? c->pause_until : c->deadline, timeout_ms);
	return c->pause_until > 0 ? 0 : http_wait(c->http, fds, max, timeout_ms);
}

void sf_client_woke(struct sf_client *c, const struct pollfd *fds, int n)
{
	const struct http_reply *r;
	int64_t left;

	if (c->state != SF_RUNNING)
		return;
	if (c->pause_until > 0) {
		if (sf_now_ms() >= c->pause_until)
			send_request(c);
		return;
	}
	http_woke(c->http, fds, n);
	c->progress.bytes = http_bytes(c->http);
	r = http_reply(c->http);
	if (r)
		came_back(c, r);
	else if (!sf_left_ms(c, &left))
		too_late(c);
}

/* --- From outside ------------------------------------------------------------------------------------------------------ */

bool sf_client_start(struct sf_client *c, struct sf_query *q, const struct sf_hooks *hooks, int timeout_s, bool patient,
		     struct err *err)
{
	if (c->state == SF_RUNNING) {
		sf_query_free(q);
		return err_set(err, ERR_USAGE, "a statement runs already");
	}
	sf_query_free(c->query);
	c->query = q;
	c->hooks = *hooks;
	sf_result_clear(c);
	c->progress.statement[0] = c->progress.code[0] = '\0';
	c->progress.rows = 0;
	c->progress.total = UINT64_MAX;
	c->progress.partition = c->progress.partitions = 0;
	c->progress.trouble = SF_TROUBLE_NONE;
	c->patient = patient;
	c->cancelling = c->sent = false;
	c->relogins = c->renewals = 0;
	c->deadline = sf_now_ms() + (int64_t)timeout_s * 1000;
	c->state = SF_RUNNING;
	sf_uuid(c->request_id); /* of its own: an id used before would be answered with the old result */
	sf_step(c, c->protocol == &sf_driver && !c->in_session ? STEP_LOGIN : STEP_SUBMIT);
	return true;
}

void sf_client_cancel(struct sf_client *c)
{
	struct err err = {0};

	if (c->state != SF_RUNNING || c->cancelling)
		return;
	err_set(&err, ERR_CANCELLED, "cancelled");
	c->progress.doing = step_names[STEP_CANCEL];
	/* Submitted, and the answer that names the statement is on its way: without the name it cannot be cancelled. */
	if (c->step == STEP_SUBMIT && c->protocol == &sf_sqlapi && !c->progress.statement[0] && c->pause_until == 0) {
		c->cancelling = true;
		c->after = err;
		c->after_trouble = SF_TROUBLE_CANCELLED;
		c->deadline = sf_now_ms() + SUBMIT_GRACE_MS;
		return;
	}
	sf_fail(c, SF_TROUBLE_CANCELLED, &err);
}

void sf_client_close(struct sf_client *c)
{
	if (c->state == SF_RUNNING || !c->in_session)
		return;
	c->deadline = sf_now_ms() + SF_CLOSE_MS;
	c->before_close = c->state;
	c->state = SF_RUNNING;
	sf_step(c, STEP_LOGOUT);
}

enum sf_client_state sf_client_state(const struct sf_client *c)
{
	return c->state;
}

const struct err *sf_client_error(const struct sf_client *c)
{
	return &c->err;
}

const struct sf_progress *sf_client_progress(const struct sf_client *c)
{
	return &c->progress;
}
