#include "core/load/identity.h"

#include <stdio.h>
#include <string.h>

#include "core/base/path.h"

/* How many folders above a file may tell what it is about: "cota/COTA/2025 season/practice 1/file" needs three. Farther
 * up, a home folder of an unlucky name would decide. */
enum { FOLDERS_LOOKED_AT = 4 };

const struct track_name track_names[] = {
	{"barber", "Barber", "BAR", "Barber Motorsports Park", "barbermotorsportspark"},
	{"cota", "COTA", "COT", "Circuit of the Americas", "circuitoftheamericas lonestarlemans"},
	{"indianapolis", "Indianapolis", "IND", "Indianapolis Motor Speedway",
	 "indianapolismotorspeedway indy tirerackcombattleonthebricks"},
	{"roadamerica", "Road America", "RAM", "Road America", "elkhartlake"},
	{"sebring", "Sebring", "SEB", "Sebring International Raceway", "sebringinternationalraceway"},
	{"sonoma", "Sonoma", "SON", "Sonoma Raceway", "sonomaraceway searspoint"},
	{"vir", "VIR", "VIR", "Virginia International Raceway", "virginiainternationalraceway virginia"},
	{"lemans", "Le Mans", "LEM", "Circuit de la Sarthe, Le Mans", "lasarthe circuitdelasarthe"},
	{"spa", "Spa", "SPA", "Spa-Francorchamps", "spafrancorchamps"},
	{"fuji", "Fuji", "FUJ", "Fuji Speedway", "fujispeedway"},
	{"bahrain", "Bahrain", "BAH", "Bahrain International Circuit", "bahraininternationalcircuit sakhir"},
	{"imola", "Imola", "IMO", "Imola, Autodromo Enzo e Dino Ferrari", "autodromoenzoedinoferrari"},
	{"qatar", "Qatar", "QAT", "Lusail International Circuit", "losail lusail"},
	{"saopaulo", "Sao Paulo", "SAO", "Interlagos, Sao Paulo", "interlagos"},
	{"portimao", "Portimao", "POR", "Algarve International Circuit", "algarve"},
	{"monza", "Monza", "MON", "Monza", "autodromonazionalemonza"},
	{"silverstone", "Silverstone", "SIL", "Silverstone Circuit", ""},
	{"shanghai", "Shanghai", "SHA", "Shanghai International Circuit", ""},
	{"daytona", "Daytona", "DAY", "Daytona International Speedway", "daytonainternationalspeedway"},
	{"longbeach", "Long Beach", "LBH", "Long Beach Street Circuit", "streetsoflongbeach"},
	{"lagunaseca", "Laguna Seca", "LAG", "Laguna Seca", "weathertechracewaylagunaseca mazdaracewaylagunaseca"},
	{"midohio", "Mid-Ohio", "MID", "Mid-Ohio Sports Car Course", "midohiosportscarcourse"},
	{"detroit", "Detroit", "DET", "Detroit Street Circuit", "belleisle"},
	{"watkinsglen", "Watkins Glen", "WGI", "Watkins Glen International", "watkinsgleninternational sahlen"},
	{"mosport", "Mosport", "MOS", "Canadian Tire Motorsport Park", "canadiantiremotorsportpark ctmp"},
	{"limerock", "Lime Rock", "LRP", "Lime Rock Park", "limerockpark"},
	{"roadatlanta", "Road Atlanta", "ATL", "Road Atlanta", "petitlemans michelinracewayroadatlanta"},
	{"charlotte", "Charlotte", "CLT", "Charlotte Motor Speedway", ""},
	/* Invented, of the demo season. */
	{"harrowvale", "Harrow Vale", "HAR", "Harrow Vale", ""},
	{"kestrelridge", "Kestrel Ridge", "KES", "Kestrel Ridge", ""},
	{"mesaoriol", "Mesa Oriol", "ORI", "Mesa Oriol", ""},
	{"portlindane", "Port Lindane", "LIN", "Port Lindane", ""},
	{"sanktorlen", "Sankt Orlen", "SAN", "Sankt Orlen", ""},
};
const unsigned track_name_count = sizeof track_names / sizeof track_names[0];

