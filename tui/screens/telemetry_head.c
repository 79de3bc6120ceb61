/* The bar and the line of the laps on screen 4, and what is said where there is nothing to draw. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/screens/telemetry.h"
#include "tui/widgets/text.h"

/* Words with two blanks between; one that does not fit whole is left out, with all after it. */
struct line {
	struct surface s;
	int x, y, end;
	struct style st;
};

static void add(struct line *l, struct style st, const char *text)
{
	int w = surface_text(l->s, 0, -1, st, text);

	if (!*text || l->x + w > l->end) {
		l->end = *text ? 0 : l->end;
		return;
	}
	surface_text(l->s, l->x, l->y, st, text);
	l->x += w + 2;
}

static unsigned laps_in(const struct tel_screen *t)
{
	const struct tel_set *s = tels_set(t);
	unsigned n = 0;

	for (uint32_t i = 0; s && i < s->nlaps; i++)
		n += s->lap[i].usable;
	return n;
}

static unsigned holes_in(const struct tel_screen *t)
{
	unsigned n = 0;

	for (int k = 0; k < TEL_SLOTS; k++)
		n += tels_lap(t, (enum tel_slot)k) && !isnan(tels_lap(t, (enum tel_slot)k)->hole_from);
	return n;
}

static void cars_words(const struct tel_screen *t, char out[96])
{
	const struct tel_part *p = t->tel->part;
	int n = snprintf(out, 96, "%.30s: %u laps of", p->from, laps_in(t));

	for (uint32_t i = 0; i < p->set->ncars && n < 80; i++)
		if (p->set->cars[i].match.found)
			n += snprintf(out + n, 96 - (size_t)n, " %.8s", p->session->cars[p->set->cars[i].match.car].id);
}

static void bar(const struct tel_screen *t, struct line *l)
{
	const struct session *s = t->view->session;
	char w[96], d[NUM_LEN];

	if (t->view->dataset->demo)
		add(l, style_with(l->st, ATTR_BOLD), "DEMO");
	add(l, style_with(l->st, ATTR_BOLD), s->title);
	add(l, l->st, s->event);
	add(l, l->st, "telemetry");
	if (t->view->clock.on || t->view->live)
		add(l, style_with(l->st, ATTR_BOLD), "of the whole session");
	if (!tels_ready(t))
		return;
	cars_words(t, w);
	add(l, l->st, w);
	if (tels_compared(t) && t->tel->table.delta.nlines) {
		snprintf(w, sizeof(w), "loops check %s s", dec_str(d, t->tel->table.delta.check, 3));
		add(l, l->st, w);
	}
	if (holes_in(t)) {
		snprintf(w, sizeof(w), "%u hole%s", holes_in(t), holes_in(t) == 1 ? "" : "s");
		add(l, l->st, w);
	}
}

static void slot_words(const struct tel_screen *t, enum tel_slot slot, char out[80])
{
	static const char *const names[TEL_SLOTS] = {"YOU", "REF", "THIRD"};
	const struct tel_lap *l = tels_lap(t, slot);
	char name[40], time[NUM_LEN];

	tels_lap_name(t, slot, name);
	snprintf(out, 80, "%s %s %s", names[slot], name, time_str(time, l->time));
}

/* "no telemetry of 22": YOUR car or the reference of the other screens, for whose laps another car's stand here. */
static void absent_words(const struct tel_screen *t, struct line *l)
{
	const uint16_t wanted[] = {t->view->you, t->view->ref};
	char w[80];

	for (size_t i = 0; t->view->paired && i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (tel_offer_of(t->tel->part, wanted[i]))
			continue;
		snprintf(w, sizeof(w), "no telemetry of %.20s", t->view->session->cars[wanted[i]].id);
		add(l, STYLE(DIM), w);
	}
}

static void lap_line(const struct tel_screen *t, struct line *l)
{
	int corner = tels_corner(t);
	char w[80], d[NUM_LEN];

	for (int k = 0; k < TEL_SLOTS; k++) {
		if (!tels_lap(t, (enum tel_slot)k))
			continue;
		slot_words(t, (enum tel_slot)k, w);
		add(l, style_with(tels_style((enum tel_slot)k), ATTR_BOLD), w);
	}
	if (tels_compared(t))
		add(l, STYLE(TEXT), diff_str(d, t->tel->table.delta.end));
	absent_words(t, l);
	snprintf(w, sizeof(w), "cursor %.0f m%s%s", t->at, corner >= 0 ? " corner " : "",
		 corner >= 0 ? tels_set(t)->corner[corner].id + 1 : "");
	add(l, STYLE(TEXT), w);
	if (t->to - t->from < tels_set(t)->length - 1) {
		snprintf(w, sizeof(w), "shown %.0f-%.0f m", t->from, t->to);
		add(l, STYLE(TEXT), w);
	}
}

void tels_head(const struct tel_screen *t, struct surface s)
{
	int w = surface_w(s);
	struct line top = {s, 1, 0, 0, STYLE(BAR)}, laps = {s, 1, 1, w - 1, STYLE(TEXT)};

	if (!t->view || !t->view->session) {
		head_draw(t->app, t->view, s);
		return;
	}
	surface_fill(s, (struct rect){0, 0, w, 1}, STYLE(BAR), ' ');
	top.end = w - 3 - app_tabs(t->app, s, w - 2, 0);
	bar(t, &top);
	if (tels_ready(t))
		lap_line(t, &laps);
}

void tels_empty(const struct tel_screen *t, struct surface s)
{
	const char *failure = data_tel_failure(t->view->owner);
	struct surface body =
		surface_sub(s, (struct rect){2, HEAD_ROWS + 1, surface_w(s) - 4, surface_h(s) - HEAD_ROWS - 1});
	unsigned part = 0;
	struct buf text;

	buf_init(&text, 1 << 16);
	if (data_tel_busy(t->view->owner, &part))
		buf_fmt(&text,
			"Reading telemetry: %u %% of the files and the store.\nEsc stops it; the other screens go "
			"on.\n",
			part / 10);
	else if (*failure)
		buf_fmt(&text, "%s\n", failure);
	else if (t->tel)
		buf_fmt(&text, "%s\n", t->tel->part->missing);
	else
		buf_str(&text, "Telemetry of this session was not looked for yet.\n");
	text_wrap(body, STYLE(TEXT), (struct str){text.p ? text.p : "", text.n}, 2, 0);
	buf_release(&text);
}
