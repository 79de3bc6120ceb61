# Runs test programs, some at a time and all of them even when one fails, and counts.
#   sh run.sh unit|tui|fuzz|screens PROGRAM...   each PROGRAM; 1 when anything failed
#   sh run.sh one FILE GROUP PROGRAM             one of them, its counts into FILE
#   sh run.sh total FILE                         "N passed, N failed[, N skipped]" from FILE's counts
# Counts come from cmocka's report or from a last line "N passed, N failed[, N skipped]" of the program's own.
# With COUNTS set they are added to that file instead of being printed.
set -u

total() {
	awk '{ p += $1; f += $2; s += $3 }
	END { printf "%d passed, %d failed", p, f; if (s) printf ", %d skipped", s; print ""; exit (f > 0 || p + f == 0) }' "$1"
}

# The report of one program on stdin, its exit status in $1 -> "passed failed skipped".
# A program that died without saying so counts as one failure; so does one that counted nothing.
count() {
	awk -v status="$1" '
	/^\[  PASSED  \] [0-9]+ test/ { p += $4 }
	/^\[  SKIPPED \] [0-9]+ test/ { s += $4 }
	/^\[  FAILED  \] .*[0-9]+ test\(s\), listed below/ { for (i = 1; i < NF; i++) if ($(i + 1) ~ /^test\(s\)/) f += $i }
	/^[0-9]+ passed, [0-9]+ failed/ { op = $1; of = $3; os = /skipped/ ? $5 : 0; own = 1 }
	END {
		if (own) { p += op; f += of; s += os }
		if (status != 0 && f == 0) f = 1
		if (p + f + s == 0) f = 1
		print p + 0, f + 0, s + 0
	}'
}

# Older thread sanitizers stop at today's address randomisation; setarch turns it off where it may.
launch() {
	case $O in
	*san-thread) if setarch -R true 2>/dev/null; then setarch -R "$@"; else "$@"; fi ;;
	*) "$@" ;;
	esac
}

# Runs one program; its counts go to the file $counts, what it says to stdout in one piece.
one() {
	group=$1 program=$2
	report=$(mktemp) || exit 1
	set -- "$program"
	if [ "$group" = fuzz ]; then
		name=${program##*/fuzz_}
		set -- "$program" tests/fuzz/corpus_"$name"
	fi
	launch "$@" >"$report" 2>&1
	status=$?
	line=$(count "$status" <"$report")
	echo "$line" >>"$counts"
	bad=${line#* }
	if [ "$status" = 0 ] && [ "${bad%% *}" = 0 ]; then
		said=$(printf '  ok     %s (%s)' "${program##*/}" "${line%% *}")
		failed=0
	else
		said=$(cat "$report"; printf '  FAILED %s (status %s)' "$program" "$status")
		failed=1
	fi
	rm -f "$report"
	printf '%s\n' "$said"
	exit "$failed"
}

[ "$1" = total ] && { total "$2"; exit; }
[ "$1" = one ] && { counts=$2; one "$3" "$4"; }
group=$1
shift
counts=${COUNTS:-$O/counts-$group}
[ -n "${COUNTS:-}" ] || : >"$counts"
# Tests on a terminal mostly wait for the program, so that more of them than processors run at once.
at_once=$(nproc 2>/dev/null || echo 2)
[ "$group" = screens ] && at_once=$((at_once * 2))
failed=0
printf '%s\n' "$@" | xargs -P "$at_once" -I {} sh "$0" one "$counts" "$group" {} || failed=1
[ -n "${COUNTS:-}" ] || { [ ! -s "$counts" ] || total "$counts" || failed=1; }
exit "$failed"
