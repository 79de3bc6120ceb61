// Answers the SQL that the program sends, and no other: a small language with `?` for every value. A statement with a
// literal in it, or of any other shape, is refused as Snowflake refuses what it cannot compile.
'use strict';

class SqlError extends Error {
	constructor(code, state, message) {
		super(message);
		Object.assign(this, { code, state });
	}
}
const syntax = (what) => new SqlError('001003', '42000', `SQL compilation error:\nsyntax error unexpected '${what}'.`);

const TOKEN = /\s+|([A-Za-z_][A-Za-z0-9_$]*)|"((?:[^"]|"")+)"|(\d+)|([(),*?=.])/y;
function tokens(sql) {
	const out = [];
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < sql.length) {
		const at = TOKEN.lastIndex;
		const m = TOKEN.exec(sql);
		if (!m)
			throw syntax(sql.slice(at, at + 10));
		if (m[1] !== undefined)
			out.push({ word: m[1].toUpperCase() });
		else if (m[2] !== undefined)
			out.push({ name: m[2].replace(/""/g, '"') });
		else if (m[3] !== undefined)
			out.push({ digits: m[3] });
		else if (m[4] !== undefined)
			out.push({ sign: m[4] });
	}
	return out;
}

class Parser {
	constructor(sql, binds) {
		this.list = tokens(sql);
		this.at = 0;
		this.binds = binds;
		this.used = 0;
	}

	peek() { return this.list[this.at] || {}; }
	fail() {
		const t = this.peek();
		return syntax(t.word || t.name || t.digits || t.sign || '<EOF>');
	}
	word(w) {
		if (this.peek().word !== w)
			return false;
		this.at++;
		return true;
	}
	sign(s) {
		if (this.peek().sign !== s)
			return false;
		this.at++;
		return true;
	}
	must(ok) {
		if (!ok)
			throw this.fail();
	}
	name() {
		const t = this.peek();
		if (t.word === undefined && t.name === undefined)
			throw this.fail();
		this.at++;
		return t.name === undefined ? t.word : t.name;
	}
	bind() {
		this.must(this.sign('?'));
		const b = this.binds[++this.used];
		if (!b)
			throw new SqlError('002049', '42601', `SQL compilation error: bind variable ?${this.used} not set.`);
		return b;
	}

	expression() {
		if (this.sign('*'))
			return { all: true };
		const name = this.name();
		if (!this.sign('('))
			return { column: name };
		const star = this.sign('*');
		this.must(this.sign(')'));
		return { call: name + (star ? '(*)' : '()') };
	}
	list_of(one) {
		const out = [one()];
		while (this.sign(','))
			out.push(one());
		return out;
	}
	condition() {
		const column = this.name();
		if (this.sign('='))
			return { column, any: [this.bind()] };
		if (this.word('IN')) {
			this.must(this.sign('('));
			const any = this.list_of(() => this.bind());
			this.must(this.sign(')'));
			return { column, any };
		}
		this.must(this.word('BETWEEN'));
		const low = this.bind();
		this.must(this.word('AND'));
		return { column, low, high: this.bind() };
	}
	where() {
		const out = [];
		do
			out.push(this.condition());
		while (this.word('AND'));
		return out;
	}
	select() {
		this.must(this.word('SELECT'));
		const q = { what: this.list_of(() => this.expression()), where: [], group: null, order: [], limit: null };
		if (this.word('FROM')) {
			q.table = this.list_of_dots();
			if (this.word('WHERE'))
				q.where = this.where();
			if (this.word('GROUP')) {
				this.must(this.word('BY'));
				q.group = this.name();
			}
			if (this.word('ORDER')) {
				this.must(this.word('BY'));
				q.order = this.list_of(() => this.name());
			}
			if (this.word('LIMIT')) {
				q.limit = Number(this.peek().digits);
				this.must(this.peek().digits !== undefined);
				this.at++;
			}
		}
		this.must(this.at === this.list.length);
		if (this.used !== Object.keys(this.binds).length)
			throw new SqlError('002050', '42601', 'SQL compilation error: more bind variables than ? in the statement.');
		return q;
	}
	list_of_dots() {
		const out = [this.name()];
		while (this.sign('.'))
			out.push(this.name());
		return out.join('.');
	}
}

// A bound value as the column compares it. A text that is no number is no row's VEHICLE_NUMBER; Snowflake refuses the cast.
function comparable(column, bind) {
	if (bind.value === null)
		return null;
	if (column.type !== 'fixed' && column.type !== 'real')
		return bind.value;
	if (!/^-?\d+(\.\d+)?$/.test(bind.value))
		throw new SqlError('100038', '22018', `Numeric value '${bind.value}' is not recognized`);
	return String(Number(bind.value));
}

