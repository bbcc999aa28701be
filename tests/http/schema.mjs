// Checks a value against the part of JSON Schema that assets/openapi.yaml uses. A keyword that is not
// known here is an error: a schema that is not checked in full proves nothing.

const remarks = new Set(['description', 'format', 'default', 'summary']);

/** What is wrong with the value, one sentence each; empty when nothing is. */
export function faultsOf(document, schema, value, at = '$') {
  if (schema.$ref) {
    const target = schema.$ref.slice(2).split('/').reduce((part, key) => part?.[key], document);
    if (!target) throw new Error(`${schema.$ref} leads nowhere`);
    return faultsOf(document, target, value, at);
  }
  return Object.entries(schema).flatMap(([keyword, wanted]) => {
    if (remarks.has(keyword)) return [];
    const check = checks[keyword];
    if (!check) throw new Error(`the keyword ${keyword} is not checked`);
    return check(wanted, value, { document, schema, at });
  });
}

const typeOf = (value) => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (Number.isInteger(value)) return 'integer';
  return typeof value;
};

const unless = (holds, at, sentence) => (holds ? [] : [`${at} ${sentence}`]);
const length = (value) => [...value].length;

const checks = {
  type: (wanted, value, { at }) =>
    unless([wanted].flat().includes(typeOf(value)), at, `is ${typeOf(value)}, not ${wanted}`),
  enum: (wanted, value, { at }) => unless(wanted.includes(value), at, `is ${value}, none of ${wanted}`),
  pattern: (wanted, value, { at }) =>
    unless(typeof value !== 'string' || new RegExp(wanted, 'u').test(value), at, `is ${value}, not like ${wanted}`),
  minLength: (wanted, value, { at }) => unless(typeof value !== 'string' || length(value) >= wanted, at, 'is too short'),
  maxLength: (wanted, value, { at }) => unless(typeof value !== 'string' || length(value) <= wanted, at, 'is too long'),
  minimum: (wanted, value, { at }) => unless(typeof value !== 'number' || value >= wanted, at, 'is too small'),
  maximum: (wanted, value, { at }) => unless(typeof value !== 'number' || value <= wanted, at, 'is too large'),
  maxItems: (wanted, value, { at }) => unless(!Array.isArray(value) || value.length <= wanted, at, 'has too many'),
  items: (wanted, value, { document, at }) =>
    (Array.isArray(value) ? value : []).flatMap((item, i) => faultsOf(document, wanted, item, `${at}[${i}]`)),
  required: (wanted, value, { at }) =>
    wanted.flatMap((name) => unless(value !== null && typeof value === 'object' && name in value, at, `lacks ${name}`)),
  properties: (wanted, value, { document, at }) => Object.entries(wanted).flatMap(([name, schema]) =>
    value !== null && typeof value === 'object' && name in value
      ? faultsOf(document, schema, value[name], `${at}.${name}`) : []),
  additionalProperties: (_, value, { schema, at }) => Object.keys(value ?? {}).flatMap((name) =>
    unless(name in schema.properties, at, `has ${name}, which the schema does not know`)),
  oneOf: (wanted, value, { document, at }) => {
    const results = wanted.map((schema) => faultsOf(document, schema, value, at));
    const matching = results.filter((faults) => faults.length === 0).length;
    return matching === 1 ? [] : [`${at} matches ${matching} of ${wanted.length} forms`, ...results.flat()];
  },
};
