import { expect, test } from 'vitest';
import { planIam } from '../../src/aws/iamPlan.ts';

test.each([
  ['nothing to read', { roles: 500, wanted: 0, namedPolicies: 0, perPage: 1000 }, 'per-role'],
  ['a small account', { roles: 9, wanted: 6, namedPolicies: 0, perPage: 1000 }, 'bulk'],
  ['one role of a small account', { roles: 300, wanted: 1, namedPolicies: 0, perPage: 1000 }, 'bulk'],
  ['one role of a huge account', { roles: 20_000, wanted: 1, namedPolicies: 0, perPage: 1000 }, 'per-role'],
  ['many roles of a huge account', { roles: 20_000, wanted: 400, namedPolicies: 0, perPage: 1000 }, 'bulk'],
  ['small pages', { roles: 60, wanted: 2, namedPolicies: 0, perPage: 3 }, 'per-role'],
  ['only a policy that a profile names', { roles: 10, wanted: 0, namedPolicies: 1, perPage: 1000 }, 'bulk'],
] as const)('%s', (_name, size, strategy) => {
  expect(planIam(size).strategy).toBe(strategy);
});

test('the reason has both counts', () => {
  expect(planIam({ roles: 9, wanted: 6, namedPolicies: 0, perPage: 1000 }).reason).toBe(
    'about 1 request for 6 of 9 roles, 27 one role at a time',
  );
});
