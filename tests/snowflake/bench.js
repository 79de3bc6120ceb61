// What every check uses: the server, worlds in it, the program run against one, and how results are told.
'use strict';

const assert = require('assert');
const { spawn } = require('child_process');
const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');

const PITWALL = fs.realpathSync(process.env.PITWALL || path.resolve(__dirname, '../../build/pitwall'));
const SLOW = /san-/.test(process.env.O || PITWALL) ? 4 : 1; // sanitizers make the program slower, and it uses more memory
const work = process.env.SNOWFLAKE_WORK || fs.mkdtempSync(path.join(os.tmpdir(), 'pitwall-snowflake-'));
const certs = path.join(work, 'certs');
const PASSPHRASE = 'word-of-the-key', PASSWORD = 'pass-of-the-user!9', PAT = 'pat-AbCdEf0123456789.x_y-z';
const file = (name) => path.join(certs, name);
const key = (name) => fs.readFileSync(file(`key_${name}.pem`), 'utf8');

// --- Server -----------------------------------------------------------------------------------------------------------

let control = null;
let server = null;
function start() {
	return new Promise((done, failed) => {
		server = spawn(process.execPath, [path.join(__dirname, 'server.js'), '--certs', certs, '--seconds', '900'], { stdio: ['pipe', 'pipe', 'inherit'] });
		server.on('error', failed);
		server.stdout.once('data', (d) => {
			control = JSON.parse(d).control;
			done();
		});
	});
}
function stop() {
	if (server)
		server.stdin.end();
}

function ask(method, url, body) {
	return new Promise((done, failed) => {
		const req = http.request({ host: '127.0.0.1', port: control, method, path: url, agent: false }, (res) => {
			const parts = [];
			res.on('data', (d) => parts.push(d));
			res.on('end', () => done(JSON.parse(Buffer.concat(parts).toString('utf8'))));
		});
		req.on('error', failed);
		req.end(body && JSON.stringify(body));
	});
}

async function world(options = {}) {
	const o = { host: 'myorg-my-account.snowflakecomputing.com', keys: [fs.readFileSync(file('user.pub'), 'utf8')], pats: [PAT], password: PASSWORD, ...options };
	const { id, port } = await ask('POST', '/worlds', o);
	return {
		port, host: o.host,
		state: () => ask('GET', `/worlds/${id}`),
		change: (c) => ask('POST', `/worlds/${id}`, c),
		down: () => ask('POST', `/worlds/${id}/down`),
		up: () => ask('POST', `/worlds/${id}/up`),
		env: {
			USE_SNOWFLAKE: 'true', SNOWFLAKE_ACCOUNT: 'myorg-my_account', SNOWFLAKE_USER: 'hack_user', SNOWFLAKE_CA_FILE: file('ca.crt'),
			SNOWFLAKE_CONNECT_TO: `${o.host}:443:127.0.0.1:${port}`, SNOWFLAKE_PRIVATE_KEY_PATH: file('key_pkcs8.pem'),
			SNOWFLAKE_ROLE: 'ANALYST', SNOWFLAKE_WAREHOUSE: 'COMPUTE_WH',
		},
	};
}

// --- Program ----------------------------------------------------------------------------------------------------------

let runs = 0;
const told = []; // all that was ever written, for the check of secrets

// Starts the program. r.done resolves to {code, signal, out, err, ms}; r.child is there for signals; before: words before it.
function launch(args, env = {}, { before = [], input = null, program = PITWALL } = {}) {
	const home = path.join(work, `run${++runs}`);
	const log = path.join(home, 'log');
	fs.mkdirSync(path.join(home, 'config'), { recursive: true });
	const clean = {
		PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: path.join(home, 'config'), XDG_STATE_HOME: path.join(home, 'state'),
		XDG_DATA_HOME: path.join(home, 'data'), XDG_CACHE_HOME: path.join(home, 'cache'), LC_ALL: 'C.UTF-8', TERM: 'xterm-256color',
		ASAN_OPTIONS: process.env.ASAN_OPTIONS || '', PITWALL_LOG: log, ...env,
	};
	for (const name of Object.keys(clean))
		if (clean[name] === undefined || clean[name] === '')
			delete clean[name];
	if (before[0] === 'faketime' && SLOW > 1) // it comes before the sanitizer's library, and may
		clean.ASAN_OPTIONS = [clean.ASAN_OPTIONS, 'verify_asan_link_order=0'].filter(Boolean).join(':');
	const words = [...before, program, ...args];
	const began = Date.now();
	const child = spawn(words[0], words.slice(1), { env: clean, stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'pipe'], cwd: home, detached: true });
	const out = [], err = [];
	child.stdout.on('data', (d) => out.push(d));
	child.stderr.on('data', (d) => err.push(d));
	let peak = 0;
	const samples = [];
	const sample = () => {
		try {
			const status = fs.readFileSync(`/proc/${child.pid}/status`, 'utf8');
			const kib = (name) => Number((new RegExp(name + ':\\s+(\\d+)').exec(status) || [0, 0])[1]);
			peak = Math.max(peak, kib('VmHWM'));
			samples.push({ t: Date.now(), rss: kib('VmRSS') });
			told.push(fs.readFileSync(`/proc/${child.pid}/cmdline`, 'utf8'));
		} catch { /* it has ended */ }
	};
	sample();
	const ticks = setInterval(sample, 100);
	// Nothing waits longer than this for the program.
	const end = setTimeout(() => child.kill('SIGKILL'), Number(process.env.LONGEST || 120000) * SLOW);
	const done = new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => {
			clearInterval(ticks);
			clearTimeout(end);
			const r = { code, signal, out: Buffer.concat(out).toString('utf8'), err: Buffer.concat(err).toString('utf8'), ms: Date.now() - began, home, peak, samples };
			r.log = fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : '';
			told.push(r.out, r.err, r.log);
			if (/AddressSanitizer|runtime error:|LeakSanitizer/.test(r.err))
				reject(new Error('sanitizer: ' + r.err));
			resolve(r);
		});
	});
	done.catch(() => {});
	return { child, done, home };
}
const run = (args, env, more) => launch(args, env, more).done;

