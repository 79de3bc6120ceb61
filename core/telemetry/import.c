#include "core/telemetry/import.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/telemetry/feed.h"
#include "core/telemetry/store_write.h"

static bool no_memory(const char *path, struct err *err)
{
	return err_set(err, ERR_NOMEM, "%s: no memory to import it", path);
}

/* Standard input has no name: the events, race and first car in it stand for one, so that another pipe does not replace it. */
static void name_pipe(struct tel_writer *w, struct tel_import *i)
{
	char name[400];

	if (i->ncars == 0 || !i->car)
		return;
	const struct tel_car *c = &i->car[0];
	snprintf(name, sizeof name, "standard input: %s %s %s %s", c->event, c->race, c->chassis, c->number);
	tel_writer_rename(w, name);
	i->name = arena_str(i->arena, str_from(name));
}

static bool tell(struct tel_import *i, const struct tel_gather *g, const char *path, struct err *err)
{
	const struct diag_list *l = tel_gather_problems(g);

	i->rows = tel_gather_rows(g);
	i->refused = tel_gather_refused(g);
	i->ncars = tel_gather_cars(g);
	i->car = ARENA_ARRAY(i->arena, i->ncars, struct tel_car);
	for (uint32_t c = 0; i->car && c < i->ncars; c++)
		if (!tel_gather_car(g, c, i->arena, &i->car[c]))
			i->car = NULL;
	for (uint32_t k = 0; k < l->n; k++)
		if (!diag_add(&i->problems, i->arena, l->at[k].file, l->at[k].line, "%s", l->at[k].why))
			return no_memory(path, err);
	i->problems.total = l->total;
	return i->car || no_memory(path, err);
}

static bool any_tick(const struct tel_import *i)
{
	for (uint32_t c = 0; c < i->ncars; c++)
		if (i->car[c].channels)
			return true;
	return false;
}

static bool nothing_in_it(const struct tel_import *i, const char *path, struct err *err)
{
	const struct diag_list *l = &i->problems;

	if (any_tick(i))
		return false;
	if (l->n > 0)
		err_set(err, ERR_FORMAT, "%s: no row is of use; line %u: %s", path, l->at[0].line, l->at[0].why);
	else
		err_set(err, ERR_FORMAT, "%s: has no row", path);
	return true;
}

static bool pour(struct tel_import *i, struct tel_store *s, const struct tel_input *in, const char *name,
		 const struct tel_run *run, struct err *err)
{
	struct tel_dialect *d = malloc(sizeof *d);
	struct tel_provenance from = {.name = name, .size = in->size, .mtime = in->mtime};
	struct tel_writer *w = NULL;

	if (!d)
		return no_memory(in->name, err);
	bool ok = tel_dialect_learn(d, in->name, in->head, in->head_n, err);
	if (ok) {
		i->shape = d->shape;
		from.kind = d->shape == TEL_JSON ? "json" : "csv";
		w = tel_writer_begin(s, &from, err);
	}
	if (w) {
		struct tel_feed f = {.in = in, .d = d, .gather = tel_writer_gather(w), .run = run};
		ok = tel_feed_run(&f, err) && tell(i, f.gather, in->name, err) && !nothing_in_it(i, in->name, err);
		if (ok && in->fd == STDIN_FILENO)
			name_pipe(w, i);
		ok = ok && i->name && tel_writer_write(w, err);
		for (uint32_t c = 0; ok && i->car && c < i->ncars; c++)
			i->car[c].counts = *tel_gather_counts(f.gather, c);
		tel_writer_rollback(w);
	}
	free(d);
	return ok && w;
}

struct tel_import *tel_import_file(struct tel_store *s, const char *path, const struct tel_run *run, struct err *err)
{
	struct arena *a = arena_new(64u << 20);
	struct tel_import *i = a ? ARENA_NEW(a, struct tel_import) : NULL;
	char real[PATH_MAX];
	struct tel_input in;

	if (!i) {
		arena_free(a);
		no_memory(path, err);
		return NULL;
	}
	i->arena = a;
	if (!tel_input_open(&in, path, err)) {
		arena_free(a);
		return NULL;
	}
	i->size = in.size;
	i->name = arena_str(a, str_from(realpath(path, real) ? real : path));
	bool ok = (i->name || no_memory(path, err)) && pour(i, s, &in, i->name, run, err);
	tel_input_close(&in);
	if (ok)
		return i;
	arena_free(a);
	return NULL;
}

void tel_import_free(struct tel_import *i)
{
	if (i)
		arena_free(i->arena);
}
