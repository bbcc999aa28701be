// The statements on PostgreSQL with pg: named, so prepared once for each connection, and all of a request in one
// transaction that sees the organizations it entered (see server/store/walls.cpp).
import pg from 'pg';
import * as statements from './statements.mjs';

pg.types.setTypeParser(20, Number);  // BIGINT
const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

const numbered = {};
for (const [name, sql] of Object.entries(statements)) {
  let number = 0;
  numbered[name] = sql.replace(/\?/g, () => `$${++number}`);
}

export function openPostgres(url, connections) {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  const rows = async (client, name, values) => (await client.query({ name, text: numbered[name], values })).rows;
  const set = (client, name, value) =>
    client.query({ name: 'set', text: 'SELECT set_config($1, $2, TRUE)', values: [name, value] });
  const run = async (client, asked) => {
    if (asked.all) return rows(client, asked.all, asked.values);
    if (asked.one) return (await rows(client, asked.one, asked.values))[0];
    if (asked.time) return (await rows(client, 'time', []))[0].now;
    return set(client, asked.set, asked.to);
  };
  return {
    async read(steps) {
      const client = await pool.connect();
      try {
        await client.query(begin);
        let step = steps.next();
        while (!step.done) step = steps.next(await run(client, step.value));
        await client.query('COMMIT');
        return step.value;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    async touch(session, now) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await set(client, 'pcc.organizations', session.organization_id);
        await rows(client, 'touchSession', [now, session.organization_id, session.id, now, now - 30 * 60_000, now]);
        await client.query('COMMIT');
      } finally {
        client.release();
      }
    },
  };
}
