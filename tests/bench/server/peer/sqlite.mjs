// The statements on SQLite with better-sqlite3: each prepared once, all of a request in one transaction.
import Database from 'better-sqlite3';
import * as statements from './statements.mjs';

export function openSqlite(file) {
  const database = new Database(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 5000']) {
    database.pragma(pragma);
  }
  const prepared = {};
  for (const [name, sql] of Object.entries(statements)) {
    if (name !== 'time') prepared[name] = database.prepare(sql);
  }
  const run = (asked) => {
    if (asked.all) return prepared[asked.all].all(asked.values);
    if (asked.one) return prepared[asked.one].get(asked.values);
    return asked.time ? Date.now() : undefined;
  };
  const walk = (steps) => {
    let step = steps.next();
    while (!step.done) step = steps.next(run(step.value));
    return step.value;
  };
  const read = database.transaction(walk);
  return {
    read: (steps) => read(steps),
    touch(session, now) {
      prepared.touchSession.run(now, session.organization_id, session.id, now, now - 30 * 60_000, now);
    },
  };
}
