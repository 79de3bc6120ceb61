/* What several panes of screen 1 need: names, marks, colours of words. */
#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"
#include "tui/screens/dash.h"

/* The family name begins after the first blank: "Sheldon van der Linde" -> "van der Linde". */
static const char *family(const char *full)
{
	const char *p = strchr(full, ' ');

	while (p && *p == ' ')
		p++;
	return p && *p ? p : full;
}

static bool shared_name(const struct session *s, uint32_t car)
{
	const char *mine = family(s->cars[car].driver);

	for (uint32_t i = 0; i < s->ncars; i++)
		if (i != car && *s->cars[i].driver && strcmp(family(s->cars[i].driver), mine) == 0 &&
		    strcmp(s->cars[i].driver, s->cars[car].driver) != 0)
			return true;
	return false;
}

void dash_car_name(const struct session *s, uint32_t car, char out[64])
{
	const char *full = s->cars[car].driver;
	struct str rest = str_from(full);
	char letter[5] = "";

	if (!*full) { /* nobody's name is known: the team, else nothing */
		snprintf(out, 64, "%.63s", s->cars[car].team);
		return;
	}
	if (shared_name(s, car) && family(full) != full)
		letter[utf8_put(utf8_next(&rest), letter)] = '\0';
	snprintf(out, 64, "%s%s%.56s", letter, *letter ? "." : "", family(full));
}

const char *dash_car_id(const struct dash *d, uint32_t car)
{
	return d->view->session->cars[car].id;
}

struct style dash_verdict_style(enum verdict v)
{
	if (v == VERDICT_GAIN)
		return STYLE(GAIN);
	return v == VERDICT_LOSS ? STYLE(LOSS) : STYLE(TEXT);
}

static uint32_t slow_mark(const struct view *v, uint32_t lap)
{
	const struct laps *l = &v->session->laps;
	const struct pace *p = &v->analysis->paces.car[l->car[lap]].all;

	if (p->n == 0 || l->time[lap] == MS_NONE)
		return 0;
	ms_t over = l->time[lap] - p->median;
	return over > 3000 ? '!' : over > 1000 ? '-' : 0;
}

uint32_t dash_lap_mark(const struct view *v, uint32_t lap)
{
	const struct lap_class *c = &v->analysis->classes.lap[lap];
	uint32_t slow;

	if (c->in)
		return 'P';
	if (c->out)
		return 'o';
	if (v->session->laps.number[lap] == 1)
		return 's';
	if (c->status == LAP_CAUTION)
		return 'c';
	slow = slow_mark(v, lap);
	if (slow)
		return slow;
	switch (v->analysis->order.air[lap].air) {
	case AIR_HELD:
	case AIR_CLOSE:
		return '=';
	case AIR_CLEAR:
		return 0xB7;
	default:
		return '?';
	}
}

static void exclude_answer(void *ctx, const char *text)
{
	struct dash *d = ctx;

	if (dash_paired(d))
		data_exclude(d->view->owner, dash_car_id(d, d->view->you), d->asked_lap,
			     *text ? text : "no reason given");
}

void dash_exclude(struct dash *d, uint32_t lap)
{
	const char *id = dash_car_id(d, d->view->you);
	char label[48];

	d->asked_lap = d->view->session->laps.number[lap];
	if (d->view->analysis->classes.lap[lap].status == LAP_EXCLUDED) {
		data_exclude(d->view->owner, id, d->asked_lap, "");
		return;
	}
	snprintf(label, sizeof(label), "leave out lap %u of %.12s because: ", d->asked_lap, id);
	app_ask(d->app, label, "", exclude_answer, d);
}