const struct track_name *track_by_id(const char *id)
{
	for (unsigned i = 0; i < track_name_count; i++) {
		if (strcmp(track_names[i].id, id) == 0)
			return &track_names[i];
	}
	return NULL;
}

/* --- characters: ASCII only, whatever the locale --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}
static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}
static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}
static bool is_letter(char c)
{
	return is_upper(c) || is_lower(c);
}
static char lower(char c)
{
	return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

static struct str str_from_at(struct str s, size_t at)
{
	return (struct str){s.p + at, s.n - at};
}

/* --- words: runs of letters or of digits; "RoadAmerica" is two words, "rd1Qualifying" three --- */

struct word {
	struct str text;
	bool digits;
	size_t at; /* where it begins */
};

static bool next_word(struct str s, size_t *pos, struct word *w)
{
	size_t i = *pos;
	while (i < s.n && !is_digit(s.p[i]) && !is_letter(s.p[i]))
		i++;
	if (i == s.n)
		return false;
	size_t start = i;
	w->digits = is_digit(s.p[i]);
	for (i++; i < s.n; i++) {
		bool same = w->digits ? is_digit(s.p[i]) : is_letter(s.p[i]);
		if (!same || (is_upper(s.p[i]) && is_lower(s.p[i - 1])))
			break;
	}
	w->text = (struct str){s.p + start, i - start};
	w->at = start;
	*pos = i;
	return true;
}

static int small_number(struct str digits)
{
	int v = 0;
	for (size_t i = 0; i < digits.n; i++)
		v = v * 10 + (digits.p[i] - '0');
	return v;
}

/* --- tracks --- */

/* A name may end here: before a digit, a separator, a capital, or the short words that follow a track without one
 * ("Barberrd1Qualifying"). Keeps "spare_parts.csv" from being Spa. */
static bool name_ends(struct str s, size_t at)
{
	static const char *const glued[] = {"race", "qual", "practice"};
	if (at >= s.n || !is_letter(s.p[at]))
		return true;
	if (is_upper(s.p[at]) && is_lower(s.p[at - 1]))
		return true;
	struct str rest = str_from_at(s, at);
	for (size_t i = 0; i < sizeof glued / sizeof glued[0]; i++) {
		if (str_starts_nocase(rest, glued[i]))
			return true;
	}
	size_t letters = 1;
	while (letters < rest.n && is_letter(rest.p[letters]))
		letters++;
	return letters <= 2 && letters < rest.n && is_digit(rest.p[letters]) &&
	       strchr("rqpf", lower(rest.p[0])) != NULL;
}

/* Length of s that spells the alias, separators inside allowed ("circuit-of-the-americas"); 0: it does not. */
static size_t spells(struct str s, struct str alias)
{
	if (s.n == 0 || lower(s.p[0]) != alias.p[0])
		return 0;
	size_t j = 0;
	for (size_t i = 0; i < alias.n; i++, j++) {
		while (i > 0 && j < s.n && !is_letter(s.p[j]) && !is_digit(s.p[j]))
			j++;
		if (j >= s.n || lower(s.p[j]) != alias.p[i])
			return 0;
	}
	return name_ends(s, j) ? j : 0;
}

static size_t spells_any(struct str s, const struct track_name *t)
{
	size_t best = spells(s, str_from(t->id));
	for (const char *p = t->aliases; *p;) {
		size_t n = strcspn(p, " ");
		size_t got = spells(s, (struct str){p, n});
		if (got > best)
			best = got;
		p += n;
		p += strspn(p, " ");
	}
	return best;
}

/* The track that s begins with, its longest spelling; NULL none. *len is how much of s that took. */
static const struct track_name *track_at(struct str s, size_t *len)
{
	const struct track_name *found = NULL;
	*len = 0;
	for (unsigned i = 0; i < track_name_count; i++) {
		size_t n = spells_any(s, &track_names[i]);
		if (n > *len) {
			*len = n;
			found = &track_names[i];
		}
	}
	return found;
}

