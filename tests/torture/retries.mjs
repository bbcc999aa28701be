// Invariant: a creation that is sent again with its Idempotency-Key makes one token, wherever the connection was
// cut the first time: before, within or after any byte of the request or of the answer.
import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { AuditReader } from './lib/audit.mjs';
import { servers, signInAll, wiresOf } from './lib/places.mjs';
import { inFlight } from './lib/wire.mjs';

export const name = 'retries';
export const title = 'creations cut off at a byte of request or answer, then sent again; each makes one token';
export const stores = ['sqlite', 'postgres', 'cluster'];
export const first = 'sqlite';
export const counts = { quick: 60, full: 1_000_000 }; // at most; a full run cuts once at every byte
const body = Buffer.from('{"validity":"8h"}');

/** The request as bytes; kept alive, so that the server has no reason of its own to close. */
function requestBytes(person, key) {
  const headers = person.headers(body, { 'Idempotency-Key': key, Host: `127.0.0.1:${person.port}`, 'Content-Length': body.length });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST /api/v1/tokens HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

/** A proxy that passes on `up` bytes of the request and `down` bytes of the answer, then cuts both sides off. */
function cutAt(port, up, down) {
  return new Promise((resolve) => {
    const proxy = net.createServer((client) => {
      const server = net.connect(port, '127.0.0.1');
      let sent = 0;
      let answered = 0;
      const cut = () => {
        client.destroy();
        // With a reset where the server may still be writing, as a cable that is pulled does not say goodbye.
        server.resetAndDestroy?.() ?? server.destroy();
        proxy.close();
      };
      client.on('error', () => {});
      server.on('error', () => cut());
      server.on('close', () => cut());
      client.on('close', () => cut());
      client.on('data', (bytes) => {
        const part = bytes.subarray(0, up - sent);
        sent += part.length;
        if (part.length) server.write(part, () => sent >= up && down === 0 && cut());
        else if (down === 0) cut();
      });
      server.on('data', (bytes) => {
        const part = bytes.subarray(0, down - answered);
        answered += part.length;
        client.write(part, () => answered >= down && cut());
      });
      if (up === 0) cut();
    });
    proxy.listen(0, '127.0.0.1', () => resolve(proxy.address().port));
  });
}

/** Sends bytes; resolves with what came back once the connection is over. */
function exchange(port, bytes) {
  return new Promise((resolve) => {
    const parts = [];
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (part) => parts.push(part));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(parts)));
  });
}

/** How long the answer to such a request is. */
async function answerLength(person) {
  const port = await cutAt(person.port, 1_000_000, 1_000_000);
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(requestBytes(person, randomUUID())));
    let length = 0;
    let whole = 0;
    socket.on('error', () => {});
    socket.on('data', (part) => {
      length += part.length;
      const text = part.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head >= 0) whole = head + 4 + Number(/content-length: (\d+)/i.exec(text)[1]);
      if (whole && length >= whole) {
        socket.destroy();
        resolve(length);
      }
    });
  });
}

/** Every place to cut at, or as many of them as wanted, spread evenly. */
function places(request, answer, wanted) {
  const all = [];
  for (let up = 0; up <= request; up += 1) all.push([up, 0]);
  for (let down = 1; down <= answer; down += 1) all.push([request, down]);
  if (wanted >= all.length) return all;
  return Array.from({ length: wanted }, (_, i) => all[Math.floor((i * (all.length - 1)) / (wanted - 1))]);
}

export async function run({ store, count, say }) {
  const { server, ports, close } = await servers(store);
  const { ana } = await signInAll(server);
  const wires = wiresOf(ana, ports);
  const audit = new AuditReader(wires[0]);
  const made = new Map();
  const wrong = [];
  let cuts = [];
  try {
    const request = requestBytes(ana, randomUUID()).length;
    const answer = await answerLength(ana);
    cuts = places(request, answer, count);
    say(`${request} bytes of request, ${answer} of answer`);
    await audit.news();
    await inFlight(4, cuts.length, async (i) => {
      const [up, down] = cuts[i];
      const key = randomUUID();
      const port = ports[i % ports.length];
      await exchange(await cutAt(port, up, down), requestBytes({ ...ana, port, headers: ana.headers.bind(ana) }, key));
      const again = await wires[(i + 1) % wires.length].post('/tokens', { validity: '8h' }, { headers: { 'Idempotency-Key': key } });
      if (again.status !== 201) wrong.push(`cut at ${up}/${down}: ${again.status} ${again.text || again.why}`);
      else made.set(key, again.json.token.handle);
      if (i % 500 === 499) say(`${i + 1} cuts`);
    });
    const rows = (await audit.news()).filter((event) => event.action === 'token.generated').map((event) => event.target);
    const handles = new Set(made.values());
    if (rows.length !== handles.size || rows.some((handle) => !handles.has(handle))) {
      wrong.push(`${rows.length} tokens were generated for ${handles.size} creations`);
    }
  } finally {
    wires.forEach((wire) => wire.close());
    await close();
  }
  return { count: cuts.length, bad: wrong.length + audit.faults, faults: wrong, notes: {} };
}
