import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedActions } from '../../../src/iam/access/actions.ts';
import { adminOf } from '../../../src/iam/access/admin.ts';
import { covers } from '../../../src/iam/access/covers.ts';
import { placesOf } from '../../../src/iam/access/place.ts';
import { reach } from '../../../src/iam/access/reach.ts';
import { stackOf } from '../../../src/iam/access/stack.ts';
import { stacksOfAccount } from '../../../src/iam/access/twins.ts';
import { type Budget, budgetOf } from '../../../src/iam/budget.ts';
import { actionNamed } from '../../../src/iam/catalog/action.ts';
import { isSubset, size } from '../../../src/iam/catalog/actionSet.ts';
import { ABSENT } from '../../../src/iam/context.ts';
import { questionOf } from '../../../src/iam/escalation/question.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { type AccessSummary, summaryOf } from '../../../src/iam/summary/summary.ts';
import { ACTIONS, knowledge, layersJson, layersOf, NOW, principalOf } from '../arbitrary.ts';
import { RUNS } from '../deep.ts';
import { ARN, allow, deny, fullWorld, type Json, layer, stackFor } from '../escalation/session.ts';

const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));
const on = (...Resource: readonly string[]) => ({ Resource });
const any = (count: number) => '?'.repeat(count);
const ARNS = 'arn:aws:*:*:*:';
const ENDING = 'arn:aws:s3:::*a';

const around = (at: number) => deny('*', on(`${ARNS}${any(at)}*a${any(at)}`));
const notThose = (at: number) => ({
  Effect: at % 2 === 0 ? 'Deny' : 'Allow',
  NotAction: [`s3:*${at}*a*b*`, `ec2:*${at}*`],
  NotResource: `arn:aws:s3:::*${at}*x*y*`,
});

interface Summed extends AccessSummary {
  readonly steps: number;
}

function summed(...policies: readonly (readonly Json[])[]): Summed {
  const layers: Layers = policies.map((statements, at) => layer(at === 0 ? 'identity' : 'session', statements));
  const stack = stackFor(layers);
  const before = stack.budget.left();
  const self = { arn: ARN, customerPolicies: [], boundary: ABSENT };
  const summary = summaryOf({ layers, question: questionOf({ stack, self, world: fullWorld }) });
  const { admin, adminEquivalent, actions, byLayer, services, removes } = summary;
  const { dataRead, credentials, exposure, escalation, lateral, missing } = summary;
  return {
    ...{ admin, adminEquivalent, actions, byLayer, services, removes },
    ...{ dataRead, credentials, exposure, escalation, lateral, missing },
    steps: before - stack.budget.left(),
  };
}

