// Checks 10 to 12, 22, 23, 30, 31, 34, 36: what is asked, and what comes back.
'use strict';

const { assert, check, world, health, fetched, refused, good, clean, run, PASSWORD, PAT, SLOW } = require('./bench.js');
const { Telemetry } = require('./telemetry.js');

const by_password = (w, more) => ({ ...w.env, SNOWFLAKE_PRIVATE_KEY_PATH: undefined, SNOWFLAKE_PASSWORD: PASSWORD, ...more });

check(10, 'every request as the contract wants it', async () => {
	for (const env of [{}, { SNOWFLAKE_PRIVATE_KEY_PATH: undefined, SNOWFLAKE_TOKEN: PAT }, { SNOWFLAKE_PRIVATE_KEY_PATH: undefined, SNOWFLAKE_PASSWORD: PASSWORD }]) {
		const w = await world({ partition_rows: 100 });
		good(await health({ ...w.env, ...env }));
		good(await fetched({ ...w.env, ...env }, { args: ['--laps', '1-2'] }));
		const s = await clean(w);
		assert.ok(s.requests.length > 5);
		assert.ok(s.requests.every((r) => /^pitwall\/\d/.test(r.headers['user-agent'])));
		const ids = s.requests.map((r) => r.query.requestId).filter(Boolean);
		assert.ok(ids.length > 3);
		const asked = s.statements[s.statements.length - 1];
		assert.deepStrictEqual(Object.values(asked.binds), [
			{ type: 'TEXT', value: 'barber' }, { type: 'FIXED', value: '1' }, { type: 'FIXED', value: '13' }, { type: 'FIXED', value: '72' },
			{ type: 'FIXED', value: '1' }, { type: 'FIXED', value: '2' }]);
		assert.match(asked.sql, / WHERE TRACK_ID = \? AND RACE_NUM = \? AND VEHICLE_NUMBER IN \(\?, \?\) AND LAP BETWEEN \? AND \? /);
		assert.ok(s.requests.filter((r) => r.body && r.body.statement).every((r) => r.query.async === 'true' && r.body.timeout > 0));
	}
});

check(10, 'exactly the rows that were asked for', async () => {
	const w = await world();
	const t = new Telemetry();
	const r = good(await fetched(w.env, { session: 'barber_r2', cars: '03,22', args: ['--laps', '2-3', '--columns', 'speed,gear'] }));
	const want = [...t.rows(2, [3, 22])].filter((x) => x.LAP !== '1');
	assert.strictEqual(r.rows.length, want.length);
	for (const [i, row] of r.rows.entries()) {
		assert.strictEqual(row.VEHICLE_NUMBER, want[i].VEHICLE_NUMBER);
		assert.strictEqual(row.LAP, want[i].LAP);
		assert.strictEqual(row.SPEED, want[i].SPEED === null ? '' : want[i].SPEED);
		assert.strictEqual(row.GEAR, want[i].GEAR);
		assert.ok(!('NMOT' in row), 'a column nobody asked for');
	}
	assert.doesNotMatch((await clean(w)).statements[1].sql, /NMOT|PBRAKE/);
});

check(11, 'six columns, four cells', async () => {
	const names = ['VEHICLE_NUMBER', 'LAP', 'META_TIME', 'TIMESTAMP', 'SPEED', 'GEAR'];
	const json = {
		resultSetMetaData: {
			numRows: 100, format: 'jsonv2', partitionInfo: [{ rowCount: 100, uncompressedSize: 1 }],
			rowType: names.map((name) => ({ name, type: /TIME/.test(name) ? 'timestamp_ntz' : 'fixed', nullable: true })),
		},
		data: [1, 2, 3, 4].map((n) => ['13', String(n), '1.000000000', '2.000000000']), code: '090001', statementHandle: 'x',
	};
	const w = await world({ faults: [{ on: 'result', sql: 'IN (', json }] });
	refused(await fetched(w.env, { args: ['--columns', 'speed,gear'] }), /column|cell/);
	json.data = json.data.map((r) => [...r, '1', '2']); // and 4 rows where 100 are said
	await w.change({ faults: [{ on: 'result', sql: 'IN (', json }] });
	refused(await fetched({ ...w.env, SNOWFLAKE_TIMEOUT: '30' }, { args: ['--columns', 'speed,gear'] }), /incomplete|rows/);
});

