import { all, some, type Truth } from '../../iam/truth.ts';
import { groupedBy } from '../../lists.ts';
import { oncePer } from '../../memo/oncePer.ts';
import { type Certificate, isSelfIssued } from '../../pki/certificate.ts';
import { type Facts, orUnknown, UNKNOWN } from '../facts.ts';
import { issuedByTrying } from './issued.ts';
import { type Next, reachedFrom, startsOf } from './reach.ts';
import { isOverAt, isValidAt } from './validity.ts';

/** One CA of a bundle: all certificates with its name, of which there are several while it moves to another key. */
export type BundledCa = readonly Certificate[];

export function bundleFacts(certificates: readonly Certificate[], now: Date): Facts {
  const valid = certificates.some(certificate => isValidAt(certificate, now));
  return {
    count: certificates.length,
    authorities: orUnknown(separateAuthorities(certificates)),
    expired_beside_valid: valid && certificates.some(certificate => isOverAt(certificate, now)),
    lapsed: endpoints(certificates)
      .filter(ca => ca.every(certificate => isOverAt(certificate, now)))
      .map(([first]) => first!.subject.text)
      .sort(),
  };
}

/**
 * What stays true of a bundle whatever those of its certificates are that could not be read: one may be another of a CA that has
 * lapsed as far as others tell.
 */
export function leastOfBundle(certificates: readonly Certificate[], now: Date): Facts {
  const { authorities, expired_beside_valid } = bundleFacts(certificates, now);
  return {
    count: UNKNOWN,
    authorities: typeof authorities === 'number' && authorities > 1 ? authorities : UNKNOWN,
    expired_beside_valid: expired_beside_valid === true || UNKNOWN,
    lapsed: UNKNOWN,
  };
}

/**
 * The CAs whose own end matters: not those that are here beside a CA that they issued, as far as can be verified, which goes on
 * without them. Where some certified each other in a circle, it is all of these.
 */
export function endpoints(certificates: readonly Certificate[]): readonly BundledCa[] {
  const cas = casOf(certificates);
  const isBelow = belowAnother(cas);
  const { issuers, issued } = relationsIn(cas, each => isBelow(each) !== false);
  const last = reachedFrom(startsOf([...cas.keys()], issuers), issued);
  return [...cas].filter(([name]) => last.has(name)).map(([, ca]) => ca);
}

interface Relations {
  /** The names of the other CAs that issued one of a CA's certificates. */
  readonly issuers: Next;
  readonly issued: Next;
}

function relationsIn(cas: ReadonlyMap<string, BundledCa>, isBelow: (certificate: Certificate) => boolean): Relations {
  const pairs = [...cas].flatMap(([name, ca]) => {
    const above = ca.filter(isBelow).map(({ issuer }) => issuer.key);
    return [...new Set(above)].map(issuer => ({ issuer, name }));
  });
  const byName = groupedBy(pairs, ({ name }) => name);
  const byIssuer = groupedBy(pairs, ({ issuer }) => issuer);
  return {
    issuers: name => (byName.get(name) ?? []).map(({ issuer }) => issuer),
    issued: issuer => (byIssuer.get(issuer) ?? []).map(({ name }) => name),
  };
}

export function casOf(certificates: readonly Certificate[]): ReadonlyMap<string, BundledCa> {
  return groupedBy(certificates, ({ subject }) => subject.key);
}

/**
 * How many CAs stand side by side: one that another of them issued, key by key, is no more than that one lets in, and some that
 * certified each other in a circle are one together. Undefined where a signature cannot be verified here.
 */
export function separateAuthorities(certificates: readonly Certificate[]): number | undefined {
  const cas = casOf(certificates);
  const isBelow = belowAnother(cas);
  const below = new Map([...cas].map(([name, ca]) => [name, isWhollyBelow(ca, isBelow)]));
  if ([...below.values()].includes(undefined)) return undefined;
  const { issued } = relationsIn(cas, each => isBelow(each) === true);
  const whole = (issuer: string) => issued(issuer).filter(name => below.get(name) === true);
  return startsOf([...cas.keys()], whole).length;
}

function isWhollyBelow(ca: BundledCa, isBelow: (certificate: Certificate) => Truth): Truth {
  const ofOneKey = groupedBy(ca, ({ key }) => key.sha256);
  return all([...ofOneKey.values()].map(those => some(those.map(isBelow))));
}

/** Signatures tried in vain for each certificate of a bundle: a CA has a handful of keys in its life. */
const MOST_VAIN = 8;

/** Whether another CA of the bundle issued a certificate; not known after very many signatures that were tried in vain. */
function belowAnother(cas: ReadonlyMap<string, BundledCa>): (certificate: Certificate) => Truth {
  const count = [...cas.values()].flat().length;
  const hasIssued = issuedByTrying(MOST_VAIN * count);
  return oncePer(certificate => {
    if (isSelfIssued(certificate)) return false;
    return some((cas.get(certificate.issuer.key) ?? []).map(ca => hasIssued(certificate, ca)));
  });
}