/* Where a track is named in s: at any word of a file name, in a folder only at its first word (numbers before it are
 * passed over: "2022-lime-rock"). Sets [*from, *to). */
static const struct track_name *find_track(struct str s, bool first_only, size_t *from, size_t *to)
{
	struct word w;
	for (size_t pos = 0; next_word(s, &pos, &w);) {
		size_t len;
		if (w.digits)
			continue;
		const struct track_name *t = track_at(str_from_at(s, w.at), &len);
		if (t) {
			*from = w.at;
			*to = w.at + len;
			return t;
		}
		if (first_only)
			return NULL;
	}
	return NULL;
}

/* --- kind, number, date --- */

struct clues {
	enum session_kind kind;
	bool kind_known;
	int number, year;
	char date[11];
};

enum meaning { MEANS_NOTHING, MEANS_RACE, MEANS_QUALIFYING, MEANS_PRACTICE, MEANS_ROUND };

struct vocabulary {
	const char *word;
	enum meaning meaning;
	bool needs_number; /* a lone "r" means nothing, "r1" race 1 */
};

static enum meaning meaning_of(struct str w, bool number_follows)
{
	static const struct vocabulary words[] = {
		{"race", MEANS_RACE, false},
		{"races", MEANS_RACE, false},
		{"qualifying", MEANS_QUALIFYING, false},
		{"qualify", MEANS_QUALIFYING, false},
		{"quali", MEANS_QUALIFYING, false},
		{"qual", MEANS_QUALIFYING, false},
		{"hyperpole", MEANS_QUALIFYING, false},
		{"practice", MEANS_PRACTICE, false},
		{"practise", MEANS_PRACTICE, false},
		{"warmup", MEANS_PRACTICE, false},
		{"fp", MEANS_PRACTICE, true},
		{"r", MEANS_RACE, true},
		{"q", MEANS_QUALIFYING, true},
		{"p", MEANS_PRACTICE, true},
		{"rd", MEANS_ROUND, true},
		{"round", MEANS_ROUND, true},
	};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (str_eq_nocase(w, str_from(words[i].word)) && (number_follows || !words[i].needs_number))
			return words[i].meaning;
	}
	return MEANS_NOTHING;
}

/* The session's number after a word that may carry one: one or two digits, and not hours ("race_6h"). */
static int number_after(struct str s, size_t pos, bool glued)
{
	struct word w;
	size_t at = pos;
	if (!next_word(s, &at, &w) || !w.digits || w.text.n > 2 || (glued && w.at != pos))
		return 0;
	bool hours = at < s.n && lower(s.p[at]) == 'h' && (at + 1 == s.n || !is_letter(s.p[at + 1]));
	return hours ? 0 : small_number(w.text);
}

/* "Race 1 Qualifying" is a qualifying: race is what a name falls back to. */
static void take_kind(struct clues *c, enum session_kind k)
{
	if (!c->kind_known || c->kind == KIND_RACE)
		c->kind = k;
	c->kind_known = true;
}

static void take_word(struct clues *c, struct str s, const struct word *w, size_t after)
{
	int number = number_after(s, after, w->text.n <= 2);
	switch (meaning_of(w->text, number > 0)) {
	case MEANS_RACE:
		take_kind(c, KIND_RACE);
		break;
	case MEANS_QUALIFYING:
		take_kind(c, KIND_QUALIFYING);
		break;
	case MEANS_PRACTICE:
		take_kind(c, KIND_PRACTICE);
		break;
	case MEANS_ROUND:
		break;
	case MEANS_NOTHING:
		return;
	}
	if (c->number == 0)
		c->number = number;
}

