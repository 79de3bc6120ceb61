/* Keys in the forms people have them, and a token against one that openssl made of the same key. The keys were made for this test. */
#include "core/source/snowflake/key.h"

#include <string.h>

#include "tests/unit/helper.h"

static const char rsa_pem[] = "-----BEGIN PRIVATE KEY-----\n"
			      "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCJzFZ7M0TTybNm\n"
			      "Hm7GmGb8kJKEfikEbYaXXGsgBqFbw0sJ6QPyoB19GNYgzkuVreP0FjYhLzMzL+gS\n"
			      "/wb3WQWQ5rmP6azqieYt1qqb0+tdHM9nayxnltPiejsPw6bspIk/EUjMNTXiPZhd\n"
			      "lE1VuBaU20nbGRZrrsIXjE7WIJC/trlEbiaxC/09nV1iHpBGSNb9VqysqW+j9Shr\n"
			      "BcvfXCKe2VCaBfePdlXnHXj21kDGFKEUCxFJd9cmefoX+tDu4BT9YOxP+O5hicIw\n"
			      "MJrBKBMbvWQSGGCl7t2RDaxi/YlyGxkFbHu2yad1YPL9I9w2i079q1gpWSfvtk6m\n"
			      "5hXin4uHAgMBAAECggEADuowlB4s/XVv9wYlPFajkwO88B1NqD6Imlp0997v2SRO\n"
			      "u3BeroS5HGCzUJKzqKxNJ4695iKbOpedWW0EHoKisRfgDt0ei7ZIVT7OcZZi+82R\n"
			      "/2IgyMeRAIr1WJP3PdbjShG/XOcHgYjkNIDITBZkT1Fa8Z2KCTa9qFnV8KROtolS\n"
			      "ZFDu/oafGuq6ouowt9fWCRYLDHXbepo3GfMeFFrKopCyI22isZG5kC7ctuNtqPzJ\n"
			      "Ki10PREaFCWV1CC5Xfkcb0I6+xGKDQ6Q4QVXPFmyqP07NQW5ZkrRElJhRdQ+vY+r\n"
			      "gu0u2Ik9pKs4dRQ/XHcFsl9WdsxHBmWvb2vVI+OukQKBgQC9UmbPvXoE4DGZObcg\n"
			      "hNud1mFjVgjFZXEwRJaEjLG+Y5uNOyWJKL9lDlsUXTg0CeRV/u7/z6xY8ZYqJtWI\n"
			      "cce8Zo4wnDnvvQxkGvtZZ5nPDqfN07vwZz/KdqSjyQzU7PoAHmHFQz7kUQ/y4pft\n"
			      "vT31MfDYIysyMYGrCNaqZWa1EQKBgQC6VHf/3oaiJWFRAm0dpqoXpWBb2iQDthKW\n"
			      "UuzL4VTgzI+tv6P1h8+/Wnw9KdNMQWWAZ+T2eutfadO8P14R6hX3rQMe1DCQS7lC\n"
			      "mP+eAJ2oVjSQAk+TThqytBSimu6cBbgOeB03eyK/B+tCiI7ERxaGcTJy9HNwOVpg\n"
			      "akfFbxTXFwKBgQCSv/zRqp2aie3oR8SbgGB7yGFVDqtd13QVZhUGSci9O5insOE3\n"
			      "oE47lxUig9+89q33utSnleKSTzGHGvMKAKhCcXxmUbLXEkM4lXGfq56d0U5hTW6w\n"
			      "ulfIKI8WJhG8OrTOwr4mmil18R/btajur3IHTd7SqvAgyB8q5H8BNfiXAQKBgQCe\n"
			      "Lh9BJFP/SuR2tSyUw2wabtaCo4l3bRYSb4t++Wfo/z/qLIqwYf9HXzWhZuRuFAZr\n"
			      "H8gMRwWSFnEdml3tr1++xy2i+lfP57j6hJBcPgGZarVsm8maL/ASTTZHZGe0JFbA\n"
			      "Uc/bzbkNm1dpQCyTDBZfQ7GkTUnCt621tAQB4+85OQKBgGR384m+7myYcF5+hylO\n"
			      "FBaiIsK6bWi4/4mQ+59LqMAxBTHcDAGj/KfLCKGM1DQTOkUPTk/33wFBwEkkgptS\n"
			      "6PbQxS8G8T69B81zDnXFFlgeF2wJ0UrcBcOEKfk5oYPk8WQvS/Kus5x8QUNi7ViK\n"
			      "8N1PijPQRo/XkY8kRkoU9RX1\n"
			      "-----END PRIVATE KEY-----\n";
