/* How to reach Snowflake, and whether to: read once, checked whole, before anything is connected.
 *
 * A value comes from the environment, else from a .env file that was named, else from the config file (as snowflake_account),
 * else the default. USE_SNOWFLAKE is never read from the config file: a file left behind must not open a connection. */
#ifndef SNOWFLAKE_SETTINGS_H
#define SNOWFLAKE_SETTINGS_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"

/* id, name, default ("" none), secret, help */
#define SF_SETTING_TABLE(X)                                                                                            \
	X(USE, "USE_SNOWFLAKE", "", false, "true: Snowflake may be asked; else there is no connection at all")         \
	X(ACCOUNT, "SNOWFLAKE_ACCOUNT", "", false, "account: organisation-account, or the address in the browser")     \
	X(USER, "SNOWFLAKE_USER", "", false, "login name of the user")                                                 \
	X(PASSWORD, "SNOWFLAKE_PASSWORD", "", true, "password; Snowflake blocks them step by step: better a key")      \
	X(KEY_BASE64, "SNOWFLAKE_PRIVATE_KEY_BASE64", "", true, "private key: base64 of the PEM file")                 \
	X(KEY_PATH, "SNOWFLAKE_PRIVATE_KEY_PATH", "", false, "private key: PEM file that only you can read")           \
	X(PASSPHRASE, "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE", "", true, "passphrase of the private key")                   \
	X(TOKEN, "SNOWFLAKE_TOKEN", "", true, "programmatic access token")                                             \
	X(TOKEN_FILE, "SNOWFLAKE_TOKEN_FILE", "", false, "file with the token, readable by you only")                  \
	X(WAREHOUSE, "SNOWFLAKE_WAREHOUSE", "", false, "warehouse; else the user's own")                               \
	X(DATABASE, "SNOWFLAKE_DATABASE", "HACKTHETRACK", false, "database")                                           \
	X(SCHEMA, "SNOWFLAKE_SCHEMA", "TELEMETRY", false, "schema")                                                    \
	X(TABLE, "SNOWFLAKE_TABLE", "TELEMETRY_DATA_ALL", false, "table of the telemetry")                             \
	X(ROLE, "SNOWFLAKE_ROLE", "", false, "role; else the user's own")                                              \
	X(CA_FILE, "SNOWFLAKE_CA_FILE", "", false, "certificates to trust instead of the system's")                    \
	X(CONNECT_TO, "SNOWFLAKE_CONNECT_TO", "", false, "HOST:PORT:ADDRESS:PORT: connect there instead")              \
	X(TIMEOUT, "SNOWFLAKE_TIMEOUT", "600", false, "seconds for all of a fetch, retries included")                  \
	X(CONNECT_TIMEOUT, "SNOWFLAKE_CONNECT_TIMEOUT", "10", false, "seconds for one connection")                     \
	X(LOW_SPEED_TIME, "SNOWFLAKE_LOW_SPEED_TIME", "30", false, "seconds of silence that end a request")

enum sf_name {
#define X(id, name, def, secret, help) SF_##id,
	SF_SETTING_TABLE(X)
#undef X
		SF_NAMES
};

struct sf_setting {
	const char *name, *def, *help;
	bool secret;
};
extern const struct sf_setting sf_setting_table[SF_NAMES];

/* Which setting a name is, any case; -1: none. */
int sf_setting_by_name(struct str name);

/* What was said; NULL: nothing. Strings belong to whoever said it. */
struct sf_values {
	const char *v[SF_NAMES];
};
/* Adds what is not said yet. get(ctx, "SNOWFLAKE_USER") gives NULL or "" for nothing. */
void sf_values_add(struct sf_values *to, const char *(*get)(void *ctx, const char *name), void *ctx);
/* The environment of this program. */
void sf_values_environment(struct sf_values *to);
/* The text of a .env file: NAME=value, "export" before it and quotes around it allowed, '#' comments; names of others are
 * skipped. Copies go to the arena. Fails with file and line at what is neither. */
bool sf_values_env_file(struct sf_values *to, const char *file, struct str text, struct arena *arena,
			struct err *err) MUST_CHECK;
/* USE_SNOWFLAKE is true (any case). */
bool sf_values_on(const struct sf_values *v);

enum sf_login { SF_LOGIN_PASSWORD, SF_LOGIN_KEY, SF_LOGIN_TOKEN };

struct sf_settings {
	enum sf_login login;
	const char *host;          /* "myorg-my-account.snowflakecomputing.com" */
	const char *account;       /* as JWTs name it: "MYORG-MY_ACCOUNT" */
	const char *login_account; /* as a password login names it: without domain */
	const char *user;          /* as given */
	/* As SHOW prints them: unquoted names in capitals; "" not said. */
	const char *database, *schema, *warehouse, *role, *table;
	const char *password, *key_pem, *passphrase, *token; /* NULL: not given */
	const char *key_from;                                /* for messages: the file, or the variable's name */
	const char *ca_file, *connect_to;                    /* NULL */
	int timeout_s, connect_timeout_s, low_speed_s;
};

/* Checks everything and reads key and token files. The message names the variable and what to do, never a secret. Texts live
 * in the arena. */
bool sf_settings_make(const struct sf_values *v, struct arena *arena, struct sf_settings *out,
		      struct err *err) MUST_CHECK;
/* Overwrites the secrets in memory. */
void sf_settings_wipe(struct sf_settings *s);
/* Takes every secret, "Bearer ..." and "Token=..." out of a text in place. */
void sf_redact(const struct sf_settings *s, char *text);
/* One secret of four bytes or more; NULL is fine. */
void sf_hide(char *text, const char *secret);

/* --- account.c */
/* Account as people write it: org-account, locator, locator.region.cloud, x.privatelink, the URL. host and jwt: room for 256.
 * false: what cannot be one. */
bool sf_account_parse(const char *text, char host[256], char jwt[256], char plain[256]);
/* Name of a database, schema, warehouse, role, table: unquoted in capitals, "quoted" as it is. false: neither. */
bool sf_identifier(const char *text, char out[256]);

#endif
