#include "core/source/snowflake/settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/num.h"
#include "core/base/path.h"

enum { SECRET_FILE_MAX = 64 * 1024, SECRET_SHORTEST = 4, SECONDS_MAX = 604800 };

static const char *copy(struct arena *a, const char *text, bool *ok)
{
	char *p = arena_str(a, str_from(text));

	*ok = *ok && p;
	return p;
}

static bool seconds(const struct sf_values *v, enum sf_name name, int *out, struct err *err)
{
	const char *text = v->v[name] ? v->v[name] : sf_setting_table[name].def;
	int64_t n;

	if (!int_parse(str_from(text), &n) || n < 1 || n > SECONDS_MAX)
		return err_set(err, ERR_FORMAT, "%s is a number of seconds from 1 to %d", sf_setting_table[name].name,
			       SECONDS_MAX);
	*out = (int)n;
	return true;
}

static bool identifier(const struct sf_values *v, enum sf_name name, struct arena *a, const char **out, struct err *err)
{
	const char *text = v->v[name] ? v->v[name] : sf_setting_table[name].def;
	char id[256] = "";
	bool ok = true;

	if (*text && !sf_identifier(text, id))
		return err_set(err, ERR_FORMAT,
			       "%s is no name: letters, digits, _ and $, or anything within double quotes",
			       sf_setting_table[name].name);
	*out = copy(a, id, &ok);
	return ok || err_set(err, ERR_NOMEM, "no memory for the settings");
}

/* --- Secrets in files ---------------------------------------------------------------------------------------------- */

/* Nobody else may read it: what others can read is no secret any more. */
static bool only_ours(const char *path, enum sf_name name, struct err *err)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_set(err, ERR_IO, "%s: %s: %s", sf_setting_table[name].name, path, strerror(errno));
	if (S_ISREG(st.st_mode) && (st.st_mode & 077) != 0)
		return err_set(err, ERR_FORMAT, "%s: %s can be read by others (mode %04o): chmod 600 it",
			       sf_setting_table[name].name, path, (unsigned)(st.st_mode & 07777));
	return true;
}

static const char *secret_file(const char *path, enum sf_name name, struct arena *a, struct err *err)
{
	struct buf text;
	const char *p = NULL;

	if (!only_ours(path, name, err))
		return NULL;
	buf_init(&text, SECRET_FILE_MAX);
	if (!file_read(path, &text, err))
		err_prefix(err, "%s", sf_setting_table[name].name);
	else if (!(p = arena_str(a, buf_view(&text))))
		err_set(err, ERR_NOMEM, "no memory for the settings");
	if (text.p)
		explicit_bzero(text.p, text.n);
	buf_release(&text);
	return p;
}

/* A header cannot hold a line end, and no token holds a blank. */
static bool token(struct arena *a, const char *text, const char *from, const char **out, struct err *err)
{
	struct str t = {text, strlen(text)};

	while (t.n > 0 && strchr(" \t\r\n", t.p[t.n - 1]))
		t.n--;
	while (t.n > 0 && strchr(" \t\r\n", t.p[0]))
		t = (struct str){t.p + 1, t.n - 1};
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] <= ' ' || t.p[i] > '~')
			return err_set(err, ERR_FORMAT, "%s: a token is one word of ASCII", from);
	if (t.n == 0)
		return err_set(err, ERR_FORMAT, "%s: the token is empty", from);
	*out = arena_str(a, t);
	return *out || err_set(err, ERR_NOMEM, "no memory for the settings");
}

/* --- Base64 ---------------------------------------------------------------------------------------------------------- */

static int sextet(char c)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *p = c ? strchr(set, c) : NULL;

	return p ? (int)(p - set) : -1;
}

/* On one line, wrapped, CRLF, parted by blanks: all of it is met in variables. */
static const char *decode(const char *text, struct arena *a, struct err *err)
{
	char *out = arena_alloc(a, strlen(text) + 1);
	size_t n = 0;
	unsigned bits = 0, have = 0, pad = 0;

	if (!out) {
		err_set(err, ERR_NOMEM, "no memory for the settings");
		return NULL;
	}
	for (; *text; text++) {
		int v = sextet(*text);
		if (strchr(" \t\r\n", *text))
			continue;
		pad += *text == '=';
		if (*text == '=' ? pad > 2 : v < 0 || pad > 0)
			break;
		if (v < 0)
			continue;
		bits = (bits << 6 | (unsigned)v) & 0xffffff;
		have += 6;
		if (have >= 8)
			out[n++] = (char)(bits >> (have -= 8) & 0xff);
	}
	if (*text || memchr(out, '\0', n)) {
		err_set(err, ERR_FORMAT, "%s is not base64 of a PEM file: base64 -w0 key.p8",
			sf_setting_table[SF_KEY_BASE64].name);
		return NULL;
	}
	out[n] = '\0';
	return out;
}

/* --- All of it --------------------------------------------------------------------------------------------------------- */

