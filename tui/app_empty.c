/* The screen of a program that was given none: what to do next, and nothing else. */
#include "tui/app_state.h"
#include "tui/widgets/text.h"

static const char words[] = "pitwall\n\nThere is nothing to show yet. ? lists the keys, q leaves.";

static void *create(struct app *app, const void *data, struct err *err)
{
	(void)data;
	(void)err;
	return app;
}

static int arrange(void *self, int w, int h, bool linear)
{
	(void)self;
	(void)linear;
	return h > 0 ? h : text_lines(w, str_from(words), 0);
}

static void draw(const void *self, struct surface s)
{
	(void)self;
	text_wrap(s, STYLE(TEXT), str_from(words), 0, 0);
}

static const struct screen_ops empty = {.name = "empty", .create = create, .arrange = arrange, .draw = draw};

const struct app_options *app_with_empty(struct app_options *out, const struct app_options *o)
{
	static const struct screen_ops *const screens[] = {&empty};

	*out = *o;
	out->screens = screens;
	out->nscreens = 1;
	return out;
}
