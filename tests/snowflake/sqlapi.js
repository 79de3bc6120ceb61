// The SQL API, version 2, as Snowflake documents it, with every rule for its clients checked.
'use strict';

const crypto = require('crypto');
const { jwt_problem, claims_of, WHY } = require('./auth.js');
const { send } = require('./wire.js');
const { execute, settle, cancel, rows_of } = require('./statements.js');
const { SqlError } = require('./engine.js');

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const PARAMETERS = ['binary_output_format', 'client_result_chunk_size', 'date_output_format', 'multi_statement_count', 'query_tag',
	'rows_per_resultset', 'time_output_format', 'timestamp_output_format', 'timestamp_ltz_output_format', 'timestamp_ntz_output_format',
	'timestamp_tz_output_format', 'timezone', 'use_cached_result'];
const FIELDS = ['statement', 'timeout', 'database', 'schema', 'warehouse', 'role', 'bindings', 'parameters', 'nullable'];

const refuse = (status, code, message, more = {}) => ({ status, json: { code, message, sqlState: '00000', ...more } });

// --- Who asks -------------------------------------------------------------------------------------------------------

function unauthorized(code, why) {
	const id = crypto.randomUUID();
	const text = code === '390144' ? `JWT token is invalid. [${id}]` : why;
	return { ...refuse(401, code, text), id };
}

function login_problem(world, req, entry) {
	const o = world.options;
	const kind = req.headers['x-snowflake-authorization-token-type'];
	const [scheme, token, more] = (req.headers.authorization || '').split(' ');
	if (scheme !== 'Bearer' || !token || more) {
		world.violation(`no bearer token on ${req.method} ${req.url}`);
		return unauthorized('390104', 'no token');
	}
	if (kind === 'PROGRAMMATIC_ACCESS_TOKEN') {
		entry.token = 'pat';
		return o.pats.includes(token) ? null : unauthorized('390303', 'Invalid OAuth access token. [' + crypto.randomUUID() + ']');
	}
	if (kind !== 'KEYPAIR_JWT') {
		world.violation(`token type is ${kind}`);
		return unauthorized('390303', 'Invalid OAuth access token.');
	}
	entry.claims = claims_of(token);
	const why = jwt_problem(token, { account: o.account, user: o.user, keys: o.keys, now_s: world.now_ms(entry.claims && entry.claims.iat) / 1000 });
	if (!why)
		return null;
	entry.jwt_problem = why;
	const no = unauthorized('390144');
	entry.reason = WHY[why];
	entry.uuid = no.id;
	return no;
}

// --- What they send -------------------------------------------------------------------------------------------------

function headers_problem(world, req) {
	const h = req.headers;
	if (!/^[^\s/]+\/[^\s]+/.test(h['user-agent'] || ''))
		world.violation('User-Agent is no name/version');
	if ((h.accept || '') !== 'application/json')
		world.violation(`Accept is ${h.accept}`);
	if (!/\bgzip\b/.test(h['accept-encoding'] || ''))
		world.violation('Accept-Encoding has no gzip');
	if (!world.options.any_host && h.host !== world.options.host && h.host !== undefined)
		world.violation(`Host is ${h.host}`);
	return null;
}

function body_problem(world, text, type) {
	if (!/^application\/json\b/.test(type || ''))
		return { problem: refuse(415, '391902', 'Unsupported Media Type') };
	let body;
	try {
		body = JSON.parse(text);
	} catch {
		return { problem: refuse(400, '390142', 'Incoming request does not contain a valid payload.') };
	}
	for (const name of Object.keys(body))
		if (!FIELDS.includes(name))
			world.violation(`field ${name} in the body`);
	for (const name of Object.keys(body.parameters || {}))
		if (!PARAMETERS.includes(name))
			world.violation(`parameter ${name}`);
	if (typeof body.statement !== 'string' || (body.timeout !== undefined && !Number.isInteger(body.timeout)))
		return { problem: refuse(400, '390142', 'Incoming request does not contain a valid payload.') };
	return { body };
}

