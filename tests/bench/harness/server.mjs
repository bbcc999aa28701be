// A small server of static files: all of them in memory, brotli where the browser takes it, hashed names kept for
// ever, HTML asked for again by ETag; cross-origin isolated, so that the page may measure its memory.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.ttf': 'font/ttf', '.woff2': 'font/woff2',
};

const isHashed = (name) => /[-.][A-Za-z0-9_-]{8,}\.\w+$/.test(name) && !name.endsWith('.html');

function readFile(file) {
  const raw = readFileSync(file);
  const brotli = existsSync(`${file}.br`) ? readFileSync(`${file}.br`)
    : brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return {
    raw,
    brotli: brotli.length < raw.length ? brotli : null,
    headers: {
      'content-type': types[path.extname(file)] || 'application/octet-stream',
      etag: `"${createHash('sha1').update(raw).digest('base64url').slice(0, 12)}"`,
      vary: 'accept-encoding',
      'cache-control': isHashed(path.basename(file)) ? 'public, max-age=31536000, immutable' : 'no-cache',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
      'timing-allow-origin': '*',
    },
  };
}

function addFolder(files, folder, url) {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) addFolder(files, file, `${url}${name}/`);
    else if (!/\.(br|gz)$/.test(name)) files.set(url + name, readFile(file));
    if (name === 'index.html') files.set(url, files.get(url + name));
  }
}

function answer(files, request, response) {
  const file = files.get(decodeURIComponent(request.url.split('?')[0]));
  if (!file) return response.writeHead(404).end();
  if (request.headers['if-none-match'] === file.headers.etag) return response.writeHead(304, file.headers).end();
  const small = file.brotli && /\bbr\b/.test(request.headers['accept-encoding'] || '');
  const body = small ? file.brotli : file.raw;
  response.writeHead(200, { ...file.headers, 'content-length': body.length, ...(small ? { 'content-encoding': 'br' } : {}) });
  return response.end(body);
}

/** Serves a folder as the root of an origin of its own. */
export async function serve(folder, port = 0) {
  const files = new Map();
  addFolder(files, folder, '/');
  const server = http.createServer((request, response) => answer(files, request, response));
  server.keepAliveTimeout = 60_000;
  await new Promise((done) => server.listen(port, '0.0.0.0', done));
  return {
    port: server.address().port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
