import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { allowedActions } from '../../../src/iam/access/actions.ts';
import { alikeIn } from '../../../src/iam/access/alike.ts';
import { covers } from '../../../src/iam/access/covers.ts';
import { placesOf } from '../../../src/iam/access/place.ts';
import { reach } from '../../../src/iam/access/reach.ts';
import { actionsIn, isSubset } from '../../../src/iam/catalog/actionSet.ts';
import { ABSENT } from '../../../src/iam/context.ts';
import { questionOf } from '../../../src/iam/escalation/question.ts';
import type { Layer } from '../../../src/iam/layer.ts';
import { readPolicy } from '../../../src/iam/policy.ts';
import { summaryOf } from '../../../src/iam/summary/summary.ts';
import { DEEP } from '../deep.ts';
import { ARN, confirm, fullWorld, stackFor, unknownWorld } from '../escalation/session.ts';

const file = resolve(import.meta.dirname, '../../../../shared/data/policies/aws-managed-policies.json.gz');

describe.skipIf(!existsSync(file))("AWS's managed policies (shared/data)", () => {
  const documents: Readonly<Record<string, unknown>> = existsSync(file)
    ? JSON.parse(gunzipSync(readFileSync(file)).toString())
    : {};
  const policies = Object.entries(documents).map(([name, document]) => ({
    name,
    reading: readPolicy(JSON.stringify(document), 'identity'),
  }));

  const layersOf = (at: number): readonly Layer[] => [{ name: 'identity', policies: [policies[at]!], complete: true }];

  it('are all read', () => {
    expect(policies.length).toBeGreaterThan(1_600);
    expect(policies.filter(({ reading }) => reading.kind !== 'parsed')).toEqual([]);
  });

  it('are summed up, and what they are said to hold is held', { timeout: 120_000 }, () => {
    for (const [at, { name }] of policies.entries()) {
      const layers = layersOf(at);
      const self = { arn: ARN, customerPolicies: [], boundary: ABSENT };
      const question = questionOf({ stack: stackFor(layers), self, world: at % 2 ? fullWorld : unknownWorld });
      const { actions, escalation, missing } = summaryOf({ layers, question });
      expect(actions.certain, name).toBeLessThanOrEqual(actions.possible);
      expect(missing, name).toEqual([]);
      for (const { path, held, certain } of [...escalation.open, ...escalation.dominated]) {
        if (certain)
          expect(
            held.every(each => each.certain),
            `${name} ${path.id}`,
          ).toBe(true);
        for (const each of held) {
          const expected = each.certain ? 'allowed' : 'conditional';
          expect(confirm(each, layers), `${name} ${path.id} ${each.permission.action}`).toBe(expected);
        }
      }
    }
  });

  it('leave nothing undecided for want of effort', { timeout: 120_000 }, () => {
    for (const [at, { name }] of policies.entries()) {
      if (!DEEP && at % 10 > 0) continue;
      const stack = stackFor(layersOf(at));
      const { possible, certain } = allowedActions(stack);
      expect(isSubset(certain, possible)).toBe(true);
      for (const { example } of alikeIn(actionsIn(possible), stack)) {
        const answers = placesOf(example).map(place => reach(stack, { action: example.name, ...place }));
        expect(
          answers.some(answer => answer.possible.kind === 'found'),
          `${name} ${example.name}`,
        ).toBe(true);
        expect(
          answers.filter(answer => answer.possible.kind === 'unknown' || answer.certain.kind === 'unknown'),
        ).toEqual([]);
        for (const place of placesOf(example)) {
          const { covered, conditions } = covers(stack, { action: example.name, ...place });
          if (covered === undefined)
            expect(conditions.length + variablesIn(stack), `${name} ${example.name}`).toBeGreaterThan(0);
        }
      }
    }
  });

  function variablesIn({ layers }: ReturnType<typeof stackFor>): number {
    return layers.flatMap(layer => layer.statements).filter(({ statement }) => statement.text.includes('${')).length;
  }
});
