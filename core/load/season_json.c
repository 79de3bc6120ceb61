#include "core/load/season_json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/path.h"
#include "core/load/json_line.h"

enum { NESTING_MAX = 64, DRIVERS_MAX = 1000, TRACKS_MAX = 1000, RESULTS_MAX = 100000, KEY_LEN = 120 };
/* A value costs the parser some 80 bytes, be it two bytes in the file: the largest real file has 9,000. */
enum { VALUES_MAX = 200000 };

static const char *const factor_keys[FACTORS] = {[FACTOR_SPEED] = "speed",
						 [FACTOR_CONSISTENCY] = "consistency",
						 [FACTOR_RACECRAFT] = "racecraft",
						 [FACTOR_TIRE] = "tire_management"};
/* dashboardData names two of them otherwise. */
static const char *const demand_keys[FACTORS] = {[FACTOR_SPEED] = "raw_speed",
						 [FACTOR_CONSISTENCY] = "consistency",
						 [FACTOR_RACECRAFT] = "racecraft",
						 [FACTOR_TIRE] = "tire_mgmt"};

struct reader {
	struct season *s;
	const char *file, *text;
	size_t n; /* bytes of text */
	const cJSON *root;
	bool nomem;
};

struct season *season_new(struct err *err)
{
	struct arena *a = arena_new(0);
	struct season *s = a ? ARENA_NEW(a, struct season) : NULL;
	if (!s) {
		arena_free(a);
		err_set(err, ERR_NOMEM, "out of memory for the season");
		return NULL;
	}
	s->arena = a;
	return s;
}

/* --- before the parser: depth, and what JSON does not know but Python writes --- */

struct text_check {
	unsigned deepest;
	uint32_t line_deepest;
	size_t words;             /* bare NaN, Infinity, -Infinity, and values left out */
	uint32_t bare, line_bare; /* of these the bare words, and where the first stands */
};

static size_t bare_word(const char *p, size_t n)
{
	static const char *const words[] = {"NaN", "-NaN", "Infinity", "-Infinity"};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t len = strlen(words[i]);
		if (len <= n && memcmp(p, words[i], len) == 0)
			return len;
	}
	return 0;
}

/* strspn for bytes with a length. */
static size_t strspn_n(const char *p, size_t n, const char *accept)
{
	size_t i = 0;
	while (i < n && p[i] && strchr(accept, p[i]))
		i++;
	return i;
}

/* Index of the quote that ends the string which begins at i; n when none does. */
static size_t string_end(const char *p, size_t n, size_t i)
{
	const char *start = p + i + 1, *quote = p + i, *slash;
	do {
		quote = memchr(quote + 1, '"', (size_t)(p + n - quote) - 1);
		if (!quote)
			return n;
		for (slash = quote; slash > start && slash[-1] == '\\';)
			slash--;
	} while ((quote - slash) % 2 == 1);
	return (size_t)(quote - p);
}

/* Members that nobody here reads and that are most of their file: parsing them would cost more than all the rest. Length of
 * the value to leave out after the key that ends at i (its closing quote), *from where it begins; 0: read it. */
static size_t unread_value(const char *p, size_t n, size_t key, size_t i, size_t *from)
{
	if (!str_is((struct str){p + key + 1, i - key - 1}, "detailed_breakdowns"))
		return 0;
	size_t at = i + 1 + strspn_n(p + i + 1, n - i - 1, " \t\r\n:");
	unsigned depth = 0;
	*from = at;
	for (size_t k = at; k < n; k++) {
		if (p[k] == '"')
			k = string_end(p, n, k);
		else if (p[k] == '[' || p[k] == '{')
			depth++;
		else if ((p[k] == ']' || p[k] == '}') && depth > 0 && --depth == 0)
			return k + 1 - at;
		if (depth == 0 || depth > NESTING_MAX)
			break;
	}
	return 0;
}

struct walk {
	struct text_check *c;
	struct buf *out; /* NULL: only look */
	const char *p;
	size_t n, copied;
	unsigned depth;
	uint32_t line;
};

