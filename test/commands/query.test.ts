import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseCommandLine } from '../../src/commands/parse.ts';
import { query } from '../../src/commands/query.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-query-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** The lines that `a: 1` matches among these, and what stderr says of the others, without the folder's name. */
async function matching(...lines: readonly string[]) {
  const [documents, output] = [join(folder, 'in.ndjson'), join(folder, 'out')];
  writeFileSync(documents, lines.join('\n'));
  const errors: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation(text => errors.push(String(text)) > 0);
  const invocation = parseCommandLine(['query', 'a: 1', '--documents', documents, '--output', output]);
  if (invocation.kind !== 'run') throw new Error('this is a run');
  await query({ arguments: invocation.arguments, options: invocation.options });
  const found = readFileSync(output, 'utf8').split('\n').filter(Boolean);
  return { found, errors: errors.map(text => text.replace(`${folder}/`, '').trimEnd()) };
}

describe('query --documents', () => {
  test('takes a byte order mark for none of the first line', async () => {
    expect(await matching('\uFEFF{"a":1}', '{"a":2}')).toEqual({ found: ['{"a":1}'], errors: [] });
  });

  test.each([
    ['no JSON', '{"a":', 'not a JSON object'],
    ['a list', '[{"a":1}]', 'not a JSON object'],
    ['a byte order mark elsewhere', '\uFEFF{"a":1}', 'not a JSON object'],
    ['bottomless', `{"a":1,"b":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'nested deeper than 500 levels'],
  ])('names a line that is %s, and goes on', async (_, line, why) => {
    expect(await matching('{"a":1}', line, '', '{"a":1,"c":3}')).toEqual({
      found: ['{"a":1}', '{"a":1,"c":3}'],
      errors: [`in.ndjson:2: ${why}, left out`],
    });
  });
});
