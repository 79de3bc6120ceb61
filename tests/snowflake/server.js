// A Snowflake that is not there: both its protocols over TLS on 127.0.0.1, one port for each account ("world").
//
//   node server.js --certs DIR [--control PORT] [--port PORT --world JSON] [--seconds N]
//
// With --control 0 a free port is taken. On stdout it says {"control":PORT} and, with --world, {"port":PORT,...}. The control port
// speaks plain HTTP to 127.0.0.1 only:
//   POST /worlds {options}          -> {"id":N,"port":P}
//   GET /worlds/N                   -> counts, requests, statements, violations
//   POST /worlds/N {options}        changes options
//   POST /worlds/N/down, /up        nobody listens any more; again
//   DELETE /worlds/N
// It ends by itself after --seconds (300), or when its stdin closes.
'use strict';

const fs = require('fs');
const http = require('http');
const http2 = require('http2');
const https = require('https');
const path = require('path');
const { World } = require('./world.js');
const sqlapi = require('./sqlapi.js');
const driver = require('./driver.js');

const BODY_MAX = 4 * 1024 * 1024;
const arg = (name, fallback) => {
	const i = process.argv.indexOf('--' + name);
	return i > 0 ? process.argv[i + 1] : fallback;
};
const certs = arg('certs', '.');
const worlds = new Map();

function read_body(req, done) {
	const parts = [];
	let size = 0;
	req.on('data', (d) => {
		size += d.length;
		if (size <= BODY_MAX)
			parts.push(d);
	});
	req.on('end', () => done(Buffer.concat(parts).toString('utf8')));
	req.on('error', () => {});
}

function answer(world, req, res) {
	const url = new URL(req.url, 'https://x');
	const entry = { path: url.pathname, query: Object.fromEntries(url.searchParams), raw_query: url.search };
	read_body(req, async (text) => {
		try {
			world.note(req, entry);
			await (entry.path.startsWith('/api/') ? sqlapi : driver).handle(world, req, res, entry, text);
			world.noted(entry, res.statusCode);
		} catch (e) {
			world.violation(`the server broke: ${e.stack}`);
			res.destroy();
		}
	});
}

// The certificate NAME.crt with NAME.key; TLS 1.1 needs what OpenSSL calls level 0.
function listen(world, port, done) {
	const o = world.options;
	const cert = o.cert || 'good';
	const tls = {
		key: fs.readFileSync(path.join(certs, cert + '.key')), cert: fs.readFileSync(path.join(certs, cert + '.crt')),
		...(o.tls11 ? { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
	};
	const server = o.http2 ? http2.createSecureServer({ ...tls, allowHTTP1: true }) : https.createServer({ ...tls, keepAliveTimeout: 60000 });
	const sockets = new Set();
	world.raw = new Map();
	server.on('connection', (s) => {
		world.counts.connections++;
		sockets.add(s);
		world.counts.at_once = Math.max(world.counts.at_once, sockets.size);
		world.raw.set(s.remotePort, s);
		s.on('close', () => sockets.delete(s));
		s.on('error', () => {});
	});
	server.on('tlsClientError', () => { world.counts.tls_errors++; });
	server.on('secureConnection', (s) => {
		s.on('error', () => {});
		s.resetAndDestroy = () => { // a reset is of the connection under the encryption
			const raw = world.raw.get(s.remotePort);
			raw.resetAndDestroy();
			s.destroy();
		};
	});
	server.on('request', (req, res) => answer(world, req, res));
	server.requestTimeout = 0;
	server.listen(port, '127.0.0.1', () => {
		world.port = server.address().port;
		done(world.port);
	});
	world.close = () => {
		server.close();
		sockets.forEach((s) => s.destroy());
	};
}

let next = 1;
function make(options, port, done) {
	const world = new World(next++, options);
	worlds.set(world.id, world);
	listen(world, port, () => done(world));
}

function control(req, res) {
	const say = (status, json) => {
		res.writeHead(status, { 'Content-Type': 'application/json' });
		res.end(JSON.stringify(json));
	};
	const [, , id, verb] = req.url.split('/');
	const world = worlds.get(Number(id));
	read_body(req, (text) => {
		if (req.method === 'POST' && !id)
			return make(JSON.parse(text), 0, (w) => say(200, { id: w.id, port: w.port }));
		if (!world)
			return say(404, {});
		if (req.method === 'GET')
			return say(200, world.state());
		if (verb === 'up')
			return listen(world, world.port, () => say(200, {}));
		if (verb === 'down' || req.method === 'DELETE') {
			world.close();
			if (!verb)
				worlds.delete(world.id);
			return say(200, {});
		}
		world.change(JSON.parse(text));
		return say(200, {});
	});
}

setTimeout(() => process.exit(0), Number(arg('seconds', 300)) * 1000).unref();
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();
const say = (json) => process.stdout.write(JSON.stringify(json) + '\n');
if (arg('world'))
	make(JSON.parse(arg('world')), Number(arg('port', 0)), (w) => say({ id: w.id, port: w.port }));
const c = http.createServer(control);
c.listen(Number(arg('control', 0)), '127.0.0.1', () => say({ control: c.address().port }));
