import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Comparison, compareAccess } from '../../../src/iam/compare/compare.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { readPolicy } from '../../../src/iam/policy.ts';

const FILE = resolve(import.meta.dirname, '../../../../shared/data/policies/aws-managed-policies.json.gz');
const isThere = existsSync(FILE);

/** Read anew for each side: nothing may hang on their being the same objects. */
function policies(): readonly Layers[] {
  const documents: Readonly<Record<string, unknown>> = JSON.parse(gunzipSync(readFileSync(FILE)).toString());
  return Object.entries(documents).map(([name, document]) => [
    { name: 'identity', policies: [{ name, reading: readPolicy(document, 'identity') }], complete: true },
  ]);
}

function everything(action: string): Layers {
  const reading = readPolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } });
  return [{ name: 'identity', policies: [{ name: action, reading }], complete: true }];
}

function answers(comparisons: readonly Comparison[]): ReadonlySet<Comparison['newAccess']> {
  return new Set(comparisons.map(each => each.newAccess));
}

describe.skipIf(!isThere)('compareAccess on the policies that AWS manages (shared/data)', () => {
  const [once, again] = isThere ? [policies(), policies()] : [[], []];

  it('there are as many as there were', () => {
    expect(once.length).toBe(1_641);
  });

  it('each allows nothing that it does not', () => {
    expect(answers(once.map((each, at) => compareAccess(each, again[at]!)))).toEqual(new Set([false]));
  });

  it.each(['*', '*:*'])('none allows what %s does not', action => {
    expect(answers(once.map(each => compareAccess(everything(action), each)))).toEqual(new Set([false]));
  });

  it.each(['*', '*:*'])('%s allows what none of them does', action => {
    expect(answers(again.map(each => compareAccess(each, everything(action))))).toEqual(new Set([true]));
  });

  it('each allows nothing that its own statements do not, one to a policy', () => {
    const split = once.map(([layer]) => [{ ...layer!, policies: layer!.policies.flatMap(singly) }]);
    expect(answers(split.map((each, at) => compareAccess(each, again[at]!)))).toEqual(new Set([false]));
  });

  /** Each is compared with the next one in the file: more alike than any two, and never the same. */
  it('there is an answer for neighbours', () => {
    const unknown = once.slice(1).filter((each, at) => compareAccess(once[at]!, each).newAccess === undefined);
    expect(unknown.flat().flatMap(({ policies: [policy] }) => policy?.name)).toEqual([]);
  });
});

function singly({ name, reading }: Layers[number]['policies'][number]): Layers[number]['policies'] {
  if (reading?.kind !== 'parsed') return [{ name, reading }];
  return reading.policy.statements.map(statement => ({
    name: `${name} ${statement.at}`,
    reading: { kind: 'parsed', policy: { ...reading.policy, statements: [statement] } },
  }));
}
