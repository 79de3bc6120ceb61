#include "core/model/files.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *file_role_name(enum file_role r)
{
	static const char *const names[] = {
		[ROLE_UNKNOWN] = "unknown",
		[ROLE_LAPS] = "laps",
		[ROLE_RESULTS_PROVISIONAL] = "provisional results",
		[ROLE_RESULTS] = "results",
		[ROLE_RESULTS_CLASS] = "results by class",
		[ROLE_QUALIFYING] = "qualifying",
		[ROLE_BEST_TEN] = "best ten laps",
		[ROLE_WEATHER] = "weather",
		[ROLE_SEASON_JSON] = "season",
		[ROLE_TELEMETRY] = "telemetry",
		[ROLE_LAP_EVENTS] = "lap events",
		[ROLE_LAPS_2024] = "laps (MYLAPS)",
		[ROLE_CHAMPIONSHIP] = "championship",
		[ROLE_STORY] = "story",
		[ROLE_OTHER] = "other",
	};
	return (unsigned)r < sizeof names / sizeof *names ? names[r] : "unknown";
}

const char *file_state_name(enum file_state s)
{
	static const char *const names[] = {
		[FILE_USED] = "used",       [FILE_DUPLICATE] = "duplicate", [FILE_NOT_ATTACHED] = "not attached",
		[FILE_REFUSED] = "refused", [FILE_NOT_READ] = "not read",
	};
	return (unsigned)s < sizeof names / sizeof *names ? names[s] : "not read";
}

/* Room for one more of a list of things of `size` bytes. The arena frees nothing, so the list doubles. */
static bool grow(struct arena *a, void **at, uint32_t n, uint32_t *cap, size_t size)
{
	if (n < *cap)
		return true;
	uint32_t wider = *cap ? *cap * 2 : 8;
	void *fresh = arena_array(a, wider, size);
	if (!fresh)
		return false;
	if (n > 0)
		memcpy(fresh, *at, n * size);
	*at = fresh;
	*cap = wider;
	return true;
}

static const char *copy(struct arena *a, const char *s)
{
	return s && *s ? arena_strndup(a, s, strlen(s)) : "";
}

bool file_list_add(struct file_list *l, struct arena *a, const struct file_entry *e)
{
	void *at = l->at;
	if (!grow(a, &at, l->n, &l->cap, sizeof *l->at))
		return false;
	l->at = at;
	struct file_entry kept = *e;
	kept.path = copy(a, e->path);
	kept.why = copy(a, e->why);
	if (!kept.path || !kept.why)
		return false;
	l->at[l->n++] = kept;
	return true;
}

bool diag_add(struct diag_list *l, struct arena *a, const char *file, uint32_t line, const char *fmt, ...)
{
	l->total++;
	if (l->n >= DIAG_KEPT)
		return true;
	char text[400];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	void *at = l->at;
	if (!grow(a, &at, l->n, &l->cap, sizeof *l->at))
		return false;
	l->at = at;
	/* Most diagnostics of a list are about one file: its name is kept once. */
	bool same = l->n > 0 && file && strcmp(l->at[l->n - 1].file, file) == 0;
	struct diag d = {.line = line, .why = copy(a, text)};
	d.file = same ? l->at[l->n - 1].file : copy(a, file);
	if (!d.file || !d.why)
		return false;
	l->at[l->n++] = d;
	return true;
}

const char *diag_why(const char *message, const char *path, uint32_t *line)
{
	size_t n = strlen(path);
	*line = 0;
	if (strncmp(message, path, n) != 0 || message[n] != ':')
		return message;
	const char *p = message + n + 1;
	for (; *p >= '0' && *p <= '9' && *line < UINT32_MAX / 10 - 1; p++)
		*line = *line * 10 + (uint32_t)(*p - '0');
	p += *p == ':';
	return p + strspn(p, " ");
}
