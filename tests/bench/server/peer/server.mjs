// The server's checks on Fastify, for scripts/bench server: same database, same keys, same answers and headers.
// node server.mjs --port N --data FOLDER [--database URL] [--processes N]
import cluster from 'node:cluster';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import Fastify from 'fastify';
import { networks, preflight, tokens } from './calls.mjs';
import { Refusal, touchAfter } from './checks.mjs';
import { readKeys, sameSecret } from './keys.mjs';
import { openPostgres } from './postgres.mjs';
import { networksAnswer, preflightAnswer, tokenIdBody, tokensAnswer } from './schemas.mjs';
import { openSqlite } from './sqlite.mjs';

const headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

function cookieOf(request) {
  const found = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
    .filter((pair) => pair.startsWith('pcc_session='));
  if (found.length !== 1) throw new Refusal(401, 'not_signed_in');
  return found[0].slice('pcc_session='.length);
}

function checkOrigin(request) {
  const { origin, host } = request.headers;
  if (request.headers['sec-fetch-site'] && request.headers['sec-fetch-site'] !== 'same-origin') {
    throw new Refusal(403, 'csrf_failed');
  }
  if (origin !== undefined && origin !== `http://${host}`) throw new Refusal(403, 'csrf_failed');
}

function serve({ port, data, database, processes }) {
  const keys = readKeys(`${data}/pcc.keys`);
  const store = database ? openPostgres(database, Math.max(1, 8 / processes)) : openSqlite(`${data}/pcc.sqlite`);
  const prefix = `req_${randomBytes(4).toString('hex')}-`;
  let count = 0;
  const app = Fastify({ logger: false, genReqId: () => prefix + (++count).toString(16).padStart(6, '0') });

  const answer = async (request, reply, steps) => {
    const { caller, body } = await store.read(steps);
    if (caller.now - caller.session.last_seen_at >= touchAfter) await store.touch(caller.session, caller.now);
    reply.headers(headers);
    reply.header('X-Request-Id', request.id).header('PCC-Time', Date.now());
    return body;
  };
  app.setErrorHandler((error, request, reply) => {
    const status = error instanceof Refusal ? error.status : (error.statusCode ?? 500);
    reply.headers(headers).header('X-Request-Id', request.id).header('PCC-Time', Date.now());
    reply.code(status).type('application/problem+json');
    return { type: 'about:blank', status, title: error.message, code: error.code };
  });
  app.get('/api/v1/networks', { schema: { response: { 200: networksAnswer } } }, (request, reply) =>
    answer(request, reply, networks(keys, keys.session(cookieOf(request)), request.headers['pcc-assumption'])));
  app.get('/api/v1/tokens', { schema: { response: { 200: tokensAnswer } } }, (request, reply) =>
    answer(request, reply, tokens(keys, keys.session(cookieOf(request)))));
  app.post('/api/v1/assumptions/preflight', { schema: { body: tokenIdBody, response: { 200: preflightAnswer } } },
    (request, reply) => {
      checkOrigin(request);
      const cookie = cookieOf(request);
      const csrf = sameSecret(request.headers['x-pcc-csrf'] ?? '', keys.csrf(cookie));
      return answer(request, reply, preflight(keys, keys.session(cookie), csrf, request.body.token_id, request.ip));
    });
  return app.listen({ port, host: '127.0.0.1' });
}

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    data: { type: 'string' },
    database: { type: 'string' },
    processes: { type: 'string', default: '2' },
  },
});
const processes = Number(values.processes);
if (cluster.isPrimary && processes > 1) {
  for (let i = 0; i < processes; ++i) cluster.fork();
  process.on('SIGTERM', () => process.exit(0));
} else {
  await serve({ ...values, port: Number(values.port), processes });
}
