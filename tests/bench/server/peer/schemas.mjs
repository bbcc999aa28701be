// The shapes of the answers, from which Fastify compiles their serializers.
const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const count = { type: 'integer' };
const flag = { type: 'boolean' };
const object = (properties) => ({ type: 'object', properties });
const list = (items) => ({ type: 'array', items });
const page = (item) => object({ items: list(item), next: textOrNull, total: count });
const person = object({ id: text, name: text });

export const networksAnswer = page(object({
  id: text,
  name: text,
  tags: list(text),
  access_points: object({ total: count, online: count }),
  clients: count,
  may_write: flag,
  updated_at: text,
}));

export const tokensAnswer = page(object({
  handle: text,
  hint: text,
  validity: text,
  generated_at: text,
  expires_at: textOrNull,
  state: text,
  ended: { type: 'null' },
  generated_by: person,
  last_used_at: textOrNull,
  last_used_by: textOrNull,
  use_count: count,
  live_count: count,
}));

export const preflightAnswer = object({
  organization: person,
  token: text,
  validity: text,
  granted_by: person,
  granted_at: text,
  expires_at: textOrNull,
  would_end_at: text,
  reach: object({ networks: count, write: flag }),
});

export const tokenIdBody = { ...object({ token_id: text }), required: ['token_id'] };
