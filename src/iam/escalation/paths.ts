import type { EscalationPath } from './path.ts';
import { existingPaths } from './paths/existingPaths.ts';
import { laterPassRolePaths } from './paths/laterPassRolePaths.ts';
import { passRolePaths } from './paths/passRolePaths.ts';
import { principalPaths } from './paths/principalPaths.ts';
import { rolesAnywherePaths } from './paths/rolesAnywherePaths.ts';
import { selfPaths } from './paths/selfPaths.ts';

/**
 * All known paths, sorted by id. The permission sets with pathfinding.cloud's ids are its facts (DataDog, Apache-2.0);
 * what each permission must reach, what is passed to whom and what a path gives a session are our reading of AWS.
 */
export const escalationPaths: readonly EscalationPath[] = [
  ...selfPaths,
  ...principalPaths,
  ...passRolePaths,
  ...laterPassRolePaths,
  ...existingPaths,
  ...rolesAnywherePaths,
].sort((a, b) => (a.id < b.id ? -1 : 1));

/** Whether no public list has the path: its id is ours, see EscalationPath. */
export function isOwnPath({ id }: EscalationPath): boolean {
  return /^rolesanywhere-|-9\d\d$/.test(id);
}
