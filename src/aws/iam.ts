import type { IAMClient } from '@aws-sdk/client-iam';
import { compare } from '../snapshot/compare.ts';
import type { GroupDetail, ManagedPolicyDetail, ProfileDetail, RoleDetail, UserDetail } from '../snapshot/shapes.ts';
import type { AccountSnapshot } from '../snapshot/snapshot.ts';
import { iamArn } from './arn.ts';
import { type IamBulk, readBulk } from './iamBulk.ts';
import { planFrom } from './iamPlan.ts';
import type { Pages } from './paging.ts';
import type { Place } from './place.ts';
import { readPolicy } from './policies.ts';
import { getRole, listRoles, readRole } from './roles.ts';
import { mentionsRolesAnywhere } from './trust.ts';

export type IamMembers = Pick<AccountSnapshot, 'roles' | 'otherRoles' | 'users' | 'groups' | 'policies' | 'iamReadBy'>;

export interface IamRequest {
  readonly place: Place;
  readonly client: IAMClient;
  readonly account: string;
  /** The profiles of all regions, once they are known. */
  readonly profiles: Promise<readonly ProfileDetail[]>;
}

/**
 * Who there is in the account and what they may do: the roles that profiles name and those that trust Roles Anywhere, the other
 * roles, users and groups, and the managed policies that any of them or a profile names. Roles of other accounts are not
 * ours to read.
 */
export async function readIam({ place, client, account, profiles }: IamRequest): Promise<IamMembers> {
  const iam: Iam = { place, client, account };
  // What is told in both is told alike, and only the list has the longest session of each role.
  const [listed, bulk, ofAllRegions] = await Promise.all([listRoles(place, client), readBulk(place, client), profiles]);
  const named = namedBy(ofAllRegions, account);
  const { roles, otherRoles } = await readRoles(iam, { listed, bulk }, named);
  const everybody = [...roles, ...(otherRoles ?? []), ...bulk.users.values(), ...bulk.groups.values()];
  // Where the bulk call broke off each policy would take two requests more.
  const holders = bulk.complete ? everybody : roles;
  const policies = await readPolicies(iam, wantedPolicies(holders, named.policies), bulk);
  return {
    roles,
    ...(otherRoles === undefined ? {} : { otherRoles }),
    ...(bulk.complete ? { users: sorted(bulk.users), groups: sorted(bulk.groups) } : {}),
    policies,
    iamReadBy: planFrom(bulk),
  };
}

interface Iam {
  readonly place: Place;
  readonly client: IAMClient;
  readonly account: string;
}

/** What profiles name, by ARN; roles and policies of this account, and AWS's policies. */
interface Named {
  readonly roles: ReadonlyMap<string, string>;
  readonly policies: ReadonlySet<string>;
}

function namedBy(profiles: readonly ProfileDetail[], account: string): Named {
  const roles = profiles
    .flatMap(profile => profile.roleArns)
    .flatMap(arn => {
      const role = iamArn(arn, 'role');
      return role?.account === account ? [[arn, role.name] as const] : [];
    });
  const policies = profiles.flatMap(profile => profile.managedPolicyArns ?? []);
  return { roles: new Map(roles), policies: new Set(policies.filter(arn => isReadable(arn, account))) };
}

function isReadable(policy: string, account: string): boolean {
  const owner = iamArn(policy, 'policy')?.account;
  return owner === account || owner === 'aws';
}

interface Answers {
  readonly listed: Pages<RoleDetail>;
  readonly bulk: IamBulk;
}

interface RolesRead {
  readonly roles: readonly RoleDetail[];
  /** Undefined: a list failed, and there may be more of them. */
  readonly otherRoles: readonly RoleDetail[] | undefined;
}

async function readRoles(iam: Iam, { listed, bulk }: Answers, named: Named): Promise<RolesRead> {
  const known = new Map(listed.items.map(role => [role.Arn, role]));
  const existing = new Map([...bulk.roles, ...known]);
  const wanted = new Map(wantedOf([...existing.values()], named).map(({ Arn, RoleName }) => [Arn, RoleName]));
  // Without all roles before us, a role that only a profile names may exist all the same.
  if (!listed.complete && !bulk.complete) for (const [arn, name] of named.roles) wanted.set(arn, name);
  const read = [...wanted].map(([arn, name]) =>
    detailsOf(iam, { arn, name, known: known.get(arn), bulk: bulk.roles.get(arn) }),
  );
  const roles = (await Promise.all(read)).filter(role => role !== undefined).sort((a, b) => compare(a.Arn, b.Arn));
  const others = [...existing].filter(([arn]) => !wanted.has(arn));
  return {
    roles,
    otherRoles:
      listed.complete || bulk.complete
        ? sorted(new Map(others.map(([arn, role]) => [arn, { ...role, ...bulk.roles.get(arn) }])))
        : undefined,
  };
}

function sorted<T extends { readonly Arn: string }>(items: ReadonlyMap<string, T>): readonly T[] {
  return [...items.values()].sort((a, b) => compare(a.Arn, b.Arn));
}

function wantedOf(roles: readonly RoleDetail[], named: Named): readonly RoleDetail[] {
  return roles.filter(role => named.roles.has(role.Arn) || mentionsRolesAnywhere(trustOf(role)));
}

function trustOf({ AssumeRolePolicyDocument: trust }: RoleDetail): string | undefined {
  return typeof trust === 'string' ? trust : undefined;
}

interface Wanted {
  readonly arn: string;
  readonly name: string;
  readonly known: RoleDetail | undefined;
  readonly bulk: RoleDetail | undefined;
}

/** From the bulk answer where it is there; GetRole then only for the longest session of a role that no list told of. */
async function detailsOf({ place, client }: Iam, { arn, name, known, bulk }: Wanted): Promise<RoleDetail | undefined> {
  if (bulk === undefined) return readRole(place, client, { arn, name, known });
  if (known !== undefined) return { ...known, ...bulk };
  const got = await getRole(place, client, { arn, name, known });
  if (got === undefined) return undefined;
  return got === 'unread' ? bulk : { ...got, ...bulk };
}

type Holder = RoleDetail | UserDetail | GroupDetail;

function wantedPolicies(holders: readonly Holder[], named: ReadonlySet<string>): ReadonlySet<string> {
  const attached = holders.flatMap(holder => (holder.AttachedManagedPolicies ?? []).map(policy => policy.PolicyArn));
  const boundaries = holders.flatMap(holder =>
    'PermissionsBoundary' in holder ? (holder.PermissionsBoundary?.PermissionsBoundaryArn ?? []) : [],
  );
  return new Set([...attached, ...boundaries, ...named]);
}

async function readPolicies(
  iam: Iam,
  arns: ReadonlySet<string>,
  bulk: IamBulk,
): Promise<readonly ManagedPolicyDetail[]> {
  const read = [...arns].sort(compare).map(arn => policyFrom(iam, arn, bulk));
  return (await Promise.all(read)).filter(policy => policy !== undefined);
}

/** A complete bulk answer has all policies of the account, so that one that is not there does not exist. */
async function policyFrom({ place, client, account }: Iam, arn: string, bulk: IamBulk) {
  const known = bulk.policies.get(arn);
  if (known !== undefined) return known;
  if (!isReadable(arn, account)) return undefined;
  if (bulk.complete && iamArn(arn, 'policy')?.account === account) return undefined;
  return readPolicy(place, client, arn);
}