function filter(q, telemetry) {
	const find = (name) => {
		const column = telemetry.columns.find((c) => c.name === name);
		if (!column)
			throw new SqlError('000904', '42000', `SQL compilation error: error line 1 at position 7\ninvalid identifier '${name}'`);
		return column;
	};
	const tests = q.where.map((w) => {
		const column = find(w.column);
		if (w.any) {
			const set = new Set(w.any.map((b) => comparable(column, b)).filter((v) => v !== null));
			return { name: w.column, set, ok: (cell) => set.has(cell) };
		}
		const low = Number(comparable(column, w.low)), high = Number(comparable(column, w.high));
		return { name: w.column, ok: (cell) => Number(cell) >= low && Number(cell) <= high };
	});
	return { find, tests };
}

// The answer: rowType, how many rows, and rows(from, count) that makes them when they are asked for.
class Engine {
	constructor(options) {
		this.table = 'TELEMETRY_DATA_ALL';
		this.version = '9.34.0';
		Object.assign(this, options);
	}

	async query(sql, binds, session) {
		const q = new Parser(sql, binds).select();
		if (!q.table)
			return this.functions(q, session);
		if (q.table.split('.').pop() !== this.table)
			throw new SqlError('002003', '42S02', `SQL compilation error:\nObject '${q.table}' does not exist or not authorized.`);
		return q.group ? this.groups(q) : this.rows(q);
	}

	functions(q, session) {
		const values = {
			'CURRENT_VERSION()': this.version, 'CURRENT_ROLE()': session.role || 'PUBLIC',
			'CURRENT_WAREHOUSE()': session.warehouse || null,
		};
		const names = q.what.map((w) => w.call || w.column || '*');
		for (const name of names)
			if (!(name in values))
				throw new SqlError('002140', '42601', `SQL compilation error:\nUnknown function ${name}`);
		return {
			rowType: names.map((name) => ({ name, type: 'text', scale: null, precision: null })),
			numRows: 1, rows: () => [names.map((name) => values[name])],
		};
	}

	groups(q) {
		const rowType = [{ name: q.group, type: 'fixed', scale: 0, precision: 38 }, { name: 'COUNT(*)', type: 'fixed', scale: 0, precision: 18 }];
		const counts = new Map();
		for (const row of this.matching(q))
			counts.set(row[q.group], (counts.get(row[q.group]) || 0) + 1);
		const all = [...counts].sort((a, b) => a[0] - b[0]).map(([car, n]) => [car, String(n)]);
		return { rowType, numRows: all.length, rows: (from, count) => all.slice(from, from + count) };
	}

	*matching(q) {
		const { tests } = filter(q, this.telemetry);
		const cars = tests.find((t) => t.name === 'VEHICLE_NUMBER');
		const only = cars && cars.set ? [...cars.set].map(Number) : null;
		for (const race of this.telemetry.races)
			for (const row of this.telemetry.rows(race, only))
				if (tests.every((t) => row[t.name] !== null && t.ok(row[t.name])))
					yield row;
	}

	rows(q) {
		const { find, tests } = filter(q, this.telemetry);
		const columns = q.what.flatMap((w) => w.all ? this.telemetry.columns : [find(w.column)]);
		q.order.forEach(find);
		const cells = (row) => columns.map((c) => row[c.name]);
		if (q.limit === 0)
			return { rowType: columns, numRows: 0, rows: () => [] };
		const big = this.whole_cars(q, tests);
		if (big)
			return { rowType: columns, numRows: big.numRows, rows: (from, count) => big.rows(from, count).map(cells) };
		const keys = q.order;
		const all = [...this.matching(q)];
		all.sort((a, b) => {
			for (const k of keys)
				if (Number(a[k]) !== Number(b[k]))
					return Number(a[k]) - Number(b[k]);
			return 0;
		});
		if (q.limit !== null)
			all.length = Math.min(all.length, q.limit);
		return { rowType: columns, numRows: all.length, rows: (from, count) => all.slice(from, from + count).map(cells) };
	}

	// A race of whole cars in order of time needs no list of all its rows: ten million are made as they are sent.
	whole_cars(q, tests) {
		const t = this.telemetry;
		const plain = t.row && q.limit === null && q.order.join() === 'VEHICLE_NUMBER,TIMESTAMP' && tests.length === 3 &&
			tests.every((x) => x.set) && tests.map((x) => x.name).join() === 'TRACK_ID,RACE_NUM,VEHICLE_NUMBER';
		if (!plain)
			return null;
		const [track, race, number] = tests;
		const cars = t.cars.filter((c) => number.set.has(String(c))).sort((a, b) => a - b);
		const known = track.set.has(t.track) && t.races.some((r) => race.set.has(String(r)));
		const per = t.count();
		const one = (i) => t.row(Number([...race.set][0]), cars[Math.floor(i / per)], i % per);
		return {
			numRows: known ? cars.length * per : 0,
			rows: (from, count) => Array.from({ length: count }, (_, i) => one(from + i)),
		};
	}
}

module.exports = { Engine, SqlError };
