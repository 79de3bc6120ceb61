#include "core/source/snowflake/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	BITS_LEAST = 2048,
	JWT_LIFE_MS = 3540 * 1000,
	DIGEST = 32,
	PUBLIC_MAX = 16384,
	SIGNATURE_MAX = 4096,
	CLAIMS_MAX = 1200
};

struct sf_key {
	const struct sf_crypto *c;
	EVP_PKEY *pkey;
	char fingerprint[64];
};

/* --- Loading ------------------------------------------------------------------------------------------------------ */

struct ask {
	const char *passphrase;
	bool asked;
};

/* OpenSSL's own would open /dev/tty and write over the screen. */
static int passphrase_cb(char *out, int cap, int writing, void *ctx)
{
	struct ask *a = ctx;
	size_t n = a->passphrase ? strlen(a->passphrase) : 0;

	(void)writing;
	a->asked = true;
	if (n == 0 || n > (size_t)cap)
		return -1;
	memcpy(out, a->passphrase, n);
	return (int)n;
}

/* What the failure means for whoever set the key. */
static void explain(const struct sf_crypto *c, const struct ask *a, const char *from, struct err *err)
{
	bool unsupported = false;
	unsigned long code;

	while ((code = c->ERR_get_error()) != 0) {
		const char *why = c->ERR_reason_error_string(code);
		unsupported |= why && strstr(why, "unsupported");
	}
	if (a->asked && !a->passphrase)
		err_set(err, ERR_FORMAT, "%s: the private key is encrypted: set SNOWFLAKE_PRIVATE_KEY_PASSPHRASE",
			from);
	else if (unsupported && a->asked)
		err_set(err, ERR_FORMAT,
			"%s: the private key is encrypted in an old way: openssl pkcs8 -topk8 -v2 aes256 writes it "
			"anew",
			from);
	else if (a->asked)
		err_set(err, ERR_FORMAT, "%s: SNOWFLAKE_PRIVATE_KEY_PASSPHRASE does not open the private key", from);
	else
		err_set(err, ERR_FORMAT, "%s: this is no private key in PEM form (-----BEGIN PRIVATE KEY-----)", from);
}

static void base64(struct buf *out, const unsigned char *p, size_t n, bool url)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

	for (size_t i = 0; i < n; i += 3) {
		unsigned v = (unsigned)p[i] << 16 | (i + 1 < n ? (unsigned)p[i + 1] << 8 : 0) |
			     (i + 2 < n ? (unsigned)p[i + 2] : 0);
		for (unsigned k = 0; k < 4; k++) {
			unsigned six = v >> (18 - 6 * k) & 63;
			if (i + k > n) { /* k characters carry k - 1 bytes */
				if (!url)
					buf_char(out, '=');
				continue;
			}
			buf_char(out, six < 62 ? set[six] : six == 62 ? (url ? '-' : '+') : (url ? '_' : '/'));
		}
	}
}

static bool fingerprint(struct sf_key *k)
{
	unsigned char *der = NULL, digest[DIGEST];
	unsigned n = DIGEST;
	struct buf out;
	int len = k->c->i2d_PUBKEY(k->pkey, &der);
	bool ok = len > 0 && len < PUBLIC_MAX &&
		  k->c->EVP_Digest(der, (size_t)len, digest, &n, k->c->EVP_sha256(), NULL) == 1;

	if (der)
		k->c->CRYPTO_free(der, __FILE__, __LINE__);
	buf_init(&out, sizeof(k->fingerprint) - 1);
	if (ok) {
		base64(&out, digest, n, false);
		ok = !out.failed && out.n > 0;
	}
	if (ok)
		snprintf(k->fingerprint, sizeof(k->fingerprint), "SHA256:%s", out.p);
	buf_release(&out);
	return ok;
}

static bool usable(struct sf_key *k, const char *from, struct err *err)
{
	int bits = k->c->EVP_PKEY_get_bits(k->pkey);

	if (k->c->EVP_PKEY_get_base_id(k->pkey) != EVP_PKEY_RSA)
		return err_set(err, ERR_FORMAT, "%s: Snowflake takes RSA keys only, this is another kind", from);
	if (bits < BITS_LEAST)
		return err_set(err, ERR_FORMAT, "%s: the RSA key has %d bits, Snowflake takes %d or more", from, bits,
			       BITS_LEAST);
	if (!fingerprint(k))
		return err_set(err, ERR_FORMAT, "%s: OpenSSL cannot use the private key", from);
	return true;
}

