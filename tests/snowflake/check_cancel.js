// Checks 32, 33, 38: stopping, and keeping quiet about secrets.
'use strict';

const { assert, check, world, launch, health, fetched, until, pause, told, key, work, PASSWORD, PAT, PASSPHRASE, SLOW, PITWALL } = require('./bench.js');
const fs = require('fs');
const path = require('path');

const ARGS = ['fetch', 'barber_r1', '--cars', '13,72', '--to', '/dev/null'];
const by_password = (w) => ({ ...w.env, SNOWFLAKE_PRIVATE_KEY_PATH: undefined, SNOWFLAKE_PASSWORD: PASSWORD });
const running = (w) => until(async () => (await w.state()).statements.some((s) => s.state === 'running' && s.sql.includes('IN (')), 5000 * SLOW, 'a statement runs');
const loading = (w) => until(async () => (await w.state()).statements.some((s) => s.served.length > 1), 5000 * SLOW, 'rows come');
const huge = { table: { laps: 50, ticks: 10000 }, partition_rows: 2000, faults: [{ on: 'partition', partition: 4, dribble: { bytes: 100, every_ms: 200 } }] };

// Interrupts a fetch when ready(w) says so; how long until the server heard of it, and until the end.
async function interrupted(w, env, ready, ended_by = 'SIGINT', signals = 1) {
	const p = launch(ARGS, env);
	await ready(w);
	const t = Date.now();
	for (let i = 0; i < signals; i++) {
		p.child.kill(ended_by);
		await pause(30);
	}
	const r = await p.done;
	return { r, took: Date.now() - t, s: await w.state() };
}

check(32, 'Ctrl-C while the statement runs', async () => {
	const w = await world({ polls_for: { 'IN (': 1e9 } });
	const { r, took, s } = await interrupted(w, w.env, running);
	assert.strictEqual(r.signal, 'SIGINT');
	assert.ok(took < 2000 * SLOW, `ended after ${took} ms`);
	const x = s.statements.find((y) => y.sql.includes('IN ('));
	assert.strictEqual(x.state, 'cancelled');
	assert.strictEqual(s.cancels, 1);
	assert.ok(took < 1000 * SLOW, `cancelled after ${took} ms`);
});

check(32, 'Ctrl-C while rows come', async () => {
	const w = await world(huge);
	const { r, took, s } = await interrupted(w, w.env, loading);
	assert.strictEqual(r.signal, 'SIGINT');
	assert.ok(took < 2000 * SLOW, `ended after ${took} ms`);
	assert.strictEqual(s.cancels, 1);
});

check(32, 'Ctrl-C with a password: cancelled and logged out', async () => {
	const w = await world({ polls_for: { 'IN (': 1e9 } });
	const { r, took, s } = await interrupted(w, by_password(w), running);
	assert.strictEqual(r.signal, 'SIGINT');
	assert.ok(took < 2000 * SLOW, `ended after ${took} ms`);
	assert.strictEqual(s.cancels, 1);
	assert.strictEqual(s.open, 0, 'a session was left open');
});

check(32, 'SIGTERM cancels too', async () => {
	const w = await world({ polls_for: { 'IN (': 1e9 } });
	const { r, s } = await interrupted(w, w.env, running, 'SIGTERM');
	assert.strictEqual(r.signal, 'SIGTERM');
	assert.strictEqual(s.cancels, 1);
});

