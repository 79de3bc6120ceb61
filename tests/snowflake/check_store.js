// Beside the 42: what was fetched lies in the store like an import, and is not fetched again; what failed is not there.
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { assert, check, world, run, good, clean, refused, work } = require('./bench.js');

const store_path = () => path.join(work, `store${Math.random().toString(36).slice(2)}.sqlite`);
const fetch = (w, store, cars = '13,72', env = {}) => run(['fetch', 'barber_r1', '--cars', cars, '--store', store, '--format', 'json'], { ...w.env, ...env });

// Rows of a table by sqlite3, where that is; null: it is not.
function sql(store, text) {
	try {
		return execFileSync('sqlite3', [store, text], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
	} catch {
		return null;
	}
}

check(0, 'into the store, once', async () => {
	const w = await world({ table: { ticks: 500, lap_m: 3675 } });
	const store = store_path();
	const first = JSON.parse(good(await fetch(w, store, '13')).out).fetch;
	assert.strictEqual(first.rows, 1500);
	assert.deepStrictEqual(first.cars, ['13']);
	const second = JSON.parse(good(await fetch(w, store, '13')).out).fetch;
	assert.deepStrictEqual(second.there, ['13']);
	assert.strictEqual((await clean(w)).executions, 2, 'it was asked again');
	const third = JSON.parse(good(await fetch(w, store, '13,72')).out).fetch;
	assert.deepStrictEqual([third.there, third.cars], [['13'], ['72']]);
	const s = await clean(w);
	assert.deepStrictEqual(Object.values(s.statements[s.statements.length - 1].binds).map((b) => b.value), ['barber', '1', '72']);
	const tables = sql(store, '.tables');
	if (tables !== null)
		assert.ok(tables.length > 0);
});

check(0, 'nothing in the store of a fetch that failed or was stopped', async () => {
	const store = store_path();
	const w = await world({ partition_rows: 100, faults: [{ on: 'partition', partition: 3, drop: 1 }] });
	refused(await fetch(w, store, '13,72', { SNOWFLAKE_TIMEOUT: '30' }), /incomplete|rows/i);
	await w.change({ faults: [] });
	const again = JSON.parse(good(await fetch(w, store)).out).fetch;
	assert.deepStrictEqual([again.there, again.rows], [[], 600]);
	const left = fs.readdirSync(work).filter((f) => f.startsWith(path.basename(store)) && /tmp|part/.test(f));
	assert.deepStrictEqual(left, []);
});
