// Writes what peers/shared/gen.js makes of rows, searches and orders, for the tests of the C++ half in native/.
// Usage: node tests/bench/golden.mjs > tests/bench/native/golden.txt

import { fmtRemaining, fmtTime, fmtValidity, generate, matches, token } from './peers/shared/gen.js';

const base = Date.UTC(2026, 10, 25, 1, 2, 3);
const now = base + 1500;
const many = 20_000;
const rows = [0, 1, 2, 5, 7, 11, 35, 36, 1295, 1296, 46_655, 46_656, 99_999, 999_999];
const searches = ['k', 'K', 'alice', 'YOLANDA', 'pcc', 'pcc_6', 'c_', '_', '1_', '3f', '0a', 'ee', 'z', '-', 'er-9', 'r-j', 'job-0',
  'y-deploy', 'ops-1z', 'solar-stage-6', 'zzz', 'a b'];
const columns = ['tokenId', 'label', 'validity', 'generatedAt', 'expiresAt', 'status', 'createdBy', 'lastUsed'];

const words = (row) => [row.id, row.tokenId, row.label, fmtValidity(row.validity), fmtTime(row.generatedAt), fmtTime(row.expiresAt),
  fmtRemaining(row, now), row.status, row.createdBy, fmtTime(row.lastUsed)].join('|');

/** FNV-1a, 32 bits. */
const hash = (bytes) => bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
const bytesOf = (text) => [...text].map((c) => c.charCodeAt(0));

for (const row of rows) console.log(`row|${words(token(row, base))}`);
const all = generate(many, base);
console.log(`rows|${many}|${hash(all.flatMap((row) => bytesOf(`${words(row)}\n`)))}`);
for (const typed of searches) {
  const found = all.filter((row) => matches(row, typed.toLowerCase()));
  console.log(`search|${typed}|${found.length}|${found[0]?.id ?? ''}`);
}
for (const column of columns) {
  for (const way of [1, -1]) {
    const sorted = [...all].sort((a, b) => (a[column] < b[column] ? -way : a[column] > b[column] ? way : a.id - b.id));
    console.log(`order|${column}|${way > 0 ? 'up' : 'down'}|${sorted[0].id}|${hash(sorted.flatMap((row) => [row.id & 255, row.id >> 8]))}`);
  }
}
