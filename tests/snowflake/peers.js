// The checks that need others' tools from npm: sh tests/snowflake/peers.sh.
'use strict';

const bench = require('./bench.js');

require('./check_clock.js');
require('./check_sdk.js');
require('./check_peers.js');

(async () => {
	await bench.start();
	const ok = await bench.run_all(1);
	bench.stop();
	process.exit(ok ? 0 : 1);
})();
