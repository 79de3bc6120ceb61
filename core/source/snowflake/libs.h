/* libcurl and OpenSSL, loaded on first use: linked in plainly they double the time to the first frame of those who never
 * ask Snowflake. The headers are used when building only; each function is reached through these tables. */
#ifndef SNOWFLAKE_LIBS_H
#define SNOWFLAKE_LIBS_H

#include <curl/curl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "core/base/err.h"

#define SF_CURL_TABLE(X)                                                                                               \
	X(curl_global_init)                                                                                            \
	X(curl_easy_init)                                                                                              \
	X(curl_easy_cleanup)                                                                                           \
	X(curl_easy_reset)                                                                                             \
	X(curl_easy_setopt)                                                                                            \
	X(curl_easy_getinfo)                                                                                           \
	X(curl_easy_strerror)                                                                                          \
	X(curl_slist_append)                                                                                           \
	X(curl_slist_free_all)                                                                                         \
	X(curl_getdate)                                                                                                \
	X(curl_multi_init)                                                                                             \
	X(curl_multi_cleanup)                                                                                          \
	X(curl_multi_setopt)                                                                                           \
	X(curl_multi_add_handle)                                                                                       \
	X(curl_multi_remove_handle)                                                                                    \
	X(curl_multi_socket_action)                                                                                    \
	X(curl_multi_info_read)                                                                                        \
	X(curl_multi_strerror)

#define SF_CRYPTO_TABLE(X)                                                                                             \
	X(BIO_new_mem_buf)                                                                                             \
	X(BIO_free)                                                                                                    \
	X(PEM_read_bio_PrivateKey)                                                                                     \
	X(EVP_PKEY_free)                                                                                               \
	X(EVP_PKEY_get_base_id)                                                                                        \
	X(EVP_PKEY_get_bits)                                                                                           \
	X(EVP_PKEY_get_size)                                                                                           \
	X(i2d_PUBKEY)                                                                                                  \
	X(CRYPTO_free)                                                                                                 \
	X(EVP_MD_CTX_new)                                                                                              \
	X(EVP_MD_CTX_free)                                                                                             \
	X(EVP_DigestSignInit)                                                                                          \
	X(EVP_DigestSign)                                                                                              \
	X(EVP_Digest)                                                                                                  \
	X(EVP_sha256)                                                                                                  \
	X(ERR_get_error)                                                                                               \
	X(ERR_clear_error)                                                                                             \
	X(ERR_reason_error_string)

struct sf_curl {
#define X(name) __typeof__((name)) *(name);
	SF_CURL_TABLE(X)
#undef X
};

struct sf_crypto {
#define X(name) __typeof__((name)) *(name);
	SF_CRYPTO_TABLE(X)
#undef X
};

/* Both stay loaded until the program ends: they leave handlers behind that would run without them. */
bool sf_curl_load(struct sf_curl *out, struct err *err) MUST_CHECK;
bool sf_crypto_load(struct sf_crypto *out, struct err *err) MUST_CHECK;

#endif
