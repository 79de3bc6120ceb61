/* The lap analysis ("23_"): one row a lap, cars in the order of their numbers as text. */
#include <string.h>

#include "core/base/num.h"
#include "data/generator/files.h"

static const char head[] =
	"NUMBER; DRIVER_NUMBER; LAP_NUMBER; LAP_TIME; LAP_IMPROVEMENT; CROSSING_FINISH_LINE_IN_PIT; S1; "
	"S1_IMPROVEMENT; S2; "
	"S2_IMPROVEMENT; S3; S3_IMPROVEMENT; KPH; ELAPSED; HOUR;S1_LARGE;S2_LARGE;S3_LARGE;TOP_SPEED";
static const char named_middle[] = ";DRIVER_NAME;PIT_TIME;CLASS;GROUP;TEAM;MANUFACTURER";
static const char anonymous_middle[] = ";PIT_TIME;CLASS;GROUP;MANUFACTURER";
static const char *const loops[MINI_COUNT] = {"IM1a", "IM1", "IM2a", "IM2", "IM3a", "FL"};

static void put_head(struct buf *b, const struct run *r, enum form form)
{
	bool int1 = r->type == TYPE_RACE && events[r->pace->event].int1[r->number - 1];

	bom(b, form);
	buf_str(b, head);
	buf_str(b, form == FORM_NAMED ? named_middle : anonymous_middle);
	buf_str(b, ";FLAG_AT_FL;S1_SECONDS;S2_SECONDS;S3_SECONDS");
	for (int i = 0; i < MINI_COUNT; i++) {
		const char *name = int1 && i == 1 ? "INT-1" : int1 && i == 3 ? "INT-2" : loops[i];

		buf_fmt(b, ";%s_time;%s_elapsed", name, name);
	}
	line_end(b, form);
}

static void put_time(struct buf *b, int32_t ms)
{
	char s[NUM_LEN];

	buf_str(b, time_str(s, ms));
}

static bool sector_known(const struct lap *l, int sector)
{
	return sector == 2 || !l->no_sectors;
}

static void put_sectors(struct buf *b, const struct lap *l)
{
	for (int i = 0; i < 3; i++) {
		if (sector_known(l, i))
			put_time(b, lap_sector(l, i));
		buf_fmt(b, ";%d;", l->sector_improved[i]);
	}
}

static void put_large(struct buf *b, const struct lap *l)
{
	char s[NUM_LEN];

	for (int i = 0; i < 3; i++) {
		if (sector_known(l, i))
			buf_str(b, time_str_min(s, lap_sector(l, i)));
		buf_char(b, ';');
	}
}

/* The anonymiser wrote numbers anew: zeros at the end are gone. */
static void put_seconds(struct buf *b, const struct lap *l, enum form form)
{
	char s[NUM_LEN];

	for (int i = 0; i < 3; i++) {
		buf_char(b, ';');
		if (!sector_known(l, i))
			continue;
		sec_str(s, lap_sector(l, i));
		for (size_t n = strlen(s); form == FORM_ANONYMOUS && (s[n - 1] == '0' || s[n - 1] == '.'); n--) {
			bool point = s[n - 1] == '.';

			s[n - 1] = '\0';
			if (point)
				break;
		}
		buf_str(b, s);
	}
}

static bool mini_known(const struct lap *l, int i)
{
	return i >= 4 || !(l->no_sectors || (l->no_first && i < 2));
}

static void put_minis(struct buf *b, const struct lap *l)
{
	int32_t elapsed = 0;

	for (int i = 0; i < MINI_COUNT; i++) {
		elapsed += l->mini[i];
		buf_char(b, ';');
		if (mini_known(l, i))
			put_time(b, l->mini[i]);
		buf_char(b, ';');
		if (mini_known(l, i) || (i == 1 && !l->no_sectors))
			put_time(b, elapsed);
	}
}

static void put_pit_time(struct buf *b, const struct lap *l)
{
	int32_t t = l->pit_time;

	if (t > 0)
		buf_fmt(b, "%d:%02d:%02d.%03d", t / 3600000, t / 60000 % 60, t / 1000 % 60, t % 1000);
	buf_char(b, ';');
}

/* A guest is entered in a group of its own, with the blank that the export adds. */
static const char *group_of(const struct driver *d)
{
	return strcmp(d->number, "3") == 0 ? "Guest " : "";
}

static void put_lap(struct buf *b, const struct run *r, int who, int n, enum form form)
{
	static const char *const flags[] = {[LAP_GREEN] = "GF", [LAP_CAUTION] = "FCY", [LAP_FINISH] = "FF"};
	const struct lap *l = &r->car[who].lap[n];
	const struct driver *d = &drivers[who];
	int32_t kph = lap_kph(r, l->time);

	buf_fmt(b, "%s;1;%d;", printed_number(r, d, form), n + 1);
	put_time(b, l->time);
	buf_fmt(b, ";%d;%s;", l->improved, l->in_pit ? "B" : "");
	put_sectors(b, l);
	buf_fmt(b, "%d.%d;", kph / 10, kph % 10);
	put_time(b, l->elapsed);
	buf_char(b, ';');
	put_clock(b, (int64_t)run_moment(r).start + l->elapsed);
	buf_char(b, ';');
	put_large(b, l);
	if (l->trap > 0)
		buf_fmt(b, "%d.%d", l->trap / 10, l->trap % 10);
	buf_char(b, ';');
	if (form == FORM_NAMED)
		buf_fmt(b, "%s %s;", d->first, d->last);
	put_pit_time(b, l);
	buf_fmt(b, "Am;%s;", group_of(d));
	if (form == FORM_NAMED)
		buf_fmt(b, "%s;", d->team);
	buf_fmt(b, "Corvane Racing;%s", flags[l->flag]);
	put_seconds(b, l, form);
	put_minis(b, l);
	line_end(b, form);
}

void laps_file(struct buf *b, const struct run *r, enum form form)
{
	uint8_t order[DRIVERS];
	int n = by_number(r, form, order);

	put_head(b, r, form);
	for (int i = 0; i < n; i++)
		for (int k = 0; k < r->car[order[i]].laps; k++)
			put_lap(b, r, order[i], k, form);
}
