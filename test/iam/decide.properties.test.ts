import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../src/iam/decide.ts';
import type { Layers } from '../../src/iam/layer.ts';
import { readPolicy } from '../../src/iam/policy.ts';
import {
  ACTIONS,
  contextOfRequest,
  type Knowledge,
  knowledge,
  layersJson,
  layersOf,
  type PolicyJson,
  policyJson,
  principalOf,
  RESOURCES,
  statement,
} from './arbitrary.ts';
import { RUNS } from './deep.ts';

const action = fc.constantFrom(...ACTIONS.filter(name => name !== 'sts:GetCallerIdentity'));
const resource = fc.constantFrom(...RESOURCES);

interface Asked {
  readonly action: string;
  readonly resource: string;
}

const asked: fc.Arbitrary<Asked> = fc.record({ action, resource });

function answer(layers: Layers, asked: Asked, about: Knowledge) {
  return decide({ ...asked, context: contextOfRequest(asked, principalOf(about)) }, layers).decision;
}

/** From what is denied to what is allowed; what is open lies between. */
const RANK = { denied: 0, unknown: 1, conditional: 1, allowed: 2 } as const;

const rank = (...of: Parameters<typeof answer>) => RANK[answer(...of)];

it('all layers together allow no more than each one', () => {
  fc.assert(
    fc.property(layersJson(), asked, knowledge, (json, request, about) => {
      const layers = layersOf(json);
      const together = rank(layers, request, about);
      for (const layer of layers) expect(together).toBeLessThanOrEqual(rank([layer], request, about));
    }),
    RUNS,
  );
});

it('the order of layers, policies and statements does not matter', () => {
  fc.assert(
    fc.property(layersJson(), asked, knowledge, (json, request, about) => {
      const turned = json.toReversed().map(layer => ({
        ...layer,
        policies: layer.policies.toReversed().map(each => each && { ...each, Statement: each.Statement.toReversed() }),
      }));
      expect(answer(layersOf(turned), request, about)).toBe(answer(layersOf(json), request, about));
    }),
    RUNS,
  );
});

it('a layer that is absent is one that allows everything', () => {
  const everything: PolicyJson = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  };
  fc.assert(
    fc.property(layersJson(), asked, knowledge, (json, request, about) => {
      const more = [...json, { name: 'scp' as const, policies: [everything], complete: true }];
      expect(answer(layersOf(more), request, about)).toBe(answer(layersOf(json), request, about));
    }),
    RUNS,
  );
});

it('one more Allow never takes away, one more Deny never gives', () => {
  fc.assert(
    fc.property(layersJson(), statement, asked, knowledge, (json, more, request, about) => {
      const added = { Version: '2012-10-17', Statement: [more] };
      const [first, ...rest] = json;
      const larger = [{ ...first!, policies: [...first!.policies, added] }, ...rest];
      const [before, after] = [json, larger].map(each => rank(layersOf(each), request, about));
      if (more.Effect === 'Allow') expect(after).toBeGreaterThanOrEqual(before!);
      else expect(after).toBeLessThanOrEqual(before!);
    }),
    RUNS,
  );
});

it('a Deny may stand in any layer', () => {
  fc.assert(
    fc.property(layersJson({ known: true }), statement, asked, knowledge, (json, more, request, about) => {
      const added = { Version: '2012-10-17', Statement: [{ ...more, Effect: 'Deny' }] };
      const answers = json.map((_, at) =>
        answer(
          layersOf(json.map((layer, n) => (n === at ? { ...layer, policies: [...layer.policies, added] } : layer))),
          request,
          about,
        ),
      );
      expect(new Set(answers).size).toBe(1);
    }),
    RUNS,
  );
});

it('the case of an action does not matter, that of a resource does', () => {
  fc.assert(
    fc.property(layersJson(), asked, knowledge, (json, request, about) => {
      const layers = layersOf(json);
      const upper = { ...request, action: request.action.toUpperCase() };
      expect(answer(layers, upper, about)).toBe(answer(layers, request, about));
      const actionsUp = layersOf(
        json.map(layer => ({ ...layer, policies: layer.policies.map(each => each && withActions(each, up)) })),
      );
      expect(answer(actionsUp, request, about)).toBe(answer(layers, request, about));
    }),
    RUNS,
  );
  const only = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::a' }] };
  const layers = layersOf([{ name: 'identity', policies: [only], complete: true }]);
  const about = { tag: { kind: 'absent' }, k: { kind: 'absent' } } as const;
  expect(answer(layers, { action: 's3:ListBucket', resource: 'arn:aws:s3:::a' }, about)).toBe('allowed');
  expect(answer(layers, { action: 's3:ListBucket', resource: 'arn:aws:s3:::A' }, about)).toBe('denied');
});

const up = (text: string) => text.toUpperCase();

function withActions(policy: PolicyJson, change: (text: string) => string): PolicyJson {
  const changed = (value: unknown) => (value as string[] | undefined)?.map(change);
  return {
    ...policy,
    Statement: policy.Statement.map(each => ({
      ...each,
      Action: changed(each.Action),
      NotAction: changed(each.NotAction),
    })),
  };
}

it('how a policy is written does not matter', () => {
  fc.assert(
    fc.property(policyJson, json => {
      const [only] = json.Statement;
      const single = (value: unknown) => (Array.isArray(value) && value.length === 1 ? value[0] : value);
      const loose = {
        ...json,
        Statement: json.Statement.map(each =>
          Object.fromEntries(
            Object.entries(each)
              .reverse()
              .map(([name, value]) => [name, single(value)]),
          ),
        ),
      };
      const plain = (document: unknown) => {
        const reading = readPolicy(document, 'identity');
        return reading.kind === 'parsed' && reading.policy.statements.map(({ text, ...rest }) => rest);
      };
      const expected = plain(json);
      expect(expected).not.toBe(false);
      expect(plain(loose)).toEqual(expected);
      expect(plain(JSON.stringify(json, null, 2))).toEqual(expected);
      expect(plain(encodeURIComponent(JSON.stringify(loose)))).toEqual(expected);
      if (json.Statement.length === 1) expect(plain({ ...json, Statement: only })).toEqual(expected);
    }),
    RUNS,
  );
});
