// Measures the candidates in turn, so that noise is shared, and prints medians and how they compare. See README.md.

import { openOrigins } from './harness/origins.mjs';
import { readOptions, usage } from './harness/options.mjs';
import { headline, measuredTable, mediansOf, progressOf, surroundings, write } from './harness/report.mjs';
import { ratiosOf, ratiosTable } from './harness/ratios.mjs';
import { runSession } from './harness/session.mjs';

/** Which candidate at which size, in the order they are measured: interleaved. */
function* planOf(options) {
  for (const rows of options.sizes) {
    const repetitions = rows > 100 ? Math.min(3, options.reps) : options.reps;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      for (const candidate of options.candidates) {
        const skipped = candidate.floor ? rows !== options.sizes[0] : rows > candidate.maxRows;
        if (!skipped) yield { candidate, rows, repetition };
      }
    }
  }
}

async function measure(options, origins) {
  const sessions = [];
  const start = Date.now();
  for (const { candidate, rows, repetition } of planOf(options)) {
    const result = await runSession(candidate, rows, repetition, options, origins);
    sessions.push({ candidate: candidate.name, rows: candidate.floor ? 0 : rows, repetition, ...result });
    console.error(`${((Date.now() - start) / 1000).toFixed(0)} s ${progressOf(sessions.at(-1))}`);
    write(`${options.out}.raw.json`, JSON.stringify(sessions));
  }
  return sessions;
}

function report(options, sessions) {
  const lines = mediansOf(sessions);
  const about = surroundings(options, sessions);
  const ratios = ratiosOf(lines);
  write(`${options.out}.json`, JSON.stringify({ about, lines, ratios }, null, 1));
  const tables = `${measuredTable(lines)}${ratios.length ? `\n${ratiosTable(ratios)}` : ''}`;
  write(`${options.out}.md`, `# Results ${about.date}\n\n${headline(about)}\n\n${tables}`);
  console.log(`${headline(about)}\n\n${tables}`);
}

let options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  console.error(`${error.message}\n\n${usage}`);
  process.exit(2);
}
if (options.help) {
  console.log(usage);
} else {
  const origins = await openOrigins(options.folders);
  try {
    const sessions = await measure(options, origins);
    report(options, sessions);
    process.exitCode = sessions.some((one) => one.fail) ? 1 : 0;
  } finally {
    origins.close();
  }
}
