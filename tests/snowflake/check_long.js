// Check 42: what only shows after many times.
'use strict';

const path = require('path');
const { assert, check, world, run, good, clean, PASSWORD, SLOW, PITWALL } = require('./bench.js');

check(42, '1,000 statements of one client', async () => {
	for (const [env, more] of [[{}, {}], [{ SNOWFLAKE_PRIVATE_KEY_PATH: undefined, SNOWFLAKE_PASSWORD: PASSWORD }, { polls: 0 }]]) {
		const w = await world({ eager: true, ...more });
		const n = 1000;
		const r = good(await run([String(n)], { ...w.env, ...env }, { program: path.join(path.dirname(PITWALL), 'tests/snowflake/loop') }));
		const told = JSON.parse(r.out);
		assert.strictEqual(told.rows, n);
		assert.strictEqual(told.files[0], told.files[1], 'file descriptors grew');
		if (SLOW === 1) // sanitizers keep what was freed
			assert.ok(told.kib[1] - told.kib[0] < 1024, `memory grew from ${told.kib[0]} to ${told.kib[1]} KiB`);
		const s = await clean(w);
		assert.strictEqual(s.executions, n);
		assert.strictEqual(s.open, 0);
		assert.ok(s.logins <= 1, `${s.logins} logins`);
		assert.ok(s.at_once <= 6, `${s.at_once} connections at the same time`); // a POST has one of its own, so that no library sends it twice
	}
}, { alone: true });
