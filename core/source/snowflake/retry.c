#include "core/source/snowflake/retry.h"

enum { AFTER_MOST_S = 604800 };

enum sf_next sf_next_sqlapi(int status, bool running)
{
	switch (status) {
	case 200:
		return SF_TAKE;
	case 202:
		return SF_POLL;
	case 401:
		return SF_RESIGN;
	case 429:
		return running ? SF_POLL : SF_BUSY;
	case 500:
	case 502:
		return SF_AGAIN;
	case 503:
	case 504:
		return SF_BUSY;
	default: /* 408 among them: the statement ran out of its time and was cancelled */
		return SF_GIVE_UP;
	}
}

enum sf_next sf_next_driver(int status)
{
	switch (status) {
	case 200:
		return SF_TAKE;
	case 408:
	case 500:
	case 502:
		return SF_AGAIN;
	case 429:
	case 503:
	case 504:
		return SF_BUSY;
	default:
		return SF_GIVE_UP;
	}
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t doubled(int64_t ms, unsigned times, int64_t cap)
{
	while (times-- > 0 && ms < cap)
		ms *= 2;
	return least(ms, cap);
}

int64_t sf_retry_pause(unsigned done, uint32_t random, int64_t after_s, int64_t left_ms)
{
	int64_t longest = doubled(SF_RETRY_BASE_MS, done > 0 ? done - 1 : 0, SF_RETRY_CAP_MS);
	int64_t ms = (int64_t)((uint64_t)longest * random >> 32);

	if (after_s > 0 && ms < least(after_s, AFTER_MOST_S) * 1000)
		ms = least(after_s, AFTER_MOST_S) * 1000;
	return least(ms, left_ms);
}

int64_t sf_poll_pause(unsigned n, uint32_t random, int64_t left_ms)
{
	int64_t ms = doubled(SF_POLL_FIRST_MS, n, SF_POLL_CAP_MS);

	return least(ms + (int64_t)((uint64_t)ms / 8 * random >> 32), left_ms);
}
