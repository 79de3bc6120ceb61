// Checks 6, 7, 8, 10, 11, 14, 15, 19, 24, 34, 41 once more, against what others made: WireMock with the files that Snowflake tests
// its own drivers with, Prism with Snowflake's own description of the SQL API, DuckDB for the answers.
'use strict';

const { execFileSync, spawn } = require('child_process');
const fs = require('fs');
const http = require('http');
const https = require('https');
const net = require('net');
const path = require('path');
const { assert, check, world, health, fetched, refused, good, clean, file, until, work, PAT } = require('./bench.js');
const { Telemetry } = require('./telemetry.js');

const shared = path.join(process.env.SHARED || '', 'snowflake');
const HOST = 'myorg-my-account.snowflakecomputing.com';
const absent = () => (fs.existsSync(path.join(shared, 'sqlapi.yaml')) ? null : `Snowflake's own files are not in ${shared}`);
const children = [];
process.on('exit', () => children.forEach((c) => c.kill()));

function free_port() {
	return new Promise((done) => {
		const s = net.createServer().listen(0, '127.0.0.1', () => {
			const { port } = s.address();
			s.close(() => done(port));
		});
	});
}
const listens = (port) => new Promise((done) => {
	const s = net.connect(port, '127.0.0.1', () => { s.destroy(); done(true); });
	s.on('error', () => done(false));
});
function get(method, port, url, body) {
	return new Promise((done, failed) => {
		const req = http.request({ host: '127.0.0.1', port, method, path: url, agent: false }, (res) => {
			const parts = [];
			res.on('data', (d) => parts.push(d));
			res.on('end', () => done(Buffer.concat(parts).toString('utf8')));
		});
		req.on('error', failed);
		req.end(body);
	});
}
const env_for = (port, more) => ({
	USE_SNOWFLAKE: 'true', SNOWFLAKE_ACCOUNT: 'myorg-my_account', SNOWFLAKE_USER: 'testUser', SNOWFLAKE_CA_FILE: file('ca.crt'), SNOWFLAKE_TIMEOUT: '30',
	SNOWFLAKE_CONNECT_TO: `${HOST}:443:127.0.0.1:${port}`, ...more,
});

// --- WireMock ---------------------------------------------------------------------------------------------------------

let jar = null;
const wiremock = {};
async function start_wiremock() {
	if (wiremock.port)
		return;
	const from = path.dirname(require.resolve('wiremock/package.json'));
	jar = execFileSync('find', [from, '-name', '*.jar'], { encoding: 'utf8' }).trim().split('\n')[0];
	const port = await free_port(), tls = await free_port();
	fs.mkdirSync(path.join(work, 'wiremock'), { recursive: true });
	const words = ['-Xmx256m', '-jar', jar, '--port', port, '--https-port', tls, '--bind-address', '127.0.0.1', '--https-keystore', file('good.p12'),
		'--keystore-password', 'password', '--keystore-type', 'PKCS12', '--root-dir', path.join(work, 'wiremock')];
	children.push(spawn('timeout', ['900', 'java', ...words.map(String)], { stdio: 'ignore' }));
	await until(() => listens(tls), 60000, 'WireMock');
	Object.assign(wiremock, { port, tls });
}
// The mappings of these files and no others; an empty journal.
async function mapped(...mappings) {
	await start_wiremock();
	await get('POST', wiremock.port, '/__admin/reset');
	await get('DELETE', wiremock.port, '/__admin/mappings');
	for (const m of mappings)
		for (const one of m.mappings)
			await get('POST', wiremock.port, '/__admin/mappings', JSON.stringify(one));
}
const theirs = (name) => JSON.parse(fs.readFileSync(path.join(shared, 'wiremock', name), 'utf8'));
async function journal() {
	const all = JSON.parse(await get('GET', wiremock.port, '/__admin/requests'));
	return all.requests.map((r) => r.request).reverse();
}
const by_password = (more) => env_for(wiremock.tls, { SNOWFLAKE_PASSWORD: 'testPassword', ...more });
const paths = (list, p) => list.filter((r) => r.url.startsWith(p));

check(6, 'WireMock: log in, select 1, log out, as Snowflake tests its drivers', async () => {
	await mapped(theirs('auth/password/successful_flow.json'), theirs('select1.json'), theirs('close_session.json'));
	const h = good(await health(by_password()));
	assert.strictEqual(h.row.state, 'ok', h.row.detail);
	assert.strictEqual(h.row.version, '1'); // what their answer holds
	const list = await journal();
	assert.strictEqual(paths(list, '/session/v1/login-request').length, 1);
	assert.strictEqual(list.filter((r) => /[?&]delete=true/.test(r.url)).length, 1);
	assert.strictEqual(list.length, 3);
}, { needs: absent });

