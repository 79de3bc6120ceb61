# Prints a C table of the theme files given: sh embed_themes.sh themes/*.theme
# Bytes, not string literals: C11 promises only 4095 characters in one literal.
set -eu
printf '#include <stddef.h>\n\n#include "tui/themes_builtin.h"\n\n'
n=0
for file in "$@"; do
	printf 'static const char text_%d[] = {\n' "$n"
	od -An -v -tx1 "$file" | sed -e "s/ \([0-9a-f][0-9a-f]\)/'\\\\x\1',/g"
	printf "'\\\\0'};\n\n"
	n=$((n + 1))
done
printf 'const struct builtin_theme builtin_themes[] = {\n'
n=0
for file in "$@"; do
	printf '\t{"%s", text_%d},\n' "$(basename "$file" .theme)" "$n"
	n=$((n + 1))
done
printf '\t{NULL, NULL},\n};\nconst unsigned builtin_theme_count = %d;\n' "$n"