// `pitwall health`: the row of Snowflake.
async function health(env, more) {
	const r = await run(['health', '--format', 'json'], env, more);
	let rows;
	try {
		rows = JSON.parse(r.out).sources;
	} catch {
		throw new Error(`health wrote no JSON: ${r.out}${r.err}`);
	}
	return { ...r, row: rows.find((s) => s.name === 'snowflake') };
}

// `pitwall fetch` of rows as CSV: r.rows are objects by column; null when there is no file.
async function fetched(env, { session = 'barber_r1', cars = '13,72', args = [], ...more } = {}) {
	const to = path.join(work, `rows${runs + 1}-${Math.random().toString(36).slice(2)}.csv`);
	const r = await run(['fetch', session, '--cars', cars, '--to', to, '--format', 'json', ...args], env, more);
	r.rows = fs.existsSync(to) ? csv(fs.readFileSync(to, 'utf8')) : null;
	r.files = fs.readdirSync(work).filter((f) => f.startsWith(path.basename(to)));
	if (fs.existsSync(to))
		fs.unlinkSync(to);
	return r;
}

function csv(text) {
	const lines = text.split('\n').filter((l) => l !== '');
	const names = cells(lines[0]);
	return lines.slice(1).map((l) => Object.fromEntries(cells(l).map((c, i) => [names[i].toUpperCase(), c])));
}
function cells(line) {
	const out = [];
	for (let at = 0; at <= line.length;) {
		const m = /(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/y;
		m.lastIndex = at;
		const found = m.exec(line);
		out.push(found[1] === undefined ? found[2] : found[1].replace(/""/g, '"'));
		at = m.lastIndex;
		if (at >= line.length && line[at - 1] !== ',')
			break;
		if (found[0] === '')
			break;
	}
	return out;
}

// One line on stderr, exit 1, no row given out.
function refused(r, pattern) {
	assert.strictEqual(r.code, 1, `exit ${r.code} ${r.signal}: ${r.err}`);
	assert.match(r.err, pattern);
	assert.strictEqual(r.err.trimEnd().split('\n').length, 1, `more than one line: ${r.err}`);
	if ('rows' in r)
		assert.ok(r.rows === null && r.files.length === 0, 'rows were given out all the same');
}
function good(r) {
	assert.strictEqual(r.code, 0, `exit ${r.code} ${r.signal}: ${r.err}`);
	return r;
}
async function clean(w) {
	const s = await w.state();
	assert.deepStrictEqual(s.violations, []);
	return s;
}
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });
async function until(what, ms, text) {
	for (const end = Date.now() + ms; Date.now() < end; await pause(15)) {
		const v = await what();
		if (v)
			return v;
	}
	throw new Error(`not within ${ms} ms: ${text}`);
}

// --- Checks -----------------------------------------------------------------------------------------------------------

const checks = [];
// number: of the list of 42; several may share one. alone: not while others run (it measures).
function check(number, name, run_it, { alone = false, needs = null } = {}) {
	checks.push({ number, name, run_it, alone, needs });
}

async function one(c, results) {
	const title = `${String(c.number).padStart(2, '0')} ${c.name}`;
	const why = c.needs && c.needs();
	if (why) {
		results.skipped++;
		console.log(`  skip   ${title}: ${why}`);
		return;
	}
	const began = Date.now();
	try {
		await c.run_it();
		results.passed++;
		console.log(`  ok     ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
	} catch (e) {
		results.failed++;
		console.log(`  FAILED ${title}\n${e.stack}`);
	}
}

// Runs what was registered, `lanes` at a time, those alone at the end; the last line is for tests/run.sh.
async function run_all(lanes = 6) {
	const only = process.env.ONLY ? process.env.ONLY.split(',').map(Number) : null;
	const todo = checks.filter((c) => !only || only.includes(c.number));
	const results = { passed: 0, failed: 0, skipped: 0 };
	const queue = todo.filter((c) => !c.alone);
	const lane = async () => {
		while (queue.length > 0)
			await one(queue.shift(), results);
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	for (const c of todo.filter((x) => x.alone))
		await one(c, results);
	console.log(`${results.passed} passed, ${results.failed} failed${results.skipped ? `, ${results.skipped} skipped` : ''}`);
	return results.failed === 0;
}

module.exports = {
	assert, check, run_all, start, stop, world, run, launch, health, fetched, refused, good, clean, pause, until, csv, told, file, key, work, certs, ask,
	PASSPHRASE, PASSWORD, PAT, SLOW, PITWALL,
};
