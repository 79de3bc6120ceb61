/* The track from above, in the colours of gain and loss; and the friction circle. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screens/telemetry.h"
#include "tui/widgets/map.h"

enum { MAP_ROWS = 14, CIRCLE_ROWS = 12, MARKS = 48, ENVELOPE = GRIP_SECTORS + 1, CLOUD = 4000 };

/* Map ---------------------------------------------------------------------------------------------*/

static bool has_outline(const struct tel_screen *t)
{
	return tels_ready(t) && t->tel->part->outline.x != NULL;
}

static void map_title(const struct tel_screen *t, char left[80], char right[120])
{
	const struct tel_outline *o = &t->tel->part->outline;

	snprintf(left, 80, "Map");
	if (o->lap)
		snprintf(right, 120, "GPS, lap %u", o->lap->number);
	else
		snprintf(right, 120, "%s", o->x ? "from g and speed: a sketch" : "");
}

static int map_want(const struct tel_screen *t, int w)
{
	(void)w;
	return has_outline(t) ? MAP_ROWS : 0;
}

/* Row of the table for a corner; NULL without a comparison. */
static const struct tel_row *row_of(const struct tel_screen *t, int corner)
{
	for (uint32_t i = 0; tels_compared(t) && t->tel->table.row && i < t->tel->table.n; i++)
		if ((int)t->tel->table.row[i].corner == corner)
			return &t->tel->table.row[i];
	return NULL;
}

enum { KIND_LOSS, KIND_GAIN, KIND_PLAIN, KINDS };

/* Only where the loss of the whole zone stands above what the trace can be wrong by is any of it coloured; and of such a zone what adds to it. */
static unsigned char kind_at(const struct tel_screen *t, const struct tel_row *r, uint32_t i, uint32_t reach)
{
	const float *d = t->tel->table.delta.d;
	uint32_t n = tels_set(t)->n, a = i > reach ? i - reach : 0, b = i + reach < n ? i + reach : n - 1;

	if (!r || !r->claim || !isfinite(d[a]) || !isfinite(d[b]))
		return KIND_PLAIN;
	double slope = (double)(d[b] - d[a]);
	if (r->lost > 0)
		return slope > 0 ? KIND_LOSS : KIND_PLAIN;
	return slope < 0 ? KIND_GAIN : KIND_PLAIN;
}

static unsigned char *kinds_of(const struct tel_screen *t)
{
	const struct tel_set *s = tels_set(t);
	unsigned char *kind = malloc(s->n);
	uint32_t reach = (uint32_t)(25 / s->step) + 1;
	const struct tel_row *row = NULL;
	int before = -2;

	for (uint32_t i = 0; kind && i < s->n; i++) {
		int corner = tel_corner_of(s, tel_metres(s, i));
		if (corner != before)
			row = row_of(t, corner);
		before = corner;
		kind[i] = kind_at(t, row, i, reach);
	}
	return kind;
}

/* "4+": a corner with what it costs. Colour is never alone. */
static int marks_of(const struct tel_screen *t, struct map_mark *mark)
{
	const struct tel_set *s = tels_set(t);
	int n = 0;

	for (uint32_t i = 0; i < s->ncorners && n < MARKS - 2; i++) {
		const struct tel_row *r = row_of(t, (int)i);
		bool loss = r && r->claim && r->lost > 0, gain = r && r->claim && r->lost < 0;
		struct map_mark *m = &mark[n++];

		*m = (struct map_mark){.point = tel_point(s, s->corner[i].apex),
				       .style = loss   ? STYLE(LOSS)
						: gain ? STYLE(GAIN)
						       : STYLE(TEXT)};
		snprintf(m->text, sizeof(m->text), "%.6s%s", s->corner[i].id + 1, loss ? "+" : gain ? "-" : "");
	}
	mark[n++] = (struct map_mark){.point = 0, .text = "S", .style = STYLE(HEAD)};
	mark[n++] = (struct map_mark){.point = tel_point(s, t->at), .text = "x", .style = STYLE(YOU), .on = true};
	return n;
}

static void map_make(const struct tel_screen *t, struct map *m, struct map_mark *mark)
{
	static const struct map_kind kinds[KINDS] = {[KIND_LOSS] = {{ROLE_LOSS, ROLE_TEXT, 0}, '#'},
						     [KIND_GAIN] = {{ROLE_GAIN, ROLE_TEXT, 0}, '='},
						     [KIND_PLAIN] = {{ROLE_TEXT, ROLE_TEXT, 0}, '.'}};
	const struct tel_outline *o = &t->tel->part->outline;

	*m = (struct map){.x = o->x, .y = o->y, .n = tels_set(t)->n, .kinds = kinds, .nkinds = KINDS};
	if (mark) {
		m->mark = mark;
		m->nmarks = marks_of(t, mark);
	}
}

static void map_pane_draw(const struct tel_screen *t, struct surface s)
{
	struct map_mark mark[MARKS];
	struct map m;
	unsigned char *kind;

	map_make(t, &m, mark);
	kind = kinds_of(t);
	m.kind = kind;
	if (kind)
		map_draw(&m, s);
	free(kind);
	if (t->focus == TELP_MAP)
		surface_cursor(s, 0, 0);
}

