// Checks 16, 24, 32, 39 on the screen: the dashboard goes on whatever the server does, and a fetch ends in a trace.
'use strict';

const fs = require('fs');
const path = require('path');
const { assert, check, world, launch, until, pause, work, SLOW, PITWALL } = require('./bench.js');

const root = path.resolve(__dirname, '../..');
const WIDE = path.join(root, 'build/demo-wide/harrowvale_race2_telemetry_wide.csv');

// The demo season without its telemetry, as somebody's own data.
let season = null;
function demo() {
	if (!season) {
		season = path.join(work, 'season');
		fs.cpSync(path.join(root, 'data/demo'), season, { recursive: true, filter: (f) => !/telemetry/.test(path.basename(f)) });
	}
	return season;
}

// The dashboard on a terminal of 120 x 40.
function open(env) {
	const inner = path.join(work, `screen${Math.random().toString(36).slice(2)}.sh`);
	fs.writeFileSync(inner, `stty rows 40 cols 120\nstty -g\n"${PITWALL}" --data "${demo()}"\necho "status $?"\nstty -g\n`);
	const p = launch(['-qefc', `sh ${inner}`, '/dev/null'], env, { input: '', program: 'script' });
	let raw = '';
	let from = 0;
	p.child.stdout.on('data', (d) => { raw += d; });
	const text = () => raw.slice(from).replace(/\u001b\[(\d*)C/g, ' ').replace(/\u001b(\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>78])/g, ' ').replace(/\s+/g, ' ');
	return {
		p, text, raw: () => raw,
		expect: (pattern, ms = 8000) => until(() => pattern.test(text()), ms * SLOW, `${pattern} on the screen, which got: ${text().slice(-1500)}`),
		key(k) { from = raw.length; p.child.stdin.write(k); },
		// From a key to the first byte that it makes.
		async answered(k) {
			const n = raw.length, t = process.hrtime.bigint();
			p.child.stdin.write(k);
			while (raw.length === n && process.hrtime.bigint() - t < 3000000000n)
				await new Promise((done) => { setImmediate(done); });
			return Number(process.hrtime.bigint() - t) / 1e6;
		},
	};
}

async function closed(s, status) {
	const r = await s.p.done;
	const settings = r.out.split(/[\r\n]+/).filter((l) => /^[0-9a-f]+(:[0-9a-f]+)+$/.test(l));
	assert.strictEqual(settings.length, 2, r.out.slice(-300));
	assert.strictEqual(settings[0], settings[1], 'the terminal is not as it was');
	assert.ok(r.out.lastIndexOf('\u001b[?1049l') > r.out.lastIndexOf('\u001b[?1049h'), 'the other screen was left open');
	assert.match(r.out, new RegExp(`status ${status}\\b`));
}
const running = (w) => until(async () => (await w.state()).statements.some((x) => x.state === 'running' && x.sql.includes('IN (')), 8000 * SLOW, 'a statement runs');
const held = () => world({ polls_for: { 'IN (': 1e9 } });

async function fetching(w) {
	const s = open(w.env);
	await s.expect(/Harrow Vale/);
	await s.expect(/YOU/);
	s.key('F');
	await running(w);
	return s;
}

check(24, 'screen: keys are answered within 100 ms while the server says nothing', async () => {
	const w = await held();
	const s = await fetching(w);
	await w.change({ faults: [{ on: 'poll', hang: true }] });
	await pause(600);
	const took = [];
	for (let i = 0; i < 20; i++)
		took.push(await s.answered(i % 2 ? '\u001b[A' : '\u001b[B'));
	took.sort((a, b) => a - b);
	assert.ok(took[10] < 100 * SLOW, `median ${took[10].toFixed(1)} ms`);
	assert.ok(took[18] < 100 * SLOW, `19 of 20 within ${took[18].toFixed(1)} ms`);
	console.log(`         (a key: median ${took[10].toFixed(1)} ms, 19 of 20 within ${took[18].toFixed(1)} ms)`);
	s.p.child.stdin.write('q');
	await closed(s, 0);
}, { alone: true });

check(32, 'screen: quit while a statement runs cancels it at the server', async () => {
	const w = await held();
	const s = await fetching(w);
	const t = Date.now();
	s.p.child.stdin.write('q');
	await until(async () => (await w.state()).cancels === 1, 1000 * SLOW, 'cancelled within a second');
	await closed(s, 0);
	assert.ok(Date.now() - t < 2000 * SLOW, `ended after ${Date.now() - t} ms`);
});

check(32, 'screen: Ctrl-C cancels what runs, then ends', async () => {
	const w = await held();
	const s = await fetching(w);
	s.key('\u0003');
	await until(async () => (await w.state()).cancels === 1, 1000 * SLOW, 'cancelled within a second');
	await s.expect(/cancel/i);
	await pause(500);
	s.p.child.stdin.write('\u0003');
	await closed(s, 130);
});

check(16, 'screen: the server is always busy, the dashboard goes on', async () => {
	const w = await world({ faults: [{ on: 'any', status: 503, body: 'no' }] });
	const s = open({ ...w.env, SNOWFLAKE_TIMEOUT: '2' });
	await s.expect(/YOU/);
	s.key('6');
	await s.expect(/unavailable/);
	s.key('1');
	await s.expect(/Harrow Vale|pace|lap/i);
	s.p.child.stdin.write('q');
	await closed(s, 0);
});

check(39, 'screen: the network goes and comes back', async () => {
	const w = await world();
	await w.down();
	const s = open({ ...w.env, SNOWFLAKE_TIMEOUT: '5' });
	await s.expect(/YOU/);
	s.key('6');
	await s.expect(/unavailable/, 10000);
	await w.up();
	await s.expect(/Snowflake ok|9\.34\.0/, 45000);
	s.p.child.stdin.write('q');
	await closed(s, 0);
});

check(39, 'screen: from no telemetry to the delta trace', async () => {
	const w = await world({ table: { csv: WIDE, track: 'harrowvale', races: [2] }, partition_rows: 20000 });
	const s = open(w.env);
	await s.expect(/YOU/);
	s.key('4');
	await s.expect(/No telemetry/);
	s.key('F');
	await until(async () => { const x = (await w.state()).statements; return x.length >= 2 && x[1].served.length === x[1].partitions.length && x[1].served.length > 0; }, 20000 * SLOW, 'all rows served');
	await s.expect(/Speed km\/h/, 20000);
	await s.expect(/Time lost, s/);
	const state = await w.state();
	assert.deepStrictEqual(state.violations, []);
	s.p.child.stdin.write('q');
	await closed(s, 0);
}, { needs: () => (fs.existsSync(WIDE) ? null : 'the demo\'s telemetry is not made (make all)') });
