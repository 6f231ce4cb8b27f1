import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { ecsDocument } from '../../src/cloudtrail/ecs.ts';
import type { CloudTrailRecord } from '../../src/cloudtrail/record.ts';
import { compileEql, type EqlOptions } from '../../src/query/eql.ts';
import type { FieldMapping, Query } from '../../src/query/query.ts';
import { jsonVocabulary, vocabularyOf } from '../../src/query/vocabulary.ts';

// Elastic's own rule and a real record are read where they are there; they are no part of this project.
const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const rules = eqlRules(join(data, 'elastic-rules'));
const records = realRecords(join(data, 'cloudtrail', 'rolesanywhere-real-records.json'));
const isThere = rules.length > 0 && records.length > 0;

const keyword: FieldMapping = { type: 'keyword', ignoreAbove: 1024 };
const mapped = vocabularyOf({
  'aws.cloudtrail.request_parameters': { type: 'keyword', ignoreAbove: 8191 },
  'data_stream.dataset': { type: 'constant_keyword' },
  'event.action': keyword,
  'event.outcome': keyword,
  'event.provider': keyword,
  'event.type': keyword,
});

describe.skipIf(!isThere)('Elastic’s EQL rule and a real CreateTrustAnchor record, where they are there', () => {
  const [record = {}] = records.filter(one => one.eventName === 'CreateTrustAnchor');
  const document = ecsDocument(record);

  describe.each(isThere ? rules : [{ file: 'none', query: '', categoryField: '' }])(
    '$file',
    ({ query, categoryField }) => {
      test.each([
        ['with types', mapped],
        ['without', jsonVocabulary()],
      ])('matches it, %s', (_what, vocabulary) => {
        const compiled = compile(query, { vocabulary, categoryField });
        expect(compiled.pins('event.action')).toEqual(['CreateTrustAnchor']);
        expect(compiled.pins('event.type')).toEqual(['info']);
        expect(compiled.ask(document)).toBe('yes');
      });

      test.each([
        ['another CA', { requestParameters: { source: { sourceType: 'AWS_ACM_PCA' }, name: 'x' } }, 'no'],
        ['no parameters', { requestParameters: null }, 'yes'],
        [
          'parameters too long to be indexed',
          { requestParameters: { sourceType: 'AWS_ACM_PCA', name: 'x'.repeat(9_000) } },
          'yes',
        ],
        ['an error', { errorCode: 'AccessDenied' }, 'no'],
        ['another action', { eventName: 'CreateProfile' }, 'no'],
      ])('of a record with %s', (_what, change, answer) => {
        const compiled = compile(query, { vocabulary: mapped, categoryField });
        expect(compiled.ask(ecsDocument({ ...record, ...change }))).toBe(answer);
      });
    },
  );
});

function compile(query: string, options: Pick<EqlOptions, 'vocabulary' | 'categoryField'>): Query {
  const compiled = compileEql(query, { now: new Date(0), ...options });
  if (compiled.kind !== 'event') throw new Error('a sequence');
  return compiled.query;
}

function eqlRules(folder: string): { file: string; query: string; categoryField: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(file => file.endsWith('.toml'))
    .flatMap(file => {
      const { rule } = parse(readFileSync(join(folder, file), 'utf8')) as { rule?: Record<string, unknown> };
      if (rule?.language !== 'eql' || typeof rule.query !== 'string') return [];
      return [{ file, query: rule.query, categoryField: String(rule.event_category_override ?? 'event.category') }];
    });
}

function realRecords(file: string): CloudTrailRecord[] {
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as { Records: CloudTrailRecord[] }).Records;
}
