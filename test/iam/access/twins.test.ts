import { describe, expect, it } from 'vitest';
import { stackWithout } from '../../../src/iam/access/stack.ts';
import { onceForTwins, stacksOfAccount } from '../../../src/iam/access/twins.ts';
import { budgetOf } from '../../../src/iam/budget.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { principalContext } from '../../../src/iam/session.ts';
import { allow, arnOf, deny, layer, NOW } from '../escalation/session.ts';
import { boundary, identity, session } from '../statements.ts';

const about = (name: string, cap = 1_000) => ({
  principal: principalContext({ roleArn: arnOf(name), roleTags: [], mappings: [], now: NOW }),
  now: NOW,
  budget: budgetOf(cap),
});
const tagged = { Condition: { StringEquals: { 'AWS:PrincipalTag/team': 'a' } } };
const bucket = (name: string) => allow('s3:*', { Resource: `arn:aws:s3:::${name}` });

describe('sessions whose policies say the same', () => {
  it.each<[string, Layers, Layers, boolean]>([
    ['one policy', [identity(allow('s3:*'))], [identity(allow('s3:*'))], true],
    ['another action', [identity(allow('s3:*'))], [identity(allow('s3:Get*'))], false],
    ['another resource', [identity(bucket('a'))], [identity(bucket('b'))], false],
    ['another effect', [identity(allow('s3:*'))], [identity(deny('s3:*'))], false],
    ['another layer', [identity(allow('s3:*'))], [boundary(allow('s3:*'))], false],
    ['a layer more', [identity(allow('s3:*'))], [identity(allow('s3:*')), session(allow('s3:*'))], false],
    ['not all of them', [identity(allow('s3:*'))], [{ ...identity(allow('s3:*')), complete: false }], false],
    ['in two policies', [layer('identity', [bucket('a')], [bucket('b')])], [identity(bucket('a'), bucket('b'))], false],
    [
      'who asks for a tag of the principal',
      [identity(allow('s3:*', tagged))],
      [identity(allow('s3:*', tagged))],
      false,
    ],
  ])('%s', (_, one, other, are) => {
    const stacks = stacksOfAccount();
    expect(stacks(one, about('a')).layers === stacks(other, about('b')).layers).toBe(are);
  });

  it('are the same without a session policy', () => {
    const stacks = stacksOfAccount();
    const caged = stacks([identity(allow('s3:*')), session(allow('*'))], about('a'));
    expect(stackWithout(caged, 'session').layers).toBe(stacks([identity(allow('s3:*'))], about('b')).layers);
  });

  it.each<[string, steps: number, asked: number]>([
    ['is found out once', 10, 1],
    ['is found out of each where it takes much of the budget', 600, 2],
  ])('what they may do %s', (_, steps, asked) => {
    let count = 0;
    const ask = onceForTwins(stack => {
      count += 1;
      return stack.budget.spend(steps);
    });
    const stacks = stacksOfAccount();
    for (const name of ['a', 'b']) {
      const stack = stacks([identity(allow('s3:*'))], about(name));
      expect([ask(stack), ask(stack)]).toEqual([true, true]);
    }
    expect(count).toBe(asked);
  });
});
