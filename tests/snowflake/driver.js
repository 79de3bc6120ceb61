// The protocol of Snowflake's own drivers, as its driver for Node speaks it: sessions, queries, chunks.
'use strict';

const crypto = require('crypto');
const { jwt_problem, claims_of } = require('./auth.js');
const { send, pack } = require('./wire.js');
const { execute, settle, cancel, rows_of } = require('./statements.js');
const { SqlError } = require('./engine.js');

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LIFE_S = 3600, MASTER_LIFE_S = 14400, ROWS_IN_ANSWER = 200;

const no = (code, message, data = null) => ({ json: { data, code, message, success: false, headers: null } });
const yes = (data) => ({ json: { data, code: null, message: null, success: true } });
const token = (kind) => `${kind}:${crypto.randomBytes(24).toString('base64')}`;

// Without these Snowflake's own driver breaks.
const PARAMETERS = [
	['CLIENT_PREFETCH_THREADS', 4], ['TIMEZONE', 'UTC'], ['CLIENT_SESSION_KEEP_ALIVE', false], ['CLIENT_RESULT_CHUNK_SIZE', 160],
	['CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY', 3600], ['TIMESTAMP_NTZ_OUTPUT_FORMAT', 'YYYY-MM-DD HH24:MI:SS.FF3'],
	['DATE_OUTPUT_FORMAT', 'YYYY-MM-DD'], ['TIME_OUTPUT_FORMAT', 'HH24:MI:SS'], ['TIMESTAMP_OUTPUT_FORMAT', 'YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM'],
	['TIMESTAMP_LTZ_OUTPUT_FORMAT', ''], ['TIMESTAMP_TZ_OUTPUT_FORMAT', ''], ['BINARY_OUTPUT_FORMAT', 'HEX'], ['CLIENT_TELEMETRY_ENABLED', false],
	['JS_TREAT_INTEGER_AS_BIGINT', false], ['CLIENT_STAGE_ARRAY_BINDING_THRESHOLD', 65280],
].map(([name, value]) => ({ name, value }));

function login_problem(world, data) {
	const o = world.options;
	const account = String(data.ACCOUNT_NAME || '').toUpperCase();
	const names = [o.account, ...(o.accounts || [])];
	if (!names.includes(account.split('.')[0]) && !names.includes(account))
		return no('390201', `account ${data.ACCOUNT_NAME} not found`);
	for (const name of ['CLIENT_APP_ID', 'CLIENT_APP_VERSION', 'LOGIN_NAME', 'CLIENT_ENVIRONMENT'])
		if (!data[name])
			world.violation(`login without ${name}`);
	if (String(data.LOGIN_NAME).toUpperCase() !== o.user)
		return no('390100', 'Incorrect username or password was specified.');
	switch (data.AUTHENTICATOR || 'SNOWFLAKE') {
	case 'SNOWFLAKE_JWT': {
		const why = jwt_problem(data.TOKEN || '', { account: o.account, user: o.user, keys: o.keys, now_s: world.now_ms() / 1000 });
		return why ? no('390144', `JWT token is invalid. [${crypto.randomUUID()}]`) : null;
	}
	case 'PROGRAMMATIC_ACCESS_TOKEN':
		return o.pats.includes(data.TOKEN) ? null : no('394400', 'Programmatic access token is invalid.');
	case 'SNOWFLAKE':
	case 'USERNAME_PASSWORD_MFA':
		return data.PASSWORD === o.password || o.pats.includes(data.PASSWORD) ? null : no('390100', 'Incorrect username or password was specified.');
	default:
		return no('390103', `authenticator ${data.AUTHENTICATOR} is unknown`);
	}
}

function new_session(world, query) {
	const o = world.options;
	const s = {
		id: Math.floor(Math.random() * 2 ** 40), token: token('session'), master: token('master'), queries: 0, old: [],
		warehouse: query.warehouse || o.warehouse, role: query.roleName || o.role, database: query.databaseName || o.database, schema: query.schemaName || o.schema,
	};
	world.sessions.set(s.token, s);
	world.counts.open = world.sessions.size;
	return s;
}

function login(world, req, res, entry, text) {
	const body = entry.body = JSON.parse(text);
	const fault = world.fault('login') || {};
	world.counts.logins++;
	if (fault.code)
		return send(req, res, no(fault.code, fault.message), {});
	const problem = fault.when === 'before' ? no('0', '') : login_problem(world, body.data || {});
	if (problem)
		return send(req, res, problem, { fault });
	const s = new_session(world, entry.query);
	const data = {
		masterToken: s.master, token: s.token, validityInSeconds: LIFE_S, masterValidityInSeconds: MASTER_LIFE_S, displayUserName: world.options.user,
		serverVersion: world.options.version || '9.34.0', firstLogin: false, remMeToken: null, remMeValidityInSeconds: 0, healthCheckInterval: 45,
		newClientForUpgrade: null, sessionId: s.id, parameters: world.options.no_parameters ? undefined : PARAMETERS,
		sessionInfo: { databaseName: s.database, schemaName: s.schema, warehouseName: s.warehouse, roleName: s.role },
		idToken: null, idTokenValidityInSeconds: 0, responseData: null, mfaToken: null, mfaTokenValidityInSeconds: 0,
	};
	return send(req, res, yes(data), { fault });
}

