#include "core/report/tel_load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/report/columns.h"
#include "core/report/shapes.h"

static const double coarse = 50; /* m between points where only laps are asked about */

static const char *unpadded(const char *number)
{
	while (*number == '0')
		number++;
	return number;
}

/* Does a source's car carry the number of one of the cars asked about? Nobody's number, "000", may be anybody's. */
static bool is_asked(const struct report_in *in, const struct telemetry_car *t, const uint16_t *cars, uint32_t n,
		     bool nobody)
{
	const char *number = t->car.number ? t->car.number : "";

	if (*unpadded(number) == '\0')
		return nobody;
	for (uint32_t i = 0; i < n; i++)
		if (strcmp(unpadded(in->session->cars[cars[i]].number), unpadded(number)) == 0)
			return true;
	return n == 0;
}

static uint32_t choose(const struct report_in *in, const struct telemetry_car *list, uint32_t nlist,
		       const uint16_t *cars, uint32_t n, const struct telemetry_car **out)
{
	uint32_t found = 0;
	bool nobody = n == 0;

	for (uint32_t i = 0; i < n; i++) {
		bool any = false;

		for (uint32_t k = 0; k < nlist; k++)
			any = any || is_asked(in, &list[k], &cars[i], 1, false);
		nobody = nobody || !any;
	}
	for (uint32_t k = 0; k < nlist; k++)
		if (is_asked(in, &list[k], cars, n, nobody))
			out[found++] = &list[k];
	return found;
}

static bool read_set(const struct report_in *in, struct telemetry *t, uint32_t n, bool grid, struct tel_loaded *out,
		     struct err *err)
{
	struct tel_stream **stream = ARENA_ARRAY(in->arena, n, struct tel_stream *);
	struct tel_options o;

	if (!stream)
		return err_set(err, ERR_NOMEM, "no memory for the telemetry");
	if (n > 0 && !telemetry_read(t, out->from, n, INT64_MIN, INT64_MAX, NULL, stream, err))
		return false;
	tel_options_default(&o);
	o.corner = in->corner;
	o.ncorners = in->ncorners;
	if (!grid)
		o.step = coarse;
	out->set = tel_set_new(in->analysis, stream, n, &o, err);
	for (uint32_t i = 0; i < n; i++)
		tel_stream_free(stream[i]);
	return out->set != NULL;
}

static bool load(const struct report_in *in, struct telemetry *t, const uint16_t *cars, uint32_t n, bool grid,
		 struct tel_loaded *out, struct err *err)
{
	struct telemetry_car *list;
	uint32_t nlist;

	if (!telemetry_cars(t, in->session, NULL, in->arena, &list, &nlist, err))
		return false;
	out->from = ARENA_ARRAY(in->arena, nlist, const struct telemetry_car *);
	if (!out->from)
		return err_set(err, ERR_NOMEM, "no memory for the telemetry");
	n = choose(in, list, nlist, cars, n, out->from);
	if (!read_set(in, t, n, grid, out, err))
		return false;
	const char *trouble = telemetry_trouble(t);

	out->trouble = arena_strndup(in->arena, trouble, strlen(trouble));
	return out->trouble || err_set(err, ERR_NOMEM, "no memory for the telemetry");
}

bool tel_load(const struct report_in *in, const uint16_t *cars, uint32_t n, bool grid, struct tel_loaded *out,
	      struct err *err)
{
	struct telemetry *t = telemetry_open(in->dataset, in->store, in->only, err);
	bool ok;

	*out = (struct tel_loaded){.trouble = ""};
	if (!t)
		return false;
	ok = load(in, t, cars, n, grid, out, err);
	telemetry_close(t);
	if (!ok)
		tel_unload(out);
	return ok;
}

void tel_unload(struct tel_loaded *l)
{
	tel_set_free(l->set);
	l->set = NULL;
}

/* --- words ------------------------------------------------------------------------- */

bool tel_word(const struct report_in *in, uint32_t at, uint16_t *car, uint16_t *lap, struct err *err)
{
	const char *word = in->words[at], *colon = strrchr(word, ':');
	char id[64];
	size_t n = colon ? (size_t)(colon - word) : strlen(word);
	int64_t number = 0;
	int found;

	if (colon && (!int_parse(str_from(colon + 1), &number) || number < 1 || number > UINT16_MAX))
		return err_set(err, ERR_USAGE, "\"%.60s\" is CAR or CAR:LAP, as in 22:14", word);
	if (n >= sizeof id)
		return err_set(err, ERR_NOT_FOUND, "no car \"%.60s\" in %s", word, in->session->id);
	memcpy(id, word, n);
	id[n] = '\0';
	found = session_car(in->session, id);
	if (found < 0)
		return err_set(err, ERR_NOT_FOUND,
			       "no car \"%s\" in %s; pitwall telemetry cars %s lists those with samples", id,
			       in->session->id, in->session->id);
	*car = (uint16_t)found;
	*lap = (uint16_t)number;
	return true;
}

/* "4, 5, 6" of a car. */
static void lap_list(const struct tel_set *s, uint16_t car, struct buf *b)
{
	for (uint32_t i = 0; i < s->nlaps; i++)
		if (tel_session_car(s, &s->lap[i]) == car)
			buf_fmt(b, "%s%u", b->n ? ", " : "", (unsigned)s->lap[i].number);
}

