/* Times and numbers as they stand in timing files, and back. No locale, no floating point for times. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/str.h"

/* A time or difference in whole milliseconds. Missing is never zero. */
typedef int32_t ms_t;
#define MS_NONE INT32_MIN
#define MS_MAX  INT32_MAX

/* "57.613", "1:54.168", "17:31:33.055", "0:00:35.158", "39.5", "0": one to three digits after the point count as
 * tenths, hundredths, thousandths; a fourth and later digit rounds half away from zero. Parts after the first ':' must
 * be under 60. Surrounding blanks are allowed, a sign is not. false: not a time (*out untouched); over 500 h is not a time. */
bool time_parse(struct str s, ms_t *out);
/* A gap as results print it: "+0.173", "+1:14.985", "+1'02.492", plain time. */
bool gap_parse(struct str s, ms_t *out);
/* Whole decimal number, optional sign, nothing else around it but blanks. */
bool int_parse(struct str s, int64_t *out);
/* Decimal number ("39.57", "-999", "1.0", "1e3"): no locale, no hex, no inf, no nan. */
bool dec_parse(struct str s, double *out);

/* Buffers for the formats below: every result fits and is NUL-terminated; each returns its argument `out`. */
#define NUM_LEN 24
/* "1:37.304", "57.613", "45:37.014", "1:18:04.184" (h from one hour on); MS_NONE gives "-". Negative times get a '-'. */
char *time_str(char out[NUM_LEN], ms_t t);
/* Always with minutes: "0:57.613". */
char *time_str_min(char out[NUM_LEN], ms_t t);
/* Signed difference: "+0.234", "-1.121", "+1:18.184"; zero is "0.000"; MS_NONE "-". */
char *diff_str(char out[NUM_LEN], ms_t d);
/* Seconds with three decimals as JSON and CSV carry them: "97.304", "-0.021". MS_NONE gives "null". */
char *sec_str(char out[NUM_LEN], ms_t t);
/* v rounded to `decimals` (0..6), half away from zero, "-0.00" never. NAN, infinities and what has over 18 digits
 * give "-". */
char *dec_str(char out[NUM_LEN], double v, int decimals);
/* The same with "+" before what is above zero as shown. */
char *dec_sign_str(char out[NUM_LEN], double v, int decimals);

/* Nearest whole number, half away from zero (the project's one rounding). */
int64_t round_half_away(double v);
/* num/2 rounded half away from zero: the middle of an even number of whole values. */
int64_t half_round(int64_t num);

#endif