// [type, cell, what the file says]
const VALUES = {
	SPEED: [{ type: 'real' }, ['1.5', '-0.25', '1e3', '2.2250738585072014e-308', null, '187.25'], ['1.5', '-0.25', '1e3', '2.2250738585072014e-308', '', '187.25']],
	GEAR: [{ type: 'FIXED', scale: 0, precision: 38 }, ['12345678901234567890123456789012345678', '-1', '0', null, '6', '-99999999999999999999999999999999999999']],
	NMOT: [{ type: 'fixed', scale: 2 }, ['12.34', '0.00', '-7.10', '3000.00', null, '1.00']],
	VEHICLE_ID: [{ type: 'text' }, ['null', null, 'a "quoted", one', 'Zürich 🏁', '', 'GR86-004-78']],
	META_TIME: [{ type: 'timestamp_ntz', scale: 9 }, ['1616173619.123456789', '-1.500000000', '0.000000000', '1757184891.734000000', '-62135596800.000000000', '1616173619123456789'],
		['2021-03-19T17:06:59.123456789Z', '1969-12-31T23:59:58.500Z', '1970-01-01T00:00:00Z', '2025-09-06T18:54:51.734Z', '0001-01-01T00:00:00Z', '2021-03-19T17:06:59.123456789Z']],
	TIMESTAMP: [{ type: 'timestamp_tz', scale: 9 }, ['1616173619.000000000 1500', '1616173619.000000000 720', '1616173619.000000000 2160', '1616173619.000000000 1440', '-86399.000000001 1440', '1616173619.250000000 1380'],
		['2021-03-19T17:06:59Z', '2021-03-19T17:06:59Z', '2021-03-19T17:06:59Z', '2021-03-19T17:06:59Z', '1969-12-31T00:00:00.999999999Z', '2021-03-19T17:06:59.250Z']],
};
// A moment as the number it is, whatever zone it is written in: ms would lose the nanoseconds.
function nanos(text) {
	const m = /^(\S+?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text);
	assert.ok(m, `no moment: ${text}`);
	return BigInt(Date.parse(m[1] + m[3])) * 1000000n + BigInt((m[2] || '').padEnd(9, '0'));
}

check(12, 'values of every type, in any locale', async () => {
	const types = Object.fromEntries(Object.entries(VALUES).map(([name, [type]]) => [name, type]));
	const cells = Object.fromEntries(Object.entries(VALUES).map(([name, [, c]]) => [name, c]));
	for (const env of [{}, { LC_ALL: 'de_DE.UTF-8' }, { SNOWFLAKE_PRIVATE_KEY_PATH: undefined, SNOWFLAKE_PASSWORD: PASSWORD }]) {
		const w = await world({ table: { cars: [13], laps: 1, ticks: 6, types, cells } });
		const r = good(await fetched({ ...w.env, ...env }, { cars: '13' }));
		assert.strictEqual(r.rows.length, 6);
		for (const [name, [type, from, want = from]] of Object.entries(VALUES))
			for (const expect of want) {
				// The server orders by time, so a row is found by its value of this column.
				const same = (row) => (/timestamp/.test(type.type) ? nanos(row[name]) === nanos(expect) : row[name] === (expect === null ? '' : expect));
				assert.ok(r.rows.some(same), `${name}: no ${expect} for ${from[want.indexOf(expect)]} in ${r.rows.map((row) => row[name])}`);
			}
		await clean(w);
	}
});

check(12, 'numbers that are none', async () => {
	const w = await world({ table: { cars: [13], laps: 1, ticks: 4, cells: { SPEED: ['NaN', 'inf', '-inf', '1.0'] } } });
	const r = good(await fetched(w.env, { cars: '13' }));
	assert.deepStrictEqual(r.rows.map((x) => x.SPEED.toLowerCase()), ['nan', 'inf', '-inf', '1.0']);
	const v = await world({ table: { cars: [13], laps: 1, ticks: 4, cells: { SPEED: ['fast', '1', '1', '1'] } } });
	refused(await fetched(v.env, { cars: '13' }), /SPEED|number/);
});

