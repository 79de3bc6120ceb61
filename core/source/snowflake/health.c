#include "core/source/snowflake/health.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/source/snowflake/http.h"

enum { VALUES = 3 };

struct sf_health {
	struct arena *arena;
	struct sf_settings settings;
	struct sf_client *client;
	struct sf_health_told told;
	int64_t begun;
	bool asked; /* the statement is over; a session may still be closed */
};

const char *sf_health_word(enum sf_health_state s)
{
	static const char *const words[] = {[SF_HEALTH_DISABLED] = "disabled",
					    [SF_HEALTH_ASKING] = "asking",
					    [SF_HEALTH_OK] = "ok",
					    [SF_HEALTH_UNAVAILABLE] = "unavailable",
					    [SF_HEALTH_ERROR] = "error"};

	return words[s];
}

const char *sf_advice(enum sf_trouble t, const char *code)
{
	static const struct {
		const char *code, *advice;
	} known[] = {
		{"390144", "check account, user and that the public key is the user's (DESC USER, RSA_PUBLIC_KEY_FP)"},
		{"390100", "check SNOWFLAKE_USER and SNOWFLAKE_PASSWORD; accounts may ask for a key pair"},
		{"390303", "the token is not valid: make a new one"},
		{"390318", "the token has expired: make a new one"},
		{"394400", "the token is not valid: make a new one"},
		{"390189", "check SNOWFLAKE_ROLE"},
		{"000606", "set SNOWFLAKE_WAREHOUSE"},
		{"002003", "check SNOWFLAKE_DATABASE, _SCHEMA and _TABLE, and what the role may read"},
		{"390201", "check SNOWFLAKE_DATABASE, _SCHEMA and _WAREHOUSE"},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].code, code) == 0)
			return known[i].advice;
	return t == SF_TROUBLE_UNTRUSTED
		       ? "SNOWFLAKE_CA_FILE names certificates of your own; the check cannot be switched off"
		       : "";
}

static void tell(struct sf_health *h, enum sf_health_state state, const char *why, const char *advice)
{
	h->told.state = state;
	snprintf(h->told.why, sizeof(h->told.why), "%.390s%s%.200s", why, *advice ? ": " : "", advice);
	h->asked = true;
}

/* --- The answer ------------------------------------------------------------------------------------------------------ */

static void keep(char *out, size_t cap, const struct str *cell)
{
	size_t n = cell->p && cell->n < cap ? cell->n : 0;

	if (n > 0)
		memcpy(out, cell->p, n);
	out[n] = '\0';
}

static bool row(void *ctx, const struct str *cells, unsigned n, struct err *err)
{
	struct sf_health *h = ctx;

	(void)err;
	keep(h->told.version, sizeof(h->told.version), &cells[0]);
	if (n == VALUES) {
		keep(h->told.role, sizeof(h->told.role), &cells[1]);
		keep(h->told.warehouse, sizeof(h->told.warehouse), &cells[2]);
	}
	return true;
}

static void answered(struct sf_health *h)
{
	const struct sf_progress *p = sf_client_progress(h->client);

	h->told.ms = sf_now_ms() - h->begun;
	if (!h->told.version[0]) {
		tell(h, SF_HEALTH_ERROR, "Snowflake does not say its version", "");
		return;
	}
	if (!h->told.role[0])
		snprintf(h->told.role, sizeof(h->told.role), "%s", p->role);
	if (!h->told.warehouse[0])
		snprintf(h->told.warehouse, sizeof(h->told.warehouse), "%s", p->warehouse);
	tell(h, SF_HEALTH_OK, "", "");
}

static void refused(struct sf_health *h)
{
	const struct sf_progress *p = sf_client_progress(h->client);
	bool away = p->trouble == SF_TROUBLE_UNAVAILABLE;

	snprintf(h->told.code, sizeof(h->told.code), "%s", p->code);
	tell(h, away ? SF_HEALTH_UNAVAILABLE : SF_HEALTH_ERROR, sf_client_error(h->client)->msg,
	     sf_advice(p->trouble, p->code));
}

/* --- Life ------------------------------------------------------------------------------------------------------------- */

static bool ask(struct sf_health *h, struct err *err)
{
	const struct sf_hooks hooks = {NULL, row, h};
	int most = h->settings.timeout_s < SF_HEALTH_MOST_S ? h->settings.timeout_s : SF_HEALTH_MOST_S;
	struct sf_query *q;

	h->client = sf_client_new(&h->settings, err);
	q = h->client ? sf_query_health(err) : NULL;
	return q && sf_client_start(h->client, q, &hooks, most, false, err);
}

struct sf_health *sf_health_new(const struct sf_values *values)
{
	struct sf_health *h = calloc(1, sizeof(*h));
	struct err err = {0};

	if (!h)
		return NULL;
	h->begun = sf_now_ms();
	h->arena = arena_new(1u << 20);
	if (!h->arena) {
		free(h);
		return NULL;
	}
	h->told.state = SF_HEALTH_ASKING;
	if (!sf_values_on(values))
		tell(h, SF_HEALTH_DISABLED, "USE_SNOWFLAKE is not true: no network is used", "");
	else if (!sf_settings_make(values, h->arena, &h->settings, &err) || !ask(h, &err))
		tell(h, SF_HEALTH_ERROR, err.msg, "");
	return h;
}

void sf_health_free(struct sf_health *h)
{
	if (!h)
		return;
	sf_client_free(h->client);
	sf_settings_wipe(&h->settings);
	arena_free(h->arena);
	free(h);
}

int sf_health_wait(struct sf_health *h, struct pollfd *fds, int max, int *timeout_ms)
{
	if (sf_health_done(h))
		return 0;
	if (sf_client_state(h->client) != SF_RUNNING)
		*timeout_ms = 0;
	return sf_client_wait(h->client, fds, max, timeout_ms);
}

void sf_health_woke(struct sf_health *h, const struct pollfd *fds, int n)
{
	if (sf_health_done(h))
		return;
	sf_client_woke(h->client, fds, n);
	if (h->asked || sf_client_state(h->client) == SF_RUNNING)
		return;
	if (sf_client_state(h->client) == SF_DONE)
		answered(h);
	else
		refused(h);
	sf_client_close(h->client);
}

bool sf_health_done(const struct sf_health *h)
{
	return h->asked && (!h->client || sf_client_state(h->client) != SF_RUNNING);
}

void sf_health_cancel(struct sf_health *h)
{
	if (h->client && !h->asked)
		sf_client_cancel(h->client);
}

const struct sf_health_told *sf_health_tell(const struct sf_health *h)
{
	return &h->told;
}
