import { all, some, type Truth } from '../iam/truth.ts';
import { type Certificate, isIssuedBy } from '../pki/certificate.ts';
import { type Fact, orUnknown } from './facts.ts';
import { groupedBy } from './grouped.ts';
import { fewestToReachAll } from './reach.ts';
import { isOverAt, isValidAt } from './validity.ts';

/** One CA of a bundle: all certificates with its name, of which there are several while it moves to another key. */
export type BundledCa = readonly Certificate[];

export function bundleFacts(certificates: readonly Certificate[], now: Date): Fact {
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

/** The CAs whose own end matters: not those that are here beside the CA that they issued, which goes on without them. */
export function endpoints(certificates: readonly Certificate[]): readonly BundledCa[] {
  const cas = casOf(certificates);
  const issuers = new Set(
    certificates.filter(each => each.issuer.key !== each.subject.key).map(each => each.issuer.key),
  );
  const last = [...cas].filter(([name]) => !issuers.has(name)).map(([, ca]) => ca);
  return last.length === 0 ? [...cas.values()] : last;
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
  const below = [...cas].map(([name, ca]) => ({ name, ca, truth: isBelowAnother(ca, cas) }));
  if (below.some(({ truth }) => truth === undefined)) return undefined;
  const issued = below
    .filter(({ truth }) => truth === true)
    .flatMap(({ name, ca }) => issuersOf(ca, cas).map(issuer => ({ issuer, name })));
  const byIssuer = groupedBy(issued, ({ issuer }) => issuer);
  return fewestToReachAll([...cas.keys()], name => (byIssuer.get(name) ?? []).map(each => each.name));
}

/** The names of the others that issued one of its certificates. */
function issuersOf(ca: BundledCa, cas: ReadonlyMap<string, BundledCa>): readonly string[] {
  return [...new Set(ca.filter(each => isIssuedByAnother(each, cas) === true).map(({ issuer }) => issuer.key))];
}

function isBelowAnother(ca: BundledCa, cas: ReadonlyMap<string, BundledCa>): Truth {
  const ofOneKey = groupedBy(ca, ({ key }) => key.sha256);
  return all([...ofOneKey.values()].map(those => some(those.map(each => isIssuedByAnother(each, cas)))));
}

function isIssuedByAnother(certificate: Certificate, cas: ReadonlyMap<string, BundledCa>): Truth {
  if (certificate.issuer.key === certificate.subject.key) return false;
  return some((cas.get(certificate.issuer.key) ?? []).map(issuer => isIssuedBy(certificate, issuer)));
}