static const char encrypted_pem[] = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
				    "MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIcq3XbRhZjLcCAggA\n"
				    "MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBAmFFmiibP3ml5LZHybK3HCBIIE\n"
				    "0GsLQc+GUIKo5Opryb0oeEAkMezeNnm9qRuNhylNMUQN2Rmp5AbsFngIjWgiZEKV\n"
				    "C8yalmKDTV4/ZQ94OEX/Cz+eDNQpnjRzDI3vTyQnCsh0UeqYkbbVVEZDBWfJ4QOu\n"
				    "tKx7crD2OCGHF6A2y8ZnktLXFvPWakbt4MsiLBDcpXwKjatX+r8NLhsRTsetBmOS\n"
				    "po0500HOGHiNhKjHowZ7bPJcwXU1vwgykPf07N2z1pPI2LUKWmMsC8mBks4UZMgs\n"
				    "51+qwECrYpqO3Sw29ZiLwXhsFgcYMeAA90S0DHwvjgWmvRTBf1QQnBI7InQL8z/s\n"
				    "+bkZoFBNuoXAdNDqXnHhbOvo0yduZuBIyXu5nbCthLkJvCJqMVSbduVOXqIEilCe\n"
				    "CPJlQTfTqb7qKrRoSWfOqVpeFWz0hz8BwDPCRErzDiBDrjewR3oIh1LEeAoykeUY\n"
				    "NRUr/LfnROBfx9H4ZYT2Im1HgSp9gIx2Ai6+MPv3Y+WQIVJI1bubNrfhIn3cL8C/\n"
				    "3t8tTwjtIkqO2cYy0whFJdTFYM+byOTatRgS0pG040j9z1Fy+cse/2LBW0XxKCZp\n"
				    "WIl67Ad0YhDuPmPLv8W+8N3DrJscPrtHnkFMNVXabqHgKIDpqUebyAElnpqOWYnu\n"
				    "v2YWA62nLNBICeeXWc17uae6hA4VwjYeYsHQaYvnkpWcvH2HhiWYVJBfDQuvepNL\n"
				    "CAmrd8756z3eepmgsqYlB0j37aQyyDzWNr0u42vaUQ3fwkmV6IdTaHt6EFJ61ecP\n"
				    "QiwVlUeTMzlu972EeDwuBCzgyAx1ZXZE8wnhF8e/6ynDlSlwztjWnN7hMOyCROBM\n"
				    "CSCcst0XMDPHiU8VrDVj0z4wBMYdZ2YYiEEywWiG6Wh2/beSvH0pF6ek9xvJszbO\n"
				    "JOR994U65UM/iaFRwAt6ACs4xMHlbr88vVUFXu41P+OVdNaBLVF7skJLElQw4J3G\n"
				    "g7ARVQxmgYYue2SALltO2pI/I+A3dt6FAk7VVkI/cDw0mkleHGzAHUSR8DyFM9FM\n"
				    "MRwPbxRjH3+hB7pIdkPXBOl17cb+2BFP4n+KJCiDTupJPN/R/e/RPQ1mbOQQz4za\n"
				    "CfW9gl/rABgVQM2IPas/56jqGJjs4RRbE0KtAXdaC0j85Tc1UXnocP1YaY7bVpO/\n"
				    "rJmkCYuWboa4J4h/Y66cTCeUmzD6ew4dU5dO5u7fWOy2vabaEX5oV/FJbIdRdJum\n"
				    "Xho/6gENYoaY5GPfKzBFgqOq48F6VWEhMWDOjkxInCjAS1Y2row9BJWQs/CPOorv\n"
				    "qD3FLuAFAHrewiYRW1arodVt0e7YQncnpAycnn+B+ezfH4UtWjObOrjs1ANQJRXF\n"
				    "XkvkRkxSFJ78Hx3wGxcbuhHwofZ7cEiQJoSj6Lv2aPnFwqQSYTDDwNt6H74DFDPY\n"
				    "g9CSCdTSDH3IxOiIeDVO8d3kCh//kznPcy8xx1GPgiFyss6VQMm20kHBpgZv1UDr\n"
				    "IliZtQfVPhs8DA3uAGZU425Q+hwy/g7fhwxD0ndkRdU1AEughVsgh83l8WVn/U/k\n"
				    "2O1oNoGLltGq8nNjUlU3IYbLPJuEgVWpROQIf/QadgH3IkSsvd8BlEh5QKTs0/kl\n"
				    "UbLDP/8rzOVI0lJsHGCZqdPKn6glhWMr65PGs2rF1VvR\n"
				    "-----END ENCRYPTED PRIVATE KEY-----\n";
