/* Where the samples of screen 4 come from: the store and the raw files of the data folders (core/source/telemetry.h), kept open between two
 * questions. */
#ifndef TUI_TEL_SOURCE_H
#define TUI_TEL_SOURCE_H

struct tel_source;

/* store: of telemetry, NULL: the usual place. corner: names of corners (core/telemetry/options.h), which must outlive it. NULL: no memory. Nothing
 * is opened yet. */
struct tel_source *tel_source_new(const char *store, const char *const *corner, unsigned ncorners);
void tel_source_free(struct tel_source *s);

#endif