const struct tel_lap *tel_wanted(const struct report_in *in, const struct tel_loaded *l, uint16_t car, uint16_t lap,
				 struct err *err)
{
	const struct tel_lap *found = lap ? tel_set_lap(l->set, car, lap) : tel_set_best(l->set, car);
	const char *id = in->session->cars[car].id;
	struct buf b;

	if (found)
		return found;
	buf_init(&b, 300);
	lap_list(l->set, car, &b);
	if (b.n > 0)
		err_set(err, ERR_NOT_FOUND, "no telemetry of lap %u of car %s in %s; there are laps %s", (unsigned)lap,
			id, in->session->id, b.p);
	else
		err_set(err, ERR_NOT_FOUND, "no telemetry of car %s in %s: %s", id, in->session->id,
			*l->trouble ? l->trouble : "name its file with --data, or import or fetch it into the store");
	for (uint32_t i = 0; b.n == 0 && i < l->set->ncars; i++)
		if (*l->set->cars[i].match.why)
			err_set(err, ERR_NOT_FOUND, "no telemetry of car %s in %s: samples of %s: %s", id,
				in->session->id, l->set->cars[i].car.number, l->set->cars[i].match.why);
	buf_release(&b);
	return NULL;
}

const char *tel_car_id(const struct tel_set *s, const struct tel_lap *l)
{
	return s->session->cars[tel_session_car(s, l)].id;
}

/* --- where from ------------------------------------------------------------------------ */

void record_tel_source(struct record *r, const struct tel_loaded *l)
{
	const struct tel_set *s = l->set;
	char text[32];

	record_list(r, "telemetry_sources");
	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct telemetry_car *c = l->from[i];

		record_flat(r);
		record_obj(r, NULL);
		record_text(r, "car", s->cars[i].match.found ? s->session->cars[s->cars[i].match.car].id : NULL);
		record_text(r, "sent_as", s->cars[i].car.number);
		record_word(r, "kind", c->source);
		record_text(r, "name", c->name);
		record_int(r, "rows", (int64_t)c->rows);
		record_int(r, "refused", (int64_t)c->refused);
		record_word(r, "as_of", c->as_of ? tel_utc(c->as_of, text) : NULL);
		record_text(r, "why", s->cars[i].match.why);
		record_end_obj(r);
	}
	record_end_list(r);
	record_text(r, "telemetry_trouble", l->trouble);
	record_dec(r, "telemetry_length_m", s->length, 1);
	record_dec(r, "track_length_m", s->timing_length, 1);
	record_text(r, "note", s->note);
}

void tel_source_text(const struct report_in *in, const struct tel_loaded *l, struct buf *out)
{
	const struct tel_set *s = l->set;

	buf_char(out, '\n');
	if (*s->note)
		buf_fmt(out, "note: %s\n", s->note);
	for (uint32_t i = 0; i < s->ncars; i++) {
		const struct telemetry_car *c = l->from[i];

		buf_str(out, "telemetry of ");
		text_clean(out, str_from(*c->car.number ? c->car.number : "?"), in->ascii);
		buf_fmt(out, ": %s, ", c->source);
		text_clean(out, str_from(c->name), in->ascii);
		buf_fmt(out, ", %llu rows, %llu refused", (unsigned long long)c->rows, (unsigned long long)c->refused);
		if (*s->cars[i].match.why) {
			buf_str(out, "; ");
			text_clean(out, str_from(s->cars[i].match.why), in->ascii);
		}
		buf_char(out, '\n');
	}
	if (*l->trouble) {
		buf_str(out, "telemetry: ");
		text_clean(out, str_from(l->trouble), in->ascii);
		buf_char(out, '\n');
	}
	footer_text(in, out);
}

/* --- the command ------------------------------------------------------------------------- */

static const struct answer {
	const char *name, *words;
	uint32_t min, max; /* after the session */
	report_fn *answer;
} answers[] = {
	{"cars", "", 0, 0, tel_answer_cars},
	{"laps", "[CAR...]", 0, 3, tel_answer_laps},
	{"trace", "CAR[:LAP]", 1, 1, tel_answer_trace},
	{"delta", "A[:LAP] B[:LAP]", 2, 2, tel_answer_delta},
	{"corners", "A[:LAP] [B[:LAP]]", 1, 2, tel_answer_corners},
	{"three", "CAR", 1, 1, tel_answer_three},
	{"grip", "CAR[:LAP]", 1, 1, tel_answer_grip},
};

bool report_telemetry(const struct report_in *in, struct buf *out, struct err *err)
{
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		const struct answer *a = &answers[i];

		if (strcmp(a->name, in->words[0]) != 0)
			continue;
		if (in->nwords - 1 < a->min || in->nwords - 1 > a->max)
			return err_set(err, ERR_USAGE, "it is telemetry %s SESSION%s%s", a->name, *a->words ? " " : "",
				       a->words);
		return a->answer(in, out, err);
	}
	return err_set(err, ERR_USAGE,
		       "no telemetry \"%.40s\"; there are cars, laps, trace, delta, corners, three, grip",
		       in->words[0]);
}
