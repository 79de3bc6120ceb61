#include "tui/theme.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "tui/themes_builtin.h"

enum { THEME_BYTES = 64 * 1024, PATH_CAP = 4096 };

static const char suffix[] = ".theme";

static bool user_path(char *out, size_t cap, const char *name)
{
	char dir[PATH_CAP], themes[PATH_CAP], file[THEME_NAME + sizeof(suffix)];

	if (!path_xdg(dir, sizeof(dir), XDG_CONFIG) || !path_join(themes, sizeof(themes), dir, "themes"))
		return false;
	if (name == NULL) {
		snprintf(out, cap, "%s", themes);
		return true;
	}
	snprintf(file, sizeof(file), "%s%s", name, suffix);
	return path_join(out, cap, themes, file);
}

static void set_name(struct theme *t, const char *name)
{
	snprintf(t->name, sizeof(t->name), "%s", name);
}

static bool load_file(struct theme *t, const char *path, struct err *err)
{
	struct buf text;
	bool ok;

	buf_init(&text, THEME_BYTES);
	ok = file_read(path, &text, err) && theme_parse(t, path, buf_view(&text), err);
	buf_release(&text);
	return ok;
}

static const struct builtin_theme *builtin(const char *name)
{
	for (const struct builtin_theme *b = builtin_themes; b->name != NULL; b++)
		if (strcmp(b->name, name) == 0)
			return b;
	return NULL;
}

static bool unknown(const char *name, struct err *err)
{
	char names[THEMES_MAX][THEME_NAME], list[300] = "";
	int n = theme_names(names);

	for (int i = 0; i < n; i++) {
		size_t used = strlen(list);

		snprintf(list + used, sizeof(list) - used, "%s%s", i > 0 ? ", " : "", names[i]);
	}
	return err_set(err, ERR_NOT_FOUND, "no theme '%s'; there are %s", name, list);
}

bool theme_load(struct theme *t, const char *name, struct err *err)
{
	char path[PATH_CAP];
	struct err mine = {0};
	const struct builtin_theme *b;

	set_name(t, name);
	if (strchr(name, '/') != NULL)
		return load_file(t, name, err);
	if (strlen(name) >= THEME_NAME)
		return unknown("(a long name)", err);
	if (user_path(path, sizeof(path), name)) {
		if (load_file(t, path, &mine))
			return true;
		/* A file that is there but wrong is said, not passed over. */
		if (mine.code == ERR_FORMAT)
			return err_set(err, mine.code, "%s", mine.msg);
	}
	b = builtin(name);
	if (b == NULL)
		return unknown(name, err);
	snprintf(path, sizeof(path), "%s%s", name, suffix);
	return theme_parse(t, path, str_from(b->text), err);
}

static bool add_name(char names[THEMES_MAX][THEME_NAME], int *n, const char *name, size_t len)
{
	if (*n >= THEMES_MAX || len == 0 || len >= THEME_NAME)
		return false;
	for (int i = 0; i < *n; i++)
		if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
			return false;
	memcpy(names[*n], name, len);
	names[(*n)++][len] = '\0';
	return true;
}

int theme_names(char names[THEMES_MAX][THEME_NAME])
{
	char path[PATH_CAP];
	int n = 0;
	DIR *dir;

	for (const struct builtin_theme *b = builtin_themes; b->name != NULL; b++)
		add_name(names, &n, b->name, strlen(b->name));
	if (!user_path(path, sizeof(path), NULL))
		return n;
	dir = opendir(path);
	if (dir == NULL)
		return n;
	for (const struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
		size_t len = strlen(e->d_name), tail = sizeof(suffix) - 1;

		if (len > tail && strcmp(e->d_name + len - tail, suffix) == 0)
			add_name(names, &n, e->d_name, len - tail);
	}
	closedir(dir);
	return n;
}

static short at_depth(struct theme_color c, int colors)
{
	return colors >= 256 ? c.c256 : colors >= 16 ? c.c16 : c.c8;
}

struct theme_paint theme_paint(const struct theme *t, struct style st, int colors)
{
	const struct theme_look *role = &t->look[st.role < ROLE_COUNT ? st.role : ROLE_TEXT];
	const struct theme_look *ground = &t->look[st.ground < ROLE_COUNT ? st.ground : ROLE_TEXT];
	struct theme_paint p = {-1, -1, (unsigned)(role->attr | st.attr)};

	if (st.ground != ROLE_TEXT)
		p.attr |= ground->attr;
	if (colors < 8) {
		p.attr |= role->mono;
		if (st.ground != ROLE_TEXT)
			p.attr |= ground->mono;
		return p;
	}
	p.fg = at_depth(role->fg, colors);
	p.bg = at_depth(role->bg, colors);
	if (p.bg < 0 && st.ground != ROLE_TEXT) {
		p.bg = at_depth(ground->bg, colors);
		/* A ground may bring letters for plain text; a role's own colour stays. */
		if (p.fg < 0)
			p.fg = at_depth(ground->fg, colors);
	}
	return p;
}

static bool light_ground(const char *colorfgbg)
{
	const char *semi = colorfgbg != NULL ? strrchr(colorfgbg, ';') : NULL;
	long bg;
	char *end;

	if (semi == NULL)
		return false;
	bg = strtol(semi + 1, &end, 10);
	return end != semi + 1 && *end == '\0' && (bg == 7 || bg == 15);
}

const char *theme_choose(const char *option, const char *no_color, const char *config, const char *colorfgbg)
{
	if (option != NULL)
		return option;
	if (no_color != NULL && no_color[0] != '\0')
		return "mono";
	if (config != NULL)
		return config;
	return light_ground(colorfgbg) ? "light" : "dark";
}
