// Check 29: a token's life.
'use strict';

const { assert, check, world, fetched, good, clean } = require('./bench.js');

// 70 minutes pass in 45 s: the client's clock by faketime, the server's by itself. A token is good for 60 s of them, so a busy
// machine may make it fail for no fault of the program's: that is why it is here.
check(29, 'a statement that runs for 70 minutes', async () => {
	const w = await world({ clock: { rate: 100 }, polls_for: { 'IN (': 850 }, date: false });
	const r = good(await fetched({ ...w.env, SNOWFLAKE_TIMEOUT: '40000', SNOWFLAKE_LOW_SPEED_TIME: '9000', SNOWFLAKE_CONNECT_TIMEOUT: '9000' }, { before: ['faketime', '-f', '+0 x100'] }));
	assert.strictEqual(r.rows.length, 600);
	const s = await clean(w);
	assert.ok(s.requests.every((x) => x.status !== 401));
	assert.ok(s.requests.length > 850);
	const [first, last] = [s.requests[0], s.requests[s.requests.length - 1]].map((x) => x.claims.exp / (x.claims.exp > 1e11 ? 1000 : 1));
	assert.ok(last - first >= 70 * 60, `${last - first} s`);
	assert.strictEqual(new Set(s.requests.map((x) => x.headers.authorization)).size > s.requests.length / 2, true);
	console.log(`         (${s.requests.length} requests in ${Math.round((last - first) / 60)} minutes of its clock)`);
});
