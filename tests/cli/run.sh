#!/bin/sh
# Runs the real program over an invented season: answers, exit statuses, streams. Needs PITWALL=program.
# Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/../.." || exit 1
data=tests/fixtures/season
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
for name in DATA FORMAT SOURCE THEME COLOR CHARSET PLAIN NO_MOUSE CONFIG LOG; do unset "PITWALL_$name"; done
unset USE_SNOWFLAKE
export XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state" HOME="$work" LC_ALL=C.UTF-8
mkdir -p "$work/config/pitwall" "$work/empty"
passed=0
failed=0
out=$work/out
err=$work/err

fail() {
	failed=$((failed + 1))
	echo "FAILED: $1"
	head -3 "$err"
}

# ends STATUS WORDS...: the program ends so; an error is one line on stderr and nothing on stdout.
ends() {
	want=$1
	shift
	"$PITWALL" "$@" >"$out" 2>"$err" </dev/null
	status=$?
	if [ "$status" != "$want" ]; then
		fail "$* ended with $status, not $want"
	elif [ "$want" = 0 ] && [ -s "$err" ]; then
		fail "$* wrote on stderr"
	elif [ "$want" != 0 ] && { [ -s "$out" ] || [ "$(wc -l <"$err")" != 1 ]; }; then
		fail "$* should write one line on stderr, nothing on stdout"
	else
		passed=$((passed + 1))
	fi
}

# says PATTERN: in what the last one wrote.
says() {
	if cat "$out" "$err" | grep -qe "$1"; then passed=$((passed + 1)); else fail "no \"$1\" in the answer"; fi
}

ends 0 --version; says '^pitwall [0-9]'
ends 0 --help; says 'standings SESSION'
ends 0 compare --help; says 'example: pitwall compare'

ends 1 sessions; says 'name a folder with --data DIR'
ends 0 --plain; says '^ Harrow Vale R2  DEMO  race'; says 'YOU 27 .* P2 '
ends 0 --plain --data $data; if grep -q DEMO "$out"; then fail 'real data called DEMO'; fi
ends 1 sessions --data /nonexistent/folder; says '/nonexistent/folder'
ends 0 weather sebring_r1 --data $data; says 'Air C'; says '^units of the file: C'
ends 0 tracks --data $data; says '^sebring '
ends 0 drivers --data $data --format csv; says '^21,21,José'
ends 0 driver 44 --data $data; says '^44 Tom Okafor$'
ends 0 driver lvarez --data $data; says '^21 José'
ends 0 stats 44 --data $data; says '^points '
ends 0 results 44 --data $data --format json; says '"from": "season json"'
ends 0 similar 44 --data $data; says '^ *Driver\|Distance'
ends 0 factors 44 tyres --data $data; says 'Degradation'
ends 0 factors --help; says 'example: pitwall factors'
ends 1 driver 999 --data $data; says 'no driver "999" in the season; there are: 03, 3,'
ends 1 driver okafor --data $data; says 'no single driver'
ends 1 drivers --track monza --data $data; says 'there are: sebring'
ends 1 driver 7 --data "$work/empty"; says 'there is none at all'
ends 2 driver --data $data; says 'driver needs N: pitwall driver 13'
ends 2 factors 44 grip --data $data; says 'speed, consistency, racecraft, tyres'
ends 2 results 44 7 --data $data; says 'too much for results'
ends 0 sessions --data "$work/empty"; says 'no session found'
mkdir -p "$work/strange"
echo 'Car,Round,Seconds' >"$work/strange/mine.csv"
echo 'NUMBER;"LAP_NUMBER;LAP_TIME' >"$work/strange/quote.csv"
ends 0 sessions --data "$work/strange"; says '^not read: .*mine.csv (unknown): not a file this program knows$'
says '^problem: .*quote.csv:1: the header cannot be read'
if [ "$(grep -c quote.csv "$out")" = 1 ]; then passed=$((passed + 1)); else fail 'a refused file is told twice'; fi
ends 1 laps x --data "$work/empty"; says 'no session "x"'
ends 1 laps sebring_r9 --data $data; says 'there are: .*sebring_r'
ends 1 laps sebring_r1 --car nope --data $data; says 'no car "nope" in sebring_r1; there are: '
ends 1 standings sebring_r1 --class nope --data $data
ends 1 standings sebring_r1 --lap 9999 --data $data
ends 2 standings sebring_r1 --lap 0 --data $data; says '1 to 65535'
ends 2 standigns sebring_r1 --data $data; says 'did you mean standings'
ends 2 laps sebring_r1 --data $data --exclude 5; says 'CAR:LAP:REASON'