// The session of a request, or the answer that it has none.
function session_of(world, req, by = 'token') {
	const m = /^Snowflake Token="([^"]*)"$/.exec(req.headers.authorization || '');
	if (!m)
		return { problem: no('390101', 'Authorization header not found.') };
	for (const s of world.sessions.values())
		if (s[by] === m[1])
			return { s };
	const old = [...world.sessions.values()].some((s) => s.old.includes(m[1]));
	return { problem: old ? no('390112', 'Your session has expired. Please log in again.') : no('390104', 'Session token not found or invalid.') };
}

function renew(world, req, res, entry, text) {
	const body = entry.body = JSON.parse(text);
	world.counts.renews++;
	const fault = world.fault('renew') || {};
	if (fault.code)
		return send(req, res, no(fault.code, fault.message || 'Authentication token has expired. The user must authenticate again.'));
	const { s, problem } = session_of(world, req, 'master');
	if (problem)
		return send(req, res, no('390114', 'Authentication token has expired.  The user must authenticate again.'));
	if (body.requestType !== 'RENEW' || body.oldSessionToken !== s.token)
		world.violation('a renewal that does not name the old session token');
	entry.body = { ...body, oldSessionToken: '#' };
	world.sessions.delete(s.token);
	s.old.push(s.token);
	s.token = token('session');
	s.expired = false;
	world.sessions.set(s.token, s);
	return send(req, res, yes({ sessionToken: s.token, masterToken: s.master, validityInSecondsST: LIFE_S, validityInSecondsMT: MASTER_LIFE_S, sessionId: s.id }), { fault });
}

function row_type(c) {
	return { name: c.name, type: c.type, scale: c.scale, precision: c.precision, length: c.type === 'text' ? 16777216 : null, nullable: true, byteLength: null, database: '', schema: '', table: '' };
}

// Seconds with as many decimals as the column has, and 1 for true: the drivers' way to write a cell.
const cell = (c) => (v) => (v !== null && c.type === 'boolean' ? (v === 'true' ? '1' : '0') : v);

