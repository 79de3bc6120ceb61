/* Rows of a delimited text file, one at a time, from a file of any size.
 *
 * Lines are cut here and each that has a quote is fed to libcsv by itself, so that an unclosed quote costs one line and
 * every row has the physical line number it began on. Memory never grows with the file: a line over CSV_LINE_MAX is skipped and told. */
#ifndef LOAD_CSV_H
#define LOAD_CSV_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/str.h"

enum { CSV_LINE_MAX = 256 * 1024, CSV_FIELDS_MAX = 1024 };

struct csv_reader;

/* What a row turned out to be. */
enum csv_row { CSV_ROW, CSV_BAD_ROW, CSV_END, CSV_FAILED };

/* Opens a regular file (not a folder, pipe or device), reads its header line (BOM and blanks around names dropped), finds
 * the delimiter (';', ',' or tab: the one that splits the header most). Fails with words on an empty or binary file. */
struct csv_reader *csv_open(const char *path, struct err *err) MUST_CHECK;
/* The same over bytes in memory (tests, fuzzing); name is for messages; p must outlive the reader. */
struct csv_reader *csv_open_memory(const char *name, const char *p, size_t n, struct err *err) MUST_CHECK;
/* The same for bytes that come in pieces: the first holds the whole header line, each later one, given with csv_feed after
 * CSV_END, whole lines (only the very last may lack its newline). A piece must stay until the next CSV_END. */
struct csv_reader *csv_open_fed(const char *name, const char *p, size_t n, struct err *err) MUST_CHECK;
void csv_feed(struct csv_reader *r, const char *p, size_t n);
void csv_close(struct csv_reader *r);
char csv_delimiter(const struct csv_reader *r);
/* Column of a header name (trimmed, any case); -1 none. The first of several. */
int csv_column(const struct csv_reader *r, const char *name);
/* Header names in order. */
uint32_t csv_columns(const struct csv_reader *r);
struct str csv_header(const struct csv_reader *r, uint32_t column);

/* Next row. CSV_BAD_ROW: csv_why() says what is wrong with the line (too long, NUL byte, unclosed quote); go on.
 * CSV_FAILED: err is set (read error). Blank lines are passed over.
 * When lines of no use add up to more than a file can have, the last CSV_BAD_ROW says so and CSV_END follows. A last line without newline is a row: csv_unfinished() tells. */
enum csv_row csv_next(struct csv_reader *r, struct err *err) MUST_CHECK;
/* The caller has no use for this row either. */
void csv_refused(struct csv_reader *r);
uint32_t csv_line(const struct csv_reader *r); /* physical line of the row, header = 1 */
const char *csv_why(const struct csv_reader *r);
bool csv_unfinished(const struct csv_reader *r); /* this row's line had no newline at its end */
uint32_t csv_fields(const struct csv_reader *r);
/* A field of the row, blanks trimmed; empty when column is -1 or past the end of a ragged row. Valid until csv_next. */
struct str csv_field(const struct csv_reader *r, int column);
/* 0..1000 of the file read. */
unsigned csv_progress(const struct csv_reader *r);

#endif
