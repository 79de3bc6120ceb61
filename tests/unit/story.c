#include "tests/unit/story.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/path.h"
#include "tests/unit/laps_helper.h"

enum { PLACES = 10, FIRST_SECTOR = 1, FIRST_MINI = 4 };
static const double LEAST = 0.1, NOTHING = 0.03, PART = 0.2;

struct story {
	cJSON *json;
};

struct story *story_read(const char *path)
{
	struct story *s = calloc(1, sizeof *s);
	struct buf b;
	struct err err = {0};

	assert_non_null(s);
	buf_init(&b, 64 << 20);
	if (file_read(path, &b, &err))
		s->json = cJSON_ParseWithLength(b.p, b.n);
	buf_release(&b);
	if (s->json)
		return s;
	free(s);
	return NULL;
}

void story_free(struct story *s)
{
	if (s)
		cJSON_Delete(s->json);
	free(s);
}

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

/* --- The truth ------------------------------------------------------------------ */

struct judge {
	const cJSON *race;
	const struct analysis *an;
	struct story_counts *sum;
	FILE *to;
};

/* The car that the story calls so; a file may have lost the zero of 03. */
static int car_named(const struct session *s, const char *id)
{
	int car = session_car(s, id);

	return car < 0 && *id == '0' ? session_car(s, id + 1) : car;
}

static const cJSON *truth_of(const struct judge *j, uint32_t car)
{
	const cJSON *truth;

	cJSON_ArrayForEach(truth, cJSON_GetObjectItemCaseSensitive(j->race, "cars"))
	{
		if (car_named(j->an->session, text_of(truth, "car")) == (int)car)
			return truth;
	}
	fail_msg("no car %s of %s in the story", j->an->session->cars[car].id, j->an->session->id);
	return NULL;
}

static double figure(const cJSON *car, const char *name, int place)
{
	return cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(car, name), place)->valuedouble;
}

static int place_index(const struct note *n)
{
	return n->sector >= 0 ? FIRST_SECTOR + n->sector : n->mini >= 0 ? FIRST_MINI + n->mini : 0;
}

/* What a car needs for a place alone, on the laps of one side. */
static double alone(const cJSON *car, const struct note_side *s, int place)
{
	double sum = 0;

	for (uint32_t i = 0; i < s->n; i++)
		sum += figure(car, "fresh", place) + figure(car, "wear", place) * (s->lap[i] - 1);
	return sum / s->n;
}

static const char *id_of(const struct judge *j, uint32_t car)
{
	return j->an->session->cars[car].id;
}

/* Seconds a lap that YOU really lose to REF in the place of a note, on its laps. */
static double true_loss(const struct judge *j, const struct notes *l, const struct note *n)
{
	int place = place_index(n);

	int ref = session_car(j->an->session, n->of_ref.name);

	return alone(truth_of(j, l->you), &n->of_you, place) - alone(truth_of(j, (uint32_t)ref), &n->of_ref, place);
}

static int by_double(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The middle of all cars but one. */
static double of_the_field(const struct judge *j, const cJSON *but, bool wear)
{
	double v[256];
	size_t n = 0;
	const cJSON *car;

	cJSON_ArrayForEach(car, cJSON_GetObjectItemCaseSensitive(j->race, "cars"))
	{
		if (car != but && n < COUNT_OF(v))
			v[n++] = wear ? figure(car, "wear", 0) : number_of(car, "noise");
	}
	qsort(v, n, sizeof *v, by_double);
	return n ? v[n / 2] : 0;
}

static double mean_lap(const struct note_side *s)
{
	double sum = 0;

	for (uint32_t i = 0; i < s->n; i++)
		sum += s->lap[i];
	return sum / s->n;
}

/* Seconds that are really behind a note about pace; NAN when it is none. */
static double truth_behind(const struct judge *j, const struct notes *l, const struct note *n)
{
	const cJSON *you = truth_of(j, l->you);

	if (n->topic == TOPIC_PLACE)
		return true_loss(j, l, n);
	if (n->topic == TOPIC_KEEP)
		return -true_loss(j, l, n);
	if (n->topic == TOPIC_FADE)
		return (figure(you, "wear", 0) - of_the_field(j, you, true)) *
		       (mean_lap(&n->of_you) - mean_lap(&n->of_ref));
	if (n->topic == TOPIC_SPREAD) /* of a lap: six mini-sectors */
		return sqrt(6) * (number_of(you, "noise") - of_the_field(j, you, false));
	return (double)NAN;
}

static void judge_notes(struct judge *j, const struct notes *l)
{
	for (uint32_t i = 0; i < l->n; i++) {
		const struct note *n = &l->note[i];
		double truth = truth_behind(j, l, n);

		if (isnan(truth))
			continue;
		j->sum->notes++;
		if (truth >= NOTHING)
			continue;
		j->sum->untrue++;
		if (j->to)
			fprintf(j->to, "untrue  %s %s v %s, %s: truth %+.3f; %s\n", j->an->session->id,
				id_of(j, l->you), id_of(j, l->ref), n->where, truth, n->text);
	}
}

/* --- What was planted ------------------------------------------------------------- */

static bool is_corner(const cJSON *plant)
{
	return cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(plant, "corner"));
}

