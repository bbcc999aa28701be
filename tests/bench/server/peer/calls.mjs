// The three calls that are measured: networks, tokens, and the look at what a Token ID opens.
import { all, authenticate, enter, one, Refusal, showKeys, takeUpAssumption } from './checks.mjs';

const limit = 100;
const restartTakes = 8000;
const when = (ms) => (ms === null ? null : new Date(ms).toISOString());

const networkOf = (row) => ({
  id: row.id,
  name: row.name,
  tags: row.tags === '' ? [] : row.tags.split('\n'),
  access_points: { total: row.points, online: row.online },
  clients: row.clients,
  may_write: true,
  updated_at: when(row.updated_at),
});

function cursorAfter(keys, scope, row, now) {
  const payload = `${now + 3_600_000}\n${row.id}\n${row.name_folded ?? row.generated_at}`;
  return `${Buffer.from(payload).toString('base64url')}.${keys.cursor([...scope, payload].join('\n'))}`;
}

function pageOf(rows, total, keys, scope, now, itemOf) {
  const items = rows.slice(0, limit).map(itemOf);
  return { items, next: rows.length > limit ? cursorAfter(keys, scope, rows[limit - 1], now) : null, total };
}

export function* networks(keys, cookieHash, assumptionId) {
  const caller = yield* authenticate(cookieHash);
  yield* takeUpAssumption(caller, assumptionId);
  const { organization, now } = caller;
  if (!caller.assumed && caller.user.role !== 'admin') throw new Refusal(403, 'out_of_reach');
  const since = now - restartTakes;
  const rows = yield all('networks', now, since, now, since, organization, limit + 1);
  const total = rows.length > limit ? (yield one('networkCount', organization)).count : rows.length;
  const scope = ['networks', organization, caller.session.user_id];
  return { caller, body: pageOf(rows, total, keys, scope, now, networkOf) };
}

const tokenOf = (row) => ({
  handle: row.id,
  hint: row.hint,
  validity: row.validity,
  generated_at: when(row.generated_at),
  expires_at: when(row.expires_at),
  state: 'active',
  ended: null,
  generated_by: { id: row.generated_by, name: row.generated_by_name },
  last_used_at: when(row.last_used_at),
  last_used_by: row.last_used_by,
  use_count: row.use_count,
  live_count: row.live,
});

export function* tokens(keys, cookieHash) {
  const caller = yield* authenticate(cookieHash);
  const { organization, now } = caller;
  if (caller.user.role !== 'admin') throw new Refusal(403, 'role_too_low');
  const rows = yield all('tokens', now, now - 30 * 60_000, organization, now, limit + 1);
  const total = rows.length > limit ? (yield one('tokenCount', organization, organization, now)).count : rows.length;
  return { caller, body: pageOf(rows, total, keys, ['tokens', organization], now, tokenOf) };
}

const longest = 12 * 3_600_000;

export function* preflight(keys, cookieHash, csrf, tokenId, ip) {
  const caller = yield* authenticate(cookieHash);
  if (!csrf) throw new Refusal(403, 'csrf_failed');
  const { session, now } = caller;
  for (const name of [keys.throttle(`assume\n${session.user_id}`), keys.throttle(`assume_from\n${ip}`)]) {
    const row = yield one('blocked', name);
    if (row && row.blocked_until > now) throw new Refusal(429, 'rate_limited');
  }
  const lookup = keys.lookup(tokenId);
  yield showKeys(lookup);
  const token = yield one('tokenByLookup', lookup);
  if (!token) throw new Refusal(404, 'token_unknown');
  yield enter(caller.home, token.organization_id);
  const client = yield one('client', token.organization_id);
  if (!client) throw new Refusal(404, 'token_unknown');
  if (client.id === caller.home) throw new Refusal(409, 'token_own_organization');
  const over = token.ended_at !== null || (token.expires_at !== null && now >= token.expires_at);
  if (over) throw new Refusal(410, 'token_ended');
  const body = {
    organization: { id: client.id, name: client.name },
    token: token.id,
    validity: token.validity,
    granted_by: { id: token.generated_by, name: token.generated_by_name },
    granted_at: when(token.generated_at),
    expires_at: when(token.expires_at),
    would_end_at: when(Math.min(token.expires_at ?? Infinity, now + longest, session.expires_at)),
    reach: { networks: client.networks, write: true },
  };
  return { caller, body };
}
