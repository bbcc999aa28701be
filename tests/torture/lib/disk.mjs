// A PostgreSQL of its own, that can be stopped, frozen, or left without space; and a small disk in memory, where
// one may be mounted. Needs scripts/with-postgres; a disk needs root.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../http/harness.mjs';

const run = promisify(execFile);
export const mayMount = process.getuid() === 0;

/** A folder with room for so many megabytes; `fill` takes all that is left, `free` gives it back. */
export async function smallDisk(megabytes) {
  const folder = await mkdtemp('/tmp/pcc-disk-');
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=777`, 'tmpfs', folder]);
  const filler = path.join(folder, 'filler');
  return {
    folder,
    async fill() {
      const file = await open(filler, 'w');
      for (const size of [1 << 20, 4096]) {
        const block = Buffer.alloc(size, 1);
        for (;;) {
          const { bytesWritten } = await file.write(block).catch(() => ({ bytesWritten: 0 }));
          if (bytesWritten < size) break;
        }
      }
      await file.close();
    },
    free: () => rm(filler, { force: true }),
    async remove() {
      await run('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A PostgreSQL below a folder. It ends with `end`. */
export async function ownPostgres(folder = '/tmp') {
  const keeper = spawn(path.join(root, 'scripts/with-postgres'), ['sh', '-c', 'echo "$PCC_TEST_POSTGRES"; cat >/dev/null'],
    { env: { ...process.env, TMPDIR: folder }, stdio: ['pipe', 'pipe', 'inherit'] });
  const [text] = await once(keeper.stdout, 'data');
  const url = String(text).trim();
  const room = new URL(url).searchParams.get('host');
  const data = path.join(room, 'data');
  const sql = (database, statement) => run('psql', ['-X', '-q', url.replace('/postgres?', `/${database}?`), '-c', statement]);
  await sql('postgres', 'CREATE ROLE pcc LOGIN');
  await sql('postgres', 'CREATE DATABASE pcc OWNER pcc');
  const programs = path.dirname((await run('bash', ['-c', 'ls /usr/lib/postgresql/*/bin/pg_ctl | head -1'])).stdout.trim());
  const control = (...words) => {
    const command = [path.join(programs, 'pg_ctl'), '-D', data, '-w', ...words];
    return process.getuid() === 0 ? run('runuser', ['-u', 'postgres', '--', ...command], { cwd: '/' }) : run(command[0], command.slice(1));
  };
  const options = (await readFile(path.join(data, 'postmaster.opts'), 'utf8')).trim().split(' "').slice(1).map((word) => word.slice(0, -1));
  const start = () => control('-l', path.join(data, 'log'), '-o', options.filter((word) => word !== '-D' && word !== data)
    .map((word) => `"${word}"`).join(' '), 'start');
  const processes = async () => {
    const pid = Number((await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
    const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').filter(Boolean).map(Number);
    return [pid, ...children];
  };
  const signal = async (name) => {
    for (const pid of await processes()) {
      try {
        process.kill(pid, name);
      } catch { /* gone in the meantime */ }
    }
  };
  return {
    url: url.replace('/postgres?', '/pcc?').replace('pcc_super', 'pcc'),
    stop: () => control('-m', 'immediate', 'stop'),
    start,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    /** Started again where a fault was more than it could stand. */
    async revive() {
      const runs = await control('status').then(() => true, () => false);
      if (!runs) await start();
    },
    async end() {
      keeper.stdin.end();
      await once(keeper, 'exit');
    },
  };
}
