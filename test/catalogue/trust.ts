import { rolesAnywhereTrust } from '../../mocks/build/trust-policies.ts';
import { withRole } from './base.ts';
import type { Case } from './case.ts';

/** Trust policies of roles. */
export const trustCases: readonly Case[] = [
  {
    check: 1,
    rule: 'role-trust-no-condition',
    name: 'any certificate of any trust anchor',
    bad: good => withRole(good, { AssumeRolePolicyDocument: rolesAnywhereTrust() }),
    severity: 'critical',
    also: ['path-any-certificate'],
  },
];
