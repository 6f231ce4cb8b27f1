// npm run bench: each figure beside its limit, measured in the same run. One JSON object on stdout; exit 1 when a limit is passed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { accountFigures } from './account.mjs';
import { certificateFigures } from './certificates.mjs';
import { logFigures } from './logs.mjs';
import { policyFigures } from './policies.mjs';
import { requestFigures } from './requests.mjs';
import { firstFrameFigure, keyFigure } from './screen.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const cli = join(root, 'dist', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'));

try {
  const node = median(times(() => spawnSync(process.execPath, ['-e', '0'])));
  const figures = [
    ratio(
      '--version against node -e 0',
      times(() => spawnSync(process.execPath, [cli, '--version'])),
      node,
      1.3,
    ),
    ratio(
      '--ci --demo against node -e 0',
      times(() => spawnSync(process.execPath, [cli, '--ci', '--demo'])),
      node,
      8,
    ),
    ratio(
      'loading the built-in rules (rules) against node -e 0',
      times(() => spawnSync(process.execPath, [cli, 'rules'])),
      node,
      6,
    ),
    await firstFrameFigure({ cli, node, limit: 5, runs: RUNS() }),
    await keyFigure({ cli, snapshot: largeSnapshot(), limit: 30 }),
    ...(await requestFigures({ cli, limit: 1 })),
    ...(await policyFigures({ folder })),
    ...(await certificateFigures({ folder })),
    ...(await accountFigures({ folder })),
    ...(await logFigures({ cli, folder })),
    bundleFigure(2500),
  ];
  console.log(JSON.stringify({ node: process.version, nodeStartMs: round(node), figures }, null, 2));
  process.exitCode = figures.every(({ ok }) => ok) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function RUNS() {
  return 10;
}

/** Milliseconds of each run of a whole process, after one that does not count. */
function times(run) {
  run();
  return Array.from({ length: RUNS() }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
}

function ratio(name, measured, base, limit) {
  const value = median(measured) / base;
  return { name, value: round(value), unit: '×', ms: round(median(measured)), limit, ok: value <= limit };
}

/** A snapshot with 10,000 findings or more. */
function largeSnapshot() {
  const file = join(folder, 'large.json');
  spawnSync(process.execPath, [
    cli,
    '--ci',
    '--demo=large=6000',
    '--save',
    file,
    '--output',
    join(folder, 'report.txt'),
  ]);
  return file;
}

function bundleFigure(limit) {
  const bytes = readdirSync(join(root, 'dist'))
    .filter(name => name.endsWith('.js'))
    .reduce((sum, name) => sum + statSync(join(root, 'dist', name)).size, 0);
  return { name: 'bundle, all chunks', value: round(bytes / 1024), unit: 'KiB', limit, ok: bytes / 1024 <= limit };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function round(value) {
  return Math.round(value * 100) / 100;
}
