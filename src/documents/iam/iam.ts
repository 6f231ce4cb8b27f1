import { budgetAmong } from '../../iam/access/stack.ts';
import { accountIn, nameIn, partitionIn } from '../../iam/arn.ts';
import type { Context } from '../../iam/context.ts';
import { MOST_ROLES } from '../../iam/escalation/lateral.ts';
import { questionOf, type Self } from '../../iam/escalation/question.ts';
import { questionOfRole } from '../../iam/escalation/roleItself.ts';
import { boundaryIn, type KnownRole, type World, worldOf } from '../../iam/escalation/world.ts';
import type { Layers, NamedPolicy } from '../../iam/layer.ts';
import { type Policy, readPolicy, type Statement } from '../../iam/policy.ts';
import { type Mapping, principalContext } from '../../iam/session.ts';
import { type AccessSummary, summaryOf } from '../../iam/summary/summary.ts';
import { type TrustFacts, trustFacts } from '../../iam/trust.ts';
import { once } from '../../memo/once.ts';
import { oncePer } from '../../memo/oncePer.ts';
import type { ProfileDetail, RoleDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot } from '../../snapshot/snapshot.ts';
import { holdsAllRoles, rolesKnown } from '../context.ts';
import {
  isDetailed,
  type ManagedPolicies,
  managedPoliciesOf,
  roleLayers,
  type SessionLayers,
  sessionLayersFrom,
} from './layers.ts';
import { inlineSessionPolicy } from './sessionPolicy.ts';
import { surroundingsOf } from './surroundings.ts';

/** What is worked out of one role once and used by its own document and by those of the profiles that name it. */
export interface RoleFacts {
  readonly role: RoleDetail;
  /** Identity policies and permissions boundary. */
  readonly layers: Layers;
  /** The same as others see it who look for a way on. */
  readonly known: KnownRole;
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
  /** All roles, those that have nothing to do with Roles Anywhere too. */
  readonly everyRole: readonly Undrawn[];
  readonly world: World;
  readonly managed: ManagedPolicies;
  /** Looks a role up by its ARN. */
  named(arn: string): NamedRole;
  /** What a session of this role through this profile can do. */
  access(profile: ProfileDetail, facts: RoleFacts): AccessSummary;
  session(profile: ProfileDetail, facts: RoleFacts): Session;
  /** All that bounds it. */
  layers(profile: ProfileDetail, facts: RoleFacts): Layers;
  /** Whether the roles that a session goes on to are all there are, and all are told. */
  knowsWayOn(access: AccessSummary): boolean;
}

/** All that bounds a session, and what is known of its principal. */
export interface Session {
  readonly layers: Layers;
  readonly principal: Context;
}

/** `now`: when the snapshot was taken, for conditions on the time. */
export function iamOf(account: AccountSnapshot, now: Date): Iam {
  const managed = managedPoliciesOf(account);
  const unreadOf = unreadCalls(account);
  const undraw = (role: RoleDetail) => undrawn(role, { managed, unread: unreadOf(role) });
  const byArn = new Map(account.roles.map(role => [role.Arn, undraw(role)]));
  const others = (account.otherRoles ?? []).map(undraw);
  const world = worldOf(
    { account: account.id, partition: partitionOf(account), complete: holdsAllRoles(account) },
    [...byArn.values(), ...others].map(({ known }) => known),
    surroundingsOf(account),
  );
  const making = { sessionLayers: sessionLayersFrom(managed), now };
  const summarise = summariser(world, making);
  const roles = [...byArn.values()].map(each => ({
    ...each,
    get access() {
      return summarise(each);
    },
  }));
  const factsByArn = new Map(roles.map(facts => [facts.role.Arn, facts]));
  const unreadRoles = new Set(
    account.unread.filter(({ operation }) => operation.startsWith('iam:')).map(each => each.resource),
  );
  const gap = rolesKnown(account) === 'unknown';
  return {
    roles,
    everyRole: [...byArn.values(), ...others],
    world,
    managed,
    access: (profile, facts) => summarise(facts, profile),
    session: (profile, facts) => sessionOf(facts, profile, making),
    layers: (profile, facts) => layersOf(facts, profile, making),
    knowsWayOn: ({ lateral }) => world.complete && lateral.length < MOST_ROLES,
    named(arn) {
      const facts = factsByArn.get(arn);
      if (facts !== undefined) return { kind: 'found', facts };
      const foreign = accountIn(arn) !== account.id;
      const unread = gap || foreign || unreadRoles.has(arn) || unreadRoles.has(nameIn(arn));
      return { kind: unread ? 'unread' : 'missing' };
    },
  };
}

/** A role before anybody asked what it can do. */
export type Undrawn = Omit<RoleFacts, 'access'>;

interface Reading {
  readonly managed: ManagedPolicies;
  /** The calls for the role that failed. */
  readonly unread: ReadonlySet<string>;
}

function undrawn(role: RoleDetail, { managed, unread }: Reading): Undrawn {
  const { AssumeRolePolicyDocument: document } = role;
  const trust = document === undefined ? undefined : readPolicy(document, 'trust');
  const trustPolicy = trust?.kind === 'parsed' ? trust.policy : undefined;
  const layers = roleLayers(role, managed, unread);
  return {
    role,
    unread,
    layers,
    known: knownRole(role, layers, trustPolicy),
    trustPolicy,
    trust: trustPolicy && trustFacts(trustPolicy),
  };
}

