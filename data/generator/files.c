#include "data/generator/files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/path.h"

/* Folders of a season are for everybody to read, so not made by path_make_dirs. */
static bool make_folders(char *path)
{
	for (char *p = path + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST)
			return false;
		*p = '/';
	}
	return mkdir(path, 0777) == 0 || errno == EEXIST;
}

void out_save(struct out *o, const char *folder, const char *name, struct buf *b)
{
	char path[600], dir[500];
	FILE *f;

	if (!path_join(dir, sizeof dir, o->dir, folder) || !path_join(path, sizeof path, dir, name) || b->failed) {
		fprintf(stderr, "pitwall-demo: %s: too long\n", name);
		o->failed = true;
	} else if (!make_folders(dir)) {
		perror(dir);
		o->failed = true;
	} else if (!(f = fopen(path, "wb"))) {
		perror(path);
		o->failed = true;
	} else {
		/* An empty file has no buffer, and fwrite() must not be given a null one. */
		size_t done = b->n ? fwrite(b->p, 1, b->n, f) : 0;

		if (fclose(f) != 0 || done != b->n) {
			perror(path);
			o->failed = true;
		}
	}
	buf_clear(b);
}

void bom(struct buf *b, enum form form)
{
	if (form == FORM_NAMED)
		buf_str(b, "\xef\xbb\xbf");
}

void line_end(struct buf *b, enum form form)
{
	buf_str(b, form == FORM_NAMED ? ";\n" : "\n");
}

const char *printed_number(const struct run *r, const struct driver *d, enum form form)
{
	bool lost = form == FORM_ANONYMOUS && r->type == TYPE_RACE && d->number[0] == '0';

	return lost ? d->number + 1 : d->number;
}

int by_number(const struct run *r, enum form form, uint8_t out[DRIVERS])
{
	int n = 0;

	for (int i = 0; i < DRIVERS; i++) {
		const struct driver *d = &drivers[i];
		int at = n;

		if (r->car[i].grid == 0 || r->car[i].laps == 0)
			continue;
		for (; at > 0; at--) {
			const struct driver *before = &drivers[out[at - 1]];
			int c = strcmp(printed_number(r, before, form), printed_number(r, d, form));

			if (c < 0 || (c == 0 && strcmp(before->number, d->number) < 0))
				break;
			out[at] = out[at - 1];
		}
		out[at] = (uint8_t)i;
		n++;
	}
	return n;
}

void put_clock(struct buf *b, int64_t ms)
{
	int t = (int)(ms % 86400000);

	buf_fmt(b, "%02d:%02d:%02d.%03d", t / 3600000, t / 60000 % 60, t / 1000 % 60, t % 1000);
}

int32_t lap_kph(const struct run *r, int32_t ms)
{
	return (int32_t)(((int64_t)r->pace->layout.length * 36000 + ms / 2) / ms);
}

/* --- when -------------------------------------------------------------------- */

enum { PRACTICE_AT = 36900000, QUALIFYING_AT = 31620000, QUALIFYING_STEP = 2100000 };

struct moment run_moment(const struct run *r)
{
	const struct event *e = &events[r->pace->event];
	struct moment m = {.start = e->start[r->number - 1]};
	int later = r->type == TYPE_RACE ? r->number : r->type == TYPE_QUALIFYING;

	if (r->type == TYPE_PRACTICE)
		m.start = PRACTICE_AT;
	else if (r->type == TYPE_QUALIFYING)
		m.start = QUALIFYING_AT + QUALIFYING_STEP * (r->number - 1);
	date_add(e->date, later, m.date);
	m.utc = date_days(m.date) * 86400 + m.start / 1000 - r->pace->layout.track->utc * (int64_t)3600;
	return m;
}

/* --- names of files ------------------------------------------------------------ */

/* "KestrelRidge" of "Kestrel Ridge". */
static void glued(const char *name, char *out, size_t cap)
{
	size_t n = 0;

	for (; *name && n + 1 < cap; name++)
		if (*name != ' ')
			out[n++] = *name;
	out[n] = '\0';
}

