// Who may come in: JWTs are checked as Snowflake does (signature, fingerprint, age), access tokens and passwords compared.
'use strict';

const crypto = require('crypto');

// Snowflake's own number for each way in which a token of a key pair is wrong.
const WHY = { user: 394300, missing: 394301, issue: 394302, expired: 394303, fingerprint: 394304, alg: 394305, signature: 394306, account: 394307 };
const AGE_MAX_S = 60, LIFE_MAX_S = 3600;

function fingerprint(publicKey) {
	const der = publicKey.export({ type: 'spki', format: 'der' });
	return 'SHA256:' + crypto.createHash('sha256').update(der).digest('base64');
}

function decode(part) {
	return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
}

// null when it is good, else the reason. keys: PEM of the public keys of the user.
function jwt_problem(token, { account, user, keys, now_s }) {
	const parts = token.split('.');
	let head, claims;
	try {
		[head, claims] = parts.slice(0, 2).map(decode);
	} catch {
		return 'signature';
	}
	if (parts.length !== 3 || parts.some((p) => !/^[A-Za-z0-9_-]+$/.test(p)))
		return 'signature';
	if (head.alg !== 'RS256')
		return 'alg';
	if (claims.iat === undefined || claims.exp === undefined)
		return 'missing';
	const s = (t) => (t > 1e11 ? t / 1000 : t);
	const who = `${account}.${user}`;
	if (claims.sub !== who || !String(claims.iss).startsWith(who + '.'))
		return String(claims.sub).startsWith(account + '.') ? 'user' : 'account';
	const public_keys = keys.map((k) => crypto.createPublicKey(k));
	const key = public_keys.find((k) => claims.iss === `${who}.${fingerprint(k)}`);
	if (!key)
		return 'fingerprint';
	const signed = Buffer.from(parts.slice(0, 2).join('.'));
	if (!crypto.verify('sha256', signed, key, Buffer.from(parts[2], 'base64url')))
		return 'signature';
	if (Math.abs(now_s - s(claims.iat)) > AGE_MAX_S)
		return 'issue';
	if (s(claims.exp) <= now_s || s(claims.exp) - s(claims.iat) > LIFE_MAX_S)
		return 'expired';
	return null;
}

function claims_of(token) {
	try {
		return decode(token.split('.')[1]);
	} catch {
		return null;
	}
}

module.exports = { jwt_problem, claims_of, fingerprint, WHY };
