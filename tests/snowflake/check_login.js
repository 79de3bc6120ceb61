// Checks 1 to 9, 25, 27 to 29, 35: whether to connect at all, as whom, and with whom.
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { assert, check, world, health, fetched, refused, good, clean, file, key, work, PASSPHRASE, PASSWORD, PAT, SLOW } = require('./bench.js');

const has = (tool) => {
	try {
		execFileSync('sh', ['-c', `command -v ${tool}`], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
};

check(1, 'off means no connection', async () => {
	const w = await world();
	for (const use of [undefined, '', 'false', '1', 'yes']) {
		const h = good(await health({ ...w.env, USE_SNOWFLAKE: use }));
		assert.strictEqual(h.row.state, 'disabled', `USE_SNOWFLAKE=${use}`);
		refused(await fetched({ ...w.env, USE_SNOWFLAKE: use }), /USE_SNOWFLAKE/);
	}
	const config = path.join(work, 'on.config');
	fs.writeFileSync(config, 'snowflake_account = myorg-my_account\nsnowflake_user = hack_user\n');
	const h = good(await health({ ...w.env, USE_SNOWFLAKE: undefined, PITWALL_CONFIG: config }));
	assert.strictEqual(h.row.state, 'disabled');
	if (has('strace') && SLOW === 1) { // sanitizers do not bear a tracer
		const trace = path.join(work, 'off.strace');
		await health({ ...w.env, USE_SNOWFLAKE: 'false' }, { before: ['strace', '-f', '-qq', '-e', 'trace=connect', '-o', trace] });
		assert.doesNotMatch(fs.existsSync(trace) ? fs.readFileSync(trace, 'utf8') : '', /AF_INET/);
	}
	assert.strictEqual((await w.state()).connections, 0);
});

check(2, 'account, user or credential missing', async () => {
	const w = await world();
	for (const name of ['SNOWFLAKE_ACCOUNT', 'SNOWFLAKE_USER', 'SNOWFLAKE_PRIVATE_KEY_PATH']) {
		const h = good(await health({ ...w.env, [name]: undefined }));
		assert.strictEqual(h.row.state, 'error');
		assert.match(h.row.detail, new RegExp(name));
		refused(await fetched({ ...w.env, [name]: undefined }), new RegExp(name));
	}
	assert.strictEqual((await w.state()).connections, 0);
});

async function enters(w, change) {
	const h = good(await health({ ...w.env, SNOWFLAKE_PRIVATE_KEY_PATH: undefined, ...change }));
	assert.strictEqual(h.row.state, 'ok', JSON.stringify(h.row));
	assert.strictEqual(h.row.version, '9.34.0');
	assert.strictEqual(h.row.role, 'ANALYST');
	assert.strictEqual(h.row.warehouse, 'COMPUTE_WH');
}

check(3, 'keys in every form', async () => {
	const w = await world();
	const pem = key('pkcs8');
	const line = Buffer.from(pem).toString('base64');
	for (const text of [line, line.replace(/.{64}/g, '$&\n'), line.replace(/.{64}/g, '$&\r\n'), line.replace(/.{64}/g, '$& '), pem,
		Buffer.from(key('pkcs1')).toString('base64')])
		await enters(w, { SNOWFLAKE_PRIVATE_KEY_BASE64: text });
	await enters(w, { SNOWFLAKE_PRIVATE_KEY_BASE64: Buffer.from(key('aes')).toString('base64'), SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: PASSPHRASE });
	for (const name of ['pkcs8', 'pkcs1', 'crlf'])
		await enters(w, { SNOWFLAKE_PRIVATE_KEY_PATH: file(`key_${name}.pem`) });
	for (const name of ['aes', 'des3', 'traditional'])
		await enters(w, { SNOWFLAKE_PRIVATE_KEY_PATH: file(`key_${name}.pem`), SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: PASSPHRASE });
	const s = await clean(w);
	assert.ok(s.requests.length > 0 && s.requests.every((r) => r.claims && !r.jwt_problem));
	// A token for each request.
	assert.strictEqual(new Set(s.requests.map((r) => r.headers.authorization)).size, s.requests.length);
});

check(3, 'tokens', async () => {
	const w = await world();
	await enters(w, { SNOWFLAKE_TOKEN: PAT });
	const from = path.join(work, 'token');
	fs.writeFileSync(from, PAT + '\n', { mode: 0o600 });
	await enters(w, { SNOWFLAKE_TOKEN_FILE: from });
	const s = await clean(w);
	assert.ok(s.requests.every((r) => r.token === 'pat'));
});

check(4, 'keys that cannot be used', async () => {
	const w = await world();
	const open = path.join(work, 'open.pem');
	fs.writeFileSync(open, key('pkcs8'), { mode: 0o644 });
	const k = (name) => ({ SNOWFLAKE_PRIVATE_KEY_PATH: file(`key_${name}.pem`) });
	const cases = [
		[{ ...k('aes'), SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: 'not-this-one' }, /PASSPHRASE/], [k('aes'), /SNOWFLAKE_PRIVATE_KEY_PASSPHRASE/],
		[k('traditional'), /SNOWFLAKE_PRIVATE_KEY_PASSPHRASE/], [k('ec'), /RSA/], [k('1024'), /1024 bits/],
		[{ SNOWFLAKE_PRIVATE_KEY_PATH: open }, /chmod 600/], [{ SNOWFLAKE_PRIVATE_KEY_PATH: path.join(work, 'none.pem') }, /none\.pem/],
		[{ SNOWFLAKE_PRIVATE_KEY_BASE64: 'this is no key' }, /SNOWFLAKE_PRIVATE_KEY_BASE64/],
		[{ SNOWFLAKE_PRIVATE_KEY_PATH: file('user.pub') }, /no private key/],
	];
	if (fs.existsSync(file('key_rc4.pem')))
		cases.push([{ ...k('rc4'), SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: PASSPHRASE }, /openssl pkcs8/]);
	for (const [env, pattern] of cases) {
		const r = await fetched({ ...w.env, SNOWFLAKE_PRIVATE_KEY_PATH: undefined, ...env }, { before: ['setsid', '-w'] });
		refused(r, pattern);
		assert.ok(r.ms < 1500 * SLOW, `took ${r.ms} ms`);
	}
	assert.strictEqual((await w.state()).connections, 0);
});

check(5, 'accounts as people write them', async () => {
	const org = 'myorg-acct.snowflakecomputing.com', cloud = 'xy12345.us-east-1.aws.snowflakecomputing.com';
	for (const [text, host, account] of [
		['myorg-acct', org, 'MYORG-ACCT'], ['MyOrg-Acct', org, 'MYORG-ACCT'],
		['myorg-my_acct', 'myorg-my-acct.snowflakecomputing.com', 'MYORG-MY_ACCT'], ['xy12345.us-east-1.aws', cloud, 'XY12345'],
		['xy12345.eu-west-1', 'xy12345.eu-west-1.snowflakecomputing.com', 'XY12345'],
		['myorg-acct.privatelink', 'myorg-acct.privatelink.snowflakecomputing.com', 'MYORG-ACCT'],
		['xy12345.us-west-2.privatelink', 'xy12345.us-west-2.privatelink.snowflakecomputing.com', 'XY12345'],
		['https://myorg-acct.snowflakecomputing.com/', org, 'MYORG-ACCT'], ['myorg-acct.snowflakecomputing.com', org, 'MYORG-ACCT'],
		['xy12345.cn-north-1', 'xy12345.cn-north-1.snowflakecomputing.cn', 'XY12345'],
	]) {
		const w = await world({ host, account });
		const h = good(await health({ ...w.env, SNOWFLAKE_ACCOUNT: text }));
		assert.strictEqual(h.row.state, 'ok', `${text}: ${h.row.detail}`);
		const s = await clean(w);
		assert.ok(s.requests.every((r) => r.headers.host === host && r.claims.iss.startsWith(`${account}.HACK_USER.SHA256:`)), text);
	}
});

check(5, 'accounts that are none', async () => {
	const w = await world();
	for (const text of ['evil.com/', 'a@b', 'a:1', 'https://evil.com/', 'a b', 'a/../b', 'a?x', '.a', 'a..b', 'http://myorg-acct.snowflakecomputing.com', 'a\nb', '-x'])
		refused(await fetched({ ...w.env, SNOWFLAKE_ACCOUNT: text, SNOWFLAKE_CONNECT_TO: `::127.0.0.1:${w.port}` }), /SNOWFLAKE_ACCOUNT/);
	assert.strictEqual((await w.state()).connections, 0);
});

const by_password = (w, more) => ({ ...w.env, SNOWFLAKE_PRIVATE_KEY_PATH: undefined, SNOWFLAKE_PASSWORD: PASSWORD, ...more });

check(6, 'password: one login, one logout', async () => {
	const w = await world({ table: { ticks: 400 }, partition_rows: 300 });
	const h = good(await health(by_password(w)));
	assert.strictEqual(h.row.state, 'ok', h.row.detail);
	let s = await clean(w);
	assert.deepStrictEqual([s.logins, s.logouts, s.open], [1, 1, 0]);
	assert.ok(s.requests.some((r) => r.query.delete === 'true'));
	const r = good(await fetched(by_password(w)));
	assert.strictEqual(r.rows.length, 2 * 3 * 400);
	s = await clean(w);
	assert.deepStrictEqual([s.logins, s.logouts, s.open], [2, 2, 0]);
	assert.ok(s.statements.some((x) => x.served.length > 3), 'no chunks');
});

check(6, 'password: chunks on another host, with a key of their own', async () => {
	const w = await world({ table: { ticks: 400 }, partition_rows: 300, qrmk: true, bare_chunks: true, chunk_host: 'stage.s3.amazonaws.com' });
	const r = good(await fetched(by_password(w, { SNOWFLAKE_CONNECT_TO: `::127.0.0.1:${w.port}` })));
	assert.strictEqual(r.rows.length, 2 * 3 * 400);
	const s = await clean(w);
	const chunks = s.requests.filter((x) => x.path.startsWith('/chunks/'));
	assert.ok(chunks.length > 3 && chunks.every((x) => x.headers.host === 'stage.s3.amazonaws.com'));
	assert.ok(chunks.every((x) => x.headers['x-amz-server-side-encryption-customer-key'] === 'a2V5'));
});

check(7, 'wrong password, bad token', async () => {
	const w = await world();
	refused(await fetched(by_password(w, { SNOWFLAKE_PASSWORD: 'wrong-password-77' })), /Incorrect username or password.*390100|390100.*Incorrect/);
	assert.strictEqual((await w.state()).logins, 1);
	await w.change({ faults: [{ on: 'login', code: '394400', message: 'Programmatic access token is invalid.' }] });
	refused(await fetched(by_password(w)), /Programmatic access token is invalid/);
	assert.strictEqual((await w.state()).logins, 2);
	refused(await fetched({ ...w.env, SNOWFLAKE_PRIVATE_KEY_PATH: undefined, SNOWFLAKE_TOKEN: 'pat-that-is-wrong-123' }), /390303/);
});

check(8, 'session expired', async () => {
	const w = await world({ faults: [{ on: 'query', code: '390112', nth: [2] }] });
	good(await fetched(by_password(w)));
	const s = await clean(w);
	assert.deepStrictEqual([s.logins, s.renews, s.open], [1, 1, 0]);
	const at = s.requests.findIndex((r) => r.path === '/session/token-request');
	const queries = s.requests.filter((r) => r.path === '/queries/v1/query-request');
	assert.ok(at > 0);
	assert.strictEqual(queries.length, 3);
	assert.strictEqual(queries[1].query.requestId, queries[2].query.requestId);
	assert.notStrictEqual(queries[1].headers.authorization, queries[2].headers.authorization);
});

check(9, 'master token expired', async () => {
	const w = await world({ faults: [{ on: 'query', code: '390112', nth: [1] }, { on: 'renew', code: '390114' }] });
	good(await fetched(by_password(w)));
	assert.strictEqual((await clean(w)).logins, 2);
	await w.change({ faults: [{ on: 'query', code: '390112' }, { on: 'renew', code: '390114' }] });
	refused(await fetched(by_password(w)), /39011[24]/);
	assert.ok((await w.state()).logins <= 4);
});

check(25, 'certificates that are no good', async () => {
	for (const options of [{ cert: 'untrusted' }, { cert: 'self' }, { cert: 'wrong' }, { cert: 'expired' }, { tls11: true }]) {
		const w = await world(options);
		const r = await fetched(w.env);
		refused(r, /certificate|TLS|SSL|protocol/i);
		assert.ok(r.ms < 2000 * SLOW, `${JSON.stringify(options)} took ${r.ms} ms`);
		const s = await w.state();
		assert.strictEqual(s.requests.length, 0);
		assert.strictEqual(s.connections, 1, `${JSON.stringify(options)}: tried ${s.connections} times`);
		const h = await health(w.env);
		assert.strictEqual(h.row.state, 'error', JSON.stringify(h.row));
	}
	// The system's own authorities do not know ours.
	const w = await world();
	refused(await fetched({ ...w.env, SNOWFLAKE_CA_FILE: undefined }), /certificate/i);
	refused(await fetched({ ...w.env, SNOWFLAKE_CA_FILE: path.join(work, 'none.crt') }), /none\.crt|SNOWFLAKE_CA_FILE/);
	assert.strictEqual((await w.state()).requests.length, 0);
});

check(27, 'token refused once, then for ever', async () => {
	const w = await world({ faults: [{ on: 'auth', nth: [1] }] });
	good(await fetched(w.env));
	let s = await clean(w);
	assert.strictEqual(s.requests.filter((r) => r.status === 401).length, 1);
	assert.notStrictEqual(s.requests[0].headers.authorization, s.requests[1].headers.authorization);
	await w.change({ faults: [{ on: 'auth' }] });
	const before = s.requests.length;
	const r = await fetched(w.env);
	s = await w.state();
	const last = s.requests[s.requests.length - 1];
	refused(r, new RegExp(last.uuid));
	assert.match(r.err, /390144/);
	assert.strictEqual(s.requests.length - before, 2);
	const h = await health(w.env);
	assert.strictEqual(h.row.state, 'error');
	assert.strictEqual(h.row.code, '390144');
});

check(28, 'clocks that are wrong', async () => {
	for (const skew of ['-2h', '-90s', '+90s', '+1d']) {
		const w = await world();
		const r = good(await fetched(w.env, { before: ['faketime', '-f', skew] }));
		assert.ok(r.rows.length > 0);
		const s = await clean(w);
		assert.deepStrictEqual(s.requests.map((x) => x.status === 401).slice(0, 2), [true, false], skew);
		assert.strictEqual(s.requests.filter((x) => x.status === 401).length, 1, skew);
	}
	const w = await world({ date: false });
	refused(await fetched(w.env, { before: ['faketime', '-f', '-2h'] }), /clock/i);
	good(await fetched(w.env));
});

check(35, 'names of database, schema, warehouse and role', async () => {
	const w = await world();
	good(await fetched({ ...w.env, SNOWFLAKE_SCHEMA: 'telemetry', SNOWFLAKE_DATABASE: 'hackthetrack' }));
	let s = await clean(w);
	assert.ok(s.requests.filter((r) => r.body).every((r) => r.body.schema === 'TELEMETRY' && r.body.database === 'HACKTHETRACK'));
	await w.change({ schema: 'MixedCase' });
	good(await fetched({ ...w.env, SNOWFLAKE_SCHEMA: '"MixedCase"' }));
	s = await clean(w);
	const before = s.requests.length;
	for (const name of ['x;drop', '"a"b"', 'a b', "x'", '1a'])
		refused(await fetched({ ...w.env, SNOWFLAKE_SCHEMA: name }), /SNOWFLAKE_SCHEMA/);
	assert.strictEqual((await w.state()).requests.length, before);
});
