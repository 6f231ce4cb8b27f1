import { accountIn, partitionIn } from '../../iam/arn.ts';
import { letsInMore } from '../../iam/compare/gates.ts';
import { momentsAhead } from '../../iam/gate/ahead.ts';
import type { Gate } from '../../iam/gate/gate.ts';
import type { Sample } from '../../iam/gate/kinds.ts';
import { newcomersTo, type Place } from '../../iam/gate/newcomers.ts';
import { type Gates, gatesPerAnchor } from '../../iam/gate/perAnchor.ts';
import type { Policy } from '../../iam/policy.ts';
import { some, type Truth } from '../../iam/truth.ts';
import { groupedBy } from '../../lists.ts';
import { once } from '../../memo/once.ts';
import { oncePer } from '../../memo/oncePer.ts';
import { type Certificate, isSelfSigned, readCertificates } from '../../pki/certificate.ts';
import type { CrlDetail, ProfileDetail, TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isComplete } from '../context.ts';
import { mappingsOf, type RoleFacts } from '../iam/iam.ts';
import { type GatesQuestion, gatesOf, meetingOf } from './gates.ts';
import { authorityStanding } from './knownAnchors.ts';

/** A trust anchor that is enabled, as certificates of its CA meet a path there. */
export interface Door {
  readonly anchor: TrustAnchorDetail;
  /** Undefined: the role's trust policy is not known. */
  readonly gate: Gate | undefined;
  /** Those in force. Undefined: not known. */
  readonly crls: readonly CrlDetail[] | undefined;
}

/** By what trust anchors certificates may get to a path: those of its region, for a profile takes no others (user guide, "Trust model"). */
export interface Doors {
  readonly doors: readonly Door[];
  /** Trust anchors by which nobody comes until they are enabled. */
  readonly disabled: readonly TrustAnchorDetail[];
  /** Whether these are all. */
  readonly complete: boolean;
  /** What the trust policy and what of the profile matters to it say; equal texts make equal gates. Undefined: not known. */
  readonly wording: string | undefined;
  /** By trust anchors that somebody may make. Undefined: the role's trust policy is not known. */
  readonly coming: Coming | 'nobody' | undefined;
  /** When the trust policy comes to mean something else by itself. */
  readonly moments: Sample<Date>;
  /** The same then. */
  at(moment: Date): Doors;
}

export interface Coming {
  readonly gateFor: Gates;
  /** See newcomersTo. */
  newcomers(): Sample;
}

const NONE = { doors: [], disabled: [], wording: undefined, moments: { some: [], complete: true } };
export const NO_DOORS: Doors = { ...NONE, complete: true, coming: 'nobody', at: () => NO_DOORS };
export const UNKNOWN_DOORS: Doors = { ...NONE, complete: false, coming: undefined, at: () => UNKNOWN_DOORS };

export interface DoorsQuestion {
  readonly region: RegionSnapshot;
  readonly profile: ProfileDetail;
  /** Undefined: the role could not be read. */
  readonly facts: RoleFacts | undefined;
  readonly now: Date;
}

export function doorsOf(question: DoorsQuestion): Doors {
  const { region, profile, facts, now } = question;
  const gateFor = facts && gatesOf({ profile, facts, now });
  const crls = isComplete(region, 'crls') ? crlsInForce(region) : undefined;
  const doors = region.trustAnchors
    .filter(anchor => anchor.enabled && !authorityStanding({ anchor, region }, now).expired)
    .map(anchor => ({
      anchor,
      gate: gateFor?.(anchor.trustAnchorArn),
      crls: crls && (crls.get(anchor.trustAnchorArn) ?? []),
    }));
  return {
    doors,
    disabled: region.trustAnchors.filter(anchor => !anchor.enabled),
    complete: isComplete(region, 'trustAnchors'),
    wording: wordingOf(profile, facts?.trustPolicy),
    coming: facts && comingTo(region, { profile, facts, now }),
    moments: facts?.trustPolicy === undefined ? NONE.moments : momentsAhead(facts.trustPolicy, now),
    at: moment => doorsOf({ ...question, now: moment }),
  };
}

/** By the ARN of their trust anchor. Each path of the region asks. */
const crlsInForce = oncePer(({ crls }: RegionSnapshot) =>
  groupedBy(
    crls.filter(crl => crl.enabled),
    crl => crl.trustAnchorArn,
  ),
);