check(7, 'WireMock: bad password, bad user, bad host', async () => {
	for (const [name, pattern, env] of [
		['auth/password/invalid_password.json', /390100/, { SNOWFLAKE_PASSWORD: 'INVALID_PASSWORD' }],
		['auth/password/invalid_user.json', /390422/, { SNOWFLAKE_USER: 'bogus' }], ['auth/password/invalid_host.json', /403|390144/, {}],
	]) {
		await mapped(theirs(name));
		const r = await fetched(by_password(env));
		refused(r, pattern);
		assert.ok(!/INVALID_PASSWORD|testPassword/.test(r.err));
		assert.strictEqual((await journal()).length, 1, name);
	}
}, { needs: absent });

check(8, 'WireMock: session expired', async () => {
	const select = theirs('select1.json').mappings[0];
	const expired = {
		...select, scenarioName: 'expiry', requiredScenarioState: 'Started', newScenarioState: 'renewed',
		response: { status: 200, jsonBody: { data: null, code: '390112', message: 'Your session has expired. Please login again.', success: false, headers: null } },
	};
	const renewed = { ...select, scenarioName: 'expiry', requiredScenarioState: 'renewed', request: { ...select.request, headers: { Authorization: { equalTo: 'Snowflake Token="new session token"' } } } };
	const renewal = {
		request: { urlPathPattern: '/session/token-request.*', method: 'POST', headers: { Authorization: { equalTo: 'Snowflake Token="master token"' } } },
		response: { status: 200, jsonBody: { data: { sessionToken: 'new session token', validityInSecondsST: 3600, masterToken: 'new master token', validityInSecondsMT: 14400, sessionId: 1 }, message: null, code: null, success: true } },
	};
	await mapped(theirs('auth/password/successful_flow.json'), { mappings: [expired, renewed, renewal] }, theirs('close_session.json'));
	const h = good(await health(by_password()));
	assert.strictEqual(h.row.state, 'ok', h.row.detail);
	const list = await journal();
	assert.strictEqual(paths(list, '/session/token-request').length, 1);
	const ids = paths(list, '/queries/v1/query-request').map((r) => /requestId=([^&]*)/.exec(r.url)[1]);
	assert.strictEqual(ids.length, 2);
	assert.strictEqual(ids[0], ids[1]);
}, { needs: absent });

check(26, 'WireMock: the redirect that their drivers follow', async () => {
	await mapped(theirs('retry/redirection_retry_workflow.json'), theirs('close_session.json'));
	const h = good(await health(by_password()));
	assert.strictEqual(h.row.state, 'ok', h.row.detail);
	assert.ok(paths(await journal(), '/temp-redirect-1').length >= 1);
}, { needs: absent });

// A table of three rows in four partitions, made for WireMock's own faults.
function small_table(faults) {
	const names = [['VEHICLE_NUMBER', 'fixed'], ['LAP', 'fixed'], ['TIMESTAMP', 'timestamp_ntz'], ['SPEED', 'real']];
	const meta = (counts) => ({
		numRows: counts.reduce((a, b) => a + b, 0), format: 'jsonv2', rowType: names.map(([name, type]) => ({ name, type, nullable: true, scale: type === 'fixed' ? 0 : 9, precision: null, length: null })),
		partitionInfo: counts.map((rowCount) => ({ rowCount, uncompressedSize: 1 })),
	});
	const whole = (id, m, data) => ({ status: 200, headers: { 'Content-Type': 'application/json' }, jsonBody: { resultSetMetaData: m, data, code: '090001', sqlState: '00000', message: 'ok', statementHandle: id, statementStatusUrl: `/api/v2/statements/${id}`, createdOn: 1 } });
	const row = (lap) => ['13', String(lap), `${lap}.000000000`, '100.5'];
	const post = (part, response, more = {}) => ({ request: { method: 'POST', urlPath: '/api/v2/statements', bodyPatterns: [{ contains: part }] }, response, ...more });
	const part = (n, response, more = {}) => ({ request: { method: 'GET', urlPath: '/api/v2/statements/rows', queryParameters: { partition: { equalTo: String(n) } } }, response, ...more });
	const good_part = (n) => ({ status: 200, headers: { 'Content-Type': 'application/json' }, jsonBody: { data: [row(n + 1)] } });
	const once = (n, bad) => [
		part(n, bad, { scenarioName: `part${n}`, requiredScenarioState: 'Started', newScenarioState: 'again' }),
		part(n, good_part(n), { scenarioName: `part${n}`, requiredScenarioState: 'again' })];
	return {
		mappings: [post('LIMIT 0', whole('columns', meta([0]), [])),
			...(faults.submit || [null]).map((bad, i, all) => post('VEHICLE_NUMBER IN', bad || whole('rows', meta([1, 1, 1, 1]), [row(1)]),
				all.length > 1 ? { scenarioName: 'submit', requiredScenarioState: i === 0 ? 'Started' : `s${i}`, newScenarioState: `s${i + 1}` } : {})),
			...[1, 2, 3].flatMap((n) => (faults[n] ? once(n, faults[n]) : [part(n, good_part(n))]))],
	};
}
const by_token = (more) => env_for(wiremock.tls, { SNOWFLAKE_TOKEN: PAT, ...more });
const laps = (r) => r.rows.map((x) => x.LAP);

