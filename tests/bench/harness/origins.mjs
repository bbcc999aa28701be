// Who serves what: the DOM consoles from one origin, each console of one's own from the root of another.

import { existsSync } from 'node:fs';
import { pages } from './places.mjs';
import { serve } from './server.mjs';

/** `localhost` and `127.0.0.1` are two sites: coming from the other one, every load changes the process. */
export async function openOrigins(folders) {
  if (!existsSync(pages)) throw new Error('the DOM consoles are not built: node tests/bench/build.mjs');
  const shared = await serve(pages);
  const own = {};
  for (const [name, folder] of Object.entries(folders)) own[name] = await serve(folder);
  return {
    elsewhere: `http://127.0.0.1:${shared.port}/empty/`,
    of: (name) => `http://localhost:${(own[name] ?? shared).port}`,
    close: () => [shared, ...Object.values(own)].forEach((server) => server.close()),
  };
}
