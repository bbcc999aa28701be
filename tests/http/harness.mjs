// Starts the real server for one test file, and speaks HTTP with it: as a browser would, or byte by byte.
// Needs Node.js 18 and no packages. PCC_SERVER names the binary.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const binary = process.env.PCC_SERVER ?? path.join(root, 'build/dev/pcc-server');
const patience = 240_000; // Units: milliseconds; far more than anything here takes

export async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

export async function temporaryFolder() {
  return mkdtemp(path.join(os.tmpdir(), 'pcc-http-'));
}

/** scripts/with-postgres: the superuser's address; then each data folder has a database there. */
export const postgres = process.env.PCC_TEST_POSTGRES;
export const onSqlite = postgres ? { skip: 'of SQLite' } : {};
export const onPostgres = postgres ? {} : { skip: 'of PostgreSQL' };
const databases = new Map();

export async function runSql(statement, database = 'postgres') {
  const url = postgres.replace('/postgres?', `/${database}?`);
  return (await promisify(execFile)('psql', ['-X', '-q', '-t', '-A', url, '-c', statement])).stdout.trim();
}

/** The environment in which the program finds the database that goes with a data folder. */
export async function databaseOf(folder) {
  if (!postgres || !folder) return {};
  if (!databases.has(folder)) {
    const name = `pcc_http_${createHash('sha256').update(folder).digest('hex').slice(0, 20)}`;
    await runSql('CREATE ROLE pcc LOGIN').catch(() => {});
    await runSql(`CREATE DATABASE ${name} OWNER pcc`);
    databases.set(folder, { name, url: postgres.replace('/postgres?', `/${name}?`).replace('pcc_super', 'pcc') });
  }
  return { PCC_DATABASE: databases.get(folder).url };
}

export const databaseName = (folder) => databases.get(folder).name;

/** Runs the program to its end; one that does not end is killed, and its code is null. */
export async function runProgram(parameters, input = '') {
  const folder = parameters[parameters.indexOf('--data') + 1];
  const env = { ...process.env, ...(await databaseOf(parameters.includes('--data') ? folder : '')) };
  const child = spawn(binary, parameters, { timeout: patience, killSignal: 'SIGKILL', env });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (output.stdout += text));
  child.stderr.on('data', (text) => (output.stderr += text));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, ...output };
}

/** Starts the server with demo data in a folder of its own, and waits until it answers. */
export async function startServer({ data, consoleFolder, options = ['--demo'], database, env = {} } = {}) {
  const scratch = await temporaryFolder();
  const folder = data ?? path.join(scratch, 'data');
  const port = await freePort();
  const readyFile = path.join(scratch, 'ready.json');
  const child = spawn(binary, ['serve', '--port', String(port), '--data', folder, '--console',
    consoleFolder ?? path.join(scratch, 'no-console'), '--ready-file', readyFile, ...options],
  { env: { ...process.env, ...(await databaseOf(database ?? folder)), ...env } });
  const server = { port, folder, readyFile, child, stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (server.stdout += text));
  child.stderr.on('data', (text) => (server.stderr += text));
  server.exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  server.stop = () => stopServer(server, scratch);
  await until(async () => {
    assert.equal(child.exitCode, null, `the server stopped: ${server.stderr}`);
    Object.assign(server, JSON.parse(await readFile(readyFile, 'utf8')));
    return true;
  }, 'the ready file');
  return server;
}

/** Makes the data folder of one more server beside this one, on the same database; the folder. */
export async function folderBeside(server, folder) {
  await mkdir(folder, { mode: 0o700 });
  await copyFile(path.join(server.folder, 'pcc.keys'), path.join(folder, 'pcc.keys'));
  return folder;
}

async function stopServer(server, scratch) {
  if (server.child.exitCode === null) server.child.kill('SIGTERM');
  const outcome = await server.exited;
  await rm(scratch, { recursive: true, force: true });
  return outcome;
}