ends 0 sessions --data $data --format csv
sessions=$(sed 1d "$out" | cut -d, -f1)
for session in $sessions; do
	ends 0 standings "$session" --data $data --format csv
	cars=$(sed 1d "$out" | cut -d, -f1 | head -2)
	a=$(echo "$cars" | sed -n 1p)
	b=$(echo "$cars" | sed -n 2p)
	for question in "standings $session" "standings $session --lap 2" "laps $session --car $a" "stints $session" \
		"compare $session $a $b" "coach $session $b" "coach $session $a $b" "report $session --car $b"; do
		for format in text json; do
			# shellcheck disable=SC2086 # words of a question
			ends 0 $question --data $data --format $format
			if grep -q "$(printf '\033')" "$out"; then fail "$question: an escape in $format"; fi
			if [ $format = json ] && command -v python3 >/dev/null; then
				if python3 -m json.tool "$out" >/dev/null 2>"$err"; then
					passed=$((passed + 1))
				else
					fail "$question is no JSON"
				fi
			fi
		done
	done
	ends 0 stints "$session" --data $data --exclude "$a:2:a reason: told"; says 'left out by hand: a reason: told'
	ends 1 stints "$session" --data $data --exclude "$a:9999:x"
	ends 2 report "$session" --car "$a" --format csv --data $data
done

# A third and a fourth car, each minus A; none of them twice.
ends 0 compare sebring_r1 7 03 44 --data $data --format json; says '"more"'
ends 0 compare sebring_r1 7 03 44 --data $data; says 'top speed'
ends 2 compare sebring_r1 7 03 7 --data $data; says 'named twice'

ends 0 health --data $data; says 'snowflake  *disabled'
USE_SNOWFLAKE=true ends 0 health --data $data; says 'snowflake  *error .*SNOWFLAKE_ACCOUNT is not set'
ends 0 health --format json; says '"state": "disabled"'
ends 1 fetch barber_r1 --cars 13; says 'USE_SNOWFLAKE=true'
ends 2 fetch barber_r1; says 'needs --cars'
ends 2 fetch barber_q1 --cars 13; says 'races only'
ends 2 fetch barber_r1 --cars 13 --laps 5-3; says 'FIRST-LAST'
ends 2 fetch barber_r1 --cars 13 --columns speed; says 'goes with --to'
USE_SNOWFLAKE=true SNOWFLAKE_ACCOUNT=a/b SNOWFLAKE_USER=me SNOWFLAKE_TOKEN=t0ken ends 1 fetch barber_r1 --cars 13; says 'SNOWFLAKE_ACCOUNT'
printf 'USE_SNOWFLAKE=true\nSNOWFLAKE_ACCOUNT=a@b\nSNOWFLAKE_USER=me\n' >"$work/dot.env"
ends 0 health --data $data --env-file "$work/dot.env"; says 'snowflake  *error .*SNOWFLAKE_ACCOUNT is no account'
ends 2 health --data $data --config "$work/dot.env"; says 'environment only'

# Option before environment before file before default.
printf 'data = %s\nformat = csv\n' "$data" >"$work/config/pitwall/config"
ends 0 health; says '^name,state,'
PITWALL_FORMAT=json ends 0 health; says '"sources"'
PITWALL_FORMAT=json ends 0 health --format text; says '^Source'
PITWALL_DATA=$work/empty ends 0 health; says 'csv,unavailable'
printf 'data = x\ncolour = red\n' >"$work/config/pitwall/config"
ends 2 health --data $data; says 'config:2: no setting "colour"; did you mean color'
ends 1 health --data $data --config "$work/none"; says "$work/none"
rm "$work/config/pitwall/config"

# Forecast and what-if: the season's drivers, the budget, what is missing.
ends 0 predict --track harrowvale 27 --data data/demo; says 'harrowvale race 1'
ends 0 predict --check --data data/demo --format csv; says '^before qualifying,1.97'
ends 0 predict --check --data data/demo --format json; says '"after_qualifying"'
ends 2 predict --data data/demo; says 'needs --track'
ends 1 predict --track harowvale --data data/demo; says 'did you mean harrowvale'
ends 0 improve 31 --speed +5 --racecraft 3 --data data/demo; says 'All points'
ends 0 improve 31 --data data/demo --format json; says '"similar_after"'
ends 2 improve 31 --speed +6 --data data/demo; says '0 to 5'
ends 2 improve 31 --tire x --data data/demo; says '0 to 5'
ends 2 improve 31 --speed 5 --tire 5 --racecraft 1 --data data/demo; says 'there are 10 to spend'
ends 2 improve --data data/demo; says 'improve'
ends 1 improve 999 --data data/demo; says 'driver'
ends 0 predict --help; says 'example: pitwall predict'

# A growing copy: the same rows in order of time, whole at any moment, and the source is never written to.
lap_file="$data/sebring-2025-race-1/23_AnalysisEnduranceWithSections_Race 1.CSV"
ends 2 replay sebring_r1 --data $data; says 'needs --to'
ends 2 replay sebring_r1 --data $data --to "$work/copy" --speed 0; says '0.1 to 1000'
ends 2 replay sebring_r1 --data $data --to "$work/copy" --from x; says '1 to 65535'
ends 1 replay sebring_r1 --data $data --to "$work/copy" --from 999; says 'no car has done 999 laps'
ends 1 replay sebring_r1 --data $data --to "$work/none/copy"; says 'cannot be written'
cp "$lap_file" "$work/before"
ends 2 replay sebring_r1 --data $data --to "$lap_file"; says 'one of the files that were read'
ends 0 replay sebring_r1 --data $data --to "$work/copy" --speed 1000 --from 19; says '^238 rows written'
sort "$work/copy" >"$work/copy.sorted"
sort "$lap_file" >"$work/source.sorted"
if cmp -s "$work/copy.sorted" "$work/source.sorted" && cmp -s "$lap_file" "$work/before"; then
	passed=$((passed + 1))
