// Production builds of the DOM consoles and the floors, with .br and .gz beside each file.
// Usage: node build.mjs [folder]     (default: build/bench/pages of this checkout)

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { here, pages } from './harness/places.mjs';
import { fmtRemaining, fmtTime, fmtValidity, generate } from './peers/shared/gen.js';

const into = path.resolve(process.argv[2] ?? pages);

async function buildPeer(name) {
  await build({
    configFile: false,
    root: path.join(here, 'peers', name),
    base: `/${name}/`,
    logLevel: 'warn',
    mode: 'production',
    plugins: name === 'mui' ? [react()] : [],
    build: {
      outDir: path.join(into, name), emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false },
      reportCompressedSize: false, chunkSizeWarningLimit: 9999,
    },
  });
}

function copyFloor(name) {
  mkdirSync(path.join(into, name), { recursive: true });
  cpSync(path.join(here, 'floors', `${name}.html`), path.join(into, name, 'index.html'));
}

/** A floor for the table itself: the first 100 rows as HTML from a server, no script but the mark. */
function writeStaticRows() {
  const now = Date.now();
  const cells = (row) => [row.tokenId, row.label, fmtValidity(row.validity), fmtTime(row.generatedAt), fmtTime(row.expiresAt),
    fmtRemaining(row, now), row.status, row.createdBy, fmtTime(row.lastUsed), '<button>Expire</button><button>Delete</button>'];
  const rows = generate(100, now).map((row) => `<tr><td>${cells(row).join('<td>')}`).join('');
  mkdirSync(path.join(into, 'static100'), { recursive: true });
  writeFileSync(path.join(into, 'static100', 'index.html'), '<!doctype html><html lang="en"><meta charset="utf-8"><title>static 100</title>'
    + '<link rel="icon" href="data:,"><style>td{padding:4px 8px;border-bottom:1px solid #eee;font:14px system-ui}</style>'
    + `<body><h1>Generated Tokens List</h1><table>${rows}</table>`
    + "<script>requestAnimationFrame(()=>requestAnimationFrame(()=>performance.mark('console-ready')))</script>");
}

function filesBelow(folder) {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesBelow(file) : [file];
  });
}

/** Writes both compressed forms; how large each is. Units: bytes. */
function compress(file) {
  const raw = readFileSync(file);
  const brotli = brotliCompressSync(raw, { params: {
    [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length } });
  const gzip = gzipSync(raw, { level: 9 });
  writeFileSync(`${file}.br`, brotli);
  writeFileSync(`${file}.gz`, gzip);
  return { raw: raw.length, gzip: gzip.length, brotli: brotli.length };
}

rmSync(into, { recursive: true, force: true });
for (const name of ['mui', 'lean', 'ag']) await buildPeer(name);
for (const name of ['empty', 'hello', 'webgl2']) copyFloor(name);
writeStaticRows();
console.table(Object.fromEntries(filesBelow(into).map((file) => [path.relative(into, file), compress(file)])));
