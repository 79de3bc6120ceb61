#!/bin/sh
# Others' tools hold our server, and the program, to what Snowflake does: sh tests/snowflake/peers.sh. Needs npm, java and PITWALL.
# The packages come by the lock file into build/snowflake, not beside the sources. Ends with "N passed, N failed[, N skipped]".
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 1
cd "$here/../.." || exit 1
peers=build/snowflake
if ! cmp -s "$here/package-lock.json" "$peers/package-lock.json" || [ ! -e "$peers/node_modules/.done" ]; then
	mkdir -p "$peers"
	cp "$here/package.json" "$here/package-lock.json" "$peers/"
	(cd "$peers" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && touch node_modules/.done) || exit 1
fi
NODE_PATH=$PWD/$peers/node_modules
export NODE_PATH
SHARED=${PITWALL_SHARED:-$here/../../../shared/data} exec sh "$here/run.sh" peers.js
