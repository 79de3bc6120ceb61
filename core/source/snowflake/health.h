/* Is Snowflake there, and as whom does it know us? One small statement, driven as client.h is. */
#ifndef SNOWFLAKE_HEALTH_H
#define SNOWFLAKE_HEALTH_H

#include "core/source/snowflake/client.h"

enum { SF_HEALTH_MOST_S = 20 };

enum sf_health_state {
	SF_HEALTH_DISABLED, /* USE_SNOWFLAKE is not true: nothing was connected */
	SF_HEALTH_ASKING,
	SF_HEALTH_OK,
	SF_HEALTH_UNAVAILABLE, /* no answer: network, proxy, certificate, too busy */
	SF_HEALTH_ERROR,       /* settings, or an answer that says no */
};

struct sf_health_told {
	enum sf_health_state state;
	char version[64], role[256], warehouse[256]; /* of OK; "" not said */
	int64_t ms;                                  /* of OK: from the first byte sent to the answer */
	char code[16];                               /* of ERROR: Snowflake's own id; "" none */
	char why[600];                               /* what is wrong and what to do */
};

/* "disabled" "asking" "ok" "unavailable" "error" */
const char *sf_health_word(enum sf_health_state s);
/* What to do about a failed statement, "" nothing known. */
const char *sf_advice(enum sf_trouble t, const char *code);

struct sf_health;

/* values: what was said; not on: told at once. NULL: no memory. */
struct sf_health *sf_health_new(const struct sf_values *values);
void sf_health_free(struct sf_health *h); /* NULL is fine */
int sf_health_wait(struct sf_health *h, struct pollfd *fds, int max, int *timeout_ms);
void sf_health_woke(struct sf_health *h, const struct pollfd *fds, int n);
bool sf_health_done(const struct sf_health *h);
void sf_health_cancel(struct sf_health *h);
const struct sf_health_told *sf_health_tell(const struct sf_health *h);

#endif
