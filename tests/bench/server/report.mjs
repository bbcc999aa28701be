// The tables that scripts/bench server prints, in Markdown.
const number = (value, digits = 0) => value.toLocaleString('en-US', { maximumFractionDigits: digits });
const ms = (microseconds) => (microseconds / 1000).toFixed(2);
const row = (cells) => `| ${cells.join(' | ')} |`;

function noiseOf(noise) {
  const sorted = [...noise].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  const percent = (value) => `${(100 * (value / middle - 1)).toFixed(0)} %`;
  return `Noise: a loop of plain arithmetic took ${middle.toFixed(0)} ms, from ${percent(sorted[0])} to +` +
    `${percent(sorted[sorted.length - 1])} over ${noise.length} looks.`;
}

function goals(rows) {
  const lines = [];
  for (const ours of rows.filter((each) => each.name === 'pcc-server' && each.call === 'networks')) {
    const of = (name) => rows.find((each) =>
      each.call === 'networks' && each.connections === ours.connections && each.name === name);
    const [peer, nginx] = [of('fastify'), of('nginx')];
    lines.push(`${ours.connections} connections, acting as: ${(ours.rate / peer.rate).toFixed(2)} x Fastify (to reach: 5), ` +
      `${(ours.rate / nginx.rate).toFixed(2)} x nginx (to reach: 0.4), p99 at ${(ours.p99 / ours.p50).toFixed(1)} x the ` +
      'median (to reach: 4)');
  }
  return lines;
}

export function printLoad({ store, bytes, atRest, rows, noise }) {
  console.log(`\n${store}; the answer to \`GET /networks\` has ${number(bytes)} bytes\n`);
  console.log(row(['call', 'connections', 'candidate', 'requests/s', 'spread', 'p50 ms', 'p99 ms', 'p99.9 ms', 'CPU us', 'MiB', 'failed']));
  console.log(row(Array(11).fill('---')));
  for (const each of rows) {
    console.log(row([each.call, each.connections, each.name, number(each.rate), `${(each.spread * 100).toFixed(0)} %`,
      ms(each.p50), ms(each.p99), ms(each.p999), number(each.processor), number(each.memory), each.failed]));
  }
  console.log(`\nMemory at rest: ${Object.entries(atRest).map(([name, mib]) => `${name} ${number(mib)} MiB`).join(', ')}.`);
  console.log(noiseOf(noise));
  for (const line of goals(rows)) console.log(line);
}

export function printGrowth(measured, noise) {
  const sizes = Object.keys(measured).map(Number);
  console.log(`\n${row(['p50 ms (p99) of one request after another', ...sizes.map((size) => `${number(size)} tokens`)])}`);
  console.log(row(['---', ...sizes.map(() => '---')]));
  for (const call of Object.keys(measured[sizes[0]].times)) {
    console.log(row([call, ...sizes.map((size) => {
      const { p50, p99, failed, lost } = measured[size].times[call];
      return `${ms(p50)} (${ms(p99)})${failed + lost > 0 ? `, ${failed + lost} failed` : ''}`;
    })]));
  }
  console.log(`\n${noiseOf(noise)}\n`);
  console.log(`The plans at ${number(sizes[sizes.length - 1])} tokens:`);
  console.log(measured[sizes[sizes.length - 1]].plans);
}