function result(world, s) {
	const first = Math.min(s.result.numRows, world.options.rows_in_answer || ROWS_IN_ANSWER);
	const each = world.options.partition_rows;
	const convert = s.result.rowType.map(cell);
	s.chunks = [];
	for (let at = first; at < s.result.numRows; at += each)
		s.chunks.push([at, Math.min(each, s.result.numRows - at)]);
	s.convert = (rows) => rows.map((r) => r.map((v, i) => convert[i](v)));
	const base = `https://${world.options.chunk_host || world.options.host}/chunks/${s.handle}`;
	return {
		parameters: world.options.no_parameters ? undefined : PARAMETERS, rowtype: s.result.rowType.map(row_type), rowset: s.convert(s.result.rows(0, first)),
		total: s.result.numRows, returned: s.result.numRows, queryId: s.handle, databaseProvider: null, finalDatabaseName: world.options.database,
		finalSchemaName: world.options.schema, finalWarehouseName: world.options.warehouse, finalRoleName: world.options.role, numberOfBinds: Object.keys(s.binds || {}).length,
		arrayBindSupported: false, statementTypeId: 4096, version: 1, sendResultTime: Date.now(), queryResultFormat: 'json',
		...(s.chunks.length > 0 ? {
			chunks: s.chunks.map(([, n], i) => ({ url: `${base}/${i}?X-Amz-Signature=secret`, rowCount: n, uncompressedSize: n * 200, compressedSize: n * 20 })),
			...(world.options.qrmk ? { qrmk: 'a2V5' } : { chunkHeaders: { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' } }),
		} : {}),
	};
}

function query_answer(world, req, res, s, fault) {
	if (settle(world, s) === 'running') {
		const data = { getResultUrl: `/queries/${s.handle}/result`, queryId: s.handle, queryAbortsAfterSecs: 300, progressDesc: null };
		const code = world.options.running_code || '333334';
		return send(req, res, { json: { data, code, message: 'Query execution in progress.', success: true } }, { fault });
	}
	if (s.state === 'cancelled')
		return send(req, res, no('000604', 'SQL execution canceled', { sqlState: '57014', queryId: s.handle }), { fault });
	if (s.error)
		return send(req, res, no(s.error.code, s.error.message, { sqlState: s.error.state, queryId: s.handle, errorCode: s.error.code }), { fault });
	return send(req, res, yes({ ...result(world, s), ...fault.data }), { gzip: true, fault });
}

async function query(world, req, res, entry, text) {
	const body = entry.body = JSON.parse(text);
	const { requestId } = entry.query;
	const fault = world.fault('query', { sql: body.sqlText }) || {};
	if (!UUID.test(requestId || ''))
		world.violation('query without a requestId');
	if (req.headers.accept !== 'application/snowflake')
		world.violation(`Accept of a query is ${req.headers.accept}`);
	const tried = world.tried || (world.tried = new Set());
	if (tried.has(requestId) && !entry.query.retryCount && !world.renewing)
		world.violation('a query came again without retryCount');
	tried.add(requestId);
	const { s: session, problem } = session_of(world, req);
	if (problem)
		return send(req, res, problem);
	if (fault.code) {
		world.renewing = true;
		return send(req, res, no(fault.code, fault.message || 'Session expired', { sqlState: fault.state || '00000' }));
	}
	if (fault.when === 'before')
		return send(req, res, no('0', 'busy'), { fault });
	let s = world.by_request.get(requestId);
	try {
		s = s || await execute(world, { request_id: requestId, sql: body.sqlText, binds: body.bindings, session });
	} catch (e) {
		if (!(e instanceof SqlError))
			throw e;
		return send(req, res, no(e.code, e.message, { sqlState: e.state, queryId: crypto.randomUUID() }));
	}
	entry.handle = s.handle;
	return query_answer(world, req, res, s, fault);
}

function chunk(world, req, res, entry, handle, n) {
	const s = world.statements.get(handle);
	if (req.headers.authorization)
		world.violation('a chunk was asked for with an Authorization header');
	if (!s || !s.chunks || !s.chunks[n])
		return send(req, res, { status: 404, body: 'no such chunk' });
	const fault = world.fault('chunk', { partition: n }) || {};
	s.served.push({ n, t: Date.now() - world.born });
	let rows = s.convert(s.result.rows(...s.chunks[n]));
	if (fault.drop)
		rows = rows.slice(0, -fault.drop);
	const body = JSON.stringify(rows).slice(1, -1);
	const gzip = { ...fault.gzip, headerless: world.options.bare_chunks }; // stores tell it by a header or not at all
	return send(req, res, { headers: { 'Content-Type': 'application/octet-stream' }, body }, { fault: { ...fault, gzip } });
}

function abort(world, req, res, entry, handle, text) {
	const { problem } = session_of(world, req);
	if (problem)
		return send(req, res, problem);
	if (!handle)
		entry.body = JSON.parse(text);
	const s = handle ? world.statements.get(handle) : world.by_request.get(entry.body.requestId);
	const fault = world.fault('cancel') || {};
	if (!s)
		return send(req, res, no('000709', 'Statement not found'), { fault });
	return send(req, res, cancel(world, s) ? yes(null) : no('000605', 'Identified SQL statement is not currently executing.'), { fault });
}

function logout(world, req, res) {
	const { s, problem } = session_of(world, req);
	const fault = world.fault('logout') || {};
	if (problem)
		return send(req, res, problem);
	world.counts.logouts++;
	world.sessions.delete(s.token);
	world.counts.open = world.sessions.size;
	return send(req, res, yes(null), { fault });
}

function handle(world, req, res, entry, text) {
	const any = world.fault('any', { sql: text });
	if (any)
		return send(req, res, no('0', 'busy'), { fault: any });
	const { path } = entry;
	const m = /^\/(queries|chunks)\/([0-9a-f-]{36})\/(result|abort-request|\d+)$/.exec(path);
	if (req.method === 'POST') {
		switch (path) {
		case '/session/v1/login-request': return login(world, req, res, entry, text);
		case '/queries/v1/query-request': return query(world, req, res, entry, text);
		case '/session/token-request': return renew(world, req, res, entry, text);
		case '/queries/v1/abort-request': return abort(world, req, res, entry, null, text);
		case '/session/heartbeat': {
			const { problem } = session_of(world, req);
			return send(req, res, problem || yes(null));
		}
		case '/session': return logout(world, req, res);
		case '/telemetry/send': return send(req, res, yes(null));
		default:
		}
	}
	if (m && m[1] === 'queries' && m[3] === 'abort-request')
		return abort(world, req, res, entry, m[2]);
	if (m && m[1] === 'queries' && m[3] === 'result' && req.method === 'GET') {
		const s = world.statements.get(m[2]);
		const { problem } = session_of(world, req);
		return problem || !s ? send(req, res, problem || no('000709', 'Statement not found')) : query_answer(world, req, res, s, world.fault('poll', { sql: s.sql }) || {});
	}
	if (m && m[1] === 'chunks' && req.method === 'GET')
		return chunk(world, req, res, entry, m[2], Number(m[3]));
	return send(req, res, { status: 404, json: { code: '390404', message: 'Not Found', success: false, data: null } });
}

module.exports = { handle, pack };
