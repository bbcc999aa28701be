// The calls that are measured, each with what it has to carry; and a look that candidates answer them alike.
const cookie = (secret) => `pcc_session=${secret}`;

/** `told` is what the seeder printed; `ours` the running server, which is asked for the CSRF value. */
export async function requestsFor(told, ours) {
  const idle = { Cookie: cookie(told.idle_engineer.cookie) };
  const admin = { Cookie: cookie(told.admin.cookie) };
  const csrfOf = async (headers) => (await (await fetch(`${ours}/api/v1/session`, { headers })).json()).csrf;
  const json = { 'Content-Type': 'application/json' };
  return {
    networks: {
      path: '/api/v1/networks',
      headers: { Cookie: cookie(told.engineer.cookie), 'PCC-Assumption': told.assumption },
    },
    tokens: { path: '/api/v1/tokens?state=active', headers: admin },
    preflight: {
      method: 'POST',
      path: '/api/v1/assumptions/preflight',
      headers: { ...idle, ...json, 'X-PCC-CSRF': await csrfOf(idle) },
      bodies: told.token_ids.map((id) => JSON.stringify({ token_id: id })),
    },
    generate: {
      method: 'POST',
      path: '/api/v1/tokens',
      headers: { ...admin, ...json, 'X-PCC-CSRF': await csrfOf(admin) },
      bodies: ['{"validity":"2h"}'],
    },
    'sign-in': {
      method: 'POST',
      path: '/api/v1/session',
      headers: json,
      bodies: [JSON.stringify({ email: told.engineer.email, password: told.password })],
    },
  };
}

export async function ask(url, request) {
  const response = await fetch(url + request.path, {
    method: request.method ?? 'GET', headers: request.headers, body: request.bodies?.[0],
  });
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

// A cursor and the end of an assumption that was not begun are new each time.
const comparable = (text) => JSON.stringify({ ...JSON.parse(text), next: 0, would_end_at: 0 });

/** Throws where the peer does not say what ours says: what is faster for doing less would count for nothing. */
export async function mustAgree(ours, peer, requests) {
  for (const name of ['networks', 'tokens', 'preflight']) {
    const [a, b] = [await ask(ours, requests[name]), await ask(peer, requests[name])];
    if (a.status !== 200 || b.status !== 200 || comparable(a.body) !== comparable(b.body)) {
      throw new Error(`${name}: the answers differ.\n${a.status} ${a.body}\n${b.status} ${b.body}`);
    }
  }
  const stranger = { ...requests.networks, headers: { ...requests.networks.headers, 'PCC-Assumption': 'asm_none' } };
  const nobody = { ...requests.networks, headers: { Cookie: cookie('none') } };
  for (const request of [stranger, nobody]) {
    const [a, b] = [await ask(ours, request), await ask(peer, request)];
    if (a.status < 400 || a.status !== b.status || JSON.parse(a.body).code !== JSON.parse(b.body).code) {
      throw new Error(`A refusal differs.\n${a.status} ${a.body}\n${b.status} ${b.body}`);
    }
  }
}