static int plant_place(const cJSON *plant)
{
	static const char *const name[PLACES] = {"Lap", "S1", "S2", "S3", "IM1a", "IM1", "IM2a", "IM2", "IM3a", "FL"};

	for (int i = 0; i < PLACES; i++)
		if (strcmp(text_of(plant, "place"), name[i]) == 0)
			return i;
	return 0;
}

/* The causes laps can tell: a place, wear, spread, start. */
static enum note_topic topic_of(const cJSON *plant)
{
	const char *cause = text_of(plant, "cause");

	if (is_corner(plant))
		return TOPIC_PLACE;
	return strcmp(cause, "wear") == 0 ? TOPIC_FADE : strcmp(cause, "spread") == 0 ? TOPIC_SPREAD : TOPIC_START;
}

static const struct note *note_for(const struct notes *l, enum note_topic topic, int place)
{
	for (uint32_t i = 0; i < l->n; i++) {
		const struct note *n = &l->note[i];

		if (n->topic == topic && (topic != TOPIC_PLACE || place_index(n) == place))
			return n;
	}
	return NULL;
}

static bool size_agrees(double said, double truth)
{
	double room = PART * fabs(truth) > NOTHING ? PART * fabs(truth) : NOTHING;

	return fabs(said - truth) <= room;
}

/* What the note says a lap (a start: once), and what is so. */
static bool size_right(struct judge *j, const struct notes *l, const struct note *n, const cJSON *plant, double *said,
		       double *truth)
{
	*truth = number_of(plant, "seconds");
	switch (n->topic) {
	case TOPIC_PLACE:
		*said = n->evidence.median / 1000.0;
		*truth = true_loss(j, l, n);
		break;
	case TOPIC_FADE:
		*said = n->evidence.median / 1000.0;
		break;
	case TOPIC_SPREAD: /* the step from lap to lap, as a deviation */
		*said = n->evidence.median / 1000.0 * 1.4826 / sqrt(2);
		break;
	default: /* a start is a sum of what was driven, in the traffic of both: there is no truth for it */
		return true;
	}
	return size_agrees(*said, *truth);
}

static void tell(const struct judge *j, const char *what, const struct notes *l, const cJSON *plant, double said,
		 double truth)
{
	if (j->to)
		fprintf(j->to, "%s  %s %s v %s, %s %s: said %.3f, so %.3f\n", what, j->an->session->id,
			id_of(j, l->you), id_of(j, l->ref), text_of(plant, "cause"), text_of(plant, "place"), said,
			truth);
}

static void judge_plant(struct judge *j, const struct notes *l, const cJSON *plant)
{
	const struct note *n = note_for(l, topic_of(plant), plant_place(plant));
	double said = 0, truth = number_of(plant, "seconds");

	j->sum->planted++;
	if (!n) {
		j->sum->missed++;
		tell(j, "missed", l, plant, said, truth);
	} else if (size_right(j, l, n, plant, &said, &truth)) {
		j->sum->found++;
	} else {
		j->sum->other_size++;
		tell(j, "size", l, plant, said, truth);
	}
}

/* A slope counts by what it costs from the first to the last lap. */
static bool large_enough(const cJSON *race, const cJSON *plant)
{
	double seconds = number_of(plant, "seconds");

	return (strcmp(text_of(plant, "cause"), "wear") == 0 ? seconds * number_of(race, "laps") : seconds) >= LEAST;
}

static void judge_car(struct judge *j, uint32_t you)
{
	struct arena *a = arena_new(0);
	uint16_t ref = coach_class_best(j->an, you);
	struct comparison c;
	struct notes l, own;
	struct err err = {0};
	const cJSON *plant;

	if (ref == NO_CAR || car_seen(j->an, you) == 0) {
		arena_free(a);
		return;
	}
	assert_ok(compare_make(j->an, ref, you, a, &c, &err), &err);
	assert_ok(coach_make(j->an, &c, a, &l, &err), &err);
	assert_ok(coach_own_make(j->an, you, a, &own, &err), &err);
	judge_notes(j, &l);
	judge_notes(j, &own);
	cJSON_ArrayForEach(plant, cJSON_GetObjectItemCaseSensitive(j->race, "planted"))
	{
		if (car_named(j->an->session, text_of(plant, "car")) == (int)you && large_enough(j->race, plant))
			judge_plant(j, topic_of(plant) == TOPIC_FADE || topic_of(plant) == TOPIC_SPREAD ? &own : &l,
				    plant);
	}
	arena_free(a);
}

void story_judge(const struct story *s, const struct dataset *d, struct story_counts *sum, FILE *to)
{
	const cJSON *race;

	*sum = (struct story_counts){0};
	cJSON_ArrayForEach(race, cJSON_GetObjectItemCaseSensitive(s->json, "sessions"))
	{
		const struct session *session = dataset_session(d, text_of(race, "id"));
		struct judge j = {.race = race, .sum = sum, .to = to};
		struct analysis *an;

		assert_non_null(session);
		an = analysed(session, NULL);
		j.an = an;
		for (uint32_t car = 0; car < session->ncars; car++)
			judge_car(&j, car);
		analysis_free(an);
	}
}
