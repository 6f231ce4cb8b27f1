import { expect, test } from 'vitest';
import type { IamBulk } from '../../src/aws/iamBulk.ts';
import { planFrom } from '../../src/aws/iamPlan.ts';

const some = <T>(count: number): ReadonlyMap<string, T> =>
  new Map(Array.from({ length: count }, (_, at) => [String(at), {} as T]));

const bulkOf = (roles: number, users: number, rest: Partial<IamBulk> = {}): IamBulk => ({
  complete: true,
  pages: 1,
  roles: some(roles),
  users: some(users),
  groups: new Map(),
  policies: new Map(),
  ...rest,
});

test.each([
  ['a small account', bulkOf(9, 1), 'bulk', '1 request for 9 roles, 1 user and their policies'],
  [
    'a large account',
    bulkOf(5000, 500, { pages: 8 }),
    'bulk',
    '8 requests for 5000 roles, 500 users and their policies',
  ],
  ['nobody there', bulkOf(0, 0), 'bulk', '1 request for 0 roles, 0 users and their policies'],
  ['refused', bulkOf(0, 0, { complete: false, pages: 0 }), 'per-role', 'the bulk call failed'],
  ['users alone, and then refused', bulkOf(0, 80, { complete: false }), 'per-role', 'the bulk call failed'],
  [
    'broken off',
    bulkOf(700, 300, { complete: false }),
    'bulk',
    'the bulk call broke off after 700 roles, 300 users and their policies',
  ],
] as const)('%s', (_name, bulk, strategy, reason) => {
  expect(planFrom(bulk)).toEqual({ strategy, reason });
});
