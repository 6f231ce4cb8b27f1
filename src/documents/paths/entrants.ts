import { tagIn, tagName } from '../../iam/gate/fact.ts';
import { type Gate, type Grade, looserFirst } from '../../iam/gate/gate.ts';
import type { Reason } from '../../iam/gate/reason.ts';
import { isNamedBySerial } from '../../iam/gate/serialName.ts';
import { all as every, some } from '../../iam/truth.ts';
import { distinct } from '../../lists.ts';
import type { ProfileDetail, TrustAnchorDetail } from '../../snapshot/shapes.ts';
import {
  type Fact,
  type Facts,
  type Joined,
  joined,
  later,
  orUnknown,
  type Partly,
  partly,
  UNKNOWN,
} from '../facts.ts';
import type { Sharing } from '../gates/gates.ts';
import type { AnchorAuthorityStanding } from '../gates/knownAnchors.ts';
import { whyRefused } from '../iam/sessionPolicy.ts';
import { SERIAL_AS_NAME } from '../pathFacts.ts';

export interface Entrants {
  /** The trust anchors of the profile's account and region, by what the role's trust policy makes of their certificates. */
  readonly gates: readonly Sharing[];
  /** The same trust anchors, in their order. */
  readonly anchors: readonly TrustAnchorDetail[];
  /** Whether these are all trust anchors of the region. */
  readonly all: boolean;
  readonly profile: ProfileDetail;
  readonly authority: (anchorArn: string) => AnchorAuthorityStanding;
  /** What the trust anchors are that the role's trust policy names, where none of them is in use. */
  readonly idle?: 'missing' | 'disabled' | undefined;
}

/** Who may enter. */
export function entrantFacts(entrants: Entrants): Facts {
  const { gates, anchors, all, authority } = entrants;
  return {
    open: openFact(entrants),
    anchors: later(() => {
      const gateOf = new Map(gates.flatMap(({ gate, anchors: sharing }) => sharing().map(anchor => [anchor, gate])));
      return listOf(
        anchors.map(anchor => anchorFacts(anchor, { gate: gateOf.get(anchor), authority })),
        all,
      );
    }),
    gate: later(() => gateFacts(entrants)),
  };
}

/** Of the trust anchors in use, of all when none is: what they have in common, and the grade of the loosest. */
function gateFacts({ gates, all, profile, authority, idle }: Entrants): Facts {
  const used = gates.filter(({ inUse }) => inUse);
  const isMeant = (anchor: TrustAnchorDetail) => used.length === 0 || isUsed(anchor, authority);
  const judged = used.length > 0 ? used : gates;
  const known = judged.filter(isKnown);
  const letting = known.filter(({ gate }) => gate.open !== false);
  const telling = (letting.length > 0 ? letting : known).flatMap(({ gate }) => gate.reasons);
  const isAll = all && known.length === judged.length;
  const more = [
    ...refusal(profile),
    ...idleAnchor(idle, telling),
    ...(used.some(({ gate }) => gate?.open !== false) ? [] : outOfDate(gates, authority)),
    ...(isAll ? serialAsName(letting) : []),
  ];
  const list = (values: readonly string[]): Fact => {
    const sorted = distinct(values);
    return isAll ? sorted : partly(sorted);
  };
  return {
    grade: gradeFact(known, isAll),
    certificates: list(
      letting.flatMap(({ anchors, gate }) => {
        if (!gate.mayNameAnchor) return anchors().some(isMeant) ? [gate.says] : [];
        return anchors()
          .filter(isMeant)
          .map(anchor => gate.saysOf(called(anchor)));
      }),
    ),
    reasons: list([...telling, ...more].map(reason => reason.kind)),
    unmapped: list(telling.flatMap(unmappedTag)),
    evidence: list([...telling, ...more].map(reason => reason.says)),
  };
}

/** Without those that are disabled, or whose CA has expired. */
function isUsed({ enabled, trustAnchorArn }: TrustAnchorDetail, authority: Entrants['authority']): boolean {
  return enabled && !authority(trustAnchorArn).expired;
}

/** Why it is so, beyond what the gate itself tells. */
interface Told {
  readonly kind: string;
  readonly says: string;
}

function refusal(profile: ProfileDetail): readonly Told[] {
  const says = whyRefused(profile);
  return says === undefined ? [] : [{ kind: 'session_policy_too_large', says }];
}

