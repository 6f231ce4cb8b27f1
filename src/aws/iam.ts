import type { IAMClient } from '@aws-sdk/client-iam';
import { compare } from '../snapshot/compare.ts';
import type { ManagedPolicyDetail, ProfileDetail, RoleDetail } from '../snapshot/shapes.ts';
import type { AccountSnapshot } from '../snapshot/snapshot.ts';
import { iamArn } from './arn.ts';
import { type IamBulk, readBulk } from './iamBulk.ts';
import { type IamPlan, planIam } from './iamPlan.ts';
import type { Pages } from './paging.ts';
import type { Place } from './place.ts';
import { readPolicy } from './policies.ts';
import { getRole, listRoles, readRole } from './roles.ts';
import { mentionsRolesAnywhere } from './trust.ts';

export type IamMembers = Pick<AccountSnapshot, 'roles' | 'otherRoles' | 'policies' | 'iamReadBy'>;

export interface IamRequest {
  readonly place: Place;
  readonly client: IAMClient;
  readonly account: string;
  /** The profiles of all regions, once they are known. */
  readonly profiles: Promise<readonly ProfileDetail[]>;
}

/** What a list with no more than this on a page tells of the page size: nothing. */
const WHOLE_PAGE = 1000;

/**
 * The roles that profiles name and those that trust Roles Anywhere, with their policies, and the managed policies that
 * roles, boundaries and profiles name. Roles of other accounts are not ours to read.
 */
export async function readIam({ place, client, account, profiles }: IamRequest): Promise<IamMembers> {
  const iam: Iam = { place, client, account };
  const [listed, ofAllRegions] = await Promise.all([listRoles(place, client), profiles]);
  const named = namedBy(ofAllRegions, account);
  const { plan, bulk, roles, otherRoles } = await readRoles(iam, listed, named);
  const policies = await readPolicies(iam, wantedPolicies(roles, named.policies), bulk);
  return { roles, ...(otherRoles === undefined ? {} : { otherRoles }), policies, iamReadBy: plan };
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

interface RolesRead {
  readonly plan: IamPlan;
  readonly bulk: IamBulk | undefined;
  readonly roles: readonly RoleDetail[];
  /** Undefined: a list failed, and there may be more of them. */
  readonly otherRoles: readonly RoleDetail[] | undefined;
}

async function readRoles(iam: Iam, listed: Pages<RoleDetail>, named: Named): Promise<RolesRead> {
  const plan = planFor(iam, listed, named);
  const bulk = plan.strategy === 'bulk' ? await readBulk(iam.place, iam.client) : undefined;
  const known = new Map(listed.items.map(role => [role.Arn, role]));
  const existing = bulk === undefined ? known : new Map([...bulk.roles, ...known]);
  const wanted = new Map(wantedOf([...existing.values()], named).map(({ Arn, RoleName }) => [Arn, RoleName]));
  // Without all roles before us, a role that only a profile names may exist all the same.
  if (!listed.complete && bulk?.complete !== true) for (const [arn, name] of named.roles) wanted.set(arn, name);
  const read = [...wanted].map(([arn, name]) =>
    detailsOf(iam, { arn, name, known: known.get(arn), bulk: bulk?.roles.get(arn) }),
  );
  const roles = (await Promise.all(read)).filter(role => role !== undefined).sort((a, b) => compare(a.Arn, b.Arn));
  const fellBack = bulk !== undefined && !bulk.complete && bulk.roles.size === 0;
  return {
    plan: fellBack ? { strategy: 'per-role', reason: `${plan.reason}, but the bulk call failed` } : plan,
    bulk,
    roles,
    otherRoles:
      listed.complete || bulk?.complete === true
        ? [...existing.values()].filter(({ Arn }) => !wanted.has(Arn)).sort((a, b) => compare(a.Arn, b.Arn))
        : undefined,
  };
}

function planFor({ account }: Iam, listed: Pages<RoleDetail>, named: Named): IamPlan {
  if (!listed.complete) return { strategy: 'bulk', reason: 'roles could not be listed' };
  return planIam({
    roles: listed.items.length,
    wanted: wantedOf(listed.items, named).length,
    namedPolicies: [...named.policies].filter(arn => iamArn(arn, 'policy')?.account === account).length,
    perPage: listed.pages > 1 ? Math.ceil(listed.items.length / listed.pages) : WHOLE_PAGE,
  });
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

function wantedPolicies(roles: readonly RoleDetail[], named: ReadonlySet<string>): ReadonlySet<string> {
  const attached = roles.flatMap(role => (role.AttachedManagedPolicies ?? []).map(policy => policy.PolicyArn));
  const boundaries = roles.flatMap(role => role.PermissionsBoundary?.PermissionsBoundaryArn ?? []);
  return new Set([...attached, ...boundaries, ...named]);
}

async function readPolicies(
  iam: Iam,
  arns: ReadonlySet<string>,
  bulk: IamBulk | undefined,
): Promise<readonly ManagedPolicyDetail[]> {
  const read = [...arns].sort(compare).map(arn => policyFrom(iam, arn, bulk));
  return (await Promise.all(read)).filter(policy => policy !== undefined);
}

/** A complete bulk answer has all policies of the account, so that one that is not there does not exist. */
async function policyFrom({ place, client, account }: Iam, arn: string, bulk: IamBulk | undefined) {
  const known = bulk?.policies.get(arn);
  if (known !== undefined) return known;
  if (!isReadable(arn, account)) return undefined;
  if (bulk?.complete === true && iamArn(arn, 'policy')?.account === account) return undefined;
  return readPolicy(place, client, arn);
}
