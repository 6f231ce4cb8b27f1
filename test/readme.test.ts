import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postern, ROOT } from './e2e/run.ts';

/**
 * README shows only what a command really printed: in every ```console block, `$ postern …` is run and its output must
 * hold the lines below it, in that order; `…` alone on a line stands for lines left out. A ```toml block is the file of
 * rules that the line above it names, and lies where the commands are run.
 */
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

const blocks = [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)]
  .map(([, text = '']) => text.trimEnd().split('\n'))
  .filter(([first]) => first?.startsWith('$ postern'))
  .map(([command = '', ...lines]) => ({ command: command.slice('$ postern'.length).trim(), lines }));

const files = [...readme.matchAll(/^`([\w/-]+\.toml)`:\n\n```toml\n([\s\S]*?)^```$/gm)].map(
  ([, name = '', text = '']) => ({
    name,
    text,
  }),
);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-readme-'));
  for (const { name, text } of files) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('there are outputs and files to check', () => {
  expect(blocks.length).toBeGreaterThan(1);
  expect(files.length).toBe(readme.match(/^```toml$/gm)?.length);
});

describe.each(blocks)('$ postern $command', ({ command, lines }) => {
  test('prints what README shows', async () => {
    const { stdout } = await postern(words(command), { cwd: folder });
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
