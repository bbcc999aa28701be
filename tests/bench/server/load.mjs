// wrk run once against one candidate, and what it measured.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('load.lua', import.meta.url));

/** Requests a second, latencies in microseconds, and how many answers were none of success. */
export async function load(url, request, { seconds, connections }) {
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const environment = {
    LOAD_METHOD: request.method ?? 'GET',
    LOAD_PATH: request.path,
    LOAD_HEADERS: headers.join('\n'),
    LOAD_BODIES: (request.bodies ?? []).join('\n'),
  };
  const { stdout } = await promisify(execFile)(
    'wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, url],
    { env: { ...process.env, ...environment } },
  );
  const line = stdout.split('\n').find((text) => text.startsWith('RESULT '));
  if (!line) throw new Error(`wrk said nothing of ${url}:\n${stdout}`);
  const result = JSON.parse(line.slice('RESULT '.length));
  return { ...result, rate: result.requests / result.seconds };
}

/** How long a loop of plain arithmetic takes now. Units: milliseconds. */
export function calibrate() {
  const began = performance.now();
  let value = 1;
  for (let i = 0; i < 60_000_000; ++i) value = (value * 1_103_515_245 + 12_345) & 0x7fffffff;
  return value === 0 ? 0 : performance.now() - began;
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};
