// Every check there is, and one closing line that counts them: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name, ...path) => join(root, 'node_modules', name, ...path);

const tally = { passed: 0, failed: 0, skipped: 0 };

await step('build', async () => {
  await build();
  return true;
});
await step('types', () => node(bin('typescript', 'bin', 'tsc')));
await step('lint', () => node(bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', '--error-on-warnings', '.'));
tests();

const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
console.log(`${tally.passed} passed, ${tally.failed} failed${skipped}`);
process.exitCode = tally.failed > 0 ? 1 : 0;

async function step(name, action) {
  const ok = await Promise.resolve()
    .then(action)
    .catch(error => {
      console.error(error);
      return false;
    });
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
  tally[ok ? 'passed' : 'failed'] += 1;
}

function node(...args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** Runs vitest and adds its numbers; a run that ends without a report is a failure of its own. */
function tests() {
  const folder = mkdtempSync(join(tmpdir(), 'postern-test-'));
  const report = join(folder, 'report.json');
  const ok = node(
    bin('vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  );
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    tally.passed += numPassedTests;
    tally.failed += numFailedTests;
    tally.skipped += numPendingTests + numTodoTests;
    if (!ok && numFailedTests === 0) tally.failed += Math.max(1, numFailedTestSuites);
  } catch (error) {
    console.error(error);
    tally.failed += 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
