# Fails when a file includes what its folder may not see. Run from the top folder.
set -u
bad=0

# only FOLDER PATTERN: every "core/..." or "tui/..." include in FOLDER must match PATTERN.
only() {
	[ -d "$1" ] || return 0
	if grep -rnE --include='*.[ch]' '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' "$1" | grep -vE "\"($2)/"; then
		echo "layers: $1 may include only $2" >&2
		bad=1
	fi
}

only core/base 'core/base'
only core/model 'core/(base|model)'
only core/load 'core/(base|model|load)'
only core/analysis 'core/(base|model|analysis)'
only core/telemetry 'core/(base|model|load|analysis|telemetry)'
only data/generator '(core/base|data/generator)'
only core 'core/[a-z]+(/[a-z]+)?'

# Curses: one file of the program knows it, and nothing in core does.
if grep -rnE --include='*.[ch]' '#[[:space:]]*include[[:space:]]*[<"]([a-z/]*curses|term\.h)' core tui | grep -v '^tui/term_curses\.c:'; then
	echo 'layers: only tui/term_curses.c may include curses' >&2
	bad=1
fi
# What core has to say it hands back: it neither prints nor ends the program.
if grep -rnE --include='*.c' '(^|[^A-Za-z0-9_])(printf|puts|putchar|perror|exit|abort)\(' core; then
	echo 'layers: core may not print or exit' >&2
	bad=1
fi
exit $bad
