// Snowflake's own driver for Node drives our server: what it takes for true is what a driver expects of Snowflake.
//   node sdk.js PORT; exits with 0 when the whole script went through. NODE_PATH has snowflake-sdk, NODE_EXTRA_CA_CERTS our authority.
'use strict';

const fs = require('fs');
const snowflake = require('snowflake-sdk');

const [port, password, key, pat, only] = process.argv.slice(2);
snowflake.configure({ logLevel: 'OFF', disableOCSPChecks: true, additionalLogToConsole: false });

const common = { accessUrl: `https://localhost:${port}`, account: 'myorg-my_account', username: 'hack_user', warehouse: 'COMPUTE_WH', database: 'HACKTHETRACK', schema: 'TELEMETRY', role: 'ANALYST' };
const connect = (how) => new Promise((done, failed) => {
	const c = snowflake.createConnection({ ...common, ...how });
	c.connect((e) => (e ? failed(e) : done(c)));
});
const execute = (c, sqlText, binds) => new Promise((done, failed) => {
	c.execute({ sqlText, binds, complete: (e, s, rows) => (e ? failed(e) : done(rows)) });
});
const destroy = (c) => new Promise((done, failed) => { c.destroy((e) => (e ? failed(e) : done())); });
const must = (ok, what) => {
	if (!ok)
		throw new Error(what);
	console.log(`sdk: ${what}`);
};
const ROWS = 'SELECT VEHICLE_NUMBER, LAP, TIMESTAMP, SPEED, GEAR FROM TELEMETRY_DATA_ALL WHERE TRACK_ID = ? AND RACE_NUM = ? AND VEHICLE_NUMBER IN (?, ?) ORDER BY VEHICLE_NUMBER, TIMESTAMP';

async function main() {
	const c = await connect({ password });
	must(true, 'login by password');
	const [v] = await execute(c, 'SELECT CURRENT_VERSION(), CURRENT_ROLE(), CURRENT_WAREHOUSE()');
	must(v['CURRENT_VERSION()'] === '9.34.0' && v['CURRENT_ROLE()'] === 'ANALYST', 'select');
	const rows = await execute(c, ROWS, ['barber', 1, 13, 72]);
	must(rows.length === 600 && rows[0].VEHICLE_NUMBER === 13 && rows[599].VEHICLE_NUMBER === 72, `binds and chunks: ${rows.length} rows`);
	must(rows[0].TIMESTAMP instanceof Date && rows[0].TIMESTAMP.toISOString() === '2025-09-04T19:54:51.000Z', 'times');
	if (only)
		return destroy(c);
	must((await execute(c, ROWS, ["barber' OR 1=1 --", 1, 13, 72])).length === 0, 'a bind is a value');
	let refused = null;
	await execute(c, 'SELECT NOTHING FROM TELEMETRY_DATA_ALL WHERE TRACK_ID = ?', ['barber']).catch((e) => { refused = e; });
	must(refused && String(refused.code) === '000904' && refused.sqlState === '42000', 'an error with its code and state');
	must(await c.isValidAsync(), 'heartbeat');
	await new Promise((done, failed) => {
		const s = c.execute({ sqlText: 'SELECT CURRENT_WAREHOUSE()', complete: (e) => (e && String(e.code) === '000604' ? done() : failed(e || new Error('not cancelled'))) });
		setTimeout(() => s.cancel((e) => (e ? failed(e) : null)), 300);
	});
	must(true, 'abort');
	await destroy(c);
	must(true, 'logout');
	for (const how of [{ authenticator: 'SNOWFLAKE_JWT', privateKey: fs.readFileSync(key, 'utf8') }, { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: pat }]) {
		const d = await connect(how);
		must((await execute(d, 'SELECT CURRENT_ROLE()')).length === 1, how.authenticator);
		await destroy(d);
	}
	return undefined;
}

const end = setTimeout(() => { console.error('sdk: out of time'); process.exit(3); }, only ? 20000 : 90000);
main().then(() => { clearTimeout(end); process.exit(0); }, (e) => {
	console.error(`sdk: ${e.stack}`);
	process.exit(1);
});