/* [from, from + len) becomes null. */
static bool replace_by_null(struct walk *w, size_t from, size_t len)
{
	w->c->words++;
	if (w->out && !(buf_add(w->out, w->p + w->copied, from - w->copied) && buf_str(w->out, "null")))
		return false;
	w->copied = from + len;
	return true;
}

static void go_deeper(struct walk *w)
{
	if (++w->depth > w->c->deepest) {
		w->c->deepest = w->depth;
		w->c->line_deepest = w->line;
	}
}

/* A string of the outermost object may be the key of what is left out; *i moves to its end, or past that value. */
static bool pass_string(struct walk *w, size_t *i)
{
	size_t key = *i, from, len;
	*i = string_end(w->p, w->n, key);
	if (w->depth != 1 || *i == w->n || !(len = unread_value(w->p, w->n, key, *i, &from)))
		return true;
	*i = from + len - 1;
	return replace_by_null(w, from, len);
}

static bool pass_word(struct walk *w, size_t *i)
{
	size_t len = bare_word(w->p + *i, w->n - *i), from = *i;
	if (len == 0)
		return true;
	*i += len - 1;
	if (!w->out && w->c->bare++ == 0)
		w->c->line_bare = w->line;
	return replace_by_null(w, from, len);
}

/* Bytes at which the walk has something to do: most are digits, commas and indents. */
static const bool stops[256] = {['"'] = true,  ['{'] = true, ['['] = true, ['}'] = true, [']'] = true,
				['\n'] = true, ['N'] = true, ['I'] = true, ['-'] = true};

/* One walk over the text outside strings. With `out` the words become null on the way. */
static bool walk_text(const char *p, size_t n, struct text_check *c, struct buf *out)
{
	struct walk w = {.c = c, .out = out, .p = p, .n = n, .line = 1};
	for (size_t i = 0; i < n; i++) {
		char ch = p[i];
		if (!stops[(unsigned char)ch])
			continue;
		if (ch == '"') {
			if (!pass_string(&w, &i))
				return false;
		} else if (ch == '{' || ch == '[') {
			go_deeper(&w);
		} else if (ch == '}' || ch == ']') {
			w.depth -= w.depth > 0;
		} else if (ch == '\n') {
			w.line++;
		} else if (ch == 'N' || ch == 'I' || ch == '-') {
			if (!pass_word(&w, &i))
				return false;
		}
	}
	return !out || buf_add(out, p + w.copied, n - w.copied);
}

static uint32_t line_at(const char *p, const char *at)
{
	uint32_t line = 1;
	for (; p < at; p++)
		line += *p == '\n';
	return line;
}

static bool only_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
		p++;
	return p == end;
}

static cJSON *parse_clean(const char *file, const char *p, size_t n, struct err *err)
{
	const char *end = p;
	cJSON *root = cJSON_ParseWithLengthOpts(p, n, &end, false);
	if (!root) {
		if (end < p || end > p + n)
			end = p + n;
		err_set(err, ERR_FORMAT, "%s:%u: not JSON from here on", file, line_at(p, end));
		return NULL;
	}
	if (!only_blanks(end, p + n)) {
		err_set(err, ERR_FORMAT, "%s:%u: more after the end of the JSON", file, line_at(p, end));
		cJSON_Delete(root);
		return NULL;
	}
	return root;
}

