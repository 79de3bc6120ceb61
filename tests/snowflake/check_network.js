// Checks 13 to 21, 24, 26, 37, 41: servers and networks in trouble.
'use strict';

const { spawn } = require('child_process');
const fs = require('fs');
const net = require('net');
const path = require('path');
const { assert, check, world, health, fetched, refused, good, clean, pause, until, work, PASSWORD, SLOW } = require('./bench.js');

const submits = (s) => s.requests.filter((r) => r.path === '/api/v2/statements');
const polls = (s) => s.requests.filter((r) => r.method === 'GET' && r.query.partition === undefined);
const by_password = (w, more) => ({ ...w.env, SNOWFLAKE_PRIVATE_KEY_PATH: undefined, SNOWFLAKE_PASSWORD: PASSWORD, ...more });

// Each statement ran once, whatever happened to its answers.
function once(s) {
	assert.strictEqual(s.executions, s.statements.length);
	assert.ok(s.statements.every((x) => x.executions === 1));
	const ids = new Set(submits(s).map((r) => r.query.requestId));
	assert.strictEqual(ids.size, s.executions, 'as many ids as statements');
	for (const id of ids)
		assert.deepStrictEqual(submits(s).filter((r) => r.query.requestId === id).map((r) => r.query.retry === 'true').slice(0, 2).filter(Boolean).length,
			submits(s).filter((r) => r.query.requestId === id).length > 1 ? 1 : 0);
}

check(13, 'still running, four times', async () => {
	const w = await world({ polls: 4 });
	const r = good(await fetched(w.env));
	assert.strictEqual(r.rows.length, 600);
	const s = await clean(w);
	const handle = s.statements[s.statements.length - 1].handle;
	const times = polls(s).filter((x) => x.handle === handle).map((x) => x.t);
	assert.strictEqual(times.length, 5);
	const gaps = times.slice(1).map((t, i) => t - times[i]);
	assert.ok(gaps.every((g, i) => i === 0 || g > gaps[i - 1]), `gaps ${gaps}`);
	assert.ok(gaps[3] > 3 * gaps[0], `gaps ${gaps}`);
});

check(13, 'running beyond the deadline', async () => {
	const w = await world({ polls: 1e9 });
	const r = await fetched({ ...w.env, SNOWFLAKE_TIMEOUT: '2' });
	refused(r, /SNOWFLAKE_TIMEOUT|deadline|in time|took longer/);
	assert.ok(r.ms > 1800 && r.ms < 3500 * SLOW, `took ${r.ms} ms`);
	const s = await until(async () => { const now = await w.state(); return now.cancels > 0 && now; }, 2000, 'the statement cancelled');
	assert.ok(s.statements.every((x) => x.state === 'cancelled'));
});

check(14, 'too many requests: with a handle, without, Retry-After', async () => {
	const w = await world({ polls: 3, running_status: 429 });
	good(await fetched(w.env));
	let s = await clean(w);
	assert.strictEqual(submits(s).length, 2);
	const busy = { on: 'submit', when: 'before', nth: [1], status: 429, headers: { 'Retry-After': '2' }, json: { code: '390505', message: 'Too many requests.' } };
	const w2 = await world({ faults: [busy] });
	good(await fetched(w2.env));
	s = await clean(w2);
	const [first, second] = submits(s);
	assert.strictEqual(first.query.requestId, second.query.requestId);
	assert.strictEqual(second.query.retry, 'true');
	assert.ok(second.t - first.t >= 1990, `waited ${second.t - first.t} ms`);
	once(s);
});

check(15, '503, 502, 500, then it works', async () => {
	const f = (status, n) => ({ on: 'submit', when: 'before', nth: [n], status, body: 'upstream' });
	const w = await world({ faults: [f(503, 1), f(502, 2), f(500, 3)] });
	good(await fetched(w.env));
	const s = await clean(w);
	const first = submits(s).filter((r) => r.query.requestId === submits(s)[0].query.requestId);
	assert.deepStrictEqual(first.map((r) => r.query.retry), [undefined, 'true', 'true', 'true']);
	once(s);
	assert.notStrictEqual(first[0].headers.authorization, first[3].headers.authorization);
});

