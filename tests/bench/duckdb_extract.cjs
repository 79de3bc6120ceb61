// Two cars between two arrivals, counted by DuckDB: node duckdb_extract.cjs FILE FROM TO
const { DuckDBInstance } = require('@duckdb/node-api')
const [file, from, to] = process.argv.slice(2)
const quoted = (s) => `'${s.replace(/'/g, "''")}'`
async function main() {
	const c = await (await DuckDBInstance.create(':memory:')).connect()
	await c.run('SET threads = 2')
	const r = await c.runAndReadAll(
		`SELECT count(*), sum(telemetry_value) FROM read_csv(${quoted(file)}) WHERE vehicle_id IN ('GR86-002-13', 'GR86-026-16') ` +
			`AND meta_time BETWEEN ${quoted(from)} AND ${quoted(to)}`,
	)
	console.log(String(r.getRows()[0]))
}
main()
