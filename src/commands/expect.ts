import { declaredBy } from '../documents/expected/declare.ts';
import { printable, safeToml } from '../report/printable.ts';
import { expectToml } from '../settings/expectToml.ts';
import { isFailed } from '../snapshot/coverage.ts';
import { NO_CONFIG } from './config.ts';
import { unread } from './documents.ts';
import { openOutput } from './output.ts';
import { problemsOnStderr } from './problems.ts';
import { progressOnStderr } from './progress.ts';
import type { CommandRequest } from './registry.ts';
import { openSource } from './source.ts';

const HEADER =
  '# Printed by "postern expect". In postern.toml, "postern --ci" tells where the account is no longer so.\n';

/**
 * `postern expect`: what the account holds as `[[expect.…]]` tables, for postern.toml. Ends with 3 where a call failed: there may be
 * more.
 */
export async function expect({ options }: CommandRequest): Promise<number> {
  const output = openOutput(options.output);
  const problems = problemsOnStderr();
  const source = await openSource({ ...options, config: NO_CONFIG });
  const progress = progressOnStderr(options.quiet);
  try {
    const { snapshot, documents, coverage } = await source.audit({ progress: progress.show });
    progress.end();
    for (const row of coverage.filter(isFailed)) problems.report(unread(row));
    const declared = declaredBy(snapshot, documents);
    for (const note of declared.notes) process.stderr.write(`${printable(note)}\n`);
    await output.write(`${HEADER}\n${safeToml(expectToml(declared.expect))}`);
    await output.close();
    return problems.exitCode();
  } finally {
    progress.end();
    await source.close();
  }
}