const two = { partition_rows: 150 }; // 600 rows: 50, 150, 150, 150, 100
check(22, 'counts that do not agree', async () => {
	const fetch_with = async (fault) => {
		const w = await world({ ...two, faults: [{ sql: 'IN (', ...fault }] });
		const r = await fetched({ ...w.env, SNOWFLAKE_TIMEOUT: '40' });
		refused(r, /incomplete|rows/i);
		return w;
	};
	await Promise.all([
		{ on: 'partition', partition: 2, drop: 1 }, { on: 'partition', partition: 4, drop: 7 }, { on: 'partition', partition: 1, repeat: 1 },
		{ on: 'partition', partition: 3, drop: 150 }, { on: 'result', rows: { 0: 1 } }, { on: 'result', rows: { 4: -1 } }, { on: 'result', num_rows: 1 },
		{ on: 'result', num_rows: -1 }, { on: 'result', edit: [['"090001"', '"391908"']] },
	].map(fetch_with));
	const p = await world({ ...two, faults: [{ on: 'chunk', partition: 1, drop: 1 }] });
	refused(await fetched(by_password(p, { SNOWFLAKE_TIMEOUT: '40' })), /incomplete|rows/i);
	const q = await world({ ...two, faults: [{ on: 'poll', sql: 'IN (', data: { total: 601, returned: 601 } }] });
	refused(await fetched(by_password(q, { SNOWFLAKE_TIMEOUT: '40' })), /incomplete|rows/i);
});

check(22, 'an answer that is whole, in the other shapes it may have', async () => {
	const w = await world({ ...two, faults: [{ on: 'partition', partition: 1, bare: true }, { on: 'result', data_first: true }] });
	assert.strictEqual(good(await fetched(w.env)).rows.length, 600);
	await clean(w);
});

check(23, 'answers that are no JSON of Snowflake\'s', async () => {
	const html = '<!DOCTYPE html><html><body>Please log in to the hotel</body></html>';
	const cases = [
		{ on: 'result', body: html, headers: { 'Content-Type': 'text/html' } }, { on: 'submit', status: 200, body: html, headers: { 'Content-Type': 'text/html' } },
		{ on: 'submit', status: 202, body: '{"code":"333334"}' }, { on: 'submit', status: 202, body: '[]' }, { on: 'result', cut_json: 40 },
		{ on: 'result', nested: 100000 }, { on: 'partition', partition: 1, nested: 100000 }, { on: 'result', body: '' }, { on: 'result', body: '{"data":[[1,2]]}' },
		{ on: 'result', body: 'null' }, { on: 'result', edit: [['"data":[["', '"data":[[{"a":"b"},"']] }, { on: 'result', edit: [['"data":[["', '"data":[[7,"']] },
		{ on: 'partition', partition: 2, edit: [['"data":[["', '"data":[["\u0000']] }, { on: 'partition', partition: 1, body: '7b2264617461223a5b5b22fffe225d5d7d', encoding: 'hex' },
		{ on: 'result', edit: [['"data":[', '"data":[["1"]],"data":[']] }, { on: 'result', edit: [['"format":"jsonv2"', '"format":"arrowv1"']] },
		{ on: 'result', edit: [['"partitionInfo"', '"partition_info"']] }, { on: 'result', edit: [['"rowType"', '"rowtype"']] },
		{ on: 'result', edit: [['"rowCount":50', '"rowCount":-50']] }, { on: 'result', edit: [['"rowCount":50', '"rowCount":1e300']] },
	];
	await Promise.all(cases.map(async (fault) => {
		const w = await world({ ...two, faults: [{ sql: 'IN (', ...fault }] });
		const r = await fetched({ ...w.env, SNOWFLAKE_TIMEOUT: '8' });
		try {
			refused(r, /./);
		} catch (e) {
			throw new Error(`${JSON.stringify(fault).slice(0, 120)}: ${e.message}`);
		}
		assert.ok(r.ms < 9500 * SLOW, `${JSON.stringify(fault).slice(0, 100)} took ${r.ms} ms`);
		assert.doesNotMatch(r.err, /\u001b|hotel.*hotel/);
	}));
});

check(23, 'a cell without end, in bounded memory', async () => {
	for (const on of ['result', 'partition']) {
		const w = await world({ ...two, faults: [{ on, sql: 'IN (', endless: 1e9 }] });
		const r = await fetched({ ...w.env, SNOWFLAKE_TIMEOUT: '30' });
		refused(r, /./);
		if (SLOW === 1)
			assert.ok(r.peak < 64 * 1024, `peak ${r.peak} KiB`);
	}
}, { alone: true });