// Names are compared as SHOW prints them: a lower-case one is another one.
function names_problem(world, body) {
	const o = world.options;
	for (const [field, code, what] of [['role', '390189', 'Role'], ['database', '002043', 'Database'], ['schema', '002043', 'Schema'], ['warehouse', '002043', 'Warehouse']])
		if (body[field] !== undefined && body[field] !== o[field])
			return refuse(422, code, `${what} '${body[field]}' specified in the connect string does not exist or not authorized.`, { sqlState: '02000' });
	return null;
}

// The first try has an id of its own; every further one the same id and retry=true.
function retry_rules(world, query) {
	const id = query.requestId;
	if (!UUID.test(id || ''))
		return refuse(400, '390142', 'requestId is no UUID');
	const tried = world.tried || (world.tried = new Set());
	if (query.retry !== undefined && query.retry !== 'true')
		world.violation(`retry=${query.retry}`);
	if (tried.has(id) && query.retry !== 'true')
		world.violation('a request id came again without retry=true');
	if (!tried.has(id) && query.retry === 'true' && !world.options.unseen_ok)
		world.violation('retry=true on a first try');
	tried.add(id);
	return null;
}

// --- What they get --------------------------------------------------------------------------------------------------

const url = (s) => `/api/v2/statements/${s.handle}?requestId=${s.request_id}`;
function status_json(s, code, message) {
	return { code, sqlState: '00000', message, statementHandle: s.handle, statementStatusUrl: url(s) };
}
const running = (s) => ({ status: 202, json: status_json(s, '333334', 'Asynchronous execution in progress. Use provided query id to perform query monitoring and management.') });

function failed(s) {
	if (s.state === 'cancelled')
		return { status: 422, json: { ...status_json(s, '000604', 'SQL execution canceled'), sqlState: '57014' } };
	return { status: 422, json: { code: s.error.code, sqlState: s.error.state, message: s.error.message, statementHandle: s.handle, createdOn: s.born } };
}

function row_type(c) {
	return {
		name: c.name, type: c.type, scale: c.scale, precision: c.precision, length: c.type === 'text' ? 16777216 : null, nullable: true,
		byteLength: null, collation: null, database: 'HACKTHETRACK', schema: 'TELEMETRY', table: '',
	};
}

function result(s, fault) {
	const d = fault.rows || {};
	const info = s.partitions.map((n, i) => ({
		rowCount: n + (d[i] || 0), uncompressedSize: n * 200 + 2, ...(i > 0 ? { compressedSize: n * 20 + 2 } : {}),
	}));
	const meta = { numRows: s.result.numRows + (fault.num_rows || 0), format: 'jsonv2', rowType: s.result.rowType.map(row_type), partitionInfo: info };
	const rest = { code: '090001', sqlState: '00000', statementStatusUrl: url(s), requestId: s.request_id, statementHandle: s.handle, message: 'Statement executed successfully.', createdOn: s.born };
	const data = rows_of(s, 0);
	return { json: fault.data_first ? { data, resultSetMetaData: meta, ...rest } : { resultSetMetaData: meta, data, ...rest } };
}

async function submit(world, req, res, entry, text) {
	const { query } = entry;
	const { body, problem } = body_problem(world, text, req.headers['content-type']);
	entry.body = body;
	const wrong = problem || retry_rules(world, query) || names_problem(world, body);
	if (wrong)
		return send(req, res, wrong);
	const fault = world.fault('submit', { sql: body.statement }) || {};
	const options = { fault, date: world.options.date };
	if (fault.when === 'before')
		return send(req, res, refuse(503, '000000', 'busy'), options);
	let s = world.by_request.get(query.requestId);
	if (!s) {
		try {
			s = await execute(world, { request_id: query.requestId, sql: body.statement, binds: body.bindings, session: body });
		} catch (e) {
			if (!(e instanceof SqlError))
				throw e;
			return send(req, res, refuse(422, e.code, e.message, { sqlState: e.state }));
		}
	}
	entry.handle = s.handle;
	if (query.async === 'true' && !world.options.eager)
		return send(req, res, running(s), options);
	s.polls = Infinity;
	settle(world, s);
	return send(req, res, s.state === 'done' ? result(s, fault) : failed(s), { ...options, gzip: true });
}

