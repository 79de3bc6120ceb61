#!/bin/sh
# The checks of Snowflake against a server of ours: sh tests/snowflake/run.sh [SCRIPT]. Needs PITWALL=program; ends with
# "N passed, N failed[, N skipped]". Everything listens on 127.0.0.1 only and ends with this script.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 1
SNOWFLAKE_WORK=$(mktemp -d) || exit 1
export SNOWFLAKE_WORK PITWALL
trap 'rm -rf "$SNOWFLAKE_WORK"' EXIT
trap 'exit 130' INT TERM
for name in $(env | sed -n 's/^\(SNOWFLAKE_[A-Z_0-9]*\)=.*/\1/p'); do [ "$name" = SNOWFLAKE_WORK ] || unset "$name"; done
unset USE_SNOWFLAKE https_proxy HTTPS_PROXY http_proxy all_proxy ALL_PROXY no_proxy NO_PROXY
sh "$here/certs.sh" "$SNOWFLAKE_WORK/certs" || exit 1
"${NODE:-node}" "$here/${1:-run.js}"
