import { ABSENT, type Context, contextOf, layered } from '../iam/context.ts';
import { type Decision, decide } from '../iam/decide.ts';
import { directCallContext, resourceContext } from '../iam/session.ts';
import type { ProfileDetail } from '../snapshot/shapes.ts';
import type { AccountSnapshot, Snapshot } from '../snapshot/snapshot.ts';
import { type Iam, iamOf, type NamedRole } from './iam.ts';

/** One API call of a session, as a person asks about it. */
export interface SessionRequest {
  /** ARN, id or name. */
  readonly profile: string;
  /** ARN or name. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  /** What is known of the request; it overrides what Postern knows of the session. */
  readonly context: Context;
  /** Whether every key is absent that nobody named and of which Postern knows nothing. */
  readonly complete: boolean;
}

/** Why a request cannot be decided at all: nothing has that name, or several have. */
export interface Undecidable {
  readonly problem: string;
  readonly candidates: readonly string[];
}

export type SessionDecision = Decision | Undecidable;

/** Decides requests of a snapshot's sessions; each account's policies are read once. */
export function decider(snapshot: Snapshot): (request: SessionRequest) => SessionDecision {
  const now = new Date(snapshot.takenAt);
  const iams = new Map<AccountSnapshot, Iam>();
  const iam = (account: AccountSnapshot) => {
    const known = iams.get(account) ?? iamOf(account, now);
    iams.set(account, known);
    return known;
  };
  return request => {
    const found = only(profilesNamed(snapshot, request.profile), `profile ${request.profile}`);
    if ('problem' in found) return found;
    const { account, profile } = found.one;
    const arn = only(rolesNamed(profile, request.role), `role ${request.role} in profile ${profile.name}`);
    if ('problem' in arn) return arn;
    return decisionFor(iam(account), { profile, roleArn: arn.one.id, now }, request);
  };
}

interface Session {
  readonly profile: ProfileDetail;
  readonly roleArn: string;
  readonly now: Date;
}

function decisionFor(iam: Iam, { profile, roleArn, now }: Session, request: SessionRequest): SessionDecision {
  const role: NamedRole = iam.named(roleArn);
  if (role.kind === 'missing') return { problem: `the role ${roleArn} does not exist`, candidates: [] };
  if (role.kind === 'unread') return notRead(roleArn);
  const { layers, principal } = iam.session(profile, role.facts);
  const { action, resource, context, complete } = request;
  const call = directCallContext(action, now, partitionOf(roleArn));
  const facts = [context, principal, call, resourceContext(resource), ...(complete ? [NOTHING_ELSE] : [])];
  return decide({ action, resource, context: layered(...facts) }, layers);
}

function partitionOf(arn: string): string {
  return arn.split(':')[1] ?? 'aws';
}

const NOTHING_ELSE: Context = () => ABSENT;

function notRead(roleArn: string): Decision {
  return {
    decision: 'unknown',
    layer: 'identity',
    denial: undefined,
    statements: [],
    conditional: [],
    missing: [roleArn],
  };
}

interface Candidate {
  readonly id: string;
}

function only<T extends Candidate>(found: readonly T[], what: string): { readonly one: T } | Undecidable {
  const [one, ...more] = found;
  if (one === undefined) return { problem: `there is no ${what}`, candidates: [] };
  if (more.length === 0) return { one };
  return { problem: `there are several: ${what}`, candidates: found.map(each => each.id).sort() };
}

interface PlacedProfile extends Candidate {
  readonly account: AccountSnapshot;
  readonly profile: ProfileDetail;
}

function profilesNamed({ accounts }: Snapshot, name: string): readonly PlacedProfile[] {
  const all = accounts.flatMap(account =>
    account.regions.flatMap(region => region.profiles.map(profile => ({ id: profile.profileArn, account, profile }))),
  );
  const exact = all.filter(({ profile }) => profile.profileArn === name || profile.profileId === name);
  return exact.length > 0 ? exact : all.filter(({ profile }) => profile.name === name);
}

/** AWS hands out no session of a role that the profile does not list. */
function rolesNamed({ roleArns }: ProfileDetail, name: string): readonly Candidate[] {
  const named = [...new Set(roleArns)].filter(arn => arn === name || arn.slice(arn.lastIndexOf('/') + 1) === name);
  return named.map(id => ({ id }));
}

/** A request's context as JSON gives it: text, a list of texts, or null for a key that is known to be absent. */
export function contextFrom(named: Readonly<Record<string, unknown>>): Context {
  return contextOf(
    Object.entries(named).map(([key, value]) => [
      key,
      value === null || (Array.isArray(value) && value.length === 0)
        ? ABSENT
        : { kind: 'known', values: [value].flat().map(String) },
    ]),
  );
}
