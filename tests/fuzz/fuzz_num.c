/* Numbers, times and text from hostile bytes: what is accepted must print and read back the same. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/num.h"
#include "core/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                                                \
	do {                                                                                                           \
		if (!(condition)) {                                                                                    \
			fprintf(stderr, "broken: %s\n", #condition);                                                   \
			abort();                                                                                       \
		}                                                                                                      \
	} while (0)

static void times(struct str s)
{
	char text[NUM_LEN];
	ms_t ms, again;

	if (time_parse(s, &ms)) {
		MUST(ms >= 0 && ms <= 1800000000);
		MUST(time_parse(str_from(time_str(text, ms)), &again) && again == ms);
		MUST(time_parse(str_from(time_str_min(text, ms)), &again) && again == ms);
		MUST(time_parse(str_from(sec_str(text, ms)), &again) && again == ms);
		MUST(gap_parse(s, &again) && again == ms);
	}
	if (gap_parse(s, &ms))
		MUST(gap_parse(str_from(diff_str(text, ms)), &again) && again == ms);
}

static void numbers(struct str s)
{
	char text[NUM_LEN];
	int64_t i, i_again;
	double d, d_again;

	if (int_parse(s, &i)) {
		snprintf(text, sizeof text, "%lld", (long long)i);
		MUST(int_parse(str_from(text), &i_again) && i_again == i);
	}
	if (!dec_parse(s, &d))
		return;
	MUST(isfinite(d));
	dec_str(text, d, 6);
	if (strcmp(text, "-") == 0)
		return;
	MUST(dec_parse(str_from(text), &d_again));
	MUST(fabs(d - d_again) <= 0.5000001e-6 + fabs(d) * 1e-15);
}

static void texts(struct str s, int cols)
{
	struct buf clean, cut;

	buf_init(&clean, 16 + 4 * s.n);
	buf_init(&cut, 16 + 4 * s.n);
	for (int ascii = 0; ascii < 2; ascii++) {
		buf_clear(&clean);
		buf_clear(&cut);
		MUST(text_clean(&clean, s, ascii));
		MUST(utf8_valid(buf_view(&clean)));
		for (struct str rest = buf_view(&clean); rest.n > 0;)
			MUST(utf8_width(utf8_next(&rest)) >= 0);
		if (!ascii)
			MUST(utf8_columns(s) == utf8_columns(buf_view(&clean)));
		MUST(text_cut(&cut, s, cols, ascii, true));
		MUST(utf8_columns(buf_view(&cut)) <= cols);
		if (utf8_columns(buf_view(&clean)) <= cols)
			MUST(str_eq(buf_view(&cut), buf_view(&clean)));
	}
	buf_release(&clean);
	buf_release(&cut);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};

	times(s);
	numbers(s);
	texts(s, size > 0 ? data[0] % 40 : 0);
	return 0;
}
