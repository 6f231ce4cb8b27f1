import type { Onward } from './assumable.ts';
import { heldFor, type Looking } from './held.ts';
import type { Held } from './holding.ts';
import type { EscalationPath, Permission, Reach } from './path.ts';
import type { OpenPath, Setting } from './question.ts';

interface Supposed {
  readonly candidate?: Onward;
  /** ARN of something of Roles Anywhere. */
  readonly gate?: string;
  readonly assuming?: string;
}

export function opened(path: EscalationPath, setting: Setting, supposed: Supposed): OpenPath | undefined {
  const { candidate, gate, assuming } = supposed;
  const untargeted = heldUntargeted(path, setting);
  if (untargeted === undefined) return undefined;
  const targeted = heldForAll(groupsOf(path).targeted, { setting, path, candidate, gate });
  if (targeted === undefined) return undefined;
  const held = [...targeted, ...untargeted];
  return {
    path,
    certain: held.every(each => each.certain) && (candidate?.certain ?? true),
    held,
    targets: gate === undefined ? (candidate === undefined ? [] : [candidate.role.arn]) : [gate],
    assuming: assuming ?? assumingPolicy(held, setting),
  };
}

/** The same for every target. */
function heldUntargeted(path: EscalationPath, setting: Setting): readonly Held[] | undefined {
  const { untargeted } = setting;
  if (!untargeted.has(path)) {
    const looking = { setting, path, candidate: undefined, gate: undefined };
    untargeted.set(path, heldForAll(groupsOf(path).untargeted, looking));
  }
  return untargeted.get(path);
}

function heldForAll(groups: Groups, looking: Looking): readonly Held[] | undefined {
  const held: Held[] = [];
  for (const permissions of groups) {
    const some = heldFor(permissions, looking);
    if (some === undefined) return undefined;
    held.push(...some);
  }
  return held;
}

type Groups = readonly (readonly Permission[])[];

interface Grouped {
  readonly targeted: Groups;
  readonly untargeted: Groups;
}

const grouped = new WeakMap<EscalationPath, Grouped>();

function groupsOf(path: EscalationPath): Grouped {
  const known = grouped.get(path);
  if (known !== undefined) return known;
  const all = sharing(path.permissions);
  const isTargeted = ([first]: readonly Permission[]) => first?.on.startsWith('target-') === true;
  const made = { targeted: all.filter(isTargeted), untargeted: all.filter(group => !isTargeted(group)) };
  grouped.set(path, made);
  return made;
}

/** Permissions that must be held on the same target, in the order of the path. */
function sharing(permissions: readonly Permission[]): Groups {
  const groups: Permission[][] = [];
  for (const permission of permissions) {
    const group = SHARED.has(permission.on) ? groups.find(([first]) => first?.on === permission.on) : undefined;
    if (group === undefined) groups.push([permission]);
    else group.push(permission);
  }
  return groups;
}

const SHARED: ReadonlySet<Reach> = new Set([
  'new-role',
  'new-user',
  'target-role',
  'target-user',
  'target-group',
  'target-resource',
]);

function assumingPolicy(held: readonly Held[], { self }: Setting): string | undefined {
  const written = held.find(({ permission }) => permission.on === 'own-policy');
  if (written === undefined || self.customerPolicies?.includes(written.resource)) return undefined;
  return self.customerPolicies === undefined
    ? 'if the policy is attached to this role'
    : 'if the policy is attached to somebody else';
}