check(15, 'the same at polls, partitions and the drivers\' protocol', async () => {
	const busy = (on, n) => ({ on, nth: [n], status: 503, json: { code: '0', message: 'busy' } });
	const w = await world({ polls: 2, partition_rows: 100, faults: [busy('poll', 1), busy('partition', 2), busy('result', 1)] });
	assert.strictEqual(good(await fetched(w.env)).rows.length, 600);
	once(await clean(w));
	const p = await world({ partition_rows: 100, faults: [{ on: 'query', when: 'before', ...busy('query', 1) }, busy('chunk', 1), { when: 'before', ...busy('login', 1) }] });
	assert.strictEqual(good(await fetched(by_password(p))).rows.length, 600);
	const s = await clean(p);
	const again = s.requests.filter((r) => r.query.retryCount);
	assert.ok(again.length >= 1);
	assert.strictEqual(s.executions, 2);
	assert.strictEqual(s.open, 0);
});

check(16, '503 for ever ends at the deadline', async () => {
	const w = await world({ faults: [{ on: 'any', status: 503, body: 'no' }] });
	const r = await fetched({ ...w.env, SNOWFLAKE_TIMEOUT: '5' });
	refused(r, /503/);
	assert.ok(r.ms <= 5500 * SLOW, `took ${r.ms} ms`);
	const h = await health({ ...w.env, SNOWFLAKE_TIMEOUT: '2' });
	assert.match(h.row.state, /unavailable|error/);
});

check(17, '408 and 422 are final', async () => {
	const timed_out = { on: 'poll', status: 408, json: { code: '000630', sqlState: '57014', message: 'Statement reached its statement or warehouse timeout of 1 second(s) and was canceled.', statementHandle: 'x' } };
	const w = await world({ faults: [timed_out] });
	refused(await fetched(w.env), /000630.*57014|57014.*000630/);
	assert.strictEqual((await clean(w)).requests.length, 2);
	const bad = { on: 'submit', status: 422, json: { code: '000904', sqlState: '42000', message: 'SQL compilation error: invalid identifier X', statementHandle: '1' } };
	const v = await world({ faults: [bad] });
	const r = await fetched(v.env);
	refused(r, /invalid identifier X/);
	assert.match(r.err, /000904/);
	assert.match(r.err, /42000/);
	assert.strictEqual(submits(await clean(v)).length, 1);
	for (const status of [400, 403, 404, 405, 415, 522]) {
		const u = await world({ faults: [{ on: 'submit', status, body: '<html>no</html>' }] });
		refused(await fetched(u.env), new RegExp(String(status)));
		assert.strictEqual(submits(await u.state()).length, 1, `${status} was tried again`);
	}
});

check(18, 'reset after the statement was taken', async () => {
	const w = await world({ faults: [{ on: 'submit', reset: true, nth: [2] }] });
	assert.strictEqual(good(await fetched(w.env)).rows.length, 600);
	const s = await clean(w);
	assert.strictEqual(submits(s).length, 3);
	once(s);
});

check(18, 'reset before it was read, and at the drivers\' query', async () => {
	const w = await world({ faults: [{ on: 'submit', when: 'before', reset: true, nth: [1] }] });
	good(await fetched(w.env));
	once(await clean(w));
	const p = await world({ faults: [{ on: 'query', reset: true, nth: [2] }] });
	assert.strictEqual(good(await fetched(by_password(p))).rows.length, 600);
	assert.strictEqual((await clean(p)).executions, 2);
});

const big = { table: { ticks: 1000 }, partition_rows: 1000 }; // 6,000 rows of two cars in 7 partitions
const whole = async () => JSON.stringify(good(await fetched((await world(big)).env)).rows);

check(19, 'a connection lost in the middle of partition 3', async () => {
	const want = await whole();
	assert.strictEqual(JSON.parse(want).length, 6000);
	for (const how of [{ close_after: 5000 }, { close_after: 5000, rst: true }, { reset: true }, { close_after: 0 }]) {
		const w = await world({ ...big, faults: [{ on: 'partition', partition: 3, nth: [1], ...how }] });
		const r = good(await fetched(w.env));
		assert.strictEqual(JSON.stringify(r.rows), want, JSON.stringify(how));
		const s = await clean(w);
		const rows = s.statements[s.statements.length - 1];
		assert.strictEqual(rows.partitions.length, 7);
		assert.deepStrictEqual(rows.served.map((x) => x.n), [0, 1, 2, 3, 3, 4, 5, 6]);
		once(s);
	}
	const p = await world({ ...big, faults: [{ on: 'chunk', partition: 3, nth: [1], close_after: 5000 }] });
	assert.strictEqual(good(await fetched(by_password(p))).rows.length, 6000);
	await clean(p);
});

