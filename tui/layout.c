#include "tui/layout.h"

#include <limits.h>
#include <string.h>

enum { MAX_CHILDREN = 16 };

struct size {
	int w, h;
};

/* Which panes are still in, as bits. */
typedef unsigned panes_t;

static bool shown(const struct layout_node *n, panes_t in)
{
	if (n->kind == LAYOUT_PANE)
		return (in >> n->pane & 1U) != 0;
	for (int i = 0; i < n->nchild; i++)
		if (shown(&n->child[i], in))
			return true;
	return false;
}

static int at_least(int v, int min)
{
	return v < min ? min : v;
}

/* Least size of what is shown of a node; 0 x 0 when nothing is. */
static struct size least(const struct layout_node *n, panes_t in)
{
	struct size s = {0, 0};
	int count = 0;

	if (!shown(n, in))
		return s;
	if (n->kind == LAYOUT_PANE)
		return (struct size){at_least(n->min_w, 1), at_least(n->min_h, 1)};
	for (int i = 0; i < n->nchild; i++) {
		struct size c = least(&n->child[i], in);

		if (c.w == 0)
			continue;
		if (n->kind == LAYOUT_COLS) {
			s.w += c.w + (count > 0);
			s.h = at_least(s.h, c.h);
		} else {
			s.w = at_least(s.w, c.w);
			s.h += c.h;
		}
		count++;
	}
	return (struct size){at_least(s.w, n->min_w), at_least(s.h, n->min_h)};
}

/* The pane with the highest drop number whose going makes the tree smaller where it is too large. */
static int next_to_drop(const struct layout_node *root, const int drop[LAYOUT_PANES], panes_t in, struct size area)
{
	struct size now = least(root, in);
	int best = -1, any = -1;

	for (int p = 0; p < LAYOUT_PANES; p++) {
		struct size then;

		if ((in >> p & 1U) == 0 || drop[p] == 0)
			continue;
		then = least(root, in & ~(1U << p));
		if (any < 0 || drop[p] > drop[any])
			any = p;
		if (((now.w > area.w && then.w < now.w) || (now.h > area.h && then.h < now.h)) &&
		    (best < 0 || drop[p] > drop[best]))
			best = p;
	}
	return best >= 0 ? best : any;
}

static void collect(const struct layout_node *n, panes_t *in, int drop[LAYOUT_PANES])
{
	if (n->kind == LAYOUT_PANE) {
		*in |= 1U << n->pane;
		drop[n->pane] = n->drop;
		return;
	}
	for (int i = 0; i < n->nchild; i++)
		collect(&n->child[i], in, drop);
}

struct part {
	const struct layout_node *node;
	int size, max, share;
};

/* Gives `left` cells to the parts by their shares; what a bound refuses goes to the others. */
static void hand_out(struct part *part, int n, int left)
{
	while (left > 0) {
		int total = 0, given = 0;

		for (int i = 0; i < n; i++)
			total += part[i].size < part[i].max ? part[i].share : 0;
		if (total == 0)
			return;
		for (int i = 0; i < n; i++) {
			int open = part[i].max - part[i].size;
			int give = open > 0 ? (int)((long)left * part[i].share / total) : 0;

			give = give > open ? open : give;
			part[i].size += give;
			given += give;
		}
		/* Less than one cell each: the first that may grow takes one. */
		for (int i = 0; i < n && given == 0; i++) {
			if (part[i].share > 0 && part[i].size < part[i].max) {
				part[i].size++;
				given = 1;
			}
		}
		left -= given;
	}
}

static int bound(int max)
{
	return max > 0 ? max : INT_MAX / 2;
}

static void place(const struct layout_node *n, panes_t in, struct rect r, struct layout *out);

static int parts_of(const struct layout_node *n, panes_t in, struct part *part)
{
	int count = 0;

	for (int i = 0; i < n->nchild && count < MAX_CHILDREN; i++) {
		const struct layout_node *c = &n->child[i];
		struct size s = least(c, in);

		if (s.w == 0)
			continue;
		part[count++] = (struct part){c, n->kind == LAYOUT_COLS ? s.w : s.h,
					      bound(n->kind == LAYOUT_COLS ? c->max_w : c->max_h), c->share};
	}
	return count;
}

static void place_children(const struct layout_node *n, panes_t in, struct rect r, struct layout *out)
{
	struct part part[MAX_CHILDREN];
	int count = parts_of(n, in, part);
	bool cols = n->kind == LAYOUT_COLS;
	int left = cols ? r.w - (count - 1) : r.h, at = cols ? r.x : r.y;

	for (int i = 0; i < count; i++)
		left -= part[i].size;
	hand_out(part, count, left);
	for (int i = 0; i < count; i++) {
		struct rect c =
			cols ? (struct rect){at, r.y, part[i].size, r.h} : (struct rect){r.x, at, r.w, part[i].size};

		if (cols && i > 0 && out->ndivider < LAYOUT_PANES)
			out->divider[out->ndivider++] = (struct rect){at - 1, r.y, 1, r.h};
		place(part[i].node, in, c, out);
		at += part[i].size + (cols ? 1 : 0);
	}
}

static void place(const struct layout_node *n, panes_t in, struct rect r, struct layout *out)
{
	if (n->kind == LAYOUT_PANE)
		out->pane[n->pane] = r;
	else
		place_children(n, in, r, out);
}

bool layout_solve(const struct layout_node *root, struct rect area, struct layout *out)
{
	panes_t in = 0, must = 0;
	int drop[LAYOUT_PANES] = {0};
	struct size have = {area.w, area.h}, need;

	memset(out, 0, sizeof(*out));
	collect(root, &in, drop);
	for (int p = 0; p < LAYOUT_PANES; p++)
		if ((in >> p & 1U) != 0 && drop[p] == 0)
			must |= 1U << p;
	need = least(root, must);
	out->need_w = need.w;
	out->need_h = need.h;
	for (need = least(root, in); need.w > have.w || need.h > have.h; need = least(root, in)) {
		int p = next_to_drop(root, drop, in, have);

		if (p < 0)
			return false;
		in &= ~(1U << p);
	}
	if (need.w == 0)
		return false;
	place(root, in, area, out);
	return true;
}

void layout_draw(const struct layout *l, struct surface s)
{
	for (int i = 0; i < l->ndivider; i++)
		surface_vline(s, l->divider[i].x, l->divider[i].y, l->divider[i].h, STYLE(STRUCT));
}
