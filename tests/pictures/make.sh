#!/bin/sh
# The pictures in screenshots/: the real program on a terminal in memory, drawn as SVG, then PNG by rsvg-convert.
# PICTURE and PITWALL name the two programs. Those of real races are made where ../shared/data has them.
set -eu
if ! command -v rsvg-convert >/dev/null 2>&1; then
	echo "make pictures needs rsvg-convert and the fonts DejaVu Sans Mono and WenQuanYi Micro Hei: apt-get install librsvg2-bin fonts-dejavu-core fonts-wqy-microhei" >&2
	exit 1
fi
real=../shared/data
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# picture FILE COLSxROWS SESSION "FOLDER..." KEY...   SESSION "": the one that the program opens
picture() {
	file=$1 size=$2 session=$3 folders=$4
	shift 4
	data=
	for folder in $folders; do
		[ -d "$folder" ] || return 0
		data="$data --data $folder"
	done
	# What the program keeps must not be the user's, and not that of the picture before.
	rm -rf "$work/home"
	mkdir -p "$work/home/.local/state/pitwall"
	[ -z "$session" ] || printf 'session\t%s\n' "$session" >"$work/home/.local/state/pitwall/state"
	# shellcheck disable=SC2086
	HOME=$work/home "$PICTURE" "$size" "$@" -- "$PITWALL" $data >"$work/picture.svg"
	rsvg-convert -z 1.25 "$work/picture.svg" -o "screenshots/$file"
	echo "screenshots/$file: $size of $folders"
}
mkdir -p screenshots
picture demo.png 120x40 '' data/demo
picture telemetry.png 120x40 '' 'data/demo build/demo-wide' 4 c c c
picture dashboard.png 120x40 barber_r2 $real/gr-cup-original
picture dashboard-80x24.png 80x24 barber_r2 $real/gr-cup-original
picture race.png 120x40 barber_r2 $real/gr-cup-original 2
picture compare.png 120x40 barber_r2 $real/gr-cup-original 3
picture replay.png 80x24 barber_r2 $real/gr-cup-original T 1 7 ENTER
picture classes.png 120x40 spa_6h $real/wec 2 c c k r j y
picture season.png 120x40 barber_r2 "$real/gr-cup" 5
# A real lap: a mistake in two corners.
picture telemetry-barber.png 120x40 barber_r1 "$real/gr-cup $real/telemetry" 4 y / 1 5 ENTER ENTER c c c c
# Telemetry that came from a server: that of the Snowflake checks, on this machine.
if command -v node >/dev/null 2>&1 && [ -d build/demo-wide ]; then
	PICTURE="$PICTURE" PITWALL="$PITWALL" sh tests/snowflake/run.sh ../pictures/fetch.js >"$work/picture.svg"
	rsvg-convert -z 1.25 "$work/picture.svg" -o screenshots/snowflake.png
	echo "screenshots/snowflake.png: 120x40 of data/demo and a server"
fi
