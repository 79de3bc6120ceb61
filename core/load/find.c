#include "core/load/find.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/load/laps.h"
#include "core/load/laps_2024.h"
#include "core/load/results.h"
#include "core/load/weather.h"

enum { DEPTH_MAX = 12, FILES_MAX = 20000, SNIFF = 8192, SEEN_SLOTS = 65536 };

struct seen { /* a file met already, by another path or link */
	uint64_t dev, ino;
	bool used;
};

struct finding {
	struct arena *a;
	struct file_list *out;
	struct diag_list *problems;
	const atomic_bool *cancel;
	struct err *err;
	struct seen *seen;
	bool full;
};

/* --- Roles ---------------------------------------------------------------- */

static bool has(const struct csv_reader *r, const char *name)
{
	return csv_column(r, name) >= 0;
}

static bool telemetry_header(const struct csv_reader *r)
{
	static const char *const channels[] = {"accx_can", "accy_can", "speed", "nmot",     "gear",
					       "pbrake_f", "ath",      "aps",   "pbrake_r", "Steering_Angle"};
	unsigned found = 0;
	if (has(r, "telemetry_name") && has(r, "telemetry_value"))
		return true;
	for (size_t i = 0; i < sizeof channels / sizeof *channels; i++)
		found += has(r, channels[i]);
	return found >= 3;
}

static enum file_role csv_role(const struct csv_reader *r, const char *path)
{
	if (laps_header(r))
		return ROLE_LAPS;
	if (weather_header(r))
		return ROLE_WEATHER;
	if (telemetry_header(r))
		return ROLE_TELEMETRY;
	if (has(r, "meta_event") && has(r, "vehicle_id") && has(r, "lap"))
		return ROLE_LAP_EVENTS;
	if (laps_2024_header(r))
		return ROLE_LAPS_2024;
	if (has(r, "Participant") && has(r, "Points"))
		return ROLE_CHAMPIONSHIP;
	return results_role(r, path);
}

static const char *past_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
		p++;
	return p;
}

/* A generated season's truth begins with the number it was made from. */
static bool is_story(struct str head)
{
	const char *end = head.p + head.n, *first = head.n > 0 ? past_blanks(head.p + 1, end) : end;
	struct str rest = {first, (size_t)(end - first)};

	return head.n > 0 && head.p[0] == '{' && str_starts_nocase(rest, "\"seed\"") &&
	       str_has_nocase(head, "\"places\"");
}

/* Season files are objects or lists of drivers; telemetry is a list whose first objects show its column names. */
static enum file_role json_role(struct str head, const char *path)
{
	bool list = head.n > 0 && head.p[0] == '[';
	if (is_story(head))
		return ROLE_STORY;
	bool named = str_has_nocase(str_from(path_base(path)), "telemetry");
	if (list && (named || str_has_nocase(head, "\"telemetry_name\"") || str_has_nocase(head, "\"accx")))
		return ROLE_TELEMETRY;
	return ROLE_SEASON_JSON;
}

static struct str skip_bom(struct str s)
{
	while (s.n >= 3 && memcmp(s.p, "\xef\xbb\xbf", 3) == 0)
		s = (struct str){s.p + 3, s.n - 3};
	while (s.n > 0 && strchr(" \t\r\n", s.p[0]) && s.p[0] != '\0')
		s = (struct str){s.p + 1, s.n - 1};
	return s;
}

static bool ends_nocase(const char *name, const char *ending)
{
	size_t n = strlen(name), e = strlen(ending);
	return n >= e && str_eq_nocase((struct str){name + n - e, e}, (struct str){ending, e});
}

static bool is_table(const char *name)
{
	return ends_nocase(name, ".csv") || ends_nocase(name, ".txt");
}

/* false: what is in the file can be nothing for us, and err says why. */
static bool role_of(const char *path, struct str bytes, enum file_role *role, struct err *err)
{
	struct str head = skip_bom(bytes);
	bool brace = head.n > 0 && (head.p[0] == '{' || head.p[0] == '[');
	if (head.n == 0)
		return err_set(err, ERR_FORMAT, "%s: is empty", path);
	if (brace || ends_nocase(path, ".json")) {
		if (!brace)
			return err_set(err, ERR_FORMAT, "%s: is no JSON", path);
		*role = json_role(head, path);
		return true;
	}
	struct csv_reader *r = csv_open_memory(path, bytes.p, bytes.n, err);
	if (!r)
		return false;
	*role = csv_role(r, path);
	csv_close(r);
	return true;
}

/* --- One file ------------------------------------------------------------- */

/* The first bytes of a regular file, and what the system knows of it. */
static bool sniff(const char *path, char buf[SNIFF], size_t *n, struct stat *st, struct err *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	ssize_t got = 0;
	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot be opened: %s", path, strerror(errno));
	bool ok = fstat(fd, st) == 0;
	if (ok && !S_ISREG(st->st_mode))
		err_set(err, ERR_IO, "%s: is a pipe or device, not a file", path);
	else if (!ok || (got = read(fd, buf, SNIFF)) < 0)
		err_set(err, ERR_IO, "%s: cannot be read: %s", path, strerror(errno));
	close(fd);
	*n = got > 0 ? (size_t)got : 0;
	return ok && S_ISREG(st->st_mode) && got >= 0;
}

