import type { EscalationPath } from '../path.ts';
import { on, passRoleTo } from './permission.ts';

/** A role passed to something new, or to something whose own role does not matter. */
export interface NewPassRole {
  readonly id: string;
  /** The services whose trust makes a role fit. */
  readonly trusts: readonly string[];
  /** What iam:PassedToService holds, where that is not `trusts`. */
  readonly passedTo?: readonly string[];
  /** Besides iam:PassRole, each on any resource it has. */
  readonly actions: readonly string[];
  readonly says: string;
}

export function newPassRole(row: NewPassRole): Omit<EscalationPath, 'published'> {
  const { id, trusts, passedTo = trusts, actions, says } = row;
  return {
    id,
    category: 'new-passrole',
    permissions: [passRoleTo(...passedTo), ...on('any', ...actions)],
    target: { kind: 'role', trusts, dormant: false },
    gives: 'target',
    says,
  };
}
