// Stands before boot.js in the bench build: reads how many rows are wanted, and answers what the
// console asks of its backend, so that it is signed in without a server and no request fails.
'use strict';

(() => {
  globalThis.benchRows = Number(new URLSearchParams(location.search).get('n')) || 100;

  const session = {
    user: { id: 'usr_ana', email: 'ana@aurora.example', name: 'Ana Reyes' },
    organization: { id: 'org_aurora', name: 'Aurora Hotels' },
    role: 'admin',
    csrf: '9f0c2d7a41',
    expires_at: '2099-01-01T00:00:00.000Z',
  };
  const nothing = { items: [], next: null, total: 0 };
  const json = (value) => new Response(JSON.stringify(value), {
    headers: { 'content-type': 'application/json', 'pcc-time': new Date().toISOString() },
  });
  const answer = (path) => {
    if (path.endsWith('/session')) return json(session);
    if (path.includes('/events')) return new Response(new ReadableStream({}));  // stays open
    return json(nothing);
  };

  const ask = globalThis.fetch.bind(globalThis);
  globalThis.fetch = (url, options) => {
    const path = new URL(url, location.href).pathname;
    return path.startsWith('/api/') ? Promise.resolve(answer(path)) : ask(url, options);
  };
})();