int tels_map_at(const struct tel_screen *t, struct surface size, int x, int y)
{
	struct map m;

	map_make(t, &m, NULL);
	return map_point_at(&m, size, x, y);
}

const struct tel_pane telp_map = {"Map", map_title, map_want, map_pane_draw, tels_why_map, false};

/* Friction circle ---------------------------------------------------------------------------------*/

static bool has_g(const struct tel_lap *l)
{
	return l && l->v[TEL_ACCX] && l->v[TEL_ACCY];
}

static void grip_title(const struct tel_screen *t, char left[80], char right[120])
{
	const struct tel_grip *you = &t->tel->grip[TEL_YOU], *ref = &t->tel->grip[TEL_REF];
	char a[NUM_LEN], b[NUM_LEN];

	snprintf(left, 80, "Friction circle, g");
	if (isfinite(you->use) && has_g(tels_lap(t, TEL_REF)) && isfinite(ref->use))
		snprintf(right, 120, "use %s, ref %s %%", dec_str(a, you->use * 100, 0), dec_str(b, ref->use * 100, 0));
}

static int grip_want(const struct tel_screen *t, int w)
{
	(void)w;
	return tels_ready(t) && has_g(tels_lap(t, TEL_YOU)) ? CIRCLE_ROWS : 0;
}

static int cloud(const struct tel_screen *t, enum tel_slot slot, double *x, double *y)
{
	const struct tel_lap *l = tels_lap(t, slot);
	uint32_t n = tels_set(t)->n, each = n / CLOUD + 1;
	int k = 0;

	for (uint32_t i = 0; has_g(l) && i < n && k < CLOUD; i += each) {
		double metres = tel_metres(tels_set(t), i);
		if (metres < t->from || metres > t->to)
			continue;
		x[k] = -(double)l->v[TEL_ACCY][i]; /* to the left is left */
		y[k++] = (double)l->v[TEL_ACCX][i];
	}
	return k;
}

static int ring(const struct tel_set *s, double *x, double *y)
{
	for (int i = 0; i < ENVELOPE; i++) {
		double a = 2 * acos(-1) * (i % GRIP_SECTORS) / GRIP_SECTORS, r = (double)s->grip[i % GRIP_SECTORS];
		x[i] = -r * sin(a);
		y[i] = r * cos(a);
	}
	return ENVELOPE;
}

static void label_g(double y, char out[24])
{
	char d[NUM_LEN];

	snprintf(out, 24, "%s", dec_str(d, y, 1));
}

/* One g is as long to the side as it is upwards: a cell is twice as high as wide. */
static void equal_scale(struct chart *c, int w, int h, double most)
{
	double cells_w = w - TEL_LABEL_W - 1, cells_h = 2.0 * h;

	c->y0 = -most * (cells_h > cells_w ? cells_h / cells_w : 1);
	c->x0 = -most * (cells_w > cells_h ? cells_w / cells_h : 1);
	c->y1 = -c->y0;
	c->x1 = -c->x0;
}

static void grip_draw(const struct tel_screen *t, struct surface s)
{
	static double x[TEL_SLOTS + 2][CLOUD], y[TEL_SLOTS + 2][CLOUD];
	static const char ascii[TEL_SLOTS] = {'x', 'o', '3'};
	struct chart_series series[TEL_SLOTS + 2];
	uint32_t at = tel_point(tels_set(t), t->at);
	const struct tel_lap *you = tels_lap(t, TEL_YOU);
	int n = 0, h = surface_h(s);

	x[TEL_SLOTS][0] = -(double)you->v[TEL_ACCY][at];
	y[TEL_SLOTS][0] = (double)you->v[TEL_ACCX][at];
	series[n++] = (struct chart_series){
		x[TEL_SLOTS], y[TEL_SLOTS], 1, CHART_POINTS, style_with(STYLE(FOCUS), ATTR_BOLD), '@'};
	for (int k = 0; k < TEL_SLOTS; k++) {
		int points = cloud(t, (enum tel_slot)k, x[k], y[k]);
		series[n++] =
			(struct chart_series){x[k], y[k], points, CHART_DOTS, tels_style((enum tel_slot)k), ascii[k]};
	}
	series[n++] = (struct chart_series){
		x[TEL_SLOTS + 1], y[TEL_SLOTS + 1], ring(tels_set(t), x[TEL_SLOTS + 1], y[TEL_SLOTS + 1]),
		CHART_LINE,       STYLE(DIM),       '.'};
	struct chart c = {.series = series,
			  .nseries = n,
			  .label_w = TEL_LABEL_W,
			  .label = label_g,
			  .label_every = h > 4 && h % 2 ? (h - 1) / 2
					 : h > 1        ? h - 1
							: 1,
			  .cursor_x = (double)NAN};
	equal_scale(&c, surface_w(s), h, 2);
	chart_draw(&c, s);
	if (t->focus == TELP_GRIP)
		surface_cursor(s, 0, 0);
}

const struct tel_pane telp_grip = {"Friction circle", grip_title, grip_want, grip_draw, tels_why_grip, false};
