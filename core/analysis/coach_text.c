#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "core/analysis/coach_draft.h"
#include "core/base/buf.h"

enum { LONGEST = 4000, LONG_LIST = 60, SHORT_LIST = 20 };

struct num_text sec(ms_t t)
{
	struct num_text out = {0};

	time_str(out.s, t == MS_NONE || t >= 0 ? t : -t);
	return out;
}

struct num_text diff(ms_t t)
{
	struct num_text out = {0};

	diff_str(out.s, t);
	return out;
}

struct num_text clock_of(ms_t t)
{
	struct num_text out = {0};

	time_str(out.s, t);
	return out;
}

struct num_text hundredths(double ms)
{
	struct num_text out = {0};

	dec_str(out.s, fabs(ms) / 1000, 2);
	return out;
}

const char *coach_car_id(const struct coach *k, uint16_t car)
{
	return car == NO_CAR ? "-" : k->an->session->cars[car].id;
}

const char *you_id(const struct coach *k)
{
	return k->you_name ? k->you_name : coach_car_id(k, k->c->you);
}

const char *ref_id(const struct coach *k)
{
	return k->ref_name ? k->ref_name : coach_car_id(k, k->c->ref);
}

uint32_t your_lap(const struct coach *k, uint32_t i)
{
	return car_first(k->an, k->c->you) + i;
}

static const char *keep_text(struct coach *k, struct buf *b)
{
	const char *copy = b->failed ? NULL : arena_strndup(k->arena, b->p ? b->p : "", b->n);

	buf_release(b);
	k->failed = k->failed || !copy;
	return copy ? copy : "";
}

const char *say(struct coach *k, const char *fmt, ...)
{
	struct buf b;
	va_list ap;

	buf_init(&b, LONGEST);
	va_start(ap, fmt);
	buf_vfmt(&b, fmt, ap);
	va_end(ap);
	return keep_text(k, &b);
}

struct note *draft_new(struct coach *k, enum note_kind kind, enum note_topic topic, const char *where, int64_t rank)
{
	/* The least that was found makes room when there are more than can ever be shown. */
	struct note *d = &k->draft[k->ndrafts < DRAFTS_MAX ? k->ndrafts++ : DRAFTS_MAX - 1];

	*d = (struct note){.kind = kind,
			   .rank = rank,
			   .topic = topic,
			   .where = where,
			   .gain = MS_NONE,
			   .median_ref = MS_NONE,
			   .median_you = MS_NONE,
			   .sector = -1,
			   .mini = -1,
			   .head = "",
			   .text = "",
			   .action = ""};
	return d;
}

/* One stretch of numbers, with what stands before it in the list. */
static void add_stretch(struct buf *b, uint16_t from, uint16_t to, bool first, bool last)
{
	if (!first)
		buf_str(b, last ? " and " : ", ");
	if (from == to)
		buf_fmt(b, "%u", (unsigned)from);
	else
		buf_fmt(b, "%u to %u", (unsigned)from, (unsigned)to);
}

/* How far a stretch of consecutive numbers reaches; two in a row stand apart ("1 and 2"). */
static uint32_t stretch_end(const uint16_t *lap, uint32_t n, uint32_t i)
{
	uint32_t end = i + 1;

	while (end < n && lap[end] == lap[end - 1] + 1)
		end++;
	return end - i == 2 ? i + 1 : end;
}

/* The list in full, or its ends when it is longer than `most` bytes. */
static const char *lap_list(struct coach *k, const uint16_t *lap, uint32_t n, size_t most)
{
	struct buf b;
	bool fits;

	buf_init(&b, LONGEST);
	buf_str(&b, n == 1 ? "lap " : "laps ");
	for (uint32_t i = 0, end; i < n; i = end) {
		end = stretch_end(lap, n, i);
		add_stretch(&b, lap[i], lap[end - 1], i == 0, end == n);
	}
	fits = n == 0 || (!b.failed && b.n <= most);
	if (fits)
		return keep_text(k, &b);
	buf_release(&b);
	return say(k, "%u laps from %u to %u", n, (unsigned)lap[0], (unsigned)lap[n - 1]);
}

const char *lap_words(struct coach *k, const uint16_t *lap, uint32_t n)
{
	return lap_list(k, lap, n, LONG_LIST);
}

const char *lap_head(struct coach *k, const uint16_t *lap, uint32_t n)
{
	return lap_list(k, lap, n, SHORT_LIST);
}

bool coach_held(const struct coach *k, uint32_t lap)
{
	const struct lap_air *air = k->an->order.air;
	const struct laps *l = &k->an->session->laps;
	uint32_t car = l->car[lap], next = lap + 1;
	bool follows = next < car_first(k->an, car) + car_seen(k->an, car) && l->number[next] == l->number[lap] + 1;

	return air[lap].air == AIR_HELD || (follows && air[next].air == AIR_HELD);
}

uint16_t *new_laps(struct coach *k, uint32_t n)
{
	uint16_t *p = ARENA_ARRAY(k->arena, n, uint16_t);

	k->failed = k->failed || !p;
	return p;
}

ms_t *new_times(struct coach *k, uint32_t n)
{
	ms_t *p = ARENA_ARRAY(k->arena, n, ms_t);

	k->failed = k->failed || !p;
	return p;
}

void set_laps(struct coach *k, struct note *n, const uint16_t *lap, uint32_t count)
{
	uint16_t *copy = new_laps(k, count);

	if (!copy)
		return;
	if (count > 0)
		memcpy(copy, lap, count * sizeof *copy);
	n->laps = copy;
	n->nlaps = count;
}