else
	fail "the copy has other rows than the source"
fi
"$PITWALL" replay sebring_r1 --data $data --to "$work/torn" --speed 200 --from 5 >"$out" 2>"$err" &
sleep 0.4
kill $! # a shell has its background programs ignore SIGINT
wait $! 2>/dev/null
size=$(wc -c <"$work/torn")
if [ "$size" -gt 1000 ] && head -c "$size" "$work/copy" | cmp -s - "$work/torn" && [ -z "$(tail -c 1 "$work/torn")" ]; then
	passed=$((passed + 1))
else
	fail "a stopped copy is no beginning of the whole one"
fi
"$PITWALL" replay sebring_r1 --data $data --to - --speed 1000 2>"$err" | head -3 >"$out"
if [ -s "$err" ] || [ "$(wc -l <"$out")" != 3 ]; then fail "a closed pipe was complained about"; else passed=$((passed + 1)); fi

# The dashboard into a pipe is text.
ends 0 --data $data
if grep -q "$(printf '\033')" "$out"; then fail "the dashboard wrote an escape into a pipe"; fi
says 'Sebring'
ends 0; says DEMO

# A disk that is full is told; a reader that went away is not.
if [ -w /dev/full ]; then
	"$PITWALL" laps sebring_r1 --data $data >/dev/full 2>"$err"
	if [ $? = 1 ] && grep -q 'cannot write' "$err"; then passed=$((passed + 1)); else fail "a full disk went unnoticed"; fi
fi
"$PITWALL" sessions --data $data --log "$work/log" >&- 2>"$err"
if [ $? = 1 ] && grep -q 'cannot write' "$err" && ! grep -q Session "$work/log"; then
	passed=$((passed + 1))
else
	fail "a closed output went unnoticed, or into the log"
fi
"$PITWALL" laps sebring_r1 --data $data --format json 2>"$err" | head -1 >"$out"
if [ -s "$err" ]; then fail "a closed pipe was complained about"; else passed=$((passed + 1)); fi

LC_ALL=C "$PITWALL" standings sebring_r1 --data $data >"$out" 2>"$err"
if LC_ALL=C grep -q '[^ -~]' "$out"; then fail "LC_ALL=C got more than ASCII"; else passed=$((passed + 1)); fi

# Telemetry into the store: everything that is wrong with the rows is counted and told.
raw=tests/fixtures/telemetry/sebring_r1_quirks.csv
store=$work/deep/store.db
ends 0 import $raw --store "$store"; says ': 13 rows (long), 4 refused, 2 cars'
says '^13 013 *GR86-022 *2025-09-06 *12:00:01 *12:00:02 *11 *3 *1 *1 *1 *1 *1 *1 *1 *1$'; says '^0 000 *GR86-040 '
says 'quirks.csv:10: the channel is not known'; says "in the store $store"
ends 0 import $raw --store "$store" --format csv; says 'GR86-022,13,13 013,I_R06,R1,2025-09-06T12:00:01.100Z'
ends 1 import $raw /nonexistent/raw.csv --store "$store"; says '1 file imported, then: /nonexistent/raw.csv: cannot be opened'
ends 1 import $data/sebring_r1_analysis_endurance.csv --store "$store"; says 'is no telemetry'
ends 2 import --store "$store"; says 'import needs FILE'
ends 1 import - --store "$store"; says 'standard input: is empty'
ends 1 import $raw --store "$work/config"; says 'is no file: name another with --store'
"$PITWALL" import - --store "$store" --format json <$raw >"$out" 2>"$err"
says '"file": "standard input: I_R06 R1 GR86-022 13"'
PITWALL_STORE=$work/of_environment.db ends 0 import $raw; says 'of_environment.db'
# A pipe that says no more, and a signal: the store is as it was.
before=$(cksum <"$store")
mkfifo "$work/fifo"
(head -5 $raw; exec sleep 20) >"$work/fifo" 2>/dev/null &
feeder=$!
"$PITWALL" import - --store "$store" <"$work/fifo" >"$out" 2>"$err" &
importer=$!
sleep 0.5
kill -TERM $importer
wait $importer 2>/dev/null
status=$?
kill $feeder 2>/dev/null
if [ "$status" = 143 ] && [ "$(cksum <"$store")" = "$before" ]; then
	passed=$((passed + 1))
else
	fail "import of a pipe was stopped with $status, or left the store changed"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
