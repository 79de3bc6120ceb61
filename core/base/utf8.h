/* Text from files, made safe and measured in terminal columns.
 *
 * Every byte of a file is hostile: control bytes (C0, DEL, C1), bidirectional controls, zero-width and
 * unassigned code points and malformed UTF-8 never reach a terminal; text_clean replaces them. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/str.h"

/* Takes one code point off the front of *s. Malformed bytes give 0xFFFD and consume one byte (never past the
 * end, never an overlong form, surrogate or > 0x10FFFF). *s must not be empty. */
uint32_t utf8_next(struct str *s);
/* Writes cp as UTF-8 into out[4]; returns the number of bytes (0xFFFD for what is no code point). */
size_t utf8_put(uint32_t cp, char out[4]);
/* Columns a code point takes: 0 combining, 1, or 2 (East Asian wide, emoji); -1 when it must not be printed. Needs no locale. */
int utf8_width(uint32_t cp);
/* Columns of a text after text_clean. */
int utf8_columns(struct str s);
bool utf8_valid(struct str s);
/* Appends s with everything unprintable replaced by U+FFFD ('?' when ascii). With ascii, Latin letters lose their
 * accents (ö -> o, ß -> ss) and other letters become '?'. */
bool text_clean(struct buf *out, struct str s, bool ascii);
/* Like text_clean, then cut to at most `cols` columns at a whole grapheme; a cut text ends in '~' when mark is set. */
bool text_cut(struct buf *out, struct str s, int cols, bool ascii, bool mark);

#endif