static const char ec_pem[] = "-----BEGIN EC PRIVATE KEY-----\n"
			     "MHcCAQEEIEJXuoYoGacb8AqmgTT+blDQP/gUJ7K8nmXvANENbwYAoAoGCCqGSM49\n"
			     "AwEHoUQDQgAE1opoehsWPFeGdalQcLJJ8/ecGMhQCLZz2tlaWDKLX4S/z8MB8aRQ\n"
			     "FeXkwYMKmJibBaSALTfD7WY+6hUd5zUELQ==\n"
			     "-----END EC PRIVATE KEY-----\n";
static const char short_pem[] = "-----BEGIN PRIVATE KEY-----\n"
				"MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBAOPiSF3rKNnEAMm8\n"
				"t9HSlftwtateRd12RT8WvwdVCmCUsUcOpbjQTXQDxPMI6WJqFdA0VCjFaWg6IBt7\n"
				"7v9Nx/sWQZrBNKeUIoymhxmEsHFNcySdfnihWikVbZP0vggIgWIDqOyXH23u6Uow\n"
				"f7STg9ZfuZ8o2/I3kjVQUJV8qVhfAgMBAAECgYBP4ZlWesFWHJPeI64X+gajHi5A\n"
				"hQpeiD/bzqBl9JRvqI/ABc1nzHTqDwwx2VTeL6u30TATHqhFZeKtX7M2gVBw9TlS\n"
				"FQ/v1k0BgqZWEy4CfnPdFNEKRZbOxCUC2CluQNdWc59Cgf/yqu4drJ2SLyvXNXre\n"
				"DGk9PEt43APYkf9TkQJBAPpwIXC1B676r4Fu+4aG13Cig3UcUph3slwLlspkO9F9\n"
				"B5oxC/ryZqJ7pVeoUtuEYN/BCFW/HFMFsJOaduH0KVcCQQDo8eue0KDAI4JDILCJ\n"
				"E55WTC7RVDIm3vXzQOdpTv65tnTsQHWQA2OOnK9kTLmk2mFZTVz25CndRoNiI+NH\n"
				"Knw5AkEAhL3Ea8n4bZ3AQtnBhheYv8HT7dH6UYg4SKN35ITmU+5yhh7zG6s6DWt+\n"
				"Qw0cBfCPrGnTciee6r58TnA0DSXudwJBANCGt+Dsa+p0HwjOe5nJ+STRf9udnmOT\n"
				"leJTCJUJxRckURioP1VS401nz85erJT5dMnHamANMbjGhZhV/f/X9WkCQBySvVgs\n"
				"F5VO0biRaGkGB3LoYv3sPf8vwuoHc8sErANdRyw0ER1mRtHN/Ce7gadg211E2OTv\n"
				"qNzrSXew1y2J7tE=\n"
				"-----END PRIVATE KEY-----\n";
