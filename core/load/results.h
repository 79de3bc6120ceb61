/* Official files: results of races ("03_", "00_"), of practice and qualifying, by class ("05_"), ten best laps ("99_"). */
#ifndef LOAD_RESULTS_H
#define LOAD_RESULTS_H

#include "core/load/csv.h"
#include "core/model/session.h"

struct result_row {
	const char *number, *driver, *team, *class_name, *group, *vehicle;
	struct official official;
	struct best_ten best_ten; /* of ROLE_BEST_TEN files only */
};

struct results {
	const char *path;
	enum file_role role;
	bool timed; /* practice or qualifying: ordered by best lap */
	struct result_row *rows;
	uint32_t n;
	struct diag_list refused;
};

/* What the header says the file is: a results role, or ROLE_UNKNOWN. Provisional or not is told by the name. */
enum file_role results_role(const struct csv_reader *r, const char *path);
/* Memory from a. NULL with err when nothing could be read. */
struct results *results_load(struct csv_reader *r, const char *path, struct arena *a, struct err *err) MUST_CHECK;

#endif
