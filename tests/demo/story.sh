#!/bin/sh
# story.sh GENERATOR TEST SEEDS: what the coach finds in that many seasons, each made from another seed; a line each and the sum.
set -eu
generator=$1 test=$2 seeds=$3
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM
seed=1
while [ "$seed" -le "$seeds" ]; do
	rm -rf "$dir/season"
	"$generator" --out "$dir/season" --seed "$seed"
	PITWALL_DEMO="$dir/season" "$test" >"$dir/said" 2>&1 || { cat "$dir/said"; exit 1; }
	grep -E '^(missed|size|untrue)' "$dir/said" | sed "s/^/seed $seed  /" || true
	sed -n "s/^planted/seed $seed  planted/p" "$dir/said" | tee -a "$dir/counts"
	seed=$((seed + 1))
done
awk '{ for (i = 3; i < NF; i++) if ($(i + 1) ~ /^[0-9]+$/) { name = $i; if (name == "size") name = "other size"; sum[name] += $(i + 1)
	if (!(name in at)) { at[name] = ++n; names[n] = name } } }
	END { printf "%d seeds", NR; for (i = 1; i <= n; i++) printf "  %s %d", names[i], sum[names[i]]; print "" }' "$dir/counts"
