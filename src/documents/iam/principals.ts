import { isServiceLinked } from '../../iam/arn.ts';
import type { Layer, Layers } from '../../iam/layer.ts';
import { readPolicy } from '../../iam/policy.ts';
import type { Principal } from '../../iam/powers/principal.ts';
import type { GroupDetail, InlinePolicy, UserDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot } from '../../snapshot/snapshot.ts';
import { holdsAllRoles } from '../context.ts';
import { type Iam, tagPairs } from './iam.ts';
import type { ManagedPolicies } from './layers.ts';

/** Whether all users, groups and roles of the account are before us. */
export function knowsEverybody(account: AccountSnapshot): boolean {
  return account.users !== undefined && account.groups !== undefined && holdsAllRoles(account);
}

/**
 * Everybody who may do something in the account: users with what their groups give them, and roles. Service-linked roles are left
 * out: AWS decides what they may do, and who uses them.
 */
export function principalsOf({ users = [], groups = [] }: AccountSnapshot, iam: Iam): readonly Principal[] {
  const groupsByName = new Map(groups.map(group => [group.GroupName, groupFrom(group, iam.managed)]));
  const roles = iam.everyRole.filter(({ role }) => !isServiceLinked(role.Arn));
  return [
    ...users.map(user => userFrom(user, groupsByName, iam.managed)),
    ...roles.map(({ role, layers }) => ({
      kind: 'role' as const,
      arn: role.Arn,
      id: role.RoleId,
      layers,
      tags: tagPairs(role),
      groups: [],
    })),
  ];
}

interface Group {
  readonly arn: string;
  readonly identity: Layer;
}

function groupFrom(group: GroupDetail, managed: ManagedPolicies): Group {
  const { Arn: arn, GroupPolicyList: inline } = group;
  return {
    arn,
    identity: identityOf({ inline, attached: group.AttachedManagedPolicies, prefix: `${group.GroupName}/` }, managed),
  };
}

function userFrom(user: UserDetail, groupsByName: ReadonlyMap<string, Group>, managed: ManagedPolicies): Principal {
  const { Arn: arn, UserId: id, GroupList: names, UserPolicyList: inline, AttachedManagedPolicies: attached } = user;
  const groups = (names ?? []).flatMap(name => groupsByName.get(name) ?? []);
  const own = identityOf({ inline, attached, prefix: '' }, managed);
  const identity: Layer = {
    name: 'identity',
    policies: [...own.policies, ...groups.flatMap(group => group.identity.policies)],
    complete: own.complete && groups.length === names?.length && groups.every(group => group.identity.complete),
  };
  return {
    kind: 'user',
    arn,
    id,
    layers: [identity, ...boundaryOf(user, managed)],
    tags: (user.Tags ?? []).map(({ Key, Value }) => [Key, Value]),
    groups: groups.map(group => group.arn),
  };
}

interface Holding {
  readonly inline: readonly InlinePolicy[] | undefined;
  readonly attached: UserDetail['AttachedManagedPolicies'];
  /** Before the names of inline policies, so that those of a group are told from the user's own. */
  readonly prefix: string;
}

function identityOf({ inline, attached, prefix }: Holding, managed: ManagedPolicies): Layer {
  return {
    name: 'identity',
    policies: [
      ...(attached ?? []).map(({ PolicyArn }) => managed(PolicyArn)),
      ...(inline ?? []).map(({ PolicyName, PolicyDocument }) => ({
        name: `${prefix}${PolicyName}`,
        reading: readPolicy(PolicyDocument, 'identity'),
      })),
    ],
    complete: inline !== undefined && attached !== undefined,
  };
}

function boundaryOf({ PermissionsBoundary: boundary }: UserDetail, managed: ManagedPolicies): Layers {
  const arn = boundary?.PermissionsBoundaryArn;
  if (boundary === undefined) return [];
  return [{ name: 'boundary', policies: arn === undefined ? [] : [managed(arn)], complete: arn !== undefined }];
}
