// The picture of telemetry that came from Snowflake: sh tests/snowflake/run.sh ../pictures/fetch.js >picture.svg
// PICTURE and PITWALL name the two programs. The server is that of the checks, its table the demo's telemetry.
'use strict';

const fs = require('fs');
const path = require('path');
const { spawn } = require('child_process');
const bench = require('../snowflake/bench.js');

const root = path.resolve(__dirname, '../..');

(async () => {
	await bench.start();
	const home = path.join(bench.work, 'home');
	const season = path.join(bench.work, 'season');
	fs.mkdirSync(home);
	fs.cpSync(path.join(root, 'data/demo'), season, { recursive: true, filter: (f) => !/telemetry/.test(path.basename(f)) });
	const w = await bench.world({
		table: { csv: path.join(root, 'build/demo-wide/harrowvale_race2_telemetry_wide.csv'), track: 'harrowvale', races: [2] },
		partition_rows: 20000,
	});
	const keys = ['120x40', '4', '@No telemetry', 'F', '@Time lost', 'c', 'c', 'c'];
	const p = spawn(process.env.PICTURE, [...keys, '--', process.env.PITWALL, '--data', season],
		{ env: { PATH: process.env.PATH, HOME: home, LC_ALL: 'C.UTF-8', ...w.env }, stdio: ['ignore', 'inherit', 'inherit'] });
	const code = await new Promise((done) => { p.on('close', done); });
	bench.stop();
	process.exit(code === 0 ? 0 : 1);
})();
