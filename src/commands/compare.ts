import { EXIT } from '../findings/verdict.ts';
import { some } from '../iam/truth.ts';
import { safeJson } from '../report/printable.ts';
import { compared, type Result } from './comparison.ts';
import { readSide } from './comparisonFiles.ts';
import { comparisonJson, comparisonText } from './comparisonText.ts';
import { openOutput } from './output.ts';
import type { CommandRequest } from './registry.ts';

/**
 * `postern compare A B`: whether B allows anything that A does not, and, of snapshots, whether it lets in certificates that A
 * keeps out. A and B are policies, stacks of layers, or snapshots, whose paths are compared one by one. Exit codes: 0 nothing
 * and nobody new, 2 something or somebody new, 3 not known.
 */
export async function compare({ arguments: [a = '', b = ''], options }: CommandRequest): Promise<number> {
  const result = compared(readSide(a), readSide(b));
  const output = openOutput(options.output);
  await output.write(options.format === 'json' ? `${safeJson(comparisonJson(result))}\n` : comparisonText(result));
  await output.close();
  return exitCodeOf(result);
}

function exitCodeOf({ newAccess, newEntrants }: Result): number {
  const isNew = some([newAccess, newEntrants]);
  if (isNew === undefined) return EXIT.notAllRead;
  return isNew ? EXIT.findings : EXIT.clean;
}
