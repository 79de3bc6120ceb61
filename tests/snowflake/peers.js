// The checks that need others' tools from npm: sh tests/snowflake/peers.sh.
'use strict';

const bench = require('./bench.js');

require('./check_sdk.js');

(async () => {
	await bench.start();
	const ok = await bench.run_all(2);
	bench.stop();
	process.exitCode = ok ? 0 : 1;
})();