/* Never less than there are; commas and brackets in strings count too. */
static bool too_many_values(const char *p, size_t n)
{
	size_t values = 0;
	if (n <= VALUES_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		values += p[i] == ',' || p[i] == '[' || p[i] == '{';
	return values > VALUES_MAX;
}

static cJSON *parse(const char *file, const char *p, size_t n, struct text_check *c, struct err *err)
{
	if (n > SEASON_JSON_MAX) {
		err_set(err, ERR_FORMAT, "%s: over %d MiB: not a season file", file, SEASON_JSON_MAX / (1024 * 1024));
		return NULL;
	}
	if (too_many_values(p, n)) {
		err_set(err, ERR_FORMAT, "%s: over %d values: not a season file", file, VALUES_MAX);
		return NULL;
	}
	walk_text(p, n, c, NULL);
	if (c->deepest > NESTING_MAX) {
		err_set(err, ERR_FORMAT, "%s:%u: nested deeper than %d", file, c->line_deepest, NESTING_MAX);
		return NULL;
	}
	if (c->words == 0)
		return parse_clean(file, p, n, err);
	struct buf clean;
	buf_init(&clean, (size_t)SEASON_JSON_MAX * 2);
	cJSON *root = NULL;
	if (walk_text(p, n, c, &clean))
		root = parse_clean(file, clean.p, clean.n, err);
	else
		err_set(err, ERR_NOMEM, "%s: out of memory", file);
	buf_release(&clean);
	return root;
}

/* --- values: a wrong type costs the value, and is told --- */

static void wrong(struct reader *r, const cJSON *at, const char *of, const char *key, const char *wanted)
{
	struct diag_list *l = &r->s->refused;
	uint32_t line = l->n < DIAG_KEPT ? json_line(r->text, r->n, r->root, at) : 0;
	if (!diag_add(l, r->s->arena, r->file, line, "%s: %s is not %s", of, key, wanted))
		r->nomem = true;
}

static bool is_null(const cJSON *v)
{
	return !v || cJSON_IsNull(v);
}

static double number_of(struct reader *r, const cJSON *v, const char *of)
{
	if (is_null(v))
		return (double)NAN;
	if (cJSON_IsNumber(v) && isfinite(v->valuedouble))
		return v->valuedouble;
	wrong(r, v, of, v->string ? v->string : "value", "a number");
	return (double)NAN;
}

/* 0 where there is none. */
static int32_t whole_of(struct reader *r, const cJSON *v, const char *of)
{
	double d = number_of(r, v, of);
	if (isnan(d))
		return 0;
	if (d == floor(d) && fabs(d) <= 1e6)
		return (int32_t)d;
	wrong(r, v, of, v->string ? v->string : "value", "a whole number");
	return 0;
}

static const char *copy(struct reader *r, const char *text)
{
	const char *c = arena_str(r->s->arena, str_trim(str_from(text)));
	r->nomem |= c == NULL;
	return c ? c : "";
}

static const char *text_of(struct reader *r, const cJSON *v, const char *of)
{
	if (is_null(v))
		return "";
	if (cJSON_IsString(v))
		return copy(r, v->valuestring);
	wrong(r, v, of, v->string ? v->string : "value", "a text");
	return "";
}

static ms_t time_of(struct reader *r, const cJSON *v, const char *of)
{
	ms_t t;
	if (is_null(v))
		return MS_NONE;
	if (cJSON_IsString(v) && time_parse(str_from(v->valuestring), &t))
		return t > 0 ? t : MS_NONE;
	wrong(r, v, of, v->string ? v->string : "value", "a time");
	return MS_NONE;
}

static const cJSON *get(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

static const cJSON *first_of(const cJSON *list)
{
	return list ? list->child : NULL;
}

/* --- growing lists in the season's arena --- */

/* Room for one more of `size` bytes in a list of n; lists double at powers of two. NULL: out of memory. */
static void *grown(struct reader *r, void *list, uint32_t n, size_t size)
{
	if (n > 0 && (n < 4 || (n & (n - 1)) != 0))
		return list;
	void *more = arena_array(r->s->arena, n < 4 ? 4 : (size_t)n * 2, size);
	if (!more)
		r->nomem = true;
	else if (n > 0)
		memcpy(more, list, n * size);
	return more;
}

static struct season_driver *driver(struct reader *r, const char *number)
{
	for (uint32_t i = 0; i < r->s->ndrivers; i++) {
		if (strcmp(r->s->drivers[i].number, number) == 0)
			return &r->s->drivers[i];
	}
	if (r->s->ndrivers >= DRIVERS_MAX)
		return NULL;
	struct season_driver *all = grown(r, r->s->drivers, r->s->ndrivers, sizeof *all);
	if (!all)
		return NULL;
	struct season_driver *d = &all[r->s->ndrivers];
	memset(d, 0, sizeof *d);
	d->number = copy(r, number);
	d->name = "";
	d->avg_finish = d->avg_qualifying = d->avg_gained = (double)NAN;
	for (int f = 0; f < FACTORS; f++)
		d->factor_score[f] = d->factor_percentile[f] = (double)NAN;
	r->s->drivers = all;
	r->s->ndrivers++;
	return d;
}

/* A driver by "number" or "driver_number", written as a number or as text. */
static struct season_driver *driver_by(struct reader *r, const cJSON *number)
{
	char text[KEY_LEN];
	if (cJSON_IsString(number)) {
		snprintf(text, sizeof text, "%s", number->valuestring);
	} else if (cJSON_IsNumber(number) && number->valuedouble >= 0 && number->valuedouble <= 1e6) {
		snprintf(text, sizeof text, "%.0f", number->valuedouble);
	} else {
		wrong(r, number, "drivers", "number", "a driver's number");
		return NULL;
	}
	return driver(r, text);
}

static struct season_track *track(struct reader *r, const char *id)
{
	for (uint32_t i = 0; i < r->s->ntracks; i++) {
		if (strcmp(r->s->tracks[i].id, id) == 0)
			return &r->s->tracks[i];
	}
	if (r->s->ntracks >= TRACKS_MAX)
		return NULL;
	struct season_track *all = grown(r, r->s->tracks, r->s->ntracks, sizeof *all);
	if (!all)
		return NULL;
	struct season_track *t = &all[r->s->ntracks];
	memset(t, 0, sizeof *t);
	t->id = copy(r, id);
	t->name = "";
	for (int f = 0; f < FACTORS; f++)
		t->demand[f] = (double)NAN;
	r->s->tracks = all;
	r->s->ntracks++;
	return t;
}

/* "Driver #13" and "Unknown Driver #12" are no names. */
static void take_name(struct reader *r, struct season_driver *d, const cJSON *name)
{
	if (!d || !cJSON_IsString(name) || d->name[0] || str_has_nocase(str_from(name->valuestring), "driver #"))
		return;
	d->name = copy(r, name->valuestring);
}

/* --- the five files --- */

static void take_track(struct reader *r, const cJSON *t)
{
	const char *id = text_of(r, get(t, "id"), "tracks");
	struct season_track *out = id[0] ? track(r, id) : NULL;
	if (!out)
		return;
	out->name = text_of(r, get(t, "name"), id);
	for (int f = 0; f < FACTORS; f++)
		out->demand[f] = number_of(r, get(get(t, "demands"), demand_keys[f]), id);
}

/* dashboardData: its drivers' factors and averages are other people's numbers and are left out; only names and tracks count. */
static void take_dashboard(struct reader *r, const cJSON *root)
{
	const cJSON *e;
	for (e = first_of(get(root, "tracks")); e; e = e->next)
		take_track(r, e);
	for (e = first_of(get(root, "drivers")); e; e = e->next) {
		const cJSON *name = get(e, "name");
		if (cJSON_IsString(name) && !str_has_nocase(str_from(name->valuestring), "driver #"))
			take_name(r, driver_by(r, get(e, "number")), name);
	}
}

static void take_factors(struct reader *r, const cJSON *root)
{
	const cJSON *e;
	for (e = first_of(get(root, "drivers")); e; e = e->next) {
		struct season_driver *d = driver_by(r, get(e, "driver_number"));
		for (int f = 0; d && f < FACTORS; f++) {
			const cJSON *one = get(get(e, "factors"), factor_keys[f]);
			char of[KEY_LEN];
			snprintf(of, sizeof of, "driver %.40s, %s", d->number, factor_keys[f]);
			d->factor_score[f] = number_of(r, get(one, "score"), of);
			d->factor_percentile[f] = number_of(r, get(one, "percentile"), of);
		}
	}
}

static void take_breakdowns(struct reader *r, const cJSON *root)
{
	const cJSON *e;
	for (e = first_of(get(root, "driver_breakdowns")); e; e = e->next) {
		const cJSON *name = get(e, "driver_name");
		if (name && e->string)
			take_name(r, driver(r, e->string), name);
	}
}

/* The fields that are 0 or null for everybody (dnfs, fastest_laps, championship_position) are not read. */
static void take_stats(struct reader *r, const cJSON *v)
{
	struct season_driver *d = driver(r, v->string);
	if (!d)
		return;
	char of[KEY_LEN];
	snprintf(of, sizeof of, "driver %.40s", d->number);
	d->has_stats = true;
	d->wins = whole_of(r, get(v, "wins"), of);
	d->podiums = whole_of(r, get(v, "podiums"), of);
	d->top5 = whole_of(r, get(v, "top5"), of);
	d->top10 = whole_of(r, get(v, "top10"), of);
	d->poles = whole_of(r, get(v, "pole_positions"), of);
	d->races = whole_of(r, get(v, "total_races"), of);
	d->points = whole_of(r, get(v, "points"), of);
	d->avg_finish = number_of(r, get(v, "avg_finish"), of);
	d->avg_qualifying = number_of(r, get(v, "avg_qualifying"), of);
	d->avg_gained = number_of(r, get(v, "avg_positions_gained"), of);
}

/* race_id is counted per driver and says nothing: a result's key is (track_id, race_number). */
static void read_result(struct reader *r, const cJSON *v, const char *of, struct season_result *out)
{
	memset(out, 0, sizeof *out);
	out->track = text_of(r, get(v, "track_id"), of);
	out->race = whole_of(r, get(v, "race_number"), of);
	out->start = whole_of(r, get(v, "start_position"), of);
	out->finish = whole_of(r, get(v, "finish_position"), of);
	out->laps = whole_of(r, get(v, "total_laps"), of);
	out->fastest = time_of(r, get(v, "fastest_lap"), of);
	out->qualifying = time_of(r, get(v, "qualifying_time"), of);
	out->gap = text_of(r, get(v, "gap_to_winner"), of);
	out->status = text_of(r, get(v, "status"), of);
}

static void take_results(struct reader *r, const cJSON *list)
{
	struct season_driver *d = driver(r, list->string);
	const cJSON *v;
	for (v = first_of(list); v; v = v->next) {
		struct season_result res, *all;
		char of[KEY_LEN];
		if (!d || d->nresults >= RESULTS_MAX || r->nomem)
			return;
		snprintf(of, sizeof of, "driver %.40s, result %u", d->number, d->nresults + 1);
		read_result(r, v, of, &res);
		if (!res.track[0] || res.race <= 0) {
			wrong(r, v->child ? v->child : v, of, "track_id with race_number", "there");
			continue;
		}
		if (!(all = grown(r, d->results, d->nresults, sizeof *all)))
			return;
		all[d->nresults++] = res;
		d->results = all;
	}
}

/* driver_season_stats holds an object a driver, driver_race_results a list. */
static bool take_data(struct reader *r, const cJSON *data)
{
	const cJSON *v;
	bool any = false;
	for (v = first_of(data); v; v = v->next) {
		if (!v->string)
			return false;
		bool stats = cJSON_IsObject(v) && get(v, "total_races"), results = cJSON_IsArray(v);
		if (stats)
			take_stats(r, v);
		else if (results)
			take_results(r, v);
		else
			wrong(r, v, "data", v->string, "a driver's stats or results");
		any |= stats || results;
	}
	return any;
}

static bool take_root(struct reader *r, const cJSON *root)
{
	const cJSON *drivers = get(root, "drivers"), *first = drivers ? drivers->child : NULL;
	if (cJSON_IsObject(get(root, "driver_breakdowns"))) {
		take_breakdowns(r, root);
		return true;
	}
	if (cJSON_IsArray(drivers) && get(first, "driver_number")) {
		take_factors(r, root);
		return true;
	}
	if (cJSON_IsArray(get(root, "tracks")) && cJSON_IsArray(drivers)) {
		take_dashboard(r, root);
		return true;
	}
	return cJSON_IsObject(get(root, "data")) && take_data(r, get(root, "data"));
}

static bool tell_bare(struct reader *r, const struct text_check *c)
{
	return diag_add(&r->s->warnings, r->s->arena, r->file, c->line_bare,
			"NaN or Infinity where JSON has a number, %u time%s: read as missing", (unsigned)c->bare,
			c->bare == 1 ? "" : "s");
}

bool season_add_text(struct season *s, const char *name, const char *text, size_t n, struct err *err)
{
	struct reader r = {.s = s, .file = arena_str(s->arena, str_from(name)), .text = text, .n = n};
	if (!r.file)
		return err_set(err, ERR_NOMEM, "%s: out of memory", name);
	uint64_t refused = s->refused.total;
	struct text_check c = {0};
	cJSON *root = parse(name, text, n, &c, err);
	if (!root)
		return false;
	r.root = root;
	bool known = take_root(&r, root);
	cJSON_Delete(root);
	if (known && c.bare && !tell_bare(&r, &c))
		r.nomem = true;
	if (r.nomem)
		return err_set(err, ERR_NOMEM, "%s: out of memory", name);
	if (!known)
		return err_set(err, ERR_NOT_FOUND, "%s: not one of the season's JSON files", name);
	refused = s->refused.total - refused;
	struct file_entry e = {
		.path = r.file, .role = ROLE_SEASON_JSON, .state = FILE_USED, .why = "", .refused = (uint32_t)refused};
	if (!file_list_add(&s->files, s->arena, &e))
		return err_set(err, ERR_NOMEM, "%s: out of memory", name);
	return true;
}

bool season_add_file(struct season *s, const char *path, struct err *err)
{
	struct buf b;
	buf_init(&b, SEASON_JSON_MAX);
	bool ok = file_read(path, &b, err) && season_add_text(s, path, b.p ? b.p : "", b.n, err);
	buf_release(&b);
	return ok;
}

/* --- at the end --- */

static int driver_cmp(const void *a, const void *b)
{
	const struct season_driver *x = a, *y = b;
	return str_cmp_natural(str_from(x->number), str_from(y->number));
}

static int result_cmp(const void *a, const void *b)
{
	const struct season_result *x = a, *y = b;
	int c = strcmp(x->track, y->track);
	return c ? c : (x->race > y->race) - (x->race < y->race);
}

static int result_order(const void *a, const void *b)
{
	const struct season_result *x = a, *y = b;
	int c = result_cmp(a, b);
	return c ? c : (x->finish > y->finish) - (x->finish < y->finish);
}

/* A name alone makes no driver: some files list people who drove in none of the races. */
static bool says_something(const struct season_driver *d)
{
	bool factors = false;
	for (int f = 0; f < FACTORS; f++)
		factors |= !isnan(d->factor_score[f]) || !isnan(d->factor_percentile[f]);
	return d->has_stats || d->nresults > 0 || factors;
}

static void drop_names_only(struct season *s)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < s->ndrivers; i++) {
		if (says_something(&s->drivers[i]))
			s->drivers[kept++] = s->drivers[i];
	}
	s->ndrivers = kept;
}

/* A race that a driver has twice is kept once, the better finish, so that the order in the file does not matter. */
static bool drop_twins(struct season *s, struct season_driver *d)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < d->nresults; i++) {
		if (kept > 0 && result_cmp(&d->results[kept - 1], &d->results[i]) == 0) {
			if (!diag_add(&s->warnings, s->arena, "driver_race_results", 0,
				      "driver %s has %s race %d twice: one is kept", d->number, d->results[i].track,
				      d->results[i].race))
				return false;
			continue;
		}
		d->results[kept++] = d->results[i];
	}
	d->nresults = kept;
	return true;
}

bool season_finish(struct season *s, struct err *err)
{
	drop_names_only(s);
	if (s->ndrivers)
		qsort(s->drivers, s->ndrivers, sizeof *s->drivers, driver_cmp);
	for (uint32_t i = 0; i < s->ndrivers; i++) {
		struct season_driver *d = &s->drivers[i];
		if (d->nresults)
			qsort(d->results, d->nresults, sizeof *d->results, result_order);
		if (!drop_twins(s, d))
			return err_set(err, ERR_NOMEM, "out of memory for the season");
	}
	return true;
}
