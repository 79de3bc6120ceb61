/* What several panes of screen 1 need. */
#include <stdio.h>
#include <string.h>

#include "tui/screens/dash.h"

const char *dash_car_id(const struct dash *d, uint32_t car)
{
	return d->view->session->cars[car].id;
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