/** Asks again until the answer is true; a question that throws counts as not yet. */
export async function until(question, what) {
  const end = Date.now() + patience;
  for (let last; ; ) {
    try {
      if (await question()) return;
    } catch (error) {
      if (error.code === 'ERR_ASSERTION') throw error;
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited in vain for ${what}: ${last ?? ''}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function accountOf(server, role, organization) {
  const account = server.accounts.find((a) => a.role === role && a.organization === organization);
  assert.ok(account, `no ${role} of ${organization}`);
  return account;
}

/** One browser: its cookie, its CSRF value, and perhaps the assumption one of its tabs acts under. */
export class Client {
  constructor(server) {
    this.port = server.port;
    this.cookie = '';
    this.csrf = '';
    this.assumption = '';
  }

  async signIn(account) {
    const { email, password } = account;
    const answer = await this.post('/session', { email, password });
    assert.equal(answer.status, 200, `sign-in of ${email}: ${answer.text}`);
    this.csrf = answer.json.csrf;
    this.session = answer.json;
    return this;
  }

  /** The same browser in another tab: acting for nobody, or under another assumption. */
  tab(assumption = '') {
    return Object.assign(Object.create(Client.prototype), this, { assumption });
  }

  get(target, options) { return this.send('GET', target, undefined, options); }
  post(target, body, options) { return this.send('POST', target, body, options); }
  patch(target, body, options) { return this.send('PATCH', target, body, options); }
  delete(target, options) { return this.send('DELETE', target, undefined, options); }

  headers(body, extra = {}) {
    const headers = {};
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (this.cookie) headers.Cookie = this.cookie;
    if (this.csrf) headers['X-PCC-CSRF'] = this.csrf;
    if (this.assumption) headers['PCC-Assumption'] = this.assumption;
    for (const [name, value] of Object.entries(extra)) {
      if (value === null) delete headers[name];
      else headers[name] = value;
    }
    return headers;
  }

  /** `body` is sent as JSON, or as it stands when it is text or bytes. */
  async send(method, target, body, { headers = {}, base = '/api/v1' } = {}) {
    const raw = typeof body === 'string' || Buffer.isBuffer(body);
    const payload = body === undefined || raw ? body : JSON.stringify(body);
    const answer = await httpRequest(this.port, method, base + target,
      this.headers(payload, headers), payload);
    const cookie = answer.headers['set-cookie']?.[0];
    if (cookie) this.cookie = cookie.split(';')[0];
    return answer;
  }
}

export function httpRequest(port, method, target, headers = {}, body = undefined) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path: target, headers, agent: false });
    const clock = setTimeout(() => request.destroy(new Error('no end of the answer')), patience);
    request.on('close', () => clearTimeout(clock));
    request.on('error', reject);
    request.on('response', async (response) => {
      try {
        const parts = [];
        for await (const part of response) parts.push(part);
        resolve(answerOf(response.statusCode, response.headers, Buffer.concat(parts)));
      } catch (error) {
        reject(error);
      }
    });
    request.end(body);
  });
}

function answerOf(status, headers, bytes) {
  const text = bytes.toString('utf8');
  const json = /json/.test(headers['content-type'] ?? '') && text ? JSON.parse(text) : undefined;
  return { status, headers, bytes, text, json };
}

/** Sends bytes as they are; the answer is all that came until the server closed or fell silent. */
export function rawRequest(port, bytes, { silence = 1500 } = {}) {
  return new Promise((resolve, reject) => {
    const parts = [];
    const socket = net.connect(port, '127.0.0.1');
    socket.setTimeout(silence, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('data', (part) => parts.push(part));
    socket.on('close', () => {
      try {
        resolve(parseRaw(Buffer.concat(parts)));
      } catch (error) {
        reject(error);
      }
    });
    socket.write(bytes);
  });
}

// The first answer of a connection, the names of its headers in their order, and how many answers there were.
function parseRaw(bytes) {
  const text = bytes.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return { status: 0, headers: {}, text, count: 0 };
  const [first, ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  }));
  const length = Number(headers['content-length'] ?? 0);
  const body = bytes.subarray(end + 4, end + 4 + length);
  return { ...answerOf(Number(first.split(' ')[1]), headers, body),
    names: lines.map((line) => line.slice(0, line.indexOf(':')).toLowerCase()),
    count: text.match(/HTTP\/1\.[01] \d{3} /g).length };
}

/** An open event stream: `next` waits for an event of that name, `ended` for the end, and `whole` tells
 *  whether the server ended it or it was cut off. */
export async function openEvents(client) {
  const request = http.request({ host: '127.0.0.1', port: client.port, path: '/api/v1/events',
    headers: client.headers(), agent: false });
  request.end();
  const [response] = await once(request, 'response');
  const events = { status: response.statusCode, headers: response.headers, seen: [], over: false };
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (text) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) events.seen.push(...readEvent(block));
  });
  response.on('error', () => {});
  response.on('close', () => Object.assign(events, { over: true, whole: response.complete }));
  request.on('error', () => {});
  events.close = () => request.destroy();
  events.next = async (name) => {
    await until(() => events.seen.some((e) => e.name === name), `the event ${name}`);
    return events.seen.find((e) => e.name === name);
  };
  events.ended = () => until(() => events.over, 'the end of the stream');
  return events;
}

function readEvent(block) {
  const name = /^event: (.*)$/m.exec(block)?.[1];
  const data = /^data: (.*)$/m.exec(block)?.[1];
  return name ? [{ name, data: JSON.parse(data), at: Date.now() }] : [];
}

/** A refusal as the contract has it: problem+json with that status and, where given, that code. */
export function assertProblem(answer, status, code) {
  const what = `${answer.status} ${answer.text.slice(0, 300)}`;
  assert.equal(answer.status, status, what);
  assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json/, what);
  assert.equal(answer.json.status, status);
  assert.equal(answer.json.type, `urn:pcc:problem:${answer.json.code}`);
  assert.ok(answer.json.title && answer.json.detail, what);
  if (code) assert.equal(answer.json.code, code, what);
}

/** Generates a token as that admin; the answer has `token` and `token_id`. */
export async function generate(admin, validity = '2h') {
  const answer = await admin.post('/tokens', { validity });
  assert.equal(answer.status, 201, answer.text);
  return answer.json;
}

/** Assumes with that Token ID; the answer is a tab that acts under the assumption. */
export async function assume(engineer, tokenId) {
  const answer = await engineer.post('/assumptions', { token_id: tokenId });
  assert.equal(answer.status, 201, answer.text);
  return engineer.tab(answer.json.id);
}
