/* A private key, and the tokens signed with it. */
#ifndef SNOWFLAKE_KEY_H
#define SNOWFLAKE_KEY_H

#include <stdint.h>

#include "core/source/snowflake/libs.h"
#include "core/source/snowflake/settings.h"

struct sf_key;

/* RSA of 2048 bits or more, PKCS#1 or PKCS#8, encrypted or not. Never asks at the terminal. `from` names the key in messages. */
struct sf_key *sf_key_load(const struct sf_crypto *c, const char *pem, const char *passphrase, const char *from,
			   struct err *err) MUST_CHECK;
void sf_key_free(struct sf_key *k); /* NULL is fine */
/* "SHA256:..." of the public key, as Snowflake shows it with DESC USER. */
const char *sf_key_fingerprint(const struct sf_key *k);
/* RS256, valid from now_ms (since 1970) for 59 minutes; appended to out. account and user in capitals in the token. In
 * milliseconds, as Snowflake's own drivers for Node write it, so that no two tokens of a second are the same. */
bool sf_jwt(const struct sf_key *k, const char *account, const char *user, int64_t now_ms, struct buf *out,
	    struct err *err) MUST_CHECK;

#endif
