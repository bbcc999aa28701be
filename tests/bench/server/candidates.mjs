// The candidates as processes: our server, the same checks on Fastify, and nginx with an answer that is there already.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const peer = fileURLToPath(new URL('peer/server.mjs', import.meta.url));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function listens(port, child) {
  for (let waited = 0; waited < 20_000; waited += 50) {
    if (child.exitCode !== null) throw new Error(`It stopped at once: ${child.spawnargs.join(' ')}`);
    const open = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await pause(50);
  }
  throw new Error(`Nothing listens on ${port}.`);
}

// What it says of each request goes to a file, as it does where a service manager keeps it.
async function start(name, port, command, log, options = {}) {
  const said = openSync(log, 'w');
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'ignore', said], ...options });
  closeSync(said);
  await listens(port, child).catch((error) => {
    throw new Error(`${error.message}\n${readFileSync(log, 'utf8').slice(-2000)}`);
  });
  const stop = async () => {
    if (child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    const killed = setTimeout(() => child.kill('SIGKILL'), 25_000);
    await gone;
    clearTimeout(killed);
  };
  return { name, url: `http://127.0.0.1:${port}`, memory: () => memoryOf(child.pid), processor: () => processorOf(child.pid), stop };
}

function childrenOf(pid) {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
}

/** Resident memory of a process and its children. Units: MiB. */
function memoryOf(pid) {
  const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  return childrenOf(pid).reduce((sum, child) => sum + memoryOf(child), own);
}

const tick = 1e6 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Processor time of a process and its children so far. Units: microseconds. */
function processorOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const own = (Number(fields[11]) + Number(fields[12])) * tick;
  return childrenOf(pid).reduce((sum, child) => sum + processorOf(child), own);
}

const sumOf = (pids, of) => pids.reduce((sum, pid) => sum + of(pid), 0);

/** What runs already, and goes on: `pids` are all processes that take part in its answers, but for the database's. */
export function running(name, port, pids) {
  return {
    name, url: `http://127.0.0.1:${port}`, stop: async () => {},
    memory: () => sumOf(pids, memoryOf), processor: () => sumOf(pids, processorOf),
  };
}

/** A copy of the data folder, so that no two programs write one file. */
function copyOf(data, suffix) {
  const copy = `${data}-${suffix}`;
  cpSync(data, copy, { recursive: true, filter: (file) => !file.endsWith('.lock') });
  return copy;
}

/** Without a line for each request in its log, as the others run; `startLogging` is as it is run by default. */
export function startOurs(server, data, port, database) {
  return startServer('pcc-server', server, data, port, database, ['--log-level', 'warning']);
}

export function startLogging(server, data, port, database) {
  return startServer('pcc-server with its log', server, copyOf(data, 'logging'), port, database, []);
}

function startServer(name, server, data, port, database, options) {
  const place = database ? ['--database', database] : [];
  return start(name, port, [server, 'serve', '--data', data, '--port', String(port), ...place, ...options],
    `${data}.log`);
}

export function startPeer(data, port, database, processes) {
  const copy = copyOf(data, 'peer');
  const place = database ? ['--database', database] : [];
  return start('fastify', port,
    [process.execPath, peer, '--port', String(port), '--data', copy, '--processes', String(processes), ...place],
    `${copy}.log`, { env: { ...process.env, NODE_ENV: 'production' } });
}

/** `answer` is what ours answered: the same bytes and headers. */
export async function startNginx(room, port, path, answer) {
  mkdirSync(room, { recursive: true });
  writeFileSync(join(room, 'answer'), answer.body);
  const kept = Object.entries(answer.headers)
    .filter(([name]) => !['content-length', 'content-type', 'connection', 'date', 'keep-alive'].includes(name))
    .map(([name, value]) => `      add_header ${name} "${value}";`);
  const file = join(room, 'nginx.conf');
  writeFileSync(file, `
daemon off; worker_processes 2; pid ${room}/pid; error_log ${room}/error.log crit;
${process.getuid() === 0 ? 'user root;' : ''}
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=10 inactive=600s;
  client_body_temp_path ${room}/body; proxy_temp_path ${room}/proxy; fastcgi_temp_path ${room}/fastcgi;
  uwsgi_temp_path ${room}/uwsgi; scgi_temp_path ${room}/scgi; server_tokens off;
  server {
    listen 127.0.0.1:${port};
    location = ${path} {
      alias ${room}/answer; default_type application/json;
${kept.join('\n')}
    }
  }
}
`);
  return start('nginx', port, ['nginx', '-p', room, '-c', file], join(room, 'said.log'));
}
