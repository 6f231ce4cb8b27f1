import { stackOf } from '../iam/access/stack.ts';
import type { Context } from '../iam/context.ts';
import type { Self } from '../iam/escalation/match.ts';
import { boundaryIn, type KnownRole, type World, worldOf } from '../iam/escalation/world.ts';
import type { Layers } from '../iam/layer.ts';
import { type Policy, readPolicy, type Statement } from '../iam/policy.ts';
import { type Mapping, principalContext } from '../iam/session.ts';
import { type AccessSummary, summaryOf } from '../iam/summary/summary.ts';
import { type TrustFacts, trustFacts } from '../iam/trust.ts';
import type { ProfileDetail, RoleDetail } from '../snapshot/shapes.ts';
import type { AccountSnapshot } from '../snapshot/snapshot.ts';
import { knowsAllRoles, mayLackRoles } from './context.ts';
import { isDetailed, type ManagedPolicies, managedPoliciesOf, roleLayers, sessionLayer } from './layers.ts';
import { surroundingsOf } from './surroundings.ts';

/** What is worked out of one role once and used by its own document and by those of the profiles that name it. */
export interface RoleFacts {
  readonly role: RoleDetail;
  /** Identity policies and permissions boundary. */
  readonly layers: Layers;
  /** What its own policies add up to, without any session policy. */
  readonly access: AccessSummary;
  /** Undefined: the trust policy is not there or cannot be parsed. */
  readonly trustPolicy: Policy | undefined;
  readonly trust: TrustFacts | undefined;
  /** Which calls for this role failed. */
  readonly unread: ReadonlySet<string>;
}

/** A role as something names it. NoSuchEntity is an answer: a role nobody failed to read and that is not there is missing. */
export type NamedRole =
  | { readonly kind: 'found'; readonly facts: RoleFacts }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unread' };

export interface Iam {
  readonly roles: readonly RoleFacts[];
  readonly managed: ManagedPolicies;
  /** Looks a role up by its ARN. */
  named(arn: string): NamedRole;
  /** What a session of this role through this profile can do. */
  access(profile: ProfileDetail, facts: RoleFacts): AccessSummary;
  session(profile: ProfileDetail, facts: RoleFacts): Session;
}

/** All that bounds a session, and what is known of its principal. */
export interface Session {
  readonly layers: Layers;
  readonly principal: Context;
}

/** `now`: when the snapshot was taken, for conditions on the time. */
export function iamOf(account: AccountSnapshot, now: Date): Iam {
  const managed = managedPoliciesOf(account);
  const byArn = new Map(account.roles.map(role => [role.Arn, undrawn(account, role, managed)]));
  const others = (account.otherRoles ?? []).map(role => undrawn(account, role, managed));
  const world = worldOf(
    { account: account.id, partition: partitionOf(account), complete: knowsAllRoles(account) },
    [...byArn.values(), ...others].map(knownRole),
    surroundingsOf(account),
  );
  const summarise = summariser(world, now);
  const roles = [...byArn.values()].map(each => ({
    ...each,
    get access() {
      return summarise(each, undefined, managed);
    },
  }));
  const factsByArn = new Map(roles.map(facts => [facts.role.Arn, facts]));
  const unreadRoles = new Set(
    account.unread.filter(({ operation }) => operation.startsWith('iam:')).map(each => each.resource),
  );
  const gap = mayLackRoles(account);
  return {
    roles,
    managed,
    access: (profile, facts) => summarise(facts, profile, managed),
    session: (profile, facts) => sessionOf(facts, profile, { managed, now }),
    named(arn) {
      const facts = factsByArn.get(arn);
      if (facts !== undefined) return { kind: 'found', facts };
      const foreign = accountIn(arn) !== account.id;
      const unread = gap || foreign || unreadRoles.has(arn) || unreadRoles.has(roleNameIn(arn));
      return { kind: unread ? 'unread' : 'missing' };
    },
  };
}

/** A role before anybody asked what it can do. */
type Undrawn = Omit<RoleFacts, 'access'>;