static bool credential(const struct sf_values *v, struct arena *a, struct sf_settings *s, struct err *err)
{
	bool ok = true;
	const char *text;

	if (v->v[SF_PASSWORD]) {
		s->login = SF_LOGIN_PASSWORD;
		s->password = copy(a, v->v[SF_PASSWORD], &ok);
	} else if (v->v[SF_KEY_BASE64]) {
		s->login = SF_LOGIN_KEY;
		s->key_from = sf_setting_table[SF_KEY_BASE64].name;
		text = v->v[SF_KEY_BASE64];
		s->key_pem = strncmp(text, "-----BEGIN", 10) == 0 ? copy(a, text, &ok) : decode(text, a, err);
		if (!s->key_pem)
			return ok ? false : err_set(err, ERR_NOMEM, "no memory for the settings");
	} else if (v->v[SF_KEY_PATH]) {
		s->login = SF_LOGIN_KEY;
		s->key_from = copy(a, v->v[SF_KEY_PATH], &ok);
		s->key_pem = secret_file(v->v[SF_KEY_PATH], SF_KEY_PATH, a, err);
		if (!s->key_pem)
			return false;
	} else if (v->v[SF_TOKEN]) {
		s->login = SF_LOGIN_TOKEN;
		return token(a, v->v[SF_TOKEN], sf_setting_table[SF_TOKEN].name, &s->token, err);
	} else if (v->v[SF_TOKEN_FILE]) {
		s->login = SF_LOGIN_TOKEN;
		text = secret_file(v->v[SF_TOKEN_FILE], SF_TOKEN_FILE, a, err);
		return text && token(a, text, v->v[SF_TOKEN_FILE], &s->token, err);
	} else {
		return err_set(
			err, ERR_FORMAT,
			"no credential for Snowflake: set SNOWFLAKE_PRIVATE_KEY_PATH (a key pair) or SNOWFLAKE_TOKEN");
	}
	if (ok && v->v[SF_PASSPHRASE])
		s->passphrase = copy(a, v->v[SF_PASSPHRASE], &ok);
	return ok || err_set(err, ERR_NOMEM, "no memory for the settings");
}

static bool names(const struct sf_values *v, struct arena *a, struct sf_settings *s, struct err *err)
{
	return identifier(v, SF_DATABASE, a, &s->database, err) && identifier(v, SF_SCHEMA, a, &s->schema, err) &&
	       identifier(v, SF_WAREHOUSE, a, &s->warehouse, err) && identifier(v, SF_ROLE, a, &s->role, err) &&
	       identifier(v, SF_TABLE, a, &s->table, err);
}

static bool account(const struct sf_values *v, struct arena *a, struct sf_settings *s, struct err *err)
{
	char host[256], jwt[256], plain[256];
	bool ok = true;

	for (int i = SF_ACCOUNT; i <= SF_USER; i++)
		if (!v->v[i])
			return err_set(err, ERR_FORMAT, "%s is not set", sf_setting_table[i].name);
	if (!sf_account_parse(v->v[SF_ACCOUNT], host, jwt, plain))
		return err_set(err, ERR_FORMAT, "SNOWFLAKE_ACCOUNT is no account: write organisation-account");
	s->host = copy(a, host, &ok);
	s->account = copy(a, jwt, &ok);
	s->login_account = copy(a, plain, &ok);
	s->user = copy(a, v->v[SF_USER], &ok);
	if (v->v[SF_CA_FILE])
		s->ca_file = copy(a, v->v[SF_CA_FILE], &ok);
	if (v->v[SF_CONNECT_TO])
		s->connect_to = copy(a, v->v[SF_CONNECT_TO], &ok);
	return ok || err_set(err, ERR_NOMEM, "no memory for the settings");
}

bool sf_settings_make(const struct sf_values *v, struct arena *arena, struct sf_settings *out, struct err *err)
{
	struct sf_settings s = {.login = SF_LOGIN_KEY};

	*out = s;
	if (!account(v, arena, &s, err) || !names(v, arena, &s, err) || !seconds(v, SF_TIMEOUT, &s.timeout_s, err) ||
	    !seconds(v, SF_CONNECT_TIMEOUT, &s.connect_timeout_s, err) ||
	    !seconds(v, SF_LOW_SPEED_TIME, &s.low_speed_s, err) || !credential(v, arena, &s, err))
		return false;
	*out = s;
	return true;
}

/* --- Secrets in texts -------------------------------------------------------------------------------------------------- */

static void wipe(const char *secret)
{
	/* The arena's memory is ours to write; only the view of it is const. */
	char *p;

	memcpy(&p, &secret, sizeof(p));
	if (p)
		explicit_bzero(p, strlen(p));
}

void sf_settings_wipe(struct sf_settings *s)
{
	wipe(s->password);
	wipe(s->key_pem);
	wipe(s->passphrase);
	wipe(s->token);
	s->password = s->key_pem = s->passphrase = s->token = NULL;
}

void sf_hide(char *text, const char *secret)
{
	size_t n = secret ? strlen(secret) : 0;

	if (n < SECRET_SHORTEST)
		return;
	for (char *p = strstr(text, secret); p; p = strstr(p + n, secret))
		memset(p, '*', n);
}

/* The word after a mark, whatever it is. */
static void hide_after(char *text, const char *mark)
{
	size_t n = strlen(mark);

	for (char *p = strstr(text, mark); p; p = strstr(p, mark)) {
		p += n;
		for (; *p && !strchr(" \t\r\n\"',", *p); p++)
			*p = '*';
	}
}

void sf_redact(const struct sf_settings *s, char *text)
{
	sf_hide(text, s->password);
	sf_hide(text, s->passphrase);
	sf_hide(text, s->token);
	sf_hide(text, s->key_pem);
	hide_after(text, "Bearer ");
	hide_after(text, "Token=\"");
}
