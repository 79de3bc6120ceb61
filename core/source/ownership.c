#include "core/source/ownership.h"

const struct ownership ownership_table[DATA_KINDS] = {
	[DATA_LAPS] = {DATA_LAPS, "laps, sectors, classification", "lap analysis and results files", "",
		       "loading a remote table to filter it here"},
	[DATA_SEASON] = {DATA_SEASON, "season stats, results, track demands", "season JSON",
			 "computed from the session files, marked \"computed\"", "the network"},
	[DATA_FACTORS] = {DATA_FACTORS, "driver factors", "driver_factors.json", "computed, marked, per driver",
			  "the factors of dashboardData.json, which differ"},
	[DATA_NAMES] = {DATA_NAMES, "driver names", "laps, results and qualifying files of the season",
			"factor_breakdowns.json", "JSON names that read \"Driver #13\""},
	[DATA_TELEMETRY] = {DATA_TELEMETRY, "telemetry of chosen cars", "local store",
			    "Snowflake, filtered at the server and kept; a raw CSV; telemetry_{track}_race{n}.json",
			    "fetching without track, race and cars"},
};
