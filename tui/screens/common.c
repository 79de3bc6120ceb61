#include "tui/screens/common.h"
#include "tui/data.h"

#include <stdio.h>
#include <string.h>

#include "core/analysis/lap_mark.h"
#include "core/base/utf8.h"

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

void short_name(const struct session *s, uint32_t car, char out[64])
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

struct style verdict_style(enum verdict v)
{
	if (v == VERDICT_GAIN)
		return STYLE(GAIN);
	return v == VERDICT_LOSS ? STYLE(LOSS) : STYLE(TEXT);
}

struct style car_style(const struct view *v, uint16_t car)
{
	if (v->paired && car == v->you)
		return STYLE(YOU);
	if (v->paired && car == v->ref)
		return STYLE(REF);
	for (uint32_t i = 0; i < v->nmore; i++)
		if (v->more[i] == car)
			return i == 0 ? STYLE(THIRD) : STYLE(FOURTH);
	return STYLE(TEXT);
}

bool view_is_timed(const struct view *v)
{
	return v && v->session && v->session->kind != KIND_RACE;
}

bool view_is_followed(const struct view *v, uint16_t car)
{
	for (uint32_t i = 0; i < v->nfollowed; i++)
		if (v->followed[i] == car)
			return true;
	return false;
}

int shown_row(const struct view *v, uint16_t car)
{
	for (uint32_t i = 0; i < v->session->ncars; i++)
		if (v->order->car[i] == car)
			return (int)i;
	return -1;
}

uint32_t mark_letter(struct surface s, char mark)
{
	return mark == '.' && !surface_ascii(s) ? 0xB7 : (unsigned char)mark;
}

bool view_report(const struct view *v, report_fn *fn, uint16_t car, enum export_format format, struct buf *out,
		 struct err *err)
{
	static const enum report_format formats[] = {
		[EXPORT_TEXT] = REPORT_TEXT, [EXPORT_CSV] = REPORT_CSV, [EXPORT_JSON] = REPORT_JSON};
	struct report_in in = {.format = formats[format],
			       .dataset = v->dataset,
			       .session = v->session,
			       .analysis = v->analysis,
			       .car = car,
			       .a = v->ref,
			       .b = v->you,
			       .nmore = v->nmore,
			       .own = v->own,
			       .notes = v->paired ? view_notes(v) : NULL,
			       .arena = arena_new(0)};

	memcpy(in.more, v->more, v->nmore * sizeof(*in.more));
	if (!in.arena)
		return err_set(err, ERR_NOMEM, "no memory to write this pane");
	bool ok = fn(&in, out, err);
	arena_free(in.arena);
	return ok;
}

bool table_move_of(enum cmd cmd, enum table_move *move)
{
	static const struct {
		enum cmd cmd;
		enum table_move move;
	} moves[] = {{CMD_UP, TABLE_UP},           {CMD_DOWN, TABLE_DOWN},
		     {CMD_PAGE_UP, TABLE_PAGE_UP}, {CMD_PAGE_DOWN, TABLE_PAGE_DOWN},
		     {CMD_FIRST, TABLE_FIRST},     {CMD_LAST, TABLE_LAST}};

	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (moves[i].cmd == cmd) {
			*move = moves[i].move;
			return true;
		}
	return false;
}