// A cut stream with the right framing: what libcurl itself does not notice.
const wide = { table: { ticks: 9000, cars: [13] }, partition_rows: 13000 };
check(20, 'a packed answer cut short, once', async () => {
	for (const cut of [4, 9, 50, 100000]) {
		const w = await world({ ...wide, faults: [{ on: 'partition', partition: 1, nth: [1], gzip: { cut } }] });
		const r = good(await fetched(w.env, { cars: '13' }));
		assert.strictEqual(r.rows.length, 27000, `cut by ${cut}`);
		const s = await clean(w);
		assert.deepStrictEqual(s.statements[1].served.map((x) => x.n).slice(0, 3), [0, 1, 1]);
	}
});

check(20, 'a packed answer cut short, always', async () => {
	await Promise.all([4, 9, 50, 100000].map(async (cut) => {
		const w = await world({ ...wide, faults: [{ on: 'partition', partition: 1, gzip: { cut } }] });
		const r = await fetched({ ...w.env, SNOWFLAKE_TIMEOUT: '60' }, { cars: '13' });
		refused(r, /cut|incomplete|short/i);
		const s = await clean(w);
		const tries = s.statements[1].served.filter((x) => x.n === 1).length;
		assert.ok(tries > 1 && tries <= 6, `tried ${tries} times`);
	}));
	const p = await world({ ...wide, faults: [{ on: 'chunk', partition: 0, gzip: { cut: 9 } }] });
	refused(await fetched(by_password(p, { SNOWFLAKE_TIMEOUT: '60' }), { cars: '13' }), /cut|incomplete|short/i);
});

check(21, 'packing that is wrong: error or the right rows', async () => {
	const want = await whole();
	const cases = [['corrupt', false], ['crc', false], ['trailing', null], ['two', true], ['headerless', true], ['liar', null]];
	await Promise.all(cases.flatMap(([how, fine]) => ['result', 'partition'].map(async (on) => {
		const w = await world({ ...big, faults: [{ on, sql: 'IN (', gzip: { [how]: true } }] });
		const r = await fetched({ ...w.env, SNOWFLAKE_TIMEOUT: '40' });
		if (r.code === 0 && fine !== false)
			assert.strictEqual(JSON.stringify(r.rows), want, how);
		else
			refused(r, /./);
		if (fine === true)
			assert.strictEqual(r.code, 0, `${how} at ${on}: ${r.err}`);
	})));
});

check(24, 'a slow server: silence, one byte in 5 s, 60 s of dribble', async () => {
	await Promise.all([
		[{ on: 'poll', hang: true }, 6000, 1e9], [{ on: 'result', hang: true }, 6000],
		[{ on: 'result', sql: 'IN (', dribble: { bytes: 1, every_ms: 5000 } }, 8000],
		[{ on: 'partition', dribble: { bytes: 200, every_ms: 1000 } }, 8000], [{ on: 'submit', hang: true }, 6000],
	].map(async ([fault, most, polls = 1]) => {
		const w = await world({ ...big, polls, faults: [fault] });
		const r = await fetched({ ...w.env, SNOWFLAKE_TIMEOUT: '5', SNOWFLAKE_LOW_SPEED_TIME: '2' });
		refused(r, /./);
		assert.ok(r.ms < most * SLOW, `${JSON.stringify(fault)} took ${r.ms} ms`);
	}));
});

