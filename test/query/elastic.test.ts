import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { compileKql } from '../../src/query/kql.ts';
import { jsonVocabulary } from '../../src/query/vocabulary.ts';

// Elastic's own rule files are read where they are there; they are no part of this project.
const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'elastic-rules');
const queries = existsSync(folder)
  ? readdirSync(folder)
      .filter(file => file.endsWith('.toml'))
      .flatMap(kueryOf)
  : [];

describe.skipIf(queries.length === 0)('Elastic’s rules, where they are there', () => {
  test.each(queries.length === 0 ? [{ file: 'none', query: '' }] : queries)('$file', ({ query }) => {
    const compiled = compileKql(query, { vocabulary: jsonVocabulary(), now: new Date(0) });
    const event = {
      action: 'CreateProfile',
      provider: 'rolesanywhere.amazonaws.com',
      outcome: 'success',
      dataset: 'aws.cloudtrail',
    };
    expect(compiled.pins('event.action')).toEqual(['CreateProfile']);
    expect(compiled.ask({ event, data_stream: { dataset: 'aws.cloudtrail' } })).toBe('yes');
    expect(compiled.ask({ event: { ...event, outcome: 'failure' }, data_stream: { dataset: 'aws.cloudtrail' } })).toBe(
      'no',
    );
  });
});

function kueryOf(file: string): { file: string; query: string }[] {
  const { rule } = parse(readFileSync(join(folder, file), 'utf8'));
  if (typeof rule !== 'object' || !('language' in rule) || rule.language !== 'kuery') return [];
  return 'query' in rule && typeof rule.query === 'string' ? [{ file, query: rule.query }] : [];
}