static const char fingerprint[] = "SHA256:6cUGY9uUaDUVwhzVzmQI8YYvJYwmDJo19M8vFostmdc=";
static const char token[] =
	"eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJNWU9SRy1NWV9BQ0NPVU5ULkhBQ0tfVVNFUi5TSEEyNTY6NmN"
	"VR1k5dVVhRFVWd2h6VnptUUk4WVl2Sll3bURKbzE5TTh2Rm9zdG1kYz0iLCJzdWIiOiJNWU9SRy1NWV9BQ0NPVU5ULkhBQ0t"
	"fVVNFUiIsImlhdCI6MTc5NTQ2NDc2Mzk3NCwiZXhwIjoxNzk1NDY4MzAzOTc0fQ.hDM6FQ8fyaKd5OGidIt6jdtaN5ROL-zX"
	"QzY2I0m3mvmnayvrYGWypZp9fTp2Jb7XWdQ04xYABnzg17GuVWnQK25DAkGFmRqa9DnLobXyJbmNrTrn6QZxy0PW_0-OLj9F"
	"_wIidBZNQMX9AVhHPIUE7gO5mTpJ4gZSB6T9cp44vnD7zEXC7YMUVkWVZdO3WOc4cM9SD8KwAVBp9Tt45s5BG4rr1SeNtP7-"
	"lnvzDOLMinc-jMM08pn--BONW0CXGjekd-bNjK95qpiuTHxxrJC771-btRRBVNw24dQmkTRNuqCyU99VA-BeBMfU_3gh-RDR"
	"usUARre00trnCKbsEOh59g";

static struct sf_crypto crypto;

static int load(void **state)
{
	struct err err = {0};

	(void)state;
	assert_ok(sf_crypto_load(&crypto, &err), &err);
	return 0;
}

static void a_token_is_what_openssl_makes(void **state)
{
	struct err err = {0};
	struct sf_key *k = sf_key_load(&crypto, rsa_pem, NULL, "k", &err);
	struct buf out;

	(void)state;
	assert_ok(k != NULL, &err);
	assert_string_equal(sf_key_fingerprint(k), fingerprint);
	buf_init(&out, 8192);
	assert_ok(sf_jwt(k, "myorg-my_account", "hack_user", 1795464763974, &out, &err), &err);
	assert_string_equal(out.p, token);
	buf_release(&out);
	sf_key_free(k);
}

static void a_user_with_quotes_stays_in_its_string(void **state)
{
	struct err err = {0};
	struct sf_key *k = sf_key_load(&crypto, rsa_pem, NULL, "k", &err);
	struct buf out;

	(void)state;
	assert_ok(k != NULL, &err);
	buf_init(&out, 8192);
	assert_ok(sf_jwt(k, "A", "x\"},\\\n", 1, &out, &err), &err);
	/* The claims begin after the first point: {"iss":"A.X\"},\\\u000a. in base64. */
	assert_non_null(strstr(out.p, ".eyJpc3MiOiJBLlhcIn0sXFxcdTAwMGEu"));
	buf_release(&out);
	sf_key_free(k);
}

static void the_passphrase_opens_it(void **state)
{
	struct err err = {0};
	struct sf_key *k = sf_key_load(&crypto, encrypted_pem, "open-sesame", "k", &err);

	(void)state;
	assert_ok(k != NULL, &err);
	assert_string_equal(sf_key_fingerprint(k), fingerprint);
	sf_key_free(k);
}

static void refused(const char *pem, const char *passphrase, const char *words)
{
	struct err err = {0};

	assert_null(sf_key_load(&crypto, pem, passphrase, "key.p8", &err));
	assert_int_not_equal(err.code, ERR_NONE);
	if (!strstr(err.msg, words) || !strstr(err.msg, "key.p8"))
		fail_msg("\"%s\" does not say \"%s\"", err.msg, words);
}

static void what_cannot_be_used_is_said(void **state)
{
	(void)state;
	refused(encrypted_pem, NULL, "set SNOWFLAKE_PRIVATE_KEY_PASSPHRASE");
	refused(encrypted_pem, "open-barley", "does not open");
	refused(ec_pem, NULL, "RSA keys only");
	refused(short_pem, NULL, "1024 bits");
	refused("", NULL, "no private key");
	refused("hello", NULL, "no private key");
	refused("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", NULL, "no private key");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_is_what_openssl_makes),
		cmocka_unit_test(a_user_with_quotes_stays_in_its_string),
		cmocka_unit_test(the_passphrase_opens_it),
		cmocka_unit_test(what_cannot_be_used_is_said),
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
