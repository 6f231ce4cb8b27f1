// How fast log files are replayed, beside what the machine needs to unpack and to parse them at all.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { writeCorpus } from './corpus.mjs';
import { writeRules } from './rules.mjs';

const limits = fileURLToPath(new URL('limits.mjs', import.meta.url));

/** 10^6 bytes, unpacked; the small one is a tenth. */
const MEGABYTES = 520;
const RUNS = 3;

/** The figures, each beside its limit. */
export async function logFigures({ cli, folder }) {
  const large = join(folder, 'logs');
  const small = join(folder, 'few-logs');
  const rules = join(folder, 'rules');
  const one = join(folder, 'one-rule');
  mkdirSync(one);
  const corpus = await writeCorpus({ folder: large, megabytes: MEGABYTES });
  const part = await writeCorpus({ folder: small, megabytes: MEGABYTES / 10 });
  const count = writeRules({ folder: rules });
  writeFileSync(
    join(one, 'selective.toml'),
    readFileSync(new URL('../../rules/activity/event-profile-created.toml', import.meta.url)),
  );

  const measured = meter(folder);
  const gunzip = await measured([limits, 'gunzip', large]);
  const parse = await measured([limits, 'parse', large]);
  const replay = (logs, ...flags) => measured([cli, 'replay', logs, '--quiet', '--output', devNull, ...flags]);
  const selective = await replay(large, '--rules', one, '--no-builtin-rules');
  const all = await replay(large, '--rules', rules);
  const few = await replay(small, '--rules', rules);

  const about = { megabytes: Math.round(corpus.raw / 1e6), records: corpus.records, files: corpus.files };
  return [
    rate('replay with one selective rule against gunzip', { ...about, limit: gunzip, run: selective, least: 0.6 }),
    rate(`replay with ${count} rules and the built-in ones against gunzip and JSON.parse`, {
      ...about,
      limit: parse,
      run: all,
      least: 0.9,
    }),
    most('peak memory of a replay', all.peak / 2 ** 20, 'MiB', 300),
    most('peak memory with ten times the input', all.peak / few.peak, '×', 1.25),
    most('time with ten times the input', (all.ms / few.ms) * (part.raw / corpus.raw) * 10, '×', 10.5),
  ];
}

/** Runs a whole process some times; its median time and greatest memory. */
function meter(folder) {
  const hook = join(folder, 'peak.mjs');
  const note = join(folder, 'peak.json');
  writeFileSync(
    hook,
    `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(note)}, JSON.stringify(process.resourceUsage().maxRSS * 1024)));`,
  );
  return async args => {
    const runs = [];
    for (let i = 0; i < RUNS; i++) {
      const start = performance.now();
      await finished(spawn(process.execPath, ['--import', hook, ...args], { stdio: ['ignore', 'ignore', 'inherit'] }));
      runs.push({ ms: performance.now() - start, peak: Number(readFileSync(note, 'utf8')) });
    }
    const times = runs.map(({ ms }) => ms).sort((a, b) => a - b);
    return { ms: times[Math.floor(RUNS / 2)], peak: Math.max(...runs.map(({ peak }) => peak)) };
  };
}

function finished(child) {
  return new Promise((resolve, reject) =>
    child.on('close', code => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`)))),
  );
}

function rate(name, { limit, run, least, ...about }) {
  const value = limit.ms / run.ms;
  const perSecond = ms => Math.round(about.megabytes / (ms / 1000));
  return {
    name,
    value: Math.round(value * 100) / 100,
    unit: '×',
    ...about,
    megabytesPerSecond: perSecond(run.ms),
    limitMegabytesPerSecond: perSecond(limit.ms),
    atLeast: least,
    ok: value >= least,
  };
}

function most(name, value, unit, limit) {
  return { name, value: Math.round(value * 100) / 100, unit, limit, ok: value <= limit };
}