function comingTo(region: RegionSnapshot, path: GatesQuestion): Coming | undefined {
  const meeting = meetingOf(path);
  if (meeting === undefined) return undefined;
  const newcomers = once(() => newcomersTo(placeOf(region, path.profile), meeting));
  return { gateFor: gatesPerAnchor(meeting), newcomers };
}

function placeOf({ name }: RegionSnapshot, { profileArn }: ProfileDetail): Place {
  return { partition: partitionIn(profileArn), region: name, account: accountIn(profileArn) ?? '' };
}

function wordingOf(profile: ProfileDetail, trust: Policy | undefined): string | undefined {
  return (
    trust && JSON.stringify([trust.statements, mappingsOf(profile) ?? null, profile.acceptRoleSessionName ?? null])
  );
}

/** Whether B lets in certificates that A keeps out, and why that is so or is not known. */
export interface Entrants {
  readonly newEntrants: Truth;
  readonly because: readonly string[];
  /** What it takes for granted. */
  readonly granted: readonly string[];
}

/** Today, and at every date by which a trust policy goes. False is a proof, save for what is taken for granted. */
export function comparedDoors(a: Doors, b: Doors): Entrants {
  const today = comparedAtOnce(a, b);
  if (today.newEntrants === true || isSaidAlike(a, b)) return today;
  const dates = [...new Set([...a.moments.some, ...b.moments.some].map(moment => moment.getTime()))].sort(
    (x, y) => x - y,
  );
  const ahead = dates.map(date => comparedAt(new Date(date), a, b));
  const first = ahead.find(({ newEntrants }) => newEntrants === true);
  if (first !== undefined) return first;
  const all = a.moments.complete && b.moments.complete;
  return together([
    today,
    ...ahead,
    ...(all ? [] : [notKnown('not all dates are known by which a trust policy goes')]),
  ]);
}

/** What is taken for granted today is so then. */
function comparedAt(moment: Date, a: Doors, b: Doors): Entrants {
  const { newEntrants, because } = comparedAtOnce(a.at(moment), b.at(moment));
  return { newEntrants, because: because.map(each => `from ${moment.toISOString()} on ${each}`), granted: [] };
}

/** Equal texts make equal gates. */
function isSaidAlike(a: Doors, b: Doors): boolean {
  return b.wording !== undefined && a.wording === b.wording;
}

function comparedAtOnce(a: Doors, b: Doors): Entrants {
  const each = b.doors.map(door => comparedDoor(door, b, a));
  const all = together(b.complete ? each : [...each, notKnown('the trust anchors of B are not all known')]);
  return all.newEntrants === true ? all : together([all, comparedNewcomers(a, b)]);
}

/**
 * By trust anchors that are disabled, or not there: who enables or makes one gets in where a role is open to it. One that is named
 * in full and not there comes to nothing: nobody chooses its id, which AWS makes at random.
 */
function comparedNewcomers(a: Doors, b: Doors): Entrants {
  if (b.coming === 'nobody' || isSaidAlike(a, b)) return NOBODY_NEW;
  if (a.coming === undefined || b.coming === undefined) return notKnown(NO_POLICY);
  const [before, after] = [a.coming, b.coming];
  const samples = (before === 'nobody' ? [after] : [before, after]).map(each => each.newcomers());
  const arns = [...new Set(samples.flatMap(each => each.some))];
  const each = [
    ...b.disabled.map(anchor => comparedNewcomer(disabledName(anchor), anchor.trustAnchorArn, { before, after })),
    ...arns.map(arn => comparedNewcomer(`a trust anchor that is not there (${arn})`, arn, { before, after })),
  ];
  const telling = [true, undefined].flatMap(truth => each.filter(({ newEntrants }) => newEntrants === truth));
  if (telling.length > 0) return telling[0]!;
  return samples.every(({ complete }) => complete) ? NOBODY_NEW : notKnown('too many trust anchors are told apart');
}

interface Change {
  readonly before: Coming | 'nobody';
  readonly after: Coming;
}

function comparedNewcomer(name: string, arn: string, { before, after }: Change): Entrants {
  if (before === 'nobody') return letIn(name, after.gateFor(arn));
  return comparedGates(name, before.gateFor(arn), after.gateFor(arn));
}

function disabledName(anchor: TrustAnchorDetail): string {
  return `${nameOf(anchor)}, once it is enabled,`;
}

function together(all: readonly Entrants[]): Entrants {
  return {
    newEntrants: some(all.map(({ newEntrants }) => newEntrants)),
    because: all.flatMap(({ because }) => because),
    granted: all.flatMap(({ granted }) => granted),
  };
}

export const NOBODY_NEW: Entrants = { newEntrants: false, because: [], granted: [] };

