#include "core/base/csv_out.h"

#include <string.h>

#include "core/base/utf8.h"

void csv_out_init(struct csv_out *c, struct buf *out)
{
	*c = (struct csv_out){.out = out, .first = true};
}

static void separate(struct csv_out *c)
{
	if (!c->first)
		buf_char(c->out, ',');
	c->first = false;
}

static void quoted(struct buf *out, const char *v)
{
	buf_char(out, '"');
	for (; *v; v++) {
		if (*v == '"')
			buf_char(out, '"');
		buf_char(out, *v);
	}
	buf_char(out, '"');
}

static void field(struct csv_out *c, const char *v)
{
	separate(c);
	if (strpbrk(v, ",\"\r\n"))
		quoted(c->out, v);
	else
		buf_str(c->out, v);
}

void csv_raw(struct csv_out *c, const char *v)
{
	field(c, v ? v : "");
}

/* A copy is cleaned first: what reaches a terminal or a spreadsheet is valid text without control bytes. */
void csv_text(struct csv_out *c, const char *v)
{
	struct buf clean;

	buf_init(&clean, c->out->max);
	if (v && *v && strchr("=+-@", *v))
		buf_char(&clean, '\'');
	if (!text_clean(&clean, str_from(v), false))
		c->out->failed = true;
	csv_raw(c, clean.p);
	buf_release(&clean);
}

void csv_int(struct csv_out *c, int64_t v)
{
	separate(c);
	buf_fmt(c->out, "%lld", (long long)v);
}

void csv_time(struct csv_out *c, ms_t v)
{
	char text[NUM_LEN];

	csv_raw(c, v == MS_NONE ? "" : sec_str(text, v));
}

void csv_dec(struct csv_out *c, double v, int decimals)
{
	char text[NUM_LEN];

	dec_str(text, v, decimals);
	csv_raw(c, strcmp(text, "-") == 0 ? "" : text);
}

void csv_end_row(struct csv_out *c)
{
	buf_char(c->out, '\n');
	c->first = true;
}
