import type { Permission, Reach } from '../path.ts';

/** These actions, all on the same reach. */
export function on(reach: Reach, ...actions: readonly string[]): readonly Permission[] {
  return actions.map(action => ({ action, on: reach }));
}

/** iam:PassRole for the target role, to any one of these services. */
export function passRoleTo(...services: readonly string[]): Permission {
  return { action: 'iam:PassRole', on: 'target-role', passedTo: services };
}