function notKnown(because: string): Entrants {
  return { newEntrants: undefined, because: [because], granted: [] };
}

function comparedDoor(door: Door, b: Doors, a: Doors): Entrants {
  const before = a.doors.find(each => each.anchor.trustAnchorArn === door.anchor.trustAnchorArn);
  if (door.gate?.open === false) return NOBODY_NEW;
  if (before === undefined) return newDoor(door, a);
  const stranger = strangerCa(door, a);
  if (stranger !== undefined) return stranger;
  const changed = whatChanged(before, door);
  if (changed !== undefined) return notKnown(changed);
  const entrants = isSaidAlike(a, b) ? NOBODY_NEW : comparedGates(nameOf(door.anchor), before.gate, door.gate);
  return { ...entrants, granted: replacedLists(before, door) };
}

/**
 * Where a CA that signed itself came into a trust anchor, with a key that no trust anchor had by which anybody came before: whom it
 * certifies was kept out. Undefined: there is none, or what was there is not known.
 */
function strangerCa({ anchor, gate }: Door, a: Doors): Entrants | undefined {
  const before = a.doors.map(each => casIn(each.anchor));
  if (gate?.open !== true || !a.complete || before.some(cas => cas === undefined)) return undefined;
  const keys = new Set(before.flatMap(cas => cas ?? []).map(({ key }) => key.sha256));
  const stranger = casIn(anchor)?.find(ca => !keys.has(ca.key.sha256) && isSelfSigned(ca) === true);
  if (stranger === undefined) return undefined;
  const because = `${nameOf(anchor)} has another CA in B, ${stranger.subject.text}, whose certificates A lets in by no trust anchor; B lets in ${gate.says}`;
  return { newEntrants: true, because: [because], granted: [] };
}

/** Undefined: AWS Private CA has them, or not all can be read. */
function casIn({ source: { sourceData } }: TrustAnchorDetail): readonly Certificate[] | undefined {
  if (sourceData.x509CertificateData === undefined) return undefined;
  const { certificates, unparsed } = readCertificates(sourceData.x509CertificateData);
  return unparsed === 0 && certificates.length > 0 ? certificates : undefined;
}

/** What else decides who comes to a gate, where it is not what it was. */
function whatChanged(before: Door, { anchor, crls }: Door): string | undefined {
  const name = nameOf(anchor);
  if (JSON.stringify(before.anchor.source) !== JSON.stringify(anchor.source)) return `${name} has another CA in B`;
  if (before.crls === undefined || crls === undefined) return `the revocation lists of ${name} are not known`;
  const lost = before.crls.filter(crl => !crls.some(({ crlArn }) => crlArn === crl.crlArn));
  return lost.length === 0 ? undefined : `${namesOf(lost)} revokes nothing of ${name} any more`;
}

/** What they list is not read. */
function replacedLists(before: Door, { anchor, crls = [] }: Door): readonly string[] {
  const replaced = crls.filter(crl =>
    before.crls?.some(each => each.crlArn === crl.crlArn && each.crlData !== crl.crlData),
  );
  if (replaced.length === 0) return [];
  return [`${namesOf(replaced)} was replaced, and is taken to revoke no less of ${nameOf(anchor)} than before.`];
}

function namesOf(crls: readonly CrlDetail[]): string {
  return crls.map(({ name }) => name).join(', ');
}

function newDoor({ anchor, gate }: Door, a: Doors): Entrants {
  const name = nameOf(anchor);
  if (!a.complete) return notKnown(`whether A lets anybody in by ${name} is not known`);
  return gate === undefined ? notKnown(NO_POLICY) : letIn(name, gate);
}

function letIn(name: string, gate: Gate): Entrants {
  if (gate.open === false) return NOBODY_NEW;
  return {
    newEntrants: gate.open,
    because: [`A lets nobody in by ${name}; B lets in ${gate.says}`],
    granted: [],
  };
}

const NO_POLICY = "the role's trust policy is not known";

function comparedGates(name: string, before: Gate | undefined, after: Gate | undefined): Entrants {
  if (before === undefined || after === undefined) return notKnown(NO_POLICY);
  const newEntrants = letsInMore(before, after);
  if (newEntrants === false) return NOBODY_NEW;
  const because = `by ${name} A lets in ${before.says}; B lets in ${after.says}`;
  return { newEntrants, because: [because], granted: [] };
}

function nameOf({ name, trustAnchorArn }: TrustAnchorDetail): string {
  return `${name} (${trustAnchorArn})`;
}