function knownRole(role: RoleDetail, layers: Layers, trustPolicy: Policy | undefined): KnownRole {
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

interface Making {
  readonly sessionLayers: SessionLayers;
  readonly now: Date;
}

/**
 * Sessions of one role differ by session policy and mapped attributes alone: what is the same is worked out once. Without a
 * profile it is what the role can do by itself, which is what a profile that adds nothing lets it do.
 */
function summariser(world: World, making: Making) {
  const remembered = new Map<string, Map<string, AccessSummary>>();
  const asksForTags = tagsAsked(world);
  return (facts: Undrawn, profile?: ProfileDetail): AccessSummary => {
    const tagged = asksForTags(facts, profile === undefined ? NO_LAYERS : making.sessionLayers(profile));
    const ofRole = remembered.get(facts.role.Arn) ?? new Map<string, AccessSummary>();
    remembered.set(facts.role.Arn, ofRole);
    const key = profile === undefined ? ADDS_NOTHING : whatItAdds(profile)[tagged ? 'withTags' : 'policies'];
    const known = ofRole.get(key);
    if (known !== undefined) return known;
    const isItself = key === ADDS_NOTHING && !tagged && facts.known.layers !== undefined;
    const made = isItself
      ? summaryOf({ layers: facts.layers, question: questionOfRole(facts.known, world, making.now) })
      : summaryOfSession(sessionOf(facts, profile, making), { self: selfOf(facts), world, now: making.now });
    ofRole.set(key, made);
    return made;
  };
}

function summaryOfSession(
  { layers, principal }: Session,
  { self, world, now }: { readonly self: Self; readonly world: World; readonly now: Date },
): AccessSummary {
  const stack = world.stacks(layers, { principal, now, budget: budgetAmong(world.roles.length) });
  return summaryOf({ layers, question: questionOf({ stack, self, world }) });
}

/** Equal texts where profiles add the same to a role's session. */
const whatItAdds = oncePer((profile: ProfileDetail) => {
  const policies = JSON.stringify([inlineSessionPolicy(profile) ?? null, profile.managedPolicyArns ?? []]);
  const mappings = mappingsOf(profile);
  return { policies, withTags: mappings === undefined ? policies : `${policies} ${JSON.stringify(mappings)}` };
});

const ADDS_NOTHING = JSON.stringify([null, []]);
const NO_LAYERS: Layers = [];

/**
 * Which attributes become tags matters only to policies that ask for one, or that are not before us: those of the session, and
 * versions of them that somebody may make the default. It matters to everybody where a trust policy asks for one that lets in more
 * than services.
 */
function tagsAsked({ roles, surroundings }: World): (facts: Undrawn, session: Layers) => boolean {
  const byTrust = once(() =>
    roles.some(({ trust }) => trust?.statements.some(each => !isForServices(each) && asksForTag(each))),
  );
  const inLayers = oncePer((layers: Layers) => layers.flatMap(layer => layer.policies).some(mayAskForTag));
  const inVersions = ({ known }: Undrawn) =>
    versionedIn(known).some(arn => surroundings.otherVersions(arn)?.some(mayAskForTag));
  const byRole = oncePer((facts: Undrawn) => byTrust() || inLayers(facts.layers) || inVersions(facts));
  return (facts, session) => byRole(facts) || (session.length > 0 && inLayers(session));
}

/** The customer-managed policies of a role, its boundary too. */
function versionedIn({ customerPolicies = [], layers }: KnownRole): readonly string[] {
  const boundary = boundaryIn(layers);
  return [...customerPolicies, ...(boundary.kind === 'known' ? boundary.values : [])];
}

function mayAskForTag({ reading }: NamedPolicy): boolean {
  return reading?.kind !== 'parsed' || reading.policy.statements.some(asksForTag);
}

function isForServices({ principals }: Statement): boolean {
  return principals?.negated === false && principals.members.every(({ type }) => type === 'Service');
}

function asksForTag({ text }: Statement): boolean {
  return /x509/i.test(text);
}

function layersOf({ layers }: Undrawn, profile: ProfileDetail | undefined, { sessionLayers }: Making): Layers {
  return profile === undefined ? layers : [...layers, ...sessionLayers(profile)];
}

function sessionOf(facts: Undrawn, profile: ProfileDetail | undefined, making: Making): Session {
  const { role } = facts;
  return {
    layers: layersOf(facts, profile, making),
    principal: principalContext({
      roleArn: role.Arn,
      roleTags: tagPairs(role),
      mappings: profile && mappingsOf(profile),
      now: making.now,
    }),
  };
}

function selfOf({ role, layers }: Undrawn): Self {
  return { arn: role.Arn, customerPolicies: customerPolicies(role), boundary: boundaryIn(layers) };
}

/** Undefined in answers of AWS that are older than the mappings. */
export const mappingsOf = oncePer(({ attributeMappings }: ProfileDetail): readonly Mapping[] | undefined =>
  attributeMappings?.map(({ certificateField, mappingRules }) => ({
    certificateField,
    specifiers: mappingRules.map(({ specifier }) => specifier),
  })),
);

function partitionOf({ roles }: AccountSnapshot): string {
  return roles[0] === undefined ? 'aws' : partitionIn(roles[0].Arn);
}

/** Calls name a role by its ARN or by its name. */
function unreadCalls({ unread }: AccountSnapshot): (role: RoleDetail) => ReadonlySet<string> {
  const byResource = new Map<string, readonly string[]>();
  for (const { resource, operation } of unread)
    byResource.set(resource, [...(byResource.get(resource) ?? []), operation]);
  return ({ Arn, RoleName }) => new Set([Arn, RoleName].flatMap(name => byResource.get(name) ?? []));
}
