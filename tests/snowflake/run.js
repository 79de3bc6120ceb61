// The checks that need nothing but Debian's packages: sh tests/snowflake/run.sh (PITWALL=program; ONLY=3,25 some numbers).
'use strict';

const bench = require('./bench.js');

require('./check_login.js');
require('./check_network.js');
require('./check_result.js');
require('./check_cancel.js');
require('./check_long.js');
require('./check_store.js');
require('./check_screen.js');

(async () => {
	await bench.start();
	const ok = await bench.run_all(Number(process.env.LANES || 6));
	bench.stop();
	process.exit(ok ? 0 : 1);
})();
