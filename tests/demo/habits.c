#include "tests/demo/habits.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#include "core/base/path.h"
#include "core/source/telemetry.h"
#include "core/telemetry/advice.h"
#include "tests/demo/demo.h"

static const double LEAST = 0.1, NOTHING = 0.03, PART = 0.2, SAME_PLACE = 15; /* s, s, part, m */
static const char plain_car[] = "14";                                         /* nothing is planted in it */
enum { FIRST_MINI = 4, CARS_MAX = 8 };

struct scene {
	struct dataset *d;
	const struct session *s;
	struct analysis *an;
	struct tel_set *set;
	struct arena *arena;
	cJSON *story, *race;
};

static const char *text_of(const cJSON *o, const char *name)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(o, name);

	return cJSON_IsString(v) ? v->valuestring : "";
}

static double number_of(const cJSON *o, const char *name)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(o, name);

	return cJSON_IsNumber(v) ? v->valuedouble : (double)NAN;
}

static void read_story(struct scene *x, const char *session)
{
	struct buf b;
	struct err err = {0};
	cJSON *race;

	buf_init(&b, 64 << 20);
	assert_ok(file_read("data/demo/story.json", &b, &err), &err);
	x->story = cJSON_ParseWithLength(b.p, b.n);
	buf_release(&b);
	assert_non_null(x->story);
	cJSON_ArrayForEach(race, cJSON_GetObjectItemCaseSensitive(x->story, "sessions")) if (strcmp(text_of(race, "id"),
												    session) == 0)
		x->race = race;
	assert_non_null(x->race);
}

/* Through the program's own reader, straight from the raw file. */
static void read_telemetry(struct scene *x)
{
	struct err err = {0};
	struct telemetry *t = telemetry_open(x->d, NULL, TELEMETRY_CSV, &err);
	struct telemetry_car *list;
	const struct telemetry_car *wanted[CARS_MAX];
	struct tel_stream *stream[CARS_MAX];
	uint32_t n;

	assert_ok(t, &err);
	assert_ok(telemetry_cars(t, x->s, NULL, x->arena, &list, &n, &err), &err);
	assert_in_range(n, 2, CARS_MAX);
	for (uint32_t i = 0; i < n; i++)
		wanted[i] = &list[i];
	assert_ok(telemetry_read(t, wanted, n, INT64_MIN, INT64_MAX, NULL, stream, &err), &err);
	x->set = tel_set_new(x->an, stream, n, NULL, &err);
	assert_ok(x->set, &err);
	for (uint32_t i = 0; i < n; i++)
		tel_stream_free(stream[i]);
	telemetry_close(t);
}

static void open_scene(struct scene *x, const char *dir, const char *session)
{
	const char *paths[] = {"data/demo", dir};
	struct load_opts o = {.paths = paths, .npaths = 2};
	struct err err = {0};

	*x = (struct scene){.d = dataset_load(&o, &err), .arena = arena_new(0)};
	assert_ok(x->d, &err);
	x->s = demo_session(x->d, session);
	x->an = analysis_new(x->s, NULL, &err);
	assert_ok(x->an, &err);
	read_story(x, session);
	read_telemetry(x);
}

static void close_scene(struct scene *x)
{
	cJSON_Delete(x->story);
	tel_set_free(x->set);
	analysis_free(x->an);
	arena_free(x->arena);
	dataset_free(x->d);
}

static void advise(const struct scene *x, uint32_t you, struct tel_advices *out)
{
	struct tel_five five;
	struct err err = {0};

	assert_ok(tel_five_make(x->set, (uint32_t)session_car(x->s, plain_car), you, x->arena, &five, &err), &err);
	assert_true(five.known && five.enough);
	assert_ok(tel_advise(x->set, &five, x->arena, out, &err), &err);
}

/* --- what was planted ------------------------------------------------------------------- */

