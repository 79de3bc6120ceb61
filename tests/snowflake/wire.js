// Sending an answer, rightly or wrongly. A fault is a plain object {on, nth, partition, ...what}: `what` says how the answer goes
// wrong. Everything a network, a proxy or a server in trouble can do to an answer is one branch here.
'use strict';

const zlib = require('zlib');

// Faults about the packed bytes: what is sent in place of a good gzip stream.
function pack(body, how = {}) {
	let packed = zlib.gzipSync(body, { level: how.level || 1 });
	if (how.cut)
		packed = packed.subarray(0, Math.max(0, packed.length - how.cut));
	if (how.corrupt) {
		packed = Buffer.from(packed);
		for (let i = 0; i < 8; i++)
			packed[Math.floor(packed.length / 2) + i] ^= 0xff;
	}
	if (how.crc) {
		packed = Buffer.from(packed);
		packed[packed.length - 8] ^= 1;
	}
	if (how.trailing)
		packed = Buffer.concat([packed, Buffer.from('garbage after the end')]);
	if (how.two) {
		const half = Math.floor(body.length / 2);
		packed = Buffer.concat([zlib.gzipSync(body.subarray(0, half)), zlib.gzipSync(body.subarray(half))]);
	}
	return packed;
}

function write_slowly(res, body, { bytes = 1, every_ms }) {
	let at = 0;
	const tick = setInterval(() => {
		if (res.destroyed || at >= body.length) {
			clearInterval(tick);
			res.end();
			return;
		}
		res.write(body.subarray(at, at + bytes));
		at += bytes;
	}, every_ms);
	res.on('close', () => clearInterval(tick));
}

// A string of any length without holding it.
function write_endless(res, total) {
	const block = Buffer.alloc(65536, 'x');
	let sent = 0;
	const more = () => {
		while (sent < total && !res.destroyed) {
			sent += block.length;
			if (!res.write(block))
				return;
		}
		res.end();
	};
	res.on('drain', more);
	res.on('error', () => {});
	more();
}

// answer: {status, headers, json | body}; gzip: may be packed. fault: how it goes wrong; see above.
function send(req, res, answer, { gzip = false, fault = {}, date = true } = {}) {
	if (fault.reset) {
		const s = res.socket;
		return s.resetAndDestroy ? s.resetAndDestroy() : s.destroy();
	}
	if (fault.hang)
		return undefined;
	let { status = 200, headers = {} } = answer;
	let body = answer.body !== undefined ? Buffer.from(answer.body) : Buffer.from(JSON.stringify(answer.json));
	headers = { 'Content-Type': 'application/json', ...headers, ...fault.headers };
	if (fault.status)
		status = fault.status;
	if (fault.redirect_self)
		headers.Location = `https://${req.headers.host}${req.url}`;
	if (fault.json !== undefined)
		body = Buffer.from(JSON.stringify(fault.json));
	if (fault.body !== undefined)
		body = Buffer.from(fault.body, fault.encoding || 'utf8');
	if (fault.edit)
		for (const [from, to] of fault.edit)
			body = Buffer.from(body.toString('utf8').replace(from, to));
	if (fault.nested)
		body = Buffer.from('{"data":' + '['.repeat(fault.nested));
	if (fault.cut_json)
		body = body.subarray(0, body.length - fault.cut_json);
	res.sendDate = date && !fault.no_date;
	const bytes = fault.gzip;
	if ((gzip || bytes) && !(bytes && bytes.liar)) {
		body = pack(body, bytes);
		if (!(bytes && bytes.headerless))
			headers['Content-Encoding'] = 'gzip';
	} else if (bytes && bytes.liar) {
		headers['Content-Encoding'] = 'gzip';
	}
	if (fault.endless) {
		res.writeHead(status, headers);
		res.write('{"data":[["');
		return write_endless(res, fault.endless);
	}
	headers['Content-Length'] = body.length;
	res.writeHead(status, headers);
	if (fault.dribble)
		return write_slowly(res, body, fault.dribble);
	if (fault.close_after !== undefined) { // fewer bytes than Content-Length says
		res.write(body.subarray(0, fault.close_after));
		return setTimeout(() => (fault.rst && res.socket.resetAndDestroy ? res.socket.resetAndDestroy() : res.socket.destroy()), 20);
	}
	return res.end(body);
}

module.exports = { send, pack };
