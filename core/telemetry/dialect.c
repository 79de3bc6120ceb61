#include "core/telemetry/dialect.h"

#include <ctype.h>
#include <string.h>

#include "core/base/path.h"

static const struct {
	enum tel_column column;
	const char *name;
} names[] = {
	{COL_META, "meta_time"},
	{COL_META, "mt"},
	{COL_STAMP, "timestamp"},
	{COL_STAMP, "ts"},
	{COL_VEHICLE, "vehicle_id"},
	{COL_VEHICLE, "vid"},
	{COL_LAP, "lap"},
	{COL_NUMBER, "vehicle_number"},
	{COL_NUMBER, "num"},
	{COL_NAME, "telemetry_name"},
	{COL_EVENT, "meta_event"},
	{COL_EVENT, "track_id"},
	{COL_VALUE, "telemetry_value"},
	{COL_RACE, "meta_session"},
	{COL_RACE, "race_num"},
	{COL_RACE, "src"},
};

int tel_column_by_name(struct str name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(name, str_from(names[i].name)))
			return (int)names[i].column;
	return -1;
}

/* --- The car in a file's name ---------------------------------------------------- */

static size_t run_of(const char *p, int (*is)(int))
{
	size_t n = 0;

	while (is((unsigned char)p[n]))
		n++;
	return n;
}

/* Letters and digits, dash, digits, dash, digits; its length, 0 none. */
static size_t vehicle_at(const char *p)
{
	size_t name = run_of(p, isalnum), chassis, number;

	if (name == 0 || p[name] != '-' || !isalpha((unsigned char)p[0]))
		return 0;
	chassis = run_of(p + name + 1, isdigit);
	if (chassis == 0 || p[name + 1 + chassis] != '-')
		return 0;
	number = run_of(p + name + chassis + 2, isdigit);
	return number ? name + chassis + number + 2 : 0;
}

void tel_vehicle_of_path(const char *path, char *out, size_t cap)
{
	*out = '\0';
	for (const char *p = path_base(path); *p; p++) {
		size_t n = vehicle_at(p);
		if (n > 0 && n < cap) {
			memcpy(out, p, n);
			out[n] = '\0';
			return;
		}
		p += run_of(p, isalnum);
		if (!*p)
			return;
	}
}

/* --- The header ------------------------------------------------------------------- */

static const char *past_bom(const char *p, const char *end)
{
	while (end - p >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	return p;
}

static bool blank(const char *p, const char *end)
{
	for (; p < end; p++)
		if (!strchr(" \t\r", *p) || !*p)
			return false;
	return true;
}

/* Finds the header line as the CSV reader does: the first that is not blank. */
static bool find_header(struct tel_dialect *d, const char *path, const char *p, size_t n, struct err *err)
{
	const char *end = p + n, *line = past_bom(p, end);

	for (;;) {
		const char *nl = memchr(line, '\n', (size_t)(end - line));
		if (!nl)
			return err_set(err, ERR_FORMAT, "%s: has no header line with rows below it", path);
		d->lines++;
		if (!blank(line, nl)) {
			d->header_n = (size_t)(nl + 1 - line);
			memcpy(d->header, line, d->header_n);
			d->body = (uint64_t)(nl + 1 - p);
			return true;
		}
		line = nl + 1;
	}
}

static bool ends_in(const struct tel_dialect *d, char c)
{
	size_t n = d->header_n;

	while (n > 0 && strchr(" \t\r\n", d->header[n - 1]) && d->header[n - 1])
		n--;
	return n > 0 && d->header[n - 1] == c;
}

static void learn_columns(struct tel_dialect *d, const struct csv_reader *r)
{
	for (int i = 0; i < TEL_COLUMNS; i++)
		d->at[i] = -1;
	d->columns = csv_columns(r);
	d->trailing = ends_in(d, d->delim);
	for (uint32_t i = 0; i < d->columns && i < DIALECT_FIELDS; i++) {
		struct str name = csv_header(r, i);
		int column = tel_column_by_name(name);
		d->channel[i] = (int8_t)tel_channel_by_name(name.p, name.n);
		if (column >= 0 && d->at[column] < 0)
			d->at[column] = (int)i;
	}
	/* Where vehicle_id is lost, what it was before a number was corrected still has the chassis. */
	if (d->at[COL_VEHICLE] < 0) {
		int original = csv_column(r, "original_vehicle_id");
		d->at[COL_VEHICLE] = original < DIALECT_FIELDS ? original : -1;
	}
	d->has_clock = d->at[COL_STAMP] >= 0;
}

static unsigned channels_of(const struct tel_dialect *d)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < d->columns && i < DIALECT_FIELDS; i++)
		n += d->channel[i] >= 0;
	return n;
}

static bool decide(struct tel_dialect *d, const char *path, struct err *err)
{
	bool named = d->at[COL_NAME] >= 0 && d->at[COL_VALUE] >= 0;
	bool car = d->at[COL_VEHICLE] >= 0 || d->at[COL_NUMBER] >= 0;

	d->names_car = car;
	if (d->at[COL_META] < 0 && !d->has_clock)
		return err_set(err, ERR_FORMAT, "%s: is no telemetry: no column meta_time or timestamp", path);
	if (d->columns > DIALECT_FIELDS)
		return err_set(err, ERR_FORMAT, "%s: has %u columns; telemetry has at most %d", path, d->columns,
			       DIALECT_FIELDS);
	if (!named && channels_of(d) == 0)
		return err_set(
			err, ERR_FORMAT,
			"%s: is no telemetry: neither telemetry_name and telemetry_value nor columns like speed, gear",
			path);
	d->shape = !named ? TEL_WIDE : car || d->has_clock ? TEL_LONG : TEL_REDUCED;
	return true;
}

static bool learn_table(struct tel_dialect *d, const char *path, const char *p, size_t n, struct err *err)
{
	struct csv_reader *r;

	if (!find_header(d, path, p, n, err))
		return false;
	r = csv_open_memory(path, d->header, d->header_n, err);
	if (!r)
		return false;
	d->delim = csv_delimiter(r);
	learn_columns(d, r);
	csv_close(r);
	return decide(d, path, err);
}

bool tel_dialect_learn(struct tel_dialect *d, const char *path, const char *p, size_t n, struct err *err)
{
	const char *first = past_bom(p, p + n);

	memset(d, 0, sizeof *d);
	memset(d->channel, -1, sizeof d->channel);
	tel_vehicle_of_path(path, d->vehicle, sizeof d->vehicle);
	while (first < p + n && strchr(" \t\r\n", *first) && *first)
		first++;
	if (first == p + n)
		return err_set(err, ERR_FORMAT, "%s: is empty", path);
	if (*first == '{')
		return err_set(err, ERR_FORMAT, "%s: is a JSON object; telemetry is an array of objects", path);
	if (*first != '[')
		return learn_table(d, path, p, n, err);
	d->shape = TEL_JSON;
	d->body = (uint64_t)(first - p);
	d->has_clock = true;
	d->names_car = true;
	return true;
}