static bool met_before(struct finding *f, const struct stat *st)
{
	uint64_t h = ((uint64_t)st->st_ino ^ (uint64_t)st->st_dev << 32) * 0x9e3779b97f4a7c15U;
	size_t i = (size_t)(h >> 48) & (SEEN_SLOTS - 1);
	for (; f->seen[i].used; i = (i + 1) & (SEEN_SLOTS - 1))
		if (f->seen[i].dev == (uint64_t)st->st_dev && f->seen[i].ino == (uint64_t)st->st_ino)
			return true;
	f->seen[i] = (struct seen){(uint64_t)st->st_dev, (uint64_t)st->st_ino, true};
	return false;
}

static bool nomem(struct finding *f)
{
	err_set(f->err, ERR_NOMEM, "out of memory while looking for files");
	return false;
}

static bool problem_at(struct finding *f, const char *path, uint32_t line, const char *why)
{
	return diag_add(f->problems, f->a, path, line, "%s", why) || nomem(f);
}

static bool problem(struct finding *f, const char *path, const char *why)
{
	return problem_at(f, path, 0, why);
}

static bool add_refused(struct finding *f, struct file_entry *e, const char *why)
{
	uint32_t line;
	e->state = FILE_REFUSED;
	e->why = diag_why(why, e->path, &line);
	if (!problem_at(f, e->path, line, e->why))
		return false;
	return file_list_add(f->out, f->a, e) || nomem(f);
}

static bool look_at_file(struct finding *f, const char *path)
{
	char bytes[SNIFF];
	size_t n = 0;
	struct stat st = {0};
	struct err why = {0};
	struct file_entry e = {.path = path, .role = ROLE_OTHER, .state = FILE_NOT_READ, .why = ""};
	if (f->out->n >= FILES_MAX) {
		f->full = true;
		return problem(f, path, "more than 20,000 files: this one and what follows was not looked at");
	}
	if (!sniff(path, bytes, &n, &st, &why))
		return add_refused(f, &e, why.msg);
	if (met_before(f, &st))
		return true;
	e.size = st.st_size;
	e.mtime = st.st_mtime;
	if (is_table(path) || ends_nocase(path, ".json")) {
		e.role = ROLE_UNKNOWN;
		if (!role_of(path, (struct str){bytes, n}, &e.role, &why))
			return add_refused(f, &e, why.msg);
	}
	return file_list_add(f->out, f->a, &e) || nomem(f);
}

/* --- Folders -------------------------------------------------------------- */

static bool look_at(struct finding *f, const char *path, int depth);

static int name_cmp(const void *pa, const void *pb)
{
	const char *const *a = pa, *const *b = pb;
	return strcmp(*a, *b);
}

static bool keep_name(char ***names, size_t *n, size_t *cap, const char *name)
{
	if (*n == *cap) {
		size_t more = *cap ? *cap * 2 : 32;
		char **wider = realloc(*names, more * sizeof *wider);
		if (!wider)
			return false;
		*names = wider;
		*cap = more;
	}
	(*names)[*n] = strdup(name);
	return (*names)[*n] && ++*n;
}

/* All names of a folder that are not hidden, in byte order: nothing may depend on the file system's order. */
static bool list_folder(struct finding *f, const char *path, char ***names, size_t *n)
{
	DIR *dir = opendir(path);
	size_t cap = 0;
	bool ok = true;
	if (!dir)
		return problem(f, path, strerror(errno));
	for (struct dirent *d; ok && (d = readdir(dir));)
		if (d->d_name[0] != '.' && *n < (size_t)FILES_MAX * 2)
			ok = keep_name(names, n, &cap, d->d_name);
	closedir(dir);
	if (*n > 1)
		qsort(*names, *n, sizeof **names, name_cmp);
	return ok || nomem(f);
}

/* Links to folders are not followed, so that no loop and no half of the disk hangs on a name. */
static bool is_linked_folder(const char *path)
{
	struct stat link, target;
	return lstat(path, &link) == 0 && S_ISLNK(link.st_mode) && stat(path, &target) == 0 && S_ISDIR(target.st_mode);
}

static bool look_at_child(struct finding *f, const char *dir, const char *name, int depth)
{
	char path[PATH_MAX];
	if (!path_join(path, sizeof path, dir, name))
		return problem(f, dir, "holds a name that makes the path too long");
	if (is_linked_folder(path))
		return problem(f, path, "is a link to a folder: not followed; name it with --data to have it read");
	return look_at(f, path, depth);
}

static bool look_at_folder(struct finding *f, const char *path, int depth)
{
	char **names = NULL;
	size_t n = 0;
	if (depth > DEPTH_MAX)
		return problem(f, path, "is more than 12 folders deep: not looked at");
	bool ok = list_folder(f, path, &names, &n);
	for (size_t i = 0; i < n; i++) {
		if (ok && !f->full)
			ok = look_at_child(f, path, names[i], depth + 1);
		free(names[i]);
	}
	free(names);
	return ok;
}

static bool look_at(struct finding *f, const char *path, int depth)
{
	struct stat st;
	if (f->cancel && atomic_load_explicit(f->cancel, memory_order_relaxed))
		return err_set(f->err, ERR_CANCELLED, "cancelled");
	if (stat(path, &st) != 0)
		return problem(f, path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return look_at_folder(f, path, depth);
	return look_at_file(f, path);
}

bool find_files(const char *const *paths, unsigned n, struct arena *a, struct file_list *out,
		struct diag_list *problems, const atomic_bool *cancel, struct err *err)
{
	struct finding f = {.a = a, .out = out, .problems = problems, .cancel = cancel, .err = err};
	f.seen = calloc(SEEN_SLOTS, sizeof *f.seen);
	bool ok = f.seen || nomem(&f);
	for (unsigned i = 0; ok && i < n && !f.full; i++)
		ok = look_at(&f, paths[i], 0);
	free(f.seen);
	return ok;
}
