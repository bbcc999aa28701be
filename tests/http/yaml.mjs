// Reads the part of YAML that assets/openapi.yaml uses: block and flow maps and lists, quoted and
// plain scalars, folded text. Anything else is an error rather than a guess.

export function parseYaml(text) {
  const lines = text.split('\n').map((line, i) => ({ number: i + 1, indent: line.search(/\S/), text: line.trim() }))
    .filter((line) => line.text && !line.text.startsWith('#'));
  const reader = { lines, at: 0 };
  const value = readBlock(reader, 0);
  if (reader.at < lines.length) fail(lines[reader.at], 'has the wrong indentation');
  return value;
}

function fail(line, why) {
  throw new Error(`line ${line.number} ${why}: ${line.text}`);
}

function readBlock(reader, indent) {
  const line = reader.lines[reader.at];
  if (!line || line.indent < indent) return null;
  return line.text.startsWith('- ') ? readList(reader, line.indent) : readMap(reader, line.indent);
}

function readList(reader, indent) {
  const list = [];
  for (let line; (line = reader.lines[reader.at]) && line.indent === indent && line.text.startsWith('- '); ) {
    const rest = line.text.slice(2);
    if (/^[{['"]/.test(rest) || !/^[^ ]+:( |$)/.test(rest)) {
      reader.at++;
      list.push(readFlow(reader, line, rest));
    } else {
      // A map that begins on the line of its dash.
      line.indent += 2;
      line.text = rest;
      list.push(readMap(reader, line.indent));
    }
  }
  return list;
}

function readMap(reader, indent) {
  const map = {};
  for (let line; (line = reader.lines[reader.at]) && line.indent === indent; ) {
    const match = /^('[^']*'|[^'"{[ ][^:]*):(?: (.*))?$/.exec(line.text);
    if (!match) fail(line, 'is no `key: value`');
    reader.at++;
    const key = match[1].replace(/^'|'$/g, '');
    if (key in map) fail(line, 'repeats a key');
    map[key] = readValue(reader, line, match[2] ?? '');
  }
  return map;
}

function readValue(reader, line, rest) {
  if (rest === '>-') return readFolded(reader, line.indent);
  if (rest !== '') return readFlow(reader, line, rest);
  const next = reader.lines[reader.at];
  if (!next || next.indent < line.indent) return null;
  if (next.indent === line.indent && !next.text.startsWith('- ')) return null;
  return readBlock(reader, next.indent);
}

function readFolded(reader, indent) {
  const parts = [];
  while (reader.lines[reader.at]?.indent > indent) parts.push(reader.lines[reader.at++].text);
  return parts.join(' ');
}

// A flow value may run on over lines that are indented more.
function readFlow(reader, line, rest) {
  if (!/^[{[]/.test(rest)) return scalar(rest);
  let text = rest;
  while (!isClosed(text)) {
    const next = reader.lines[reader.at++];
    if (!next || next.indent <= line.indent) fail(line, 'is never closed');
    text += ` ${next.text}`;
  }
  const flow = { text, at: 0 };
  const value = flowValue(flow);
  if (flow.at !== text.length) fail(line, 'goes on after its end');
  return value;
}

function isClosed(text) {
  let depth = 0;
  for (const c of text.replace(/'[^']*'/g, '')) {
    if ('{['.includes(c)) depth++;
    if ('}]'.includes(c)) depth--;
  }
  return depth === 0;
}

function flowValue(flow) {
  skip(flow);
  const open = flow.text[flow.at];
  if (open === '[') return flowList(flow);
  if (open === '{') return flowMap(flow);
  return scalar(flowScalar(flow));
}

function skip(flow) {
  while (flow.text[flow.at] === ' ') flow.at++;
}

function take(flow, wanted) {
  skip(flow);
  if (flow.text[flow.at] !== wanted) return false;
  flow.at++;
  return true;
}

function flowScalar(flow) {
  const rest = flow.text.slice(flow.at);
  const found = (/^'[^']*'/.exec(rest) ?? /^[^,\]}]*?(?=: |,|\]|\}|$)/.exec(rest))[0];
  flow.at += found.length;
  return found.trim();
}

function flowList(flow) {
  const list = [];
  take(flow, '[');
  while (!take(flow, ']')) {
    list.push(flowValue(flow));
    take(flow, ',');
  }
  return list;
}

function flowMap(flow) {
  const map = {};
  take(flow, '{');
  while (!take(flow, '}')) {
    skip(flow);
    const key = flowScalar(flow).replace(/^'|'$/g, '');
    if (!take(flow, ':')) throw new Error(`no colon after ${key} in ${flow.text}`);
    map[key] = flowValue(flow);
    take(flow, ',');
  }
  return map;
}

function scalar(text) {
  if (/^'.*'$/.test(text)) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return /^-?\d+$/.test(text) ? Number(text) : text;
}