static void save_backend(struct out *o, const struct run *r, uint64_t seed, struct buf *b)
{
	const struct track *t = r->pace->layout.track;
	char name[100], track[40];

	if (r->type == TYPE_QUALIFYING) {
		glued(t->name, track, sizeof track);
		snprintf(name, sizeof name, "%srd%dQualifying.csv", track, r->number);
		timed_results_file(b, r);
		out_save(o, "qualifying", name, b);
		return;
	}
	snprintf(name, sizeof name, "%s_r%d_analysis_endurance.csv", t->id, r->number);
	laps_file(b, r, FORM_ANONYMOUS);
	out_save(o, "analysis_endurance", name, b);
	snprintf(name, sizeof name, "%s_r%d_provisional_results.csv", t->id, r->number);
	results_file(b, r, FORM_ANONYMOUS, STAGE_PROVISIONAL);
	out_save(o, "provisional_results", name, b);
	if (events[r->pace->event].official_late[r->number - 1]) {
		snprintf(name, sizeof name, "%s_r%d_results_official.csv", t->id, r->number);
		results_file(b, r, FORM_ANONYMOUS, STAGE_OFFICIAL);
		out_save(o, "official_results", name, b);
	}
	snprintf(name, sizeof name, "%s_r%d_best_10_laps.csv", t->id, r->number);
	best_ten_file(b, r, FORM_ANONYMOUS);
	out_save(o, "best_10_laps", name, b);
	snprintf(name, sizeof name, "%s_r%d_weather.csv", t->id, r->number);
	weather_file(b, r, seed, FORM_ANONYMOUS);
	out_save(o, "weather", name, b);
}

static void save_as(struct out *o, const struct run *r, struct buf *b, const char *start, const char *end)
{
	static const char *const kinds[] = {
		[TYPE_PRACTICE] = "Practice", [TYPE_QUALIFYING] = "Qualify", [TYPE_RACE] = "Race"};
	static const char *const words[] = {
		[TYPE_PRACTICE] = "practice", [TYPE_QUALIFYING] = "qualify", [TYPE_RACE] = "race"};
	const char *date = events[r->pace->event].date;
	char folder[100], name[100];

	snprintf(folder, sizeof folder, "%s-%.4s-%s-%d", r->pace->layout.track->id, date, words[r->type], r->number);
	snprintf(name, sizeof name, "%s_%s %d%s.CSV", start, kinds[r->type], r->number, end);
	out_save(o, folder, name, b);
}

/* The same laps once more, as the back end had them: a second file of one session. */
static void save_copy(struct out *o, const struct run *r, struct buf *b)
{
	char name[100];

	snprintf(name, sizeof name, "%s_r%d_analysis_endurance.csv", r->pace->layout.track->id, r->number);
	laps_file(b, r, FORM_ANONYMOUS);
	out_save(o, "analysis_endurance", name, b);
}

static void save_organiser(struct out *o, const struct run *r, uint64_t seed, struct buf *b)
{
	bool race = r->type == TYPE_RACE;

	laps_file(b, r, FORM_NAMED);
	save_as(o, r, b, "23_AnalysisEnduranceWithSections", "");
	best_ten_file(b, r, FORM_NAMED);
	save_as(o, r, b, "99_Best 10 Laps By Driver", "");
	weather_file(b, r, seed, FORM_NAMED);
	save_as(o, r, b, "26_Weather", "");
	if (!race) {
		timed_results_file(b, r);
		save_as(o, r, b, "03_Results", "");
		return;
	}
	results_file(b, r, FORM_NAMED, STAGE_PROVISIONAL);
	save_as(o, r, b, "03_Provisional Results", "");
	by_class_file(b, r);
	save_as(o, r, b, "05_Provisional Results by Class", "");
	if (events[r->pace->event].official_late[r->number - 1]) {
		results_file(b, r, FORM_NAMED, STAGE_OFFICIAL);
		save_as(o, r, b, "03_Results", "_Official");
		save_copy(o, r, b);
	}
}

void save_session(struct out *o, const struct run *r, uint64_t seed)
{
	struct buf b;

	buf_init(&b, (size_t)8 << 20);
	if (events[r->pace->event].style == STYLE_ORGANISER)
		save_organiser(o, r, seed, &b);
	else
		save_backend(o, r, seed, &b);
	buf_release(&b);
}
