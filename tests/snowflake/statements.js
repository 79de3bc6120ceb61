// Statements of both protocols: made once for a request id, run for a while, cut into partitions, cancelled.
'use strict';

const crypto = require('crypto');
const { SqlError } = require('./engine.js');

const TYPES = ['FIXED', 'REAL', 'DECFLOAT', 'TEXT', 'BINARY', 'BOOLEAN', 'DATE', 'TIME', 'TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ'];

// Bound values are strings or null, always; a type that is none or a hole in the numbers is told.
function check_binds(world, bindings) {
	const names = Object.keys(bindings || {});
	for (const [i, name] of names.entries()) {
		const b = bindings[name];
		if (name !== String(i + 1))
			world.violation(`bindings are not numbered 1..n: ${names}`);
		if (typeof b !== 'object' || !b || !TYPES.includes(b.type))
			world.violation(`binding ${name} has no known type: ${JSON.stringify(b)}`);
		else if (b.value !== null && typeof b.value !== 'string')
			world.violation(`binding ${name} is no string: ${JSON.stringify(b)}`);
		else if (b.type === 'FIXED' && b.value !== null && !/^-?\d+$/.test(b.value))
			throw new SqlError('100037', '22018', `Numeric value '${b.value}' is not recognized`);
	}
}

async function execute(world, { request_id, sql, binds, session }) {
	const s = {
		handle: crypto.randomUUID(), request_id, sql, binds, state: 'running', polls: 0, served: [], executions: 1, born: Date.now(),
		session,
	};
	world.counts.executions++;
	world.statements.set(s.handle, s);
	world.by_request.set(request_id, s);
	try {
		check_binds(world, binds);
		s.result = await world.engine.query(sql, binds || {}, session);
	} catch (e) {
		if (!(e instanceof SqlError))
			throw e;
		s.error = e;
	}
	s.partitions = s.result ? parts(s.result.numRows, world.options.partition_rows) : [];
	return s;
}

// Row counts of the partitions. The first is smaller, as in Snowflake.
function parts(rows, each) {
	const out = [];
	for (let left = rows; left > 0 || out.length === 0;) {
		const n = Math.min(left, out.length === 0 && rows > each ? Math.ceil(each / 3) : each);
		out.push(n);
		left -= n;
	}
	return out;
}

function rows_of(s, n) {
	const from = s.partitions.slice(0, n).reduce((a, b) => a + b, 0);
	return s.result.rows(from, s.partitions[n]);
}

// Is it done? Each question counts.
function settle(world, s) {
	if (s.state !== 'running')
		return s.state;
	const own = Object.entries(world.options.polls_for || {}).find(([part]) => s.sql.includes(part));
	const wait = own ? own[1] : world.options.polls;
	const slow = Date.now() - s.born < world.options.running_ms;
	if (s.polls++ < wait || slow)
		return 'running';
	s.state = s.error ? 'failed' : 'done';
	return s.state;
}

function cancel(world, s) {
	world.counts.cancels++;
	s.cancelled_t = Date.now() - world.born;
	if (s.state !== 'running')
		return false;
	s.state = 'cancelled';
	return true;
}

module.exports = { execute, settle, cancel, rows_of };