describe('small policies that would take long', () => {
  const LONG = allow('*', on(`${ENDING}${any(30)}*`));
  const ALL = 22_091;

  it.each<[string, readonly Json[], number, AccessSummary['actions'] | object]>([
    ['none with an a before the last 9', [allow('*'), deny('*', on(`${ARNS}*a${any(9)}`))], 2e6, { certain: ALL }],
    ['none with an a before the last 14', [allow('*'), deny('*', on(`${ARNS}*a${any(14)}`))], 2e6, { certain: ALL }],
    ['none with an a amid 10 lengths', [allow('*'), ...times(10, around)], 4e6, { certain: ALL }],
    ['none of 3 lengths', [LONG, deny('*', on(...times(3, at => ENDING + any(26 + at))))], 1e6, { certain: 161 }],
    ['none of 10 lengths', [LONG, deny('*', on(...times(10, at => ENDING + any(20 + at))))], 1e6, { certain: 161 }],
  ])('%s: is answered', (_, statements, most, actions) => {
    const { admin, actions: counted, steps } = summed(statements);
    expect(steps).toBeLessThan(most);
    expect(admin.truth).toBe(false);
    expect(counted).toMatchObject(actions);
  });

  it.each<[string, readonly (readonly Json[])[], { readonly possible: number; readonly admin?: false }]>([
    ['an a amid 400 lengths', [[allow('*'), ...times(400, around)]], { possible: ALL, admin: false }],
    ['30 lengths', [[LONG, deny('*', on(...times(30, at => ENDING + any(20 + at))))]], { possible: 161, admin: false }],
    ['800 of what they are not about', [times(800, notThose)], { possible: 161, admin: false }],
    [
      'two layers',
      [[allow('*', on(`${ARNS}*a${any(14)}`))], [allow('*', on(`${ARNS}*b${any(13)}*`))]],
      { possible: 15_250, admin: false },
    ],
    [
      '40 statements that leave 20 out',
      [times(40, at => ({ Effect: 'Allow', Action: '*', NotResource: times(20, of => `${ARNS}*${at}*${of}*`) }))],
      { possible: ALL },
    ],
    ['100,000 characters', [[allow('*', on(`${'*a'.repeat(50_000)}*b`))]], { possible: 15_367, admin: false }],
  ])('%s: is not known, or right', (_, policies, { possible, admin }) => {
    const summary = summed(...policies);
    expect(summary.steps).toBeLessThanOrEqual(6e6);
    expect(summary.admin.truth).toBe(admin);
    expect(summary.actions.possible).toBe(possible);
    expect(summary.actions.certain).toBeLessThan(possible);
  });

  it('takes the same and says the same whoever was asked about before', () => {
    const policies = [[allow('*'), ...times(30, around)]];
    const [first, second] = [summed(...policies), summed(...policies)];
    expect(second.steps).toBe(first.steps);
    expect(second.actions).toEqual(first.actions);
  });

  it('says the same of a layer that takes long, whoever else has it and was asked about before', () => {
    const sparing = (letter: string) => (at: number) => ({
      Effect: 'Deny',
      NotAction: 's3:*',
      Resource: `${ARNS}${any(at + 9)}*${letter}${any(at + 9)}`,
    });
    const boundary = layer('boundary', [allow('*'), ...times(5, sparing('a'))]);
    const plain: Layers = [layer('identity', [allow('*')]), boundary];
    const held: Layers = [layer('identity', [allow('*'), ...times(3, sparing('b'))]), boundary];
    const certainly = (...before: readonly Layers[]) => {
      const stacks = stacksOfAccount();
      const ask = (layers: Layers) =>
        allowedActions(stacks(layers, { principal: stackFor(layers).principal, now: NOW }));
      before.forEach(ask);
      return size(ask(held).certain);
    };
    expect(certainly()).toBe(180);
    expect(certainly(plain)).toBe(180);
  });
});

describe('with less to spend', () => {
  const stacks = fc.record({ layers: layersJson(), about: knowledge, steps: fc.nat(20_000) });
  type Case = typeof stacks extends fc.Arbitrary<infer T> ? T : never;
  const stackWith = ({ layers, about }: Case, budget?: Budget) =>
    stackOf(layersOf(layers), { principal: principalOf(about), now: NOW, ...(budget && { budget }) });
  const both = (given: Case) => [stackWith(given), stackWith(given, budgetOf(given.steps))] as const;

  it('more may be allowed, and less is for certain', () => {
    fc.assert(
      fc.property(stacks, given => {
        const [whole, part] = both(given).map(stack => allowedActions(stack));
        expect(isSubset(whole!.possible, part!.possible)).toBe(true);
        expect(isSubset(part!.certain, whole!.certain)).toBe(true);
        expect(isSubset(part!.everywhere, whole!.everywhere)).toBe(true);
      }),
      RUNS,
    );
  });

  it('an answer is the same or not known', () => {
    fc.assert(
      fc.property(stacks, fc.constantFrom(...ACTIONS), (given, name) => {
        const [whole, part] = both(given);
        for (const place of placesOf(actionNamed(name) ?? actionNamed('s3:GetObject')!)) {
          const question = { action: name, ...place };
          const [covered, perhaps] = [covers(whole, question).covered, covers(part, question).covered];
          if (perhaps !== undefined) expect(perhaps).toBe(covered);
          const [reached, maybe] = [reach(whole, question), reach(part, question)];
          if (maybe.possible.kind !== 'unknown') expect(maybe.possible).toEqual(reached.possible);
          if (maybe.certain.kind !== 'unknown') expect(maybe.certain).toEqual(reached.certain);
        }
      }),
      RUNS,
    );
  });

  it('so is whether somebody may do everything', () => {
    fc.assert(
      fc.property(stacks, given => {
        const [whole, part] = both(given);
        const { truth } = adminOf(part);
        if (truth !== undefined) expect(truth).toBe(adminOf(whole).truth);
      }),
      RUNS,
    );
  });
});