function undrawn(account: AccountSnapshot, role: RoleDetail, managed: ManagedPolicies): Undrawn {
  const unread = unreadCalls(account, role);
  const { AssumeRolePolicyDocument: document } = role;
  const trust = document === undefined ? undefined : readPolicy(document, 'trust');
  const trustPolicy = trust?.kind === 'parsed' ? trust.policy : undefined;
  return {
    role,
    unread,
    layers: roleLayers(role, managed, unread),
    trustPolicy,
    trust: trustPolicy && trustFacts(trustPolicy),
  };
}

function knownRole({ role, layers, trustPolicy }: Undrawn): KnownRole {
  return {
    arn: role.Arn,
    name: role.RoleName,
    trust: trustPolicy,
    customerPolicies: customerPolicies(role),
    layers: isDetailed(role) ? layers : undefined,
    tags: tagPairs(role),
  };
}

function customerPolicies(role: RoleDetail): readonly string[] | undefined {
  return role.AttachedManagedPolicies?.map(({ PolicyArn }) => PolicyArn).filter(arn => accountIn(arn) !== 'aws');
}

/** GetRole leaves Tags out when there are none and ListRoles always does; RoleLastUsed tells the two apart. */
export function tagPairs(role: RoleDetail): readonly (readonly [string, string])[] | undefined {
  const none = role.RoleLastUsed === undefined ? undefined : [];
  return role.Tags?.map(({ Key, Value }) => [Key, Value] as const) ?? none;
}

/** Sessions of one role differ by session policy and mapped attributes alone: what is the same is worked out once. */
function summariser(world: World, now: Date) {
  const remembered = new Map<string, AccessSummary>();
  return (facts: Undrawn, profile: ProfileDetail | undefined, managed: ManagedPolicies): AccessSummary => {
    const key = JSON.stringify([
      facts.role.Arn,
      profile?.sessionPolicy?.trim() || undefined,
      profile?.managedPolicyArns,
      profile && asksForTags(facts, profile, managed) ? mappingsOf(profile) : undefined,
    ]);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const { layers, principal } = sessionOf(facts, profile, { managed, now });
    const made = summaryOf({ layers, stack: stackOf(layers, { principal, now }), self: selfOf(facts), world });
    remembered.set(key, made);
    return made;
  };
}

/** Which attributes become tags matters only to policies that ask for one, or that are not before us. */
function asksForTags({ layers }: Undrawn, profile: ProfileDetail, managed: ManagedPolicies): boolean {
  const policies = [...layers, ...sessionLayer(profile, managed)].flatMap(layer => layer.policies);
  return policies.some(({ reading }) => reading?.kind !== 'parsed' || reading.policy.statements.some(asksForTag));
}

function asksForTag({ text }: Statement): boolean {
  return /x509/i.test(text);
}

interface Reading {
  readonly managed: ManagedPolicies;
  readonly now: Date;
}

function sessionOf({ role, layers }: Undrawn, profile: ProfileDetail | undefined, { managed, now }: Reading): Session {
  return {
    layers: [...layers, ...(profile === undefined ? [] : sessionLayer(profile, managed))],
    principal: principalContext({
      roleArn: role.Arn,
      roleTags: tagPairs(role),
      mappings: profile && mappingsOf(profile),
      now,
    }),
  };
}

function selfOf({ role, layers }: Undrawn): Self {
  return { arn: role.Arn, customerPolicies: customerPolicies(role), boundary: boundaryIn(layers) };
}

/** Undefined in answers of AWS that are older than the mappings. */
export function mappingsOf({ attributeMappings }: ProfileDetail): readonly Mapping[] | undefined {
  return attributeMappings?.map(({ certificateField, mappingRules }) => ({
    certificateField,
    specifiers: mappingRules.map(({ specifier }) => specifier),
  }));
}

function partitionOf({ roles }: AccountSnapshot): string {
  return roles[0]?.Arn.split(':')[1] ?? 'aws';
}

function unreadCalls(account: AccountSnapshot, { Arn, RoleName }: RoleDetail): ReadonlySet<string> {
  const concerning = account.unread.filter(({ resource }) => resource === Arn || resource === RoleName);
  return new Set(concerning.map(each => each.operation));
}

/** The fifth part of an ARN. */
function accountIn(arn: string): string | undefined {
  return arn.split(':')[4];
}

/** A role's ARN may carry a path; its name is the last part. */
function roleNameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