check(30, '400,000 rows in 41 partitions: counted, and memory stays flat', async () => {
	const w = await world({ table: { cars: [13, 72], laps: 20, ticks: 10000 }, partition_rows: 10000, gzip_level: 1 });
	const r = good(await run(['fetch', 'barber_r1', '--cars', '13,72', '--to', '/dev/null', '--format', 'json', '--columns', 'speed,gear'], w.env));
	assert.strictEqual(JSON.parse(r.out).fetch.rows, 400000);
	const s = await clean(w);
	const served = s.statements[1].served;
	assert.strictEqual(s.statements[1].partitions.length, 41);
	assert.strictEqual(served.length, 41);
	if (SLOW === 1)
		assert.ok(r.peak < 64 * 1024, `peak ${r.peak} KiB`);
	// Between partition 5 and 40, by the clock of both.
	const began = r.samples[0].t;
	const half = r.samples.filter((x) => x.rss > 0 && x.t > began + (r.ms * 5) / 41 && x.t < began + (r.ms * 40) / 41).map((x) => x.rss);
	assert.ok(half.length > 2, 'too few samples');
	assert.ok(Math.max(...half) - Math.min(...half) < 5 * 1024 * SLOW, `memory moved from ${Math.min(...half)} to ${Math.max(...half)} KiB`);
}, { alone: true });

check(31, 'a cap on rows stops the statement', async () => {
	const w = await world({ table: { ticks: 1000 }, partition_rows: 500, faults: [] });
	const r = good(await fetched(w.env, { args: ['--max-rows', '700'] }));
	assert.strictEqual(r.rows.length, 700);
	const s = await clean(w);
	const asked = s.statements[1];
	assert.ok(asked.served.length <= 3 && asked.partitions.length > 10, `read ${asked.served.length} partitions`);
});

const INJECTIONS = ["barber' OR 1=1 --", "'; DROP TABLE x", 'a\nb', 'barber\u0001', 'x'.repeat(65536), 'barber 🏁', '"barber"', '?', 'barber%', ':1', '\\'];
// What is asked when no row came: which cars there are.
const CARS = 'SELECT VEHICLE_NUMBER, COUNT(*) FROM TELEMETRY_DATA_ALL WHERE TRACK_ID = ? AND RACE_NUM = ? GROUP BY VEHICLE_NUMBER ORDER BY VEHICLE_NUMBER';

check(34, 'no text becomes SQL', async () => {
	const w = await world();
	good(await fetched(w.env));
	const sql = (await clean(w)).statements.map((s) => s.sql);
	for (const track of INJECTIONS) {
		const before = (await w.state()).statements.length;
		const r = await fetched(w.env, { args: ['--track', track] });
		const s = await clean(w);
		const asked = s.statements.slice(before);
		assert.ok(r.rows === null || r.rows.length === 0, track.slice(0, 30));
		if (track.length > 1000 && asked.length === 0) {
			refused(r, /long/);
			continue;
		}
		assert.ok(asked.length > 0, `nothing was asked for ${JSON.stringify(track.slice(0, 30))}: ${r.err}`);
		for (const [i, x] of asked.entries()) {
			assert.strictEqual(x.sql, sql[i] || CARS);
			assert.deepStrictEqual(x.binds[1], { type: 'TEXT', value: track });
		}
	}
	const r = await fetched(w.env, { cars: "13,72' OR 1=1 --" });
	assert.notStrictEqual(r.code, 0);
});

check(36, 'a second fetch is a new question', async () => {
	const w = await world();
	const first = good(await fetched(w.env));
	await w.change({ table: { generation: 5 } });
	const second = good(await fetched(w.env));
	assert.strictEqual(first.rows.length, second.rows.length);
	assert.notStrictEqual(JSON.stringify(first.rows), JSON.stringify(second.rows));
	const s = await clean(w);
	const submits = s.requests.filter((r) => r.path === '/api/v2/statements');
	assert.strictEqual(new Set(submits.map((r) => r.query.requestId)).size, 4);
	assert.ok(submits.every((r) => r.query.retry === undefined));
});