function idleAnchor(idle: Entrants['idle'], telling: readonly Told[]): readonly Told[] {
  if (idle === undefined || !telling.some(({ kind }) => kind === 'other_anchor')) return [];
  const says = idle === 'missing' ? 'there is no such trust anchor' : 'that trust anchor is disabled';
  return [{ kind: `anchor_${idle}`, says }];
}

/** The enabled trust anchors by which somebody might come, had their CAs not expired. */
function outOfDate(gates: readonly Sharing[], authority: Entrants['authority']): readonly Told[] {
  const enabled = gates.flatMap(({ gate, anchors }) => (gate?.open === false ? [] : anchors().filter(isEnabled)));
  return enabled
    .filter(({ trustAnchorArn }) => authority(trustAnchorArn).expired)
    .map(anchor => ({ kind: 'anchor_expired', says: `the CA of ${called(anchor)} has expired` }));
}

function isEnabled({ enabled }: TrustAnchorDetail): boolean {
  return enabled;
}

/** `x509Subject/OU`: nothing where it is a value that lacks it. */
function unmappedTag({ kind, about }: Reason): readonly string[] {
  const tag = kind === 'unmapped' && about !== undefined ? tagIn(about.toLowerCase()) : undefined;
  return tag === undefined ? [] : [tagName(tag)];
}

/** It is the serial number only where the profile lets nobody choose: see Fact. */
function serialAsName(letting: readonly Known[]): readonly Told[] {
  if (letting.length === 0 || !letting.every(({ gate }) => isNamedBySerial(gate.certificates))) return [];
  const says = 'the session is to be named after the certificate, and the profile has it named by the serial number';
  return [{ kind: SERIAL_AS_NAME, says }];
}

/** Nobody gets in through a role that is not there. */
export function entrantsOfNoRole({ anchors, all, authority }: Pick<Entrants, 'anchors' | 'all' | 'authority'>): Facts {
  const nobody = { open: false, grade: 'impossible', certificates: 'nobody: there is no such role' };
  return {
    open: false,
    anchors: later(() =>
      listOf(
        anchors.map(anchor => ({ ...ownFacts(anchor, authority), ...nobody })),
        all,
      ),
    ),
  };
}

/** Through the trust anchors in use. What STS may refuse is not known to be open. */
function openFact({ gates, all, profile }: Entrants): Fact {
  if (!profile.enabled) return false;
  const opens = gates.map(({ gate, inUse }) => every([gate?.open, inUse]));
  const open = some([...opens, ...(all ? [] : [undefined])]);
  return orUnknown(open === true && whyRefused(profile) !== undefined ? undefined : open);
}

function listOf(facts: readonly (Facts | Joined)[], all: boolean): readonly (Facts | Joined)[] | Partly {
  return all ? facts : partly(facts);
}

/** Where a gate is not known, only the loosest grade there is can be certain. */
function gradeFact(known: readonly Known[], all: boolean): Grade | typeof UNKNOWN | undefined {
  const [loosest] = known.map(({ gate }) => gate).sort(looserFirst);
  if (loosest?.grade === 'any_anchor') return 'any_anchor';
  if (!all) return UNKNOWN;
  return loosest === undefined ? undefined : orUnknown(loosest.grade);
}

interface Known extends Sharing {
  readonly gate: Gate;
}

function isKnown(sharing: Sharing): sharing is Known {
  return sharing.gate !== undefined;
}

/** With several in a region it matters which one it is. */
function called({ name }: TrustAnchorDetail): string {
  return `the trust anchor ${name}`;
}

interface AnchorSetting extends Pick<Entrants, 'authority'> {
  readonly gate: Gate | undefined;
}

function anchorFacts(anchor: TrustAnchorDetail, { gate, authority }: AnchorSetting): Joined {
  return joined(ownFacts(anchor, authority), {
    open: gate === undefined ? UNKNOWN : orUnknown(gate.open),
    grade: orUnknown(gate?.grade),
    certificates: gate?.saysOf(called(anchor)) ?? UNKNOWN,
    certificates_in_full: gate === undefined ? UNKNOWN : gate.saysInFullOf(called(anchor)),
  });
}

function ownFacts({ trustAnchorArn, name, enabled }: TrustAnchorDetail, authority: Entrants['authority']): Facts {
  return { arn: trustAnchorArn, name, enabled, validity: authority(trustAnchorArn).validity };
}
