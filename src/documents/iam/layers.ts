import type { Layer, Layers, NamedPolicy } from '../../iam/layer.ts';
import { lintPolicy } from '../../iam/lint.ts';
import { type Patterns, type PolicyReading, readPolicy, type Statement } from '../../iam/policy.ts';
import { distinct } from '../../lists.ts';
import type { ManagedPolicyDetail, ProfileDetail, RoleDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot } from '../../snapshot/snapshot.ts';
import type { Facts } from '../facts.ts';
import { inlineSessionPolicy } from './sessionPolicy.ts';

/** The managed policies of an account by ARN, each read once; without a reading where its document is not there. */
export type ManagedPolicies = (arn: string) => NamedPolicy;

export function managedPoliciesOf(account: AccountSnapshot): ManagedPolicies {
  const byArn = new Map(account.policies.map(policy => [policy.Arn, policy]));
  const known = new Map<string, NamedPolicy>();
  const read = (arn: string): PolicyReading | undefined => {
    const document = defaultDocument(byArn.get(arn));
    if (document !== undefined) return readPolicy(document, 'identity');
    return ADMINISTRATOR_ACCESS.test(arn) ? EVERYTHING : undefined;
  };
  return arn => {
    const before = known.get(arn);
    if (before !== undefined) return before;
    const policy = { name: arn, reading: read(arn) };
    known.set(arn, policy);
    return policy;
  };
}

/** AWS's own policy of this name is known without reading it. */
const ADMINISTRATOR_ACCESS = /^arn:aws[a-z-]*:iam::aws:policy\/AdministratorAccess$/;

const EVERYTHING = readPolicy({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }, 'identity');

function defaultDocument(policy: ManagedPolicyDetail | undefined): unknown {
  const versions = policy?.PolicyVersionList ?? [];
  const isDefault = (at: { VersionId: string; IsDefaultVersion?: boolean }) =>
    at.IsDefaultVersion === true || at.VersionId === policy?.DefaultVersionId;
  return versions.find(isDefault)?.Document;
}

/** What a role is allowed by itself: its attached and inline policies, and its permissions boundary if it has one. */
export function roleLayers(role: RoleDetail, managed: ManagedPolicies, unread: ReadonlySet<string>): Layers {
  const attached = (role.AttachedManagedPolicies ?? []).map(({ PolicyArn }) => managed(PolicyArn));
  const inline = (role.RolePolicyList ?? []).map(({ PolicyName, PolicyDocument }) => ({
    name: PolicyName,
    reading: readPolicy(PolicyDocument, 'identity'),
  }));
  const identity: Layer = {
    name: 'identity',
    policies: [...attached, ...inline],
    complete: hasInlinePolicies(role, unread) && hasAttachedPolicies(role, unread),
  };
  return [identity, ...boundaryOf(role, managed, unread)];
}

/** One that nobody could ask for may be there, and allow little. */
function boundaryOf(role: RoleDetail, managed: ManagedPolicies, unread: ReadonlySet<string>): Layers {
  const arn = role.PermissionsBoundary?.PermissionsBoundaryArn;
  if (arn !== undefined) return [{ name: 'boundary', policies: [managed(arn)], complete: true }];
  return knowsBoundary(role, unread) ? [] : [{ name: 'boundary', policies: [], complete: false }];
}

/** ListRoles leaves boundary and last use out, GetRole gives both (IAM API). */
export function knowsBoundary(role: RoleDetail, unread: ReadonlySet<string>): boolean {
  return !unread.has('iam:GetRole') && (role.PermissionsBoundary !== undefined || isDetailed(role));
}

/** Whether what is absent is known to be absent: more was read of the role than a list tells. */
export function isDetailed(role: RoleDetail): boolean {
  return role.RoleLastUsed !== undefined || role.RolePolicyList !== undefined;
}

/** The profile's session policies, one union; no layer when it has none. */
export function sessionLayer(profile: ProfileDetail, managed: ManagedPolicies): Layers {
  const inline = inlineSessionPolicy(profile);
  const policies = [
    ...(inline === undefined ? [] : [{ name: 'session policy', reading: readPolicy(inline, 'identity') }]),
    ...(profile.managedPolicyArns ?? []).map(managed),
  ];
  return policies.length === 0 ? [] : [{ name: 'session', policies, complete: true }];
}

/** The session layer of each profile, read once. */
export type SessionLayers = (profile: ProfileDetail) => Layers;

export function sessionLayersFrom(managed: ManagedPolicies): SessionLayers {
  const known = new Map<ProfileDetail, Layers>();
  return profile => {
    const before = known.get(profile);
    if (before !== undefined) return before;
    const layers = sessionLayer(profile, managed);
    known.set(profile, layers);
    return layers;
  };
}

export function hasInlinePolicies(role: RoleDetail, unread: ReadonlySet<string>): boolean {
  return role.RolePolicyList !== undefined && !unread.has('iam:ListRolePolicies') && !unread.has('iam:GetRolePolicy');
}

export function hasAttachedPolicies(role: RoleDetail, unread: ReadonlySet<string>): boolean {
  return role.AttachedManagedPolicies !== undefined && !unread.has('iam:ListAttachedRolePolicies');
}

/** The policies with a statement that allows everything on everything. */
export function policiesForAll(layers: Layers): readonly string[] {
  const identity = layers.filter(layer => layer.name === 'identity').flatMap(layer => layer.policies);
  return identity
    .filter(({ reading }) => reading?.kind === 'parsed' && reading.policy.statements.some(isForAll))
    .map(each => each.name);
}

/** Whether it allows everything on everything, if its conditions hold. */
export function isForAll({ effect, actions, resources }: Statement): boolean {
  const everything = (patterns: Patterns | undefined) =>
    patterns !== undefined && !patterns.negated && patterns.values.some(value => /^\*+(:\*+)?$/.test(value));
  return effect === 'Allow' && everything(actions) && everything(resources);
}

/** What there is to say of the policies' wording, as fields: kinds, and one line each. */
export function lintFacts(layers: Layers): Facts {
  const lints = layers
    .flatMap(layer => layer.policies)
    .flatMap(({ name, reading }) =>
      reading?.kind === 'parsed' ? lintPolicy(reading.policy).map(lint => ({ ...lint, name })) : [],
    );
  return {
    kind: distinct(lints.map(lint => lint.kind)),
    evidence: lints.slice(0, MOST_LINTS).map(({ name, where, says }) => `${name} ${where}: ${says}`),
  };
}

/** A policy of a thousand misspelt actions needs no thousand lines. */
const MOST_LINTS = 20;