function status(world, req, res, entry, s) {
	const { query } = entry;
	const n = query.partition === undefined ? 0 : Number(query.partition);
	if (query.nullable !== undefined)
		world.violation('nullable is not allowed on GET');
	if (!UUID.test(query.requestId || ''))
		world.violation('GET without a requestId');
	const first = query.partition === undefined;
	const place = first ? 'poll' : 'partition';
	if (first && settle(world, s) === 'running') {
		const fault = world.fault('poll', { sql: s.sql }) || {};
		const json = running(s).json;
		return send(req, res, { status: world.options.running_status || 202, json }, { fault, date: world.options.date });
	}
	if (s.state !== 'done')
		return send(req, res, failed(s), { fault: world.fault(place, { partition: n }) || {}, date: world.options.date });
	if (!Number.isInteger(n) || n < 0 || n >= s.partitions.length)
		return send(req, res, refuse(422, '391922', 'Invalid partition requested', { sqlState: '02000' }));
	const fault = world.fault(first ? 'result' : 'partition', { partition: n, sql: s.sql }) || {};
	s.served.push({ n, t: Date.now() - world.born });
	const answer = n === 0 && first ? result(s, fault) : partition(world, s, n, fault);
	return send(req, res, answer, { gzip: true, fault, date: world.options.date });
}

function partition(world, s, n, fault) {
	let data = rows_of(s, n);
	if (fault.drop)
		data = data.slice(0, -fault.drop);
	if (fault.repeat)
		data = data.concat(data.slice(0, fault.repeat));
	return { json: fault.bare ? data : { data } };
}

function stop(world, req, res, s) {
	const fault = world.fault('cancel') || {};
	const options = { fault, date: world.options.date };
	if (fault.when === 'before')
		return send(req, res, refuse(503, '000000', 'busy'), options);
	if (!cancel(world, s))
		return send(req, res, { status: 422, json: { ...status_json(s, '000605', 'Identified SQL statement is not currently executing.'), sqlState: '02000' } }, options);
	return send(req, res, { json: { ...status_json(s, '000604', 'SQL execution canceled'), sqlState: '57014' } }, options);
}

async function handle(world, req, res, entry, text) {
	const any = world.fault('any', { sql: text }) || null;
	headers_problem(world, req);
	if (any)
		return send(req, res, refuse(503, '000000', 'busy'), { fault: any, date: world.options.date });
	const no = login_problem(world, req, entry);
	if (no)
		return send(req, res, no, { date: world.options.date });
	const forced = world.fault('auth');
	if (forced) {
		const refused = unauthorized(forced.code || '390144', 'OAuth access token expired. [' + crypto.randomUUID() + ']');
		entry.uuid = refused.id;
		return send(req, res, refused, { date: world.options.date && !forced.no_date });
	}
	const m = /^\/api\/v2\/statements(?:\/([^/]+)(\/cancel)?)?$/.exec(entry.path);
	if (!m)
		return send(req, res, refuse(404, '390404', 'Not Found'));
	if (!m[1])
		return req.method === 'POST' ? submit(world, req, res, entry, text) : send(req, res, refuse(405, '390405', 'Method Not Allowed'));
	if (req.method !== (m[2] ? 'POST' : 'GET'))
		return send(req, res, refuse(405, '390405', 'Method Not Allowed'));
	const s = world.statements.get(m[1]);
	if (!s)
		return send(req, res, refuse(422, '000709', `Statement ${m[1]} not found`, { sqlState: '02000' }));
	entry.handle = s.handle;
	return m[2] ? stop(world, req, res, s) : status(world, req, res, entry, s);
}

module.exports = { handle };
