import { type Gate, type Grade, looserFirst } from '../iam/gate/gate.ts';
import { gatesPerAnchor } from '../iam/gate/perAnchor.ts';
import type { LayerName } from '../iam/layer.ts';
import type { AccessSummary } from '../iam/summary/summary.ts';
import { some } from '../iam/truth.ts';
import type { ProfileDetail, TrustAnchorDetail } from '../snapshot/shapes.ts';
import { accessFacts, escalationFacts, lateralFacts } from './access.ts';
import { accountFacts, isComplete, type Place } from './context.ts';
import type { Document } from './document.ts';
import { bodyOf, type Fact, type Facts, orUnknown, partly, UNKNOWN } from './facts.ts';
import { type Iam, mappingsOf, type RoleFacts } from './iam.ts';
import { tagFacts } from './tags.ts';

export interface PathSetting {
  readonly iam: Iam;
  /** When the snapshot was taken. */
  readonly now: Date;
}

/**
 * One document for each role that the profile lists: who may enter by which trust anchors of the profile's account and
 * region, and what the session can then do. A role that does not exist, or could not be read, is a path all the same.
 */
export function pathDocuments(place: Place, profile: ProfileDetail, setting: PathSetting): readonly Document[] {
  return [...new Set(profile.roleArns)].map(arn => pathDocument(place, { profile, roleArn: arn }, setting));
}

interface Pair {
  readonly profile: ProfileDetail;
  readonly roleArn: string;
}

function pathDocument({ account, region }: Place, { profile, roleArn }: Pair, { iam, now }: PathSetting): Document {
  const role = iam.named(roleArn);
  const facts = role.kind === 'found' ? role.facts : undefined;
  const kind = 'path';
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    kind,
    resource: {
      kind,
      id: `${profile.profileArn} -> ${roleArn}`,
      name: `${profile.name} -> ${name}`,
      account: account.id,
      region: region.name,
    },
    body: bodyOf({
      kind,
      account: accountFacts(account),
      region: region.name,
      profile: profileFacts({ account, region }, profile),
      role: { arn: roleArn, name, missing: role.kind === 'unread' ? UNKNOWN : role.kind === 'missing' },
      path:
        facts === undefined
          ? nothingKnown(role.kind === 'missing')
          : pathFacts({ account, region }, { profile, facts, access: iam.access(profile, facts), now }),
    }),
  };
}

/** Nobody gets in through a role that is not there. */
function nothingKnown(missing: boolean): Facts {
  if (missing) return { open: false, anchors: [] };
  const parts = ['open', 'anchors', 'gate', 'access', 'session_policy', 'boundary', 'escalation', 'lateral'];
  return Object.fromEntries(parts.map(part => [part, UNKNOWN]));
}

function profileFacts({ region }: Place, profile: ProfileDetail): Facts {
  return {
    id: profile.profileId,
    arn: profile.profileArn,
    name: profile.name,
    enabled: profile.enabled,
    created_at: orUnknown(profile.createdAt),
    created_by: orUnknown(profile.createdBy),
    duration_seconds: orUnknown(profile.durationSeconds),
    ...tagFacts(region, profile.profileArn),
  };
}

interface Known {
  readonly profile: ProfileDetail;
  readonly facts: RoleFacts;
  readonly access: AccessSummary;
  readonly now: Date;
}

function pathFacts({ region }: Place, { profile, facts, access, now }: Known): Facts {
  const entries = gatesOf(region.trustAnchors, { profile, facts, now });
  const all = isComplete(region, 'trustAnchors');
  return {
    ...gateFacts(entries, { all, profile }),
    access: accessFacts(access),
    ...layerFacts(access),
    escalation: escalationFacts(access),
    lateral: {
      ...lateralFacts(access),
      escapes_session_policy: isBounded(access, 'session') && access.lateral.some(each => each.certain),
    },
  };
}

interface Entry {
  readonly anchor: TrustAnchorDetail;
  /** Undefined: the role's trust policy is not known. */
  readonly gate: Gate | undefined;
}

function gatesOf(
  anchors: readonly TrustAnchorDetail[],
  { profile, facts: { trustPolicy }, now }: Pick<Known, 'profile' | 'facts' | 'now'>,
): readonly Entry[] {
  const gateFor = trustPolicy && gatesPerAnchor({ trust: trustPolicy, mappings: mappingsOf(profile), now });
  return anchors.map(anchor => ({ anchor, gate: gateFor?.(anchor.trustAnchorArn) }));
}

interface GateSetting {
  /** Whether these are all trust anchors of the region. */
  readonly all: boolean;
  readonly profile: ProfileDetail;
}

/** The grade is that of the loosest trust anchor in use, or of the loosest at all when none is. */
function gateFacts(entries: readonly Entry[], { all, profile }: GateSetting): Facts {
  const enabled = entries.filter(({ anchor }) => anchor.enabled);
  const gates = (enabled.length > 0 ? enabled : entries).map(({ gate }) => gate);
  const known = gates.filter(gate => gate !== undefined).toSorted(looserFirst);
  const letting = known.filter(gate => gate.open !== false);
  const telling = (letting.length > 0 ? letting : known).flatMap(gate => gate.reasons);
  const list = (values: readonly string[]): Fact => (all && known.length === gates.length ? values : partly(values));
  const open = some(enabled.map(({ gate }) => gate?.open));
  return {
    open: profile.enabled ? orUnknown(open === false && !all ? undefined : open) : false,
    anchors: all ? entries.map(anchorFacts) : partly(entries.map(anchorFacts)),
    gate: {
      grade: gradeFact(known, gates.length, all),
      certificates: list([...new Set(letting.map(gate => gate.says))].sort()),
      reasons: list([...new Set(telling.map(reason => reason.kind))].sort()),
      evidence: list([...new Set(telling.map(reason => reason.says))].sort()),
    },
  };
}

/** Where a gate is not known, only the loosest grade there is can be certain. */
function gradeFact(known: readonly Gate[], gates: number, all: boolean): Grade | typeof UNKNOWN | undefined {
  const [loosest] = known;
  if (loosest?.grade === 'any_anchor') return 'any_anchor';
  if (!all || known.length < gates) return UNKNOWN;
  return loosest === undefined ? undefined : orUnknown(loosest.grade);
}

function anchorFacts({ anchor, gate }: Entry): Facts {
  return {
    arn: anchor.trustAnchorArn,
    name: anchor.name,
    enabled: anchor.enabled,
    open: gate === undefined ? UNKNOWN : orUnknown(gate.open),
    grade: orUnknown(gate?.grade),
    certificates: gate?.says ?? UNKNOWN,
  };
}

/** What the profile's session policies and the role's boundary take away from what the layers before them allow. */
function layerFacts(access: AccessSummary): Facts {
  return {
    session_policy: boundFacts(access, 'session'),
    boundary: boundFacts(access, 'boundary'),
    layers: Object.fromEntries([...access.byLayer].map(([name, actions]) => [name, actions])),
  };
}

function boundFacts(access: AccessSummary, name: LayerName): Facts {
  const present = isBounded(access, name);
  const removes = access.removes.get(name);
  return {
    present,
    removes: present ? orUnknown(removes?.truth) : undefined,
    removes_for_example: removes?.example,
    leaves_nothing: present ? access.byLayer.get(name) === 0 : undefined,
  };
}

function isBounded({ byLayer }: AccessSummary, name: LayerName): boolean {
  return byLayer.has(name);
}