check(24, 'nobody there, and a port that takes and says nothing', async () => {
	const w = await world();
	await w.down();
	const env = { ...w.env, SNOWFLAKE_TIMEOUT: '2' };
	const r = await fetched(env);
	refused(r, /connect/i);
	assert.ok(r.ms < 3500 * SLOW, `took ${r.ms} ms`);
	assert.strictEqual((await health(env)).row.state, 'unavailable');
	const mute = net.createServer((s) => s.on('error', () => {}));
	await new Promise((done) => { mute.listen(0, '127.0.0.1', done); });
	const silent = { ...env, SNOWFLAKE_CONNECT_TO: `${w.host}:443:127.0.0.1:${mute.address().port}`, SNOWFLAKE_CONNECT_TIMEOUT: '1' };
	refused(await fetched(silent), /./);
	assert.strictEqual((await health(silent)).row.state, 'unavailable');
	mute.close();
});

check(26, 'redirects: 307 on the same host is followed with its body', async () => {
	for (const env of [(w) => w.env, by_password]) {
		const w = await world({ faults: [{ on: 'any', nth: [1, 4], status: 307, body: '', redirect_self: true }] });
		assert.strictEqual(good(await fetched(env(w))).rows.length, 600);
		const s = await clean(w);
		assert.strictEqual(s.executions, 2);
		assert.strictEqual(s.requests.filter((r) => r.status === 307).length, 2);
	}
});

check(26, 'redirects: to http, and to another host', async () => {
	const plain = await world();
	await plain.change({ faults: [{ on: 'any', status: 302, body: '', headers: { Location: `http://${plain.host}/api/v2/statements` } }] });
	refused(await fetched(plain.env), /redirect|http/i);
	const far = 'myorg-other.snowflakecomputing.com';
	const w = await world({ faults: [{ on: 'any', status: 307, body: '', headers: { Location: `https://${far}/api/v2/statements` } }] });
	const r = await fetched({ ...w.env, SNOWFLAKE_CONNECT_TO: `::127.0.0.1:${w.port}`, SNOWFLAKE_TIMEOUT: '10' });
	refused(r, /./);
	const s = await w.state();
	assert.ok(s.requests.filter((x) => x.headers.host === far).every((x) => !x.headers.authorization), 'the token went to another host');
});

check(37, 'proxies: used, by-passed, dead', async () => {
	const w = await world();
	const port = await free_port();
	const log = path.join(work, 'proxy.log');
	const conf = path.join(work, 'proxy.conf');
	fs.writeFileSync(conf, `Port ${port}\nListen 127.0.0.1\nTimeout 60\nLogFile "${log}"\nLogLevel Connect\nMaxClients 20\nAllow 127.0.0.1\nConnectPort ${w.port}\n`);
	const proxy = spawn('tinyproxy', ['-d', '-c', conf], { stdio: 'ignore' });
	try {
		await until(() => listens(port), 3000, 'the proxy');
		const env = { ...w.env, https_proxy: `http://127.0.0.1:${port}` };
		good(await fetched(env));
		assert.match(fs.readFileSync(log, 'utf8'), /CONNECT/);
		const before = (fs.readFileSync(log, 'utf8').match(/CONNECT/g) || []).length;
		good(await fetched({ ...env, NO_PROXY: w.host }));
		assert.strictEqual((fs.readFileSync(log, 'utf8').match(/CONNECT/g) || []).length, before, 'the proxy was used all the same');
	} finally {
		proxy.kill();
	}
	const dead = await free_port();
	const r = await fetched({ ...w.env, https_proxy: `http://127.0.0.1:${dead}`, SNOWFLAKE_TIMEOUT: '3' });
	refused(r, /connect|proxy/i);
	assert.ok(r.ms < 4500 * SLOW);
	await clean(w);
});

function free_port() {
	return new Promise((done) => {
		const s = net.createServer().listen(0, '127.0.0.1', () => {
			const { port } = s.address();
			s.close(() => done(port));
		});
	});
}
function listens(port) {
	return new Promise((done) => {
		const s = net.connect(port, '127.0.0.1', () => { s.destroy(); done(true); });
		s.on('error', () => done(false));
	});
}

check(41, 'HTTP/1.1 and HTTP/2 give the same', async () => {
	const want = await whole();
	const w = await world({ ...big, http2: true });
	assert.strictEqual(JSON.stringify(good(await fetched(w.env)).rows), want);
	const s = await clean(w);
	assert.ok(s.requests.length > 5);
	console.log(`         (HTTP/${[...new Set(s.requests.map((r) => r.http))]} spoken where both are offered)`);
	await pause(0);
});
