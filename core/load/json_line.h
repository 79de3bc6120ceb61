/* On which line a value stands: the parser does not keep that. Only asked when something is wrong with the value. */
#ifndef LOAD_JSON_LINE_H
#define LOAD_JSON_LINE_H

#include <stddef.h>
#include <stdint.h>

struct cJSON;

/* Line (from 1) of the key of `at` in the text that root was parsed from; of an element of a list, that of the last key before
 * it. 0: at is not below root, or its key is written with escapes. Walks the text: not for every value. */
uint32_t json_line(const char *text, size_t n, const struct cJSON *root, const struct cJSON *at);

#endif
