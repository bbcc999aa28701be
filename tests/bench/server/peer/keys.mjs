// The server's keys file, read as server/crypto/keys.cpp reads it: one subkey for each purpose.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { blake2b } from '@noble/hashes/blake2.js';

const purposes = { lookup: 1, cursor: 3, session: 4, csrf: 5, throttle: 6 };

// crypto_kdf_derive_from_key of libsodium: keyed BLAKE2b, the number as salt, the context as personalization.
function derive(master, number) {
  const salt = new Uint8Array(16);
  salt[0] = number;
  const personalization = new Uint8Array(16);
  personalization.set(new TextEncoder().encode('pcc_keys'));
  return Buffer.from(blake2b(new Uint8Array(0), { key: master, dkLen: 32, salt, personalization }));
}

export function readKeys(path) {
  const lines = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  const newest = lines.map((line) => line.split(' ')).sort((a, b) => Number(b[0]) - Number(a[0]))[0];
  const master = Uint8Array.from(Buffer.from(newest[1], 'hex'));
  const macs = {};
  for (const [name, number] of Object.entries(purposes)) {
    const key = derive(master, number);
    macs[name] = (text) => createHmac('sha256', key).update(text).digest('base64url');
  }
  return macs;
}

export function sameSecret(a, b) {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
