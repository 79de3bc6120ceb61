#!/bin/sh
# The pictures in screenshots/: the real program on a terminal in memory, drawn as SVG, then PNG by rsvg-convert.
# PICTURE and PITWALL name the two programs; DATA the folder to open, SESSION the session in it.
set -eu
if ! command -v rsvg-convert >/dev/null 2>&1; then
	echo "make pictures needs rsvg-convert and the font DejaVu Sans Mono: apt-get install librsvg2-bin fonts-dejavu-core" >&2
	exit 1
fi
if [ -z "${DATA:-}" ]; then
	for DATA in data/demo ../shared/data/gr-cup tests/fixtures/season; do
		[ -d "$DATA" ] && break
	done
fi
if [ -z "${SESSION:-}" ] && [ "$DATA" = ../shared/data/gr-cup ]; then
	SESSION=barber_r2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# picture FILE COLSxROWS KEY...   (MORE: another folder to open)
picture() {
	file=$1 size=$2
	shift 2
	# What the program keeps must not be the user's, and not that of the picture before.
	rm -rf "$work/home"
	mkdir -p "$work/home/.local/state/pitwall"
	[ -z "${SESSION:-}" ] || printf 'session\t%s\n' "$SESSION" >"$work/home/.local/state/pitwall/state"
	HOME=$work/home "$PICTURE" "$size" "$@" -- "$PITWALL" --data "$DATA" ${MORE:+--data "$MORE"} >"$work/picture.svg"
	rsvg-convert -z 1.25 "$work/picture.svg" -o "screenshots/$file"
	echo "screenshots/$file: $size of $DATA"
}
mkdir -p screenshots
picture dashboard.png 120x40
picture dashboard-80x24.png 80x24
picture race.png 120x40 2
picture season.png 120x40 5
MORE=build/demo-wide
[ "$DATA" = data/demo ] || MORE=../shared/data/telemetry
[ ! -d "$MORE" ] || picture telemetry.png 120x40 4 c c c
# A real lap, where there is one: a mistake in two corners.
if [ -f ../shared/data/telemetry/barber_r1_car13_long.csv ]; then
	DATA=../shared/data/gr-cup MORE=../shared/data/telemetry SESSION=barber_r1
	picture telemetry-barber.png 120x40 4 y / 1 5 ENTER ENTER c c c c
fi