struct sf_key *sf_key_load(const struct sf_crypto *c, const char *pem, const char *passphrase, const char *from,
			   struct err *err)
{
	struct sf_key *k = calloc(1, sizeof(*k));
	struct ask ask = {passphrase, false};
	BIO *bio = k ? c->BIO_new_mem_buf(pem, (int)strlen(pem)) : NULL;

	if (!bio) {
		free(k);
		err_set(err, ERR_NOMEM, "no memory for the private key");
		return NULL;
	}
	k->c = c;
	c->ERR_clear_error();
	k->pkey = c->PEM_read_bio_PrivateKey(bio, NULL, passphrase_cb, &ask);
	c->BIO_free(bio);
	if (!k->pkey)
		explain(c, &ask, from, err);
	if (!k->pkey || !usable(k, from, err)) {
		sf_key_free(k);
		return NULL;
	}
	return k;
}

void sf_key_free(struct sf_key *k)
{
	if (k && k->pkey)
		k->c->EVP_PKEY_free(k->pkey);
	free(k);
}

const char *sf_key_fingerprint(const struct sf_key *k)
{
	return k->fingerprint;
}

/* --- Tokens --------------------------------------------------------------------------------------------------------- */

static void json_upper(struct buf *out, const char *s)
{
	for (; *s; s++) {
		char c = *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s;
		if (c == '"' || c == '\\')
			buf_char(out, '\\');
		if ((unsigned char)c < ' ')
			buf_fmt(out, "\\u%04x", (unsigned)c);
		else
			buf_char(out, c);
	}
}

static void claims(const struct sf_key *k, const char *account, const char *user, int64_t now_ms, struct buf *out)
{
	buf_str(out, "{\"iss\":\"");
	json_upper(out, account);
	buf_char(out, '.');
	json_upper(out, user);
	buf_fmt(out, ".%s\",\"sub\":\"", k->fingerprint);
	json_upper(out, account);
	buf_char(out, '.');
	json_upper(out, user);
	buf_fmt(out, "\",\"iat\":%lld,\"exp\":%lld}", (long long)now_ms, (long long)now_ms + JWT_LIFE_MS);
}

static bool sign(const struct sf_key *k, struct str text, unsigned char *sig, size_t *n)
{
	EVP_MD_CTX *ctx = k->c->EVP_MD_CTX_new();
	bool ok = ctx && k->c->EVP_PKEY_get_size(k->pkey) <= SIGNATURE_MAX &&
		  k->c->EVP_DigestSignInit(ctx, NULL, k->c->EVP_sha256(), NULL, k->pkey) == 1 &&
		  k->c->EVP_DigestSign(ctx, sig, n, (const unsigned char *)text.p, text.n) == 1;

	k->c->EVP_MD_CTX_free(ctx);
	return ok;
}

bool sf_jwt(const struct sf_key *k, const char *account, const char *user, int64_t now_ms, struct buf *out,
	    struct err *err)
{
	static const char head[] = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
	unsigned char sig[SIGNATURE_MAX];
	size_t from = out->n, n = sizeof(sig);
	struct buf body;

	buf_init(&body, CLAIMS_MAX);
	claims(k, account, user, now_ms, &body);
	base64(out, (const unsigned char *)head, sizeof(head) - 1, true);
	buf_char(out, '.');
	if (!body.failed)
		base64(out, (const unsigned char *)body.p, body.n, true);
	bool ok = !body.failed && !out->failed && sign(k, (struct str){out->p + from, out->n - from}, sig, &n);
	buf_release(&body);
	if (!ok)
		return err_set(err, ERR_FORMAT, "a token cannot be signed with the private key");
	buf_char(out, '.');
	base64(out, sig, n, true);
	return !out->failed || err_set(err, ERR_NOMEM, "no memory for a token");
}
