// Check 40: Snowflake's own driver takes our server for a Snowflake.
'use strict';

const { spawn } = require('child_process');
const path = require('path');
const { assert, check, world, file, PASSWORD, PAT } = require('./bench.js');

const too_old = () => (Number(process.versions.node.split('.')[0]) < 20 ? `snowflake-sdk needs node 20, this is ${process.versions.node}` : null);

function sdk(w, only = '') {
	return new Promise((done) => {
		const env = {
			...process.env, NODE_EXTRA_CA_CERTS: file('ca.crt'), SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true', SNOWFLAKE_DISABLE_MINICORE: 'true',
			SF_TELEMETRY_DISABLE_CONNECTION_SHAPE: '1', HOME: path.dirname(file('x')),
		};
		const child = spawn(process.execPath, [path.join(__dirname, 'sdk.js'), String(w.port), PASSWORD, file('key_pkcs8.pem'), PAT, only], { env, cwd: path.dirname(file('x')) });
		let text = '';
		child.stdout.on('data', (d) => { text += d; });
		child.stderr.on('data', (d) => { text += d; });
		child.on('close', (code) => done({ code, text }));
	});
}

check(40, 'snowflake-sdk: login, binds, chunks, renewal, 503, abort, heartbeat, logout', async () => {
	const w = await world({
		host: undefined, partition_rows: 100, rows_in_answer: 50, accounts: ['MYORG-MY_ACCOUNT'],
		faults: [
			{ on: 'query', sql: 'LAP', nth: [1], code: '390112' },
			...[1, 2, 3].map((n) => ({ on: 'query', sql: 'CURRENT_VERSION(), CURRENT_ROLE', nth: [n], when: 'before', status: 503, body: 'busy' })),
			{ on: 'chunk', partition: 2, nth: [1], status: 503, body: 'busy' },
		],
	});
	await w.change({ host: `localhost:${w.port}`, polls_for: { 'SELECT CURRENT_WAREHOUSE': 1e9 } });
	const r = await sdk(w);
	const s = await w.state();
	assert.strictEqual(r.code, 0, r.text + JSON.stringify(s.violations));
	console.log(r.text.trimEnd().replace(/^/gm, '         '));
	assert.deepStrictEqual([s.logins, s.logouts, s.open, s.renews, s.cancels], [3, 3, 0, 1, 1]);
	assert.deepStrictEqual(s.violations.filter((v) => !/Accept-Encoding/.test(v)), []);
	assert.ok(s.requests.some((x) => x.path === '/session/heartbeat'));
	assert.ok(s.requests.some((x) => x.query.retryCount === '3'));
}, { needs: too_old });

check(40, 'snowflake-sdk notices a server without parameters', async () => {
	const w = await world({ host: undefined, no_parameters: true });
	const r = await sdk(w, 'only');
	assert.notStrictEqual(r.code, 0, 'it did not notice');
}, { needs: too_old });
