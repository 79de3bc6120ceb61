/* Who owns which data: one table for the whole program (what serves first, what then, what never). */
#ifndef SOURCE_OWNERSHIP_H
#define SOURCE_OWNERSHIP_H

enum data_kind { DATA_LAPS, DATA_SEASON, DATA_FACTORS, DATA_NAMES, DATA_TELEMETRY, DATA_KINDS };

struct ownership {
	enum data_kind kind;
	const char *what, *first, *then, *never;
};
extern const struct ownership ownership_table[DATA_KINDS];

#endif
