// Requests over kept-open connections, several in flight, whose failures are outcomes and not exceptions.
// Needs Node.js 18 and no packages.
import http from 'node:http';

/** One person at one address: status 0 says that no whole answer came, so nobody knows what was done. */
export class Wire {
  constructor(client, { port = client.port, sockets = 8, patience = 30_000 } = {}) {
    this.client = client;
    this.port = port;
    this.patience = patience;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: sockets });
  }

  get(target, options) { return this.send('GET', target, undefined, options); }
  post(target, body, options) { return this.send('POST', target, body, options); }
  patch(target, body, options) { return this.send('PATCH', target, body, options); }
  delete(target, options) { return this.send('DELETE', target, undefined, options); }

  send(method, target, body, { headers = {}, as = this.client } = {}) {
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const all = { ...as.headers(payload, headers), ...(payload ? { 'Content-Length': payload.length } : {}) };
    return new Promise((resolve) => {
      const sent = performance.now();
      let clock;
      const end = (status, text, why) => {
        clearTimeout(clock);
        resolve({ status, text, why, took: performance.now() - sent, json: readJson(text) });
      };
      const request = http.request({ host: '127.0.0.1', port: this.port, method, path: `/api/v1${target}`, headers: all,
        agent: this.agent });
      clock = setTimeout(() => request.destroy(new Error('no answer in time')), this.patience);
      request.on('error', (error) => end(0, '', error.code ?? error.message));
      request.on('response', (response) => {
        const bytes = [];
        response.on('data', (part) => bytes.push(part));
        response.on('error', (error) => end(0, '', error.code ?? error.message));
        response.on('end', () => (response.complete ? end(response.statusCode, Buffer.concat(bytes).toString('utf8'))
          : end(0, '', 'cut off')));
      });
      request.end(payload);
    });
  }

  close() { this.agent.destroy(); }
}

function readJson(text) {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Does `work` for 0 to count - 1, that many at a time. */
export async function inFlight(width, count, work) {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds until the question is answered with true; asked all the time. */
export async function timeUntil(question, what, patience = 60_000) {
  const began = performance.now();
  for (;;) {
    if (await question().catch(() => false)) return performance.now() - began;
    if (performance.now() - began > patience) throw new Error(`waited in vain for ${what}`);
    await sleep(5);
  }
}

/** `{most, median}` of measured times, in whole milliseconds. */
export function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { most: Math.round(sorted.at(-1) ?? 0), median: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0) };
}
