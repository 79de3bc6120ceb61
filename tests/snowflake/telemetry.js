// Telemetry that does not exist, as the table in Snowflake has it. Every cell is a function of track, race, car and tick: two
// runs give the same bytes, and a test can work out any row by itself.
'use strict';

const fs = require('fs');

// name, type on the wire, scale, precision
const COLUMNS = [
	['VEHICLE_ID', 'text'], ['VEHICLE_NUMBER', 'fixed', 0, 38], ['TRACK_ID', 'text'], ['RACE_NUM', 'fixed', 0, 38],
	['LAP', 'fixed', 0, 38], ['META_TIME', 'timestamp_ntz', 9], ['TIMESTAMP', 'timestamp_ntz', 9], ['SPEED', 'real'],
	['GEAR', 'fixed', 0, 38], ['NMOT', 'real'], ['APS', 'real'], ['PBRAKE_F', 'real'], ['PBRAKE_R', 'real'],
	['STEERING_ANGLE', 'real'], ['ACCX_CAN', 'real'], ['ACCY_CAN', 'real'], ['VBOX_LAT_MIN', 'real'],
	['VBOX_LONG_MINUTES', 'real'], ['LAPTRIGGER_LAPDIST_DLS', 'real'], ['FLAG_AT_FL', 'text'],
].map(([name, type, scale = null, precision = null]) => ({ name, type, scale, precision }));

const DEFAULTS = {
	track: 'barber', races: [1, 2], cars: [3, 13, 22, 72], laps: 3, ticks: 100, tick_ms: 43, lap_m: 3675, generation: 0,
	without: [], start_s: 1757184891, // 2025-09-06 18:54:51 UTC
};
const CLOCK_WRONG_S = 47 * 3600; // cars' clocks are days off; only their spacing is right

const pad = (n, width) => String(n).padStart(width, '0');
function seconds(ms) {
	const s = Math.floor(ms / 1000);
	return `${s}.${pad(ms - s * 1000, 3)}000000`;
}

class Telemetry {
	constructor(options = {}) {
		Object.assign(this, DEFAULTS, options);
		this.columns = COLUMNS.filter((c) => !this.without.includes(c.name));
		if (this.types)
			this.columns = this.columns.map((c) => ({ ...c, ...this.types[c.name] }));
	}

	// How many ticks a car has in the race.
	count() { return this.laps * this.ticks; }

	// One tick of one car: the cells by the columns' own names, as the SQL API writes them; null is SQL's NULL.
	row(race, car, tick) {
		const row = this.made(race, car, tick);
		for (const [name, cells] of Object.entries(this.cells || {}))
			row[name] = cells[tick % cells.length];
		return row;
	}

	made(race, car, tick) {
		const lap = 1 + Math.floor(tick / this.ticks);
		const at = (tick % this.ticks) / this.ticks; // of the lap
		const dist = at * this.lap_m;
		const slow = Math.cos(at * 2 * Math.PI * 7 + car * 0.01);
		const ms = this.start_s * 1000 + tick * this.tick_ms;
		const speed = 130 + 55 * slow + race + this.generation;
		const brake = slow < -0.6 ? (-slow - 0.6) * 200 : 0;
		const every5 = tick % 5 === 0; // the slow group comes every fifth tick
		return {
			VEHICLE_ID: `GR86-${pad(car % 97, 3)}-${car}`, VEHICLE_NUMBER: String(car), TRACK_ID: this.track,
			RACE_NUM: String(race), LAP: String(lap), META_TIME: seconds(ms + 1600 - tick % 40 * 40),
			TIMESTAMP: seconds(ms - CLOCK_WRONG_S * 1000), SPEED: every5 ? speed.toFixed(2) : null,
			GEAR: String(2 + Math.round((slow + 1) * 2)), NMOT: every5 ? String(Math.round(4000 + 2500 * slow)) : null,
			APS: (50 + 50 * slow).toFixed(2), PBRAKE_F: brake.toFixed(2), PBRAKE_R: (brake * 0.7).toFixed(2),
			STEERING_ANGLE: (40 * Math.sin(at * 2 * Math.PI * 3)).toFixed(1), ACCX_CAN: (slow / 2).toFixed(3),
			ACCY_CAN: Math.sin(at * 2 * Math.PI * 3).toFixed(3),
			VBOX_LAT_MIN: (33.53 + 0.003 * Math.sin(at * 2 * Math.PI)).toFixed(7),
			VBOX_LONG_MINUTES: (-86.62 + 0.004 * Math.cos(at * 2 * Math.PI)).toFixed(7),
			LAPTRIGGER_LAPDIST_DLS: every5 ? dist.toFixed(1) : null, FLAG_AT_FL: 'GF',
		};
	}

	// Every row, cars in order of number, each in order of time.
	*rows(race, cars) {
		if (!this.races.includes(race))
			return;
		for (const car of this.cars.slice().sort((a, b) => a - b)) {
			if (cars && !cars.includes(car))
				continue;
			for (let tick = 0; tick < this.count(); tick++)
				yield this.row(race, car, tick);
		}
	}
}

// The same table from a file of telemetry with a column for each channel, as the generator of the demo season writes it.
class FileTelemetry extends Telemetry {
	constructor(options) {
		super(options);
		const lines = fs.readFileSync(options.csv, 'utf8').trimEnd().split('\n');
		const names = lines[0].split(',').map((n) => n.toUpperCase());
		const at = names.indexOf('VEHICLE_NUMBER');
		this.by_car = new Map();
		for (const line of lines.slice(1)) {
			const cells = line.split(',');
			if (!this.by_car.has(cells[at]))
				this.by_car.set(cells[at], []);
			this.by_car.get(cells[at]).push(cells);
		}
		this.names = names;
		this.row = null; // no row is a function of its number
	}

	*rows(race, cars) {
		for (const [car, list] of [...this.by_car].sort((a, b) => a[0] - b[0])) {
			if (!this.races.includes(race) || (cars && !cars.includes(Number(car))))
				continue;
			for (const cells of list) {
				const row = { TRACK_ID: this.track, RACE_NUM: String(race), FLAG_AT_FL: 'GF' };
				this.names.forEach((n, i) => { row[n] = cells[i] === '' ? null : /TIME/.test(n) ? seconds(Date.parse(cells[i])) : cells[i]; });
				yield row;
			}
		}
	}
}

const make = (options = {}) => (options.csv ? new FileTelemetry(options) : new Telemetry(options));
module.exports = { Telemetry, make };
