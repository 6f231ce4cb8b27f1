import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { postern, ROOT } from './e2e/run.ts';

/**
 * README shows only what a command really printed: in every ```console block, `$ postern …` is run and its output must
 * hold the lines below it, in that order; `…` alone on a line stands for lines left out.
 */
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

const blocks = [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)]
  .map(([, text = '']) => text.trimEnd().split('\n'))
  .filter(([first]) => first?.startsWith('$ postern'))
  .map(([command = '', ...lines]) => ({ command: command.slice('$ postern'.length).trim(), lines }));

test('there are outputs to check', () => {
  expect(blocks.length).toBeGreaterThan(1);
});

describe.each(blocks)('$ postern $command', ({ command, lines }) => {
  test('prints what README shows', async () => {
    const { stdout } = await postern(words(command));
    const missing = firstMissing(lines, stdout.trimEnd().split('\n'));
    expect(missing, `README shows a line that was not printed there; printed:\n${stdout}`).toBeUndefined();
  });
});

/** Splits as a shell does, with single quotes. */
function words(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

function firstMissing(shown: readonly string[], printed: readonly string[]): string | undefined {
  let at = 0;
  let gap = false;
  for (const line of shown) {
    if (line.trim() === '…') {
      gap = true;
      continue;
    }
    const found = gap ? printed.indexOf(line, at) : printed[at] === line ? at : -1;
    if (found === -1) return line;
    at = found + 1;
    gap = false;
  }
  return gap || at === printed.length ? undefined : printed[at];
}