check(14, 'WireMock: 429 with Retry-After, 503, 500, then rows', async () => {
	const no = (status, more) => ({ status, headers: { 'Content-Type': 'application/json', ...more }, jsonBody: { code: '390505', message: 'Too many requests.' } });
	await mapped(small_table({ submit: [no(429, { 'Retry-After': '1' }), no(503), no(500), null] }));
	const r = good(await fetched(by_token(), { cars: '13' }));
	assert.deepStrictEqual(laps(r), ['1', '2', '3', '4']);
	const posts = (await journal()).filter((x) => x.method === 'POST' && /IN \(/.test(x.body));
	assert.strictEqual(posts.length, 4);
	assert.strictEqual(new Set(posts.map((x) => /requestId=([^&]*)/.exec(x.url)[1])).size, 1);
	assert.deepStrictEqual(posts.map((x) => /retry=true/.test(x.url)), [false, true, true, true]);
}, { needs: absent });

check(19, 'WireMock: reset, garbage for chunks, an empty answer', async () => {
	await mapped(small_table({ 1: { fault: 'CONNECTION_RESET_BY_PEER' }, 2: { status: 200, fault: 'MALFORMED_RESPONSE_CHUNK' }, 3: { fault: 'EMPTY_RESPONSE' } }));
	const r = good(await fetched(by_token(), { cars: '13' }));
	assert.deepStrictEqual(laps(r), ['1', '2', '3', '4']);
	const cut = { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"data":[["13","3"' };
	await mapped(small_table({ 2: cut }));
	assert.deepStrictEqual(laps(good(await fetched(by_token(), { cars: '13' }))), ['1', '2', '3', '4']);
}, { needs: absent });

check(24, 'WireMock: 60 seconds of dribble end at the deadline', async () => {
	const slow = { status: 200, headers: { 'Content-Type': 'application/json' }, jsonBody: { data: [['13', '2', '2.000000000', '1']] }, chunkedDribbleDelay: { numberOfChunks: 20, totalDuration: 60000 } };
	await mapped(small_table({ 1: slow }));
	const r = await fetched(by_token({ SNOWFLAKE_TIMEOUT: '4' }), { cars: '13' });
	refused(r, /SNOWFLAKE_TIMEOUT/);
	assert.ok(r.ms < 6500, `took ${r.ms} ms`);
}, { needs: absent });

check(41, 'WireMock: HTTP/2 by ALPN', async () => {
	await mapped(small_table({}));
	assert.deepStrictEqual(laps(good(await fetched(by_token(), { cars: '13' }))), ['1', '2', '3', '4']);
	const list = await journal();
	assert.ok(list.length > 3);
	console.log(`         (WireMock saw ${[...new Set(list.map((r) => r.protocol))]})`);
}, { needs: absent });

// --- Prism ------------------------------------------------------------------------------------------------------------

// The program speaks TLS only and Prism does not: this stands in front of it.
function tls_front(to) {
	const seen = [];
	const server = https.createServer({ key: fs.readFileSync(file('good.key')), cert: fs.readFileSync(file('good.crt')) }, (req, res) => {
		const on = http.request({ host: '127.0.0.1', port: to, method: req.method, path: req.url, headers: req.headers }, (got) => {
			const parts = [];
			got.on('data', (d) => parts.push(d));
			got.on('end', () => {
				const body = Buffer.concat(parts);
				seen.push({ method: req.method, url: req.url, status: got.statusCode, violations: got.headers['sl-violations'], body: got.headers['content-encoding'] ? '' : body.toString('utf8') });
				const headers = { ...got.headers };
				delete headers['transfer-encoding'];
				headers['content-length'] = body.length;
				res.writeHead(got.statusCode, headers);
				res.end(body);
			});
		});
		on.on('error', () => res.destroy());
		req.pipe(on);
	});
	return new Promise((done) => { server.listen(0, '127.0.0.1', () => done({ port: server.address().port, seen, close: () => server.close() })); });
}

async function prism(mode, more = []) {
	const port = await free_port();
	const spec = path.join(shared, 'sqlapi.overlay.json');
	const bin = path.join(path.dirname(require.resolve('@stoplight/prism-cli/package.json')), 'dist/index.js');
	const child = spawn('timeout', ['900', process.execPath, bin, mode, '-h', '127.0.0.1', '-p', String(port), spec, ...more], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_EXTRA_CA_CERTS: file('ca.crt') } });
	children.push(child);
	let text = '';
	child.stdout.on('data', (d) => { text += d; });
	child.stderr.on('data', (d) => { text += d; });
	await until(() => listens(port), 60000, `Prism: ${text}`);
	return { port, text: () => text, stop: () => child.kill() };
}

check(10, 'Prism between the program and our server: no violation of Snowflake\'s own description', async () => {
	const w = await world({ partition_rows: 100, any_host: true });
	const p = await prism('proxy', [`https://localhost:${w.port}`, '--errors']);
	const front = await tls_front(p.port);
	for (const more of [{ SNOWFLAKE_PRIVATE_KEY_PATH: file('key_pkcs8.pem') }, { SNOWFLAKE_TOKEN: PAT }]) {
		const env = env_for(front.port, { SNOWFLAKE_USER: 'hack_user', SNOWFLAKE_ROLE: 'ANALYST', SNOWFLAKE_WAREHOUSE: 'COMPUTE_WH', ...more });
		good(await fetched(env));
		assert.strictEqual(good(await health(env)).row.state, 'ok');
	}
	const bad = front.seen.filter((s) => s.violations || /sl-violations|VIOLATION/i.test(s.body) || s.status >= 400);
	assert.deepStrictEqual(bad, []);
	assert.ok(front.seen.length > 20);
	const s = await clean(w);
	assert.ok(s.requests.length === front.seen.length);
	p.stop();
	front.close();
}, { needs: absent });

check(10, 'Prism refuses what is wrong (it does look)', async () => {
	const w = await world({ any_host: true });
	const p = await prism('proxy', [`https://localhost:${w.port}`, '--errors']);
	const body = await get('POST', p.port, '/api/v2/statements?requestId=no-uuid', JSON.stringify({ statement: 7 }));
	assert.match(body, /UNPROCESSABLE_ENTITY|INVALID|VIOLATION|UNAUTHORIZED|415/i);
	p.stop();
}, { needs: absent });

check(11, 'Prism\'s made-up answers: six columns, four cells', async () => {
	const p = await prism('mock');
	const front = await tls_front(p.port);
	const env = env_for(front.port, { SNOWFLAKE_TOKEN: PAT, SNOWFLAKE_TIMEOUT: '10' });
	refused(await fetched(env), /./);
	assert.notStrictEqual((await health(env)).row.state, 'ok');
	assert.ok(front.seen.length > 0);
	p.stop();
	front.close();
}, { needs: absent });

// --- DuckDB -----------------------------------------------------------------------------------------------------------

const numbers = (rows) => rows.map((r) => Object.values(r).map((v) => (v === '' || Number.isNaN(Number(v)) ? v : Number(v) + 0)));

check(34, 'DuckDB answers as our small engine does', async () => {
	const table = { laps: 2, ticks: 60 };
	const small = await world({ table }), duck = await world({ table, engine: 'duckdb' });
	for (const more of [{}, { cars: '03' }, { cars: '3,22,72', args: ['--laps', '2-2', '--columns', 'speed,gear'] }, { session: 'barber_r2' }, { cars: '99' }]) {
		const [a, b] = [await fetched(small.env, more), await fetched(duck.env, more)];
		assert.strictEqual(a.code, b.code, a.err + b.err);
		assert.deepStrictEqual(numbers(a.rows || []), numbers(b.rows || []));
	}
	await clean(duck);
	assert.strictEqual(new Telemetry(table).count(), 120);
});

check(34, 'DuckDB: no text becomes SQL', async () => {
	const w = await world({ table: { laps: 1, ticks: 20 }, engine: 'duckdb' });
	for (const track of ["barber' OR 1=1 --", "'; DROP TABLE TELEMETRY_DATA_ALL; --", 'a\nb', 'barber 🏁', '"barber"', '$1', '?']) {
		const r = await fetched(w.env, { args: ['--track', track] });
		assert.ok(r.rows === null || r.rows.length === 0, track);
	}
	assert.strictEqual(good(await fetched(w.env)).rows.length, 40); // the table is still there
	const s = await clean(w);
	assert.ok(s.statements.every((x) => x.state === 'done'), 'a statement did not compile');
});
