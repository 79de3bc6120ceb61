// Checks 29 and 42: what only shows after a long time, or many times.
'use strict';

const path = require('path');
const { assert, check, world, run, fetched, good, clean, PASSWORD, SLOW, PITWALL } = require('./bench.js');

// 70 minutes pass in 20 s: the client's clock by faketime, the server's by itself.
check(29, 'a statement that runs for 70 minutes', async () => {
	const w = await world({ clock: { rate: 300 }, polls_for: { 'IN (': 850 }, date: false });
	const r = good(await fetched({ ...w.env, SNOWFLAKE_TIMEOUT: '40000', SNOWFLAKE_LOW_SPEED_TIME: '9000', SNOWFLAKE_CONNECT_TIMEOUT: '9000' }, { before: ['faketime', '-f', '+0 x300'] }));
	assert.strictEqual(r.rows.length, 600);
	const s = await clean(w);
	assert.ok(s.requests.every((x) => x.status !== 401));
	assert.ok(s.requests.length > 850);
	const [first, last] = [s.requests[0], s.requests[s.requests.length - 1]].map((x) => x.claims.exp / (x.claims.exp > 1e11 ? 1000 : 1));
	assert.ok(last - first >= 70 * 60, `${last - first} s`);
	assert.strictEqual(new Set(s.requests.map((x) => x.headers.authorization)).size > s.requests.length / 2, true);
	console.log(`         (${s.requests.length} requests in ${Math.round((last - first) / 60)} minutes of its clock)`);
});

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
