#include <stdio.h>

#include "tui/app_state.h"

const struct screen_ops *app_ops(const struct app *app)
{
	return app->o->screens[app->screen];
}

void *app_self(const struct app *app)
{
	return app->self[app->screen];
}

static void shown(struct app *app)
{
	if (app_ops(app)->shown != NULL)
		app_ops(app)->shown(app_self(app));
}

bool app_show(struct app *app, int screen, struct err *err)
{
	if (screen < 0 || screen >= app->o->nscreens || screen >= APP_SCREENS || app->o->screens[screen] == NULL)
		return err_set(err, ERR_NOT_FOUND, "there is no screen %d", screen + 1);
	if (app->self[screen] == NULL) {
		app->self[screen] = app->o->screens[screen]->create(app, app->current, err);
		if (app->self[screen] == NULL)
			return false;
	}
	app->screen = screen;
	shown(app);
	app_dirty(app);
	return true;
}

void app_refresh_data(struct app *app)
{
	if (!app->changed)
		return;
	app->changed = false;
	app->current = app->data->current != NULL ? app->data->current(app->data->ctx) : NULL;
	for (int i = 0; i < app->o->nscreens && i < APP_SCREENS; i++)
		if (app->self[i] != NULL && app->o->screens[i]->data != NULL)
			app->o->screens[i]->data(app->self[i], app->current);
	if (app->data->settled != NULL)
		app->data->settled(app->data->ctx);
	shown(app);
	app_dirty(app);
}

void app_drop_screens(struct app *app)
{
	for (int i = 0; i < app->o->nscreens && i < APP_SCREENS; i++) {
		if (app->self[i] != NULL && app->o->screens[i]->destroy != NULL)
			app->o->screens[i]->destroy(app->self[i]);
		app->self[i] = NULL;
	}
}

struct jobs *app_jobs(struct app *app)
{
	return app->jobs;
}

const void *app_current(const struct app *app)
{
	return app->current;
}

void app_dirty(struct app *app)
{
	app->dirty = true;
}

void app_data_changed(struct app *app)
{
	app->changed = true;
}

int app_tabs(const struct app *app, struct surface s, int x_end, int y)
{
	char text[64];
	int n = 0, w;

	if (app->o->nscreens < 2) {
		w = (int)sizeof("? help") - 1;
		surface_text(s, x_end - w + 1, y, STYLE(BAR), "? help");
		return w;
	}
	for (int i = 0; i < app->o->nscreens && i < APP_SCREENS; i++) {
		if (app->o->screens[i] == NULL)
			continue;
		n += snprintf(text + n, sizeof(text) - (size_t)n, i == app->screen ? "[%d]" : "%d ", i + 1);
	}
	n += snprintf(text + n, sizeof(text) - (size_t)n, " ?");
	surface_text(s, x_end - n + 1, y, STYLE(BAR), text);
	return n;
}
