// The same table in DuckDB, a real SQL engine: what the small one answers has to be what this one answers.
'use strict';

const { DuckDBInstance, VARCHAR, BIGINT } = require('@duckdb/node-api');
const { Engine, SqlError } = require('./engine.js');

const KINDS = { text: 'VARCHAR', fixed: 'BIGINT', real: 'DOUBLE', timestamp_ntz: 'DECIMAL(20,9)' };

class DuckEngine {
	constructor(telemetry) {
		this.telemetry = telemetry;
		this.small = new Engine({ telemetry });
		this.ready = this.load();
	}

	async load() {
		const t = this.telemetry;
		const db = await (await DuckDBInstance.create(':memory:')).connect();
		await db.run(`CREATE TABLE TELEMETRY_DATA_ALL (${t.columns.map((c) => `"${c.name}" ${KINDS[c.type]}`).join(', ')})`);
		const quoted = (v) => (v === null ? 'NULL' : `'${v.replace(/'/g, "''")}'`);
		for (const race of t.races) {
			const rows = [...t.rows(race)].map((r) => `(${t.columns.map((c) => quoted(r[c.name])).join(',')})`);
			for (let at = 0; at < rows.length; at += 500)
				await db.run(`INSERT INTO TELEMETRY_DATA_ALL VALUES ${rows.slice(at, at + 500).join(',')}`);
		}
		return db;
	}

	async query(sql, binds, session) {
		if (!/\bFROM\b/.test(sql))
			return this.small.query(sql, binds, session);
		const db = await this.ready;
		const names = Object.keys(binds);
		let all, columns;
		try {
			const s = await db.prepare(sql);
			names.forEach((n, i) => (binds[n].type === 'FIXED' ? s.bindValue(i + 1, BigInt(binds[n].value), BIGINT) : s.bindValue(i + 1, binds[n].value, VARCHAR)));
			const result = await s.runAndReadAll();
			columns = result.columnNames();
			all = result.getRows().map((r) => r.map((v) => (v === null ? null : String(v))));
		} catch (e) {
			throw new SqlError('001003', '42000', String(e.message).split('\n')[0]);
		}
		const rowType = columns.map((name) => this.telemetry.columns.find((c) => c.name === name) || { name, type: 'fixed', scale: 0, precision: 18 });
		return { rowType, numRows: all.length, rows: (from, count) => all.slice(from, from + count) };
	}
}

module.exports = { DuckEngine };
