// One Snowflake account as one test wants it: what is in it, how it misbehaves, and everything that was asked of it.
'use strict';

const crypto = require('crypto');
const fs = require('fs');
const telemetry = require('./telemetry.js');
const { Engine } = require('./engine.js');

const DEFAULTS = {
	host: 'myorg-my-account.snowflakecomputing.com', account: 'MYORG-MY_ACCOUNT', user: 'HACK_USER', keys: [], pats: [], password: null,
	database: 'HACKTHETRACK', schema: 'TELEMETRY', warehouse: 'COMPUTE_WH', role: 'ANALYST',
	table: {}, partition_rows: 1000, gzip_level: 1,
	polls: 1,        // answers of 202 before a statement is done
	running_ms: 0,   // and how long it takes at least
	eager: false,    // answers at once, though asked not to wait
	faults: [], date: true, clock: null, session: {}, redirect: null, engine: 'small',
};

class World {
	constructor(id, options) {
		this.options = { ...DEFAULTS, ...options };
		this.id = id;
		this.seen = []; // requests
		this.violations = [];
		this.statements = new Map(); // by handle
		this.by_request = new Map(); // by requestId
		this.sessions = new Map(); // by token
		this.counts = { connections: 0, at_once: 0, tls_errors: 0, executions: 0, cancels: 0, logins: 0, logouts: 0, renews: 0, open: 0 };
		this.fired = new Map(); // of a fault: how often its place was passed
		this.born = Date.now();
		this.remake();
	}

	remake() {
		this.telemetry = telemetry.make(this.options.table);
		this.engine = new Engine({ telemetry: this.telemetry, version: this.options.version || '9.34.0' });
		if (this.options.engine === 'duckdb')
			this.engine = new (require('./duckdb.js').DuckEngine)(this.telemetry);
	}

	change(options) {
		Object.assign(this.options, options);
		if (options.faults)
			this.fired.clear();
		if (options.table)
			this.remake();
	}

	// The clock of the account. {rate} makes it run faster, from the moment that the first token names.
	now_ms(iat) {
		const { rate } = this.options.clock || {};
		if (!rate)
			return Date.now();
		if (this.began === undefined)
			Object.assign(this, { began: Date.now(), from: iat > 1e11 ? iat : iat * 1000 });
		return this.from + (Date.now() - this.began) * rate;
	}

	violation(text) { this.violations.push(text); }

	// The fault for this place, if its turn has come. on: place; nth: turns from 1 (else every turn).
	fault(place, facts = {}) {
		let found = null;
		for (const [i, f] of this.options.faults.entries()) {
			if (f.on !== place || (f.partition !== undefined && f.partition !== facts.partition))
				continue;
			if (f.sql && !(facts.sql || '').includes(f.sql))
				continue;
			const turn = (this.fired.get(i) || 0) + 1;
			this.fired.set(i, turn);
			if (!found && (!f.nth || f.nth.includes(turn)))
				found = f;
		}
		return found;
	}

	// Notes a request; secrets stay out: of a token only a digest, to tell whether two were the same.
	note(req, entry) {
		Object.assign(entry, {
			t: Date.now() - this.born, method: req.method, http: req.httpVersion, headers: { ...req.headers }, port: req.socket.remotePort,
		});
		const auth = entry.headers.authorization;
		if (auth)
			entry.headers.authorization = auth.split(' ')[0] + ' #' + crypto.createHash('sha256').update(auth).digest('hex').slice(0, 12);
		this.seen.push(entry);
	}

	noted(entry, status) {
		const data = entry.body && entry.body.data;
		if (data)
			entry.body = { ...entry.body, data: { ...data, PASSWORD: data.PASSWORD && '#', TOKEN: data.TOKEN && '#' } };
		entry.status = status;
		if (this.options.log)
			fs.appendFileSync(this.options.log, JSON.stringify(entry) + '\n');
	}

	state() {
		const statements = [...this.statements.values()].map((s) => ({
			handle: s.handle, sql: s.sql, binds: s.binds, state: s.state, executions: s.executions, partitions: s.partitions,
			served: s.served, cancelled_t: s.cancelled_t,
		}));
		return { ...this.counts, violations: this.violations, requests: this.seen, statements, sessions: this.sessions.size };
	}
}

module.exports = { World };