static enum tel_cause cause_named(const char *name)
{
	for (int c = CAUSE_BRAKES_EARLY; c <= CAUSE_LATE_THROTTLE; c++)
		if (strcmp(tel_cause_name((enum tel_cause)c), name) == 0)
			return (enum tel_cause)c;
	return CAUSE_NONE;
}

static void judge_habit(const struct scene *x, const cJSON *plant, const struct tel_advices *a, int causes)
{
	double seconds = number_of(plant, "lap"), within = fmax(PART * seconds, NOTHING);
	const struct tel_advice *found = NULL;

	for (uint32_t i = 0; i < a->n; i++)
		if (fabs(x->set->corner[a->at[i].corner].apex - number_of(plant, "at")) <= SAME_PLACE)
			found = &a->at[i];
	if (!found)
		fail_msg("%s of %s at %.0f m is not told", text_of(plant, "cause"), text_of(plant, "car"),
			 number_of(plant, "at"));
	double size = isnan(found->of_cause) ? found->a_lap : found->of_cause;

	if (causes && strcmp(tel_cause_name(found->cause), text_of(plant, "cause")) != 0)
		fail_msg("%s of %s is called \"%s\"", text_of(plant, "cause"), text_of(plant, "car"),
			 tel_cause_name(found->cause));
	if (fabs(size - seconds) > within)
		fail_msg("%s of %s: %.3f s, the truth is %.3f", text_of(plant, "cause"), text_of(plant, "car"), size,
			 seconds);
}

/* --- what was not ----------------------------------------------------------------------------- */

static const cJSON *expected_of(const struct scene *x, const char *car)
{
	const cJSON *c;

	cJSON_ArrayForEach(c, cJSON_GetObjectItemCaseSensitive(
				      x->race, "cars")) if (strcmp(text_of(c, "car"), car) ==
							    0) return cJSON_GetObjectItemCaseSensitive(c, "expected");
	fail_msg("%s is not in the story", car);
	return NULL;
}

static double expected_at(const struct scene *x, const char *car, int mini)
{
	const cJSON *v = cJSON_GetArrayItem(expected_of(x, car), FIRST_MINI + mini);

	assert_true(cJSON_IsNumber(v));
	return v->valuedouble;
}

/* The mini-sector that holds the corner must be lost (won), too, by the simulation. */
static void judge_advice(const struct scene *x, const char *car, const struct tel_advice *a)
{
	const struct tel_lap *l = &x->set->lap[0];
	double apex = x->set->corner[a->corner].apex, truth;
	int mini = 0;

	while (mini < (int)l->nlines && apex >= l->line[mini].at)
		mini++;
	truth = expected_at(x, car, mini) - expected_at(x, plain_car, mini);
	if ((truth > 0) != (a->a_lap > 0) || fabs(truth) < NOTHING)
		fail_msg("%s of %s is told with %.3f s, the truth of its place is %.3f", x->set->corner[a->corner].id,
			 car, a->a_lap, truth);
}

unsigned habits_judge(const char *dir, const char *session, int causes)
{
	struct scene x;
	unsigned habits = 0;

	open_scene(&x, dir, session);
	for (uint32_t i = 0; i < x.set->ncars; i++) {
		const struct tel_match *m = &x.set->cars[i].match;
		struct tel_advices a;
		const cJSON *plant;

		if (!m->found) /* it sends in the other race only */
			continue;
		const char *car = x.s->cars[m->car].id;

		if (strcmp(car, plain_car) == 0)
			continue;
		advise(&x, (uint32_t)m->car, &a);
		for (uint32_t k = 0; k < a.n; k++)
			judge_advice(&x, car, &a.at[k]);
		cJSON_ArrayForEach(plant, cJSON_GetObjectItemCaseSensitive(x.race, "planted"))
		{
			if (strcmp(text_of(plant, "car"), car) != 0 ||
			    cause_named(text_of(plant, "cause")) == CAUSE_NONE || number_of(plant, "lap") < LEAST)
				continue;
			judge_habit(&x, plant, &a, causes);
			habits++;
		}
	}
	close_scene(&x);
	return habits;
}