static bool take_date(struct clues *c, int y, int m, int d)
{
	if (y < 1950 || y > 2099 || m < 1 || m > 12 || d < 1 || d > 31)
		return false;
	if (!c->date[0]) {
		/* The ranges above are narrower than the compiler can see. */
		char text[40];
		snprintf(text, sizeof text, "%04d-%02d-%02d", y, m, d);
		memcpy(c->date, text, 10);
		c->date[10] = '\0';
	}
	if (c->year == 0)
		c->year = y;
	return true;
}

/* "20250907", "202207161510", "2025-09-07", or a year alone. */
static void take_digits(struct clues *c, struct str s, const struct word *w, size_t after)
{
	struct str t = w->text;
	if (t.n == 8 || t.n == 12 || t.n == 14) {
		take_date(c, small_number((struct str){t.p, 4}), small_number((struct str){t.p + 4, 2}),
			  small_number((struct str){t.p + 6, 2}));
		return;
	}
	if (t.n != 4)
		return;
	int year = small_number(t);
	struct word month, day;
	if (next_word(s, &after, &month) && month.digits && month.text.n == 2 && next_word(s, &after, &day) &&
	    day.digits && day.text.n == 2 && take_date(c, year, small_number(month.text), small_number(day.text)))
		return;
	if (year >= 1950 && year <= 2099 && c->year == 0)
		c->year = year;
}

static void read_clues(struct str s, struct clues *c)
{
	struct word w;
	for (size_t pos = 0; next_word(s, &pos, &w);) {
		if (w.digits)
			take_digits(c, s, &w, pos);
		else
			take_word(c, s, &w, pos);
	}
}

/* One part of the path. What a nearer part has told stays; a folder's number counts only with its own kind. */
static void take_part(struct identity *id, struct str part, bool is_file)
{
	struct clues c = {0};
	size_t from = 0, to = 0;
	const struct track_name *t = find_track(part, !is_file, &from, &to);
	if (t && !id->track[0])
		snprintf(id->track, sizeof id->track, "%s", t->id);
	read_clues((struct str){part.p, from}, &c);
	read_clues(str_from_at(part, to), &c);
	if (id->number == 0 && (is_file || !id->kind_known || (c.kind_known && c.kind == id->kind)))
		id->number = c.number;
	if (!id->kind_known && c.kind_known) {
		id->kind = c.kind;
		id->kind_known = true;
	}
	if (!id->date[0])
		memcpy(id->date, c.date, sizeof id->date);
	if (id->year == 0)
		id->year = c.year;
}

void identity_of(const char *path, struct identity *out)
{
	memset(out, 0, sizeof *out);
	out->kind = KIND_RACE;
	const char *base = path_base(path);
	take_part(out, (struct str){base, path_stem_len(base)}, true);
	const char *end = base;
	for (int level = 0; level < FOLDERS_LOOKED_AT && end > path; level++) {
		while (end > path && end[-1] == '/')
			end--;
		const char *start = end;
		while (start > path && start[-1] != '/')
			start--;
		take_part(out, (struct str){start, (size_t)(end - start)}, false);
		end = start;
	}
}

void identity_stem(const char *path, char *out, size_t cap)
{
	const char *base = path_base(path);
	size_t len = path_stem_len(base), n = 0;
	if (cap == 0)
		return;
	for (size_t i = 0; i < len && n + 1 < cap; i++) {
		char c = lower(base[i]);
		if (is_lower(c) || is_digit(c))
			out[n++] = c;
		else if (n > 0 && out[n - 1] != '_')
			out[n++] = '_';
	}
	while (n > 0 && out[n - 1] == '_')
		n--;
	out[n] = '\0';
	if (n == 0)
		snprintf(out, cap, "session");
}

void identity_id(const struct identity *id, const char *path, char *out, size_t cap)
{
	static const char letter[] = {[KIND_RACE] = 'r', [KIND_QUALIFYING] = 'q', [KIND_PRACTICE] = 'p'};
	if (id->track[0] && id->number > 0)
		snprintf(out, cap, "%s_%c%d", id->track, letter[id->kind], id->number);
	else
		identity_stem(path, out, cap);
}
