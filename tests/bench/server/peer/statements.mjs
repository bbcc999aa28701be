// What is asked of the database: the server's own checks and lists, as joins where that saves a statement.
// `?` in the order of the values; PostgreSQL gets them numbered.

export const session =
  'SELECT id, organization_id, user_id, last_seen_at, expires_at, ended_at FROM sessions WHERE cookie_hash = ?';

// A row for each network that was selected for the user, or one without.
export const user =
  'SELECT u.id, u.name, u.role, u.may_write, o.name AS organization, r.network_id FROM users u ' +
  'JOIN organizations o ON o.id = u.organization_id ' +
  'LEFT JOIN user_networks r ON r.organization_id = u.organization_id AND r.user_id = u.id ' +
  'WHERE u.disabled_at IS NULL AND o.disabled_at IS NULL AND u.organization_id = ? AND u.id = ? ORDER BY r.network_id';

export const assumption =
  'SELECT a.organization_id, o.name, a.token_id, a.ends_at, a.ended_at FROM assumptions a ' +
  'JOIN organizations o ON o.id = a.organization_id ' +
  'WHERE a.id = ? AND a.engineer_organization_id = ? AND a.engineer_id = ? AND a.session_id = ?';

export const token =
  'SELECT t.expires_at, t.ended_at, t.deleted_at FROM tokens t ' +
  'JOIN organizations o ON o.id = t.organization_id AND o.disabled_at IS NULL ' +
  'WHERE t.organization_id = ? AND t.id = ?';

const ofOnline =
  ' FROM access_points p WHERE p.organization_id = n.organization_id AND p.network_id = n.id AND p.online = 1 ' +
  'AND (p.restarted_at IS NULL OR p.restarted_at <= ?))';

// Values: now and 8 s ago, twice; the organization, one row more than the page has.
export const networks =
  'SELECT n.id, n.name, n.name_folded, n.updated_at, n.point_count AS points, ' +
  `CASE WHEN n.restarting_until > ? THEN (SELECT COUNT(*)${ofOnline} ELSE n.online_count END AS online, ` +
  `CASE WHEN n.restarting_until > ? THEN (SELECT CAST(COALESCE(SUM(p.client_count), 0) AS BIGINT)${ofOnline} ` +
  'ELSE n.client_count END AS clients, n.tags FROM networks n WHERE n.organization_id = ? ORDER BY n.name_folded, n.id LIMIT ?';

export const networkCount = 'SELECT COUNT(*) AS count FROM networks WHERE organization_id = ?';

const end = 'CASE WHEN t.ended_at IS NOT NULL THEN t.ended_at WHEN t.expires_at IS NOT NULL THEN t.expires_at ' +
  'ELSE 9000000000000000 END';
const open = 't.organization_id = ? AND t.kept_state = 2';
// Values: the organization, twice, and now.
export const tokenCount = 'SELECT (SELECT CAST(SUM(open_count) AS BIGINT) FROM token_labels WHERE organization_id = ?) - ' +
  `(SELECT COUNT(*) FROM tokens t WHERE ${open} AND (${end}) <= ?) AS count`;

// Values: now, half an hour ago, the organization, now, the limit.
export const tokens =
  'SELECT t.id, t.hint, t.validity, t.generated_at, t.expires_at, t.generated_by, t.generated_by_name, ' +
  't.last_used_at, t.last_used_by, t.use_count, (SELECT COUNT(*) FROM assumptions a JOIN sessions s ' +
  'ON s.organization_id = a.engineer_organization_id AND s.id = a.session_id WHERE a.organization_id = t.organization_id ' +
  'AND a.token_id = t.id AND a.ended_at IS NULL AND a.ends_at > ? AND s.ended_at IS NULL AND s.last_seen_at > ?) AS live ' +
  `FROM tokens t WHERE ${open} AND +(${end}) > ? ` +
  'ORDER BY t.generated_at DESC, t.id DESC LIMIT ?';

export const blocked = 'SELECT blocked_until FROM throttles WHERE name = ?';

export const tokenByLookup =
  'SELECT t.id, t.organization_id, t.validity, t.generated_at, t.expires_at, t.generated_by, t.generated_by_name, ' +
  't.ended_at FROM tokens t WHERE t.lookup = ?';

export const client =
  'SELECT o.id, o.name, (SELECT COUNT(*) FROM networks n WHERE n.organization_id = o.id) AS networks ' +
  'FROM organizations o WHERE o.id = ? AND o.disabled_at IS NULL';

export const touchSession =
  'UPDATE sessions SET last_seen_at = ? WHERE organization_id = ? AND id = ? AND ended_at IS NULL AND expires_at > ? ' +
  'AND last_seen_at > ? AND last_seen_at < ?';

export const time =
  'SELECT GREATEST(CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT), high_water) AS now ' +
  'FROM clock_marks WHERE id = 1';
