// What stands before every call, as server/guard.cpp has it: whose session, which user, which assumption, and whether
// its token lives, all asked of the database anew. Generators: what they yield is asked by the store that walks them.
export class Refusal extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

const idle = 30 * 60_000;
export const touchAfter = 60_000;

export const one = (name, ...values) => ({ one: name, values });
export const all = (name, ...values) => ({ all: name, values });
export const time = { time: true };
export const showKeys = (...keys) => ({ set: 'pcc.keys', to: keys.join('\n') });
export const enter = (...organizations) => ({ set: 'pcc.organizations', to: organizations.join(',') });

const lives = (session, now) =>
  session.ended_at === null && now < Math.min(session.expires_at, session.last_seen_at + idle);

export function* authenticate(cookieHash) {
  const now = yield time;
  yield showKeys(cookieHash);
  const session = yield one('session', cookieHash);
  if (!session || !lives(session, now)) throw new Refusal(401, 'not_signed_in');
  yield enter(session.organization_id);
  const rows = yield all('user', session.organization_id, session.user_id);
  if (rows.length === 0) throw new Refusal(401, 'not_signed_in');
  const reach = rows.filter((row) => row.network_id !== null).map((row) => row.network_id);
  return { now, session, user: rows[0], reach, home: session.organization_id, organization: session.organization_id };
}

export function* takeUpAssumption(caller, id) {
  if (!id) return;
  const { now, session } = caller;
  const assumption = yield one('assumption', id, caller.home, session.user_id, session.id);
  if (!assumption) throw new Refusal(404, 'assumption_unknown');
  yield enter(caller.home, assumption.organization_id);
  const token = yield one('token', assumption.organization_id, assumption.token_id);
  const tokenLives = token && token.ended_at === null && token.deleted_at === null &&
    (token.expires_at === null || now < token.expires_at);
  const itself = assumption.ended_at === null && now < assumption.ends_at;
  if (!tokenLives || !itself) throw new Refusal(410, 'assumption_ended');
  caller.organization = assumption.organization_id;
  caller.assumed = true;
}
