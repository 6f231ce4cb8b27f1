import { ABSENT, type Context, contextOf, known, layered, UNKNOWN } from '../../iam/context.ts';
import { type Decision, decide } from '../../iam/decide.ts';
import type { Layers } from '../../iam/layer.ts';
import { anyCallContext, DIRECTLY, FORWARDED, resourceContext } from '../../iam/session.ts';
import type { Truth } from '../../iam/truth.ts';
import { remembering } from '../../memo/remembering.ts';
import type { AccountSnapshot, Snapshot } from '../../snapshot/snapshot.ts';
import { type Entry, entryOf } from '../gates/entry.ts';
import { type Iam, iamOf } from '../iam/iam.ts';
import { undescribedSession } from '../iam/undescribed.ts';
import { assumptionsOf } from './assumptions.ts';
import { type ExplainedMiss, explained } from './because.ts';
import { type PlacedProfile, profilesOf, roleNamed, type Unnamed } from './named.ts';

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

export interface SessionAnswer extends Decision {
  readonly nearMisses: readonly ExplainedMiss[];
  readonly entry: Entry;
  /** What the answer takes for granted, or leaves out. */
  readonly assumptions: readonly string[];
}

/** Undecidable: profile or role mean nothing. */
export type SessionDecision = SessionAnswer | Unnamed;

/** Decides requests of a snapshot's sessions; each account's policies are read once, and each path's gate. */
export function decider(snapshot: Snapshot): (request: SessionRequest) => SessionDecision {
  const now = new Date(snapshot.takenAt);
  const iamFor = remembering((account: AccountSnapshot) => iamOf(account, now));
  const profileNamed = profilesOf(snapshot);
  const paths = new Map<string, Path | Unnamed>();
  return request => {
    const placed = profileNamed(request.profile);
    if ('problem' in placed) return placed;
    const role = roleNamed(placed.profile, request.role);
    if ('problem' in role) return role;
    const id = `${placed.id} ${role.id}`;
    const path = paths.get(id) ?? pathOf(placed, role.id, { iam: iamFor(placed.account), now });
    paths.set(id, path);
    return 'problem' in path ? path : answerFor(path, request);
  };
}

/** Profile and role, and all that is known of their sessions. */
interface Path {
  readonly roleArn: string;
  readonly layers: Layers;
  readonly principal: Context;
  readonly entry: Entry;
  readonly now: Date;
}

interface PathSetting {
  readonly iam: Iam;
  readonly now: Date;
}

function pathOf({ region, profile }: PlacedProfile, roleArn: string, { iam, now }: PathSetting): Path | Unnamed {
  const role = iam.named(roleArn);
  if (role.kind === 'missing') return { name: roleArn, problem: `the role ${roleArn} does not exist`, candidates: [] };
  if (role.kind === 'unread')
    return { roleArn, now, ...undescribedSession({ profile, roleArn, iam, now }), entry: NOT_READ };
  const entry = entryOf({ region, profile, facts: role.facts, now });
  return { roleArn, now, ...iam.session(profile, role.facts), entry };
}

const NOT_READ: Entry = { open: undefined, because: 'the role could not be read' };

/**
 * A request that the session may not make itself may be one that a service makes with its permissions (IAM user guide,
 * "Forward access sessions"): where that is what it hangs on, it is not denied.
 */
function answerFor(path: Path, request: SessionRequest): SessionAnswer {
  const forwarded = isForwarded(request.context);
  if (forwarded === true) return answerBy(FORWARDED, path, request);
  const directly = answerBy(DIRECTLY, path, request);
  if (directly.decision !== 'denied' || forwarded === false || request.complete) return directly;
  const either = answerBy(EITHER_WAY, path, request);
  return either.decision === 'denied' ? directly : either;
}

/** Whether a service makes the call, as far as whoever asks says so. */
function isForwarded(named: Context): Truth {
  const via = named('aws:viaawsservice');
  if (via.kind === 'known') return via.values.includes('true');
  const services = ['aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast'].map(key => named(key).kind);
  return services.includes('known') || (services.includes('absent') ? false : undefined);
}

const EITHER_WAY: Context = () => UNKNOWN;

function answerBy(way: Context, path: Path, request: SessionRequest): SessionAnswer {
  const { action, resource, context: named, complete } = request;
  const { layers, principal, entry } = path;
  const call = layered(way, anyCallContext(action, path.now, partitionOf(path)), resourceContext(resource));
  const context = layered(named, principal, call, ...(complete ? [NOTHING_ELSE] : []));
  const decision = decide({ action, resource, context }, layers);
  return {
    ...decision,
    nearMisses: decision.nearMisses.map(miss => explained(miss, { named, principal, call })),
    entry,
    assumptions: assumptionsOf(decision, { action, forwarded: way === EITHER_WAY }),
  };
}

function partitionOf({ roleArn }: Path): string {
  return roleArn.split(':')[1] ?? 'aws';
}

const NOTHING_ELSE: Context = () => ABSENT;

/** What a request carries under a key; null or an empty list: it does not have it. */
export type NamedValue = string | readonly string[] | null;

export function contextFrom(named: Readonly<Record<string, NamedValue>>): Context {
  return contextOf(
    Object.entries(named).map(([key, value]) => {
      const values = [value ?? []].flat();
      return [key, values.length === 0 ? ABSENT : known(...values)];
    }),
  );
}