check(32, 'on a terminal: it is as it was before', async () => {
	const w = await world({ polls_for: { 'IN (': 1e9 } });
	const words = `stty -g; ${PITWALL} ${ARGS.join(' ')}; echo "status $?"; stty -g`;
	const inner = path.join(work, 'terminal.sh');
	fs.writeFileSync(inner, `trap : INT\n${words}\n`);
	const p = launch(['-qefc', `sh ${inner}`, '/dev/null'], w.env, { input: '', program: 'script' });
	const t = await running(w).then(() => Date.now());
	p.child.stdin.write('\x03');
	const r = await p.done;
	assert.ok(Date.now() - t < 2500 * SLOW, `took ${Date.now() - t} ms`);
	const settings = r.out.split(/[\r\n]+/).filter((l) => /^[0-9a-f]+(:[0-9a-f]+)+$/.test(l));
	assert.strictEqual(settings.length, 2, r.out);
	assert.strictEqual(settings[0], settings[1]);
	assert.match(r.out, /status 130/);
	assert.doesNotMatch(r.out, /\u001b\[\?1049h|\u001b\[\?25l(?!.*\u001b\[\?25h)/s);
	assert.strictEqual((await w.state()).cancels, 1);
});

check(32, 'a second Ctrl-C ends at once', async () => {
	const w = await world({ polls_for: { 'IN (': 1e9 }, faults: [{ on: 'cancel', hang: true }] });
	const { r, took } = await interrupted(w, w.env, running, 'SIGINT', 2);
	assert.strictEqual(r.signal, 'SIGINT');
	assert.ok(took < 700 * SLOW, `ended after ${took} ms`);
});

check(33, 'races of a cancel: unknown, finished, hanging, refused', async () => {
	const not_found = { on: 'cancel', status: 422, json: { code: '000709', sqlState: '02000', message: 'Statement not found' } };
	const finished = { on: 'cancel', status: 422, json: { code: '000605', sqlState: '02000', message: 'not currently executing' } };
	await Promise.all([not_found, finished, { on: 'cancel', hang: true }, { on: 'cancel', status: 503, body: 'no' }, { on: 'cancel', reset: true }].map(async (fault) => {
		const w = await world({ polls_for: { 'IN (': 1e9 }, faults: [fault] });
		const { r, took, s } = await interrupted(w, w.env, running);
		assert.strictEqual(r.signal, 'SIGINT', JSON.stringify(fault));
		assert.ok(took < 2300 * SLOW, `${JSON.stringify(fault)}: ended after ${took} ms`);
		assert.ok(s.cancels >= 1);
	}));
	const w = await world({ polls_for: { 'IN (': 1e9 }, faults: [{ on: 'cancel', hang: true }] });
	const { r, took } = await interrupted(w, by_password(w), running);
	assert.strictEqual(r.signal, 'SIGINT');
	assert.ok(took < 2300 * SLOW, `ended after ${took} ms`);
});

check(38, 'no secret was ever told', async () => {
	const w = await world({ faults: [{ on: 'auth', nth: [1, 2, 3, 4] }] });
	await fetched({ ...w.env, SNOWFLAKE_PRIVATE_KEY_PATH: undefined, SNOWFLAKE_TOKEN: PAT });
	await health(by_password(w));
	const secrets = [PASSWORD, PAT, PASSPHRASE, 'wrong-password-77', 'pat-that-is-wrong-123', 'Bearer ey', `Bearer ${PAT.slice(0, 6)}`, 'session:', 'master:', 'X-Amz-Signature=secret',
		key('pkcs8').split('\n')[3], key('pkcs1').split('\n')[3], Buffer.from(key('pkcs8')).toString('base64').slice(100, 160)];
	const all = told.join('\n');
	assert.ok(told.length > 30 || process.env.ONLY, 'there is nothing to look through');
	for (const secret of secrets)
		assert.ok(!all.includes(secret), `"${secret.slice(0, 12)}..." was written`);
	// What is left behind on the disk: logs, state, stores.
	const look = (dir) => fs.readdirSync(dir, { withFileTypes: true }).forEach((f) => {
		const p = path.join(dir, f.name);
		if (f.isDirectory())
			return look(p);
		const text = f.isFile() ? fs.readFileSync(p, 'latin1') : '';
		for (const secret of secrets)
			assert.ok(!text.includes(secret), `"${secret.slice(0, 12)}..." is in ${p}`);
		return undefined;
	});
	for (const dir of fs.readdirSync(work).filter((d) => /^run\d/.test(d)))
		look(path.join(work, dir));
}, { alone: true });
