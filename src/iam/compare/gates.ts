import { type CertificateAttributes, certificateSatisfies, type Term } from '../gate/certificate.ts';
import { isIssuer } from '../gate/fact.ts';
import type { Gate } from '../gate/gate.ts';
import type { Literal } from '../gate/literal.ts';
import { implies } from '../gate/meet.ts';
import { examplesOf } from '../gate/sample.ts';
import type { Truth } from '../truth.ts';

/**
 * Whether one gate lets in a certificate of its CA that another keeps out. False is a proof: whatever may get in by the one gets
 * in by the other for certain. True only when a certificate is known that does. Undefined: not found out.
 */
export function letsInMore(before: Gate, after: Gate): Truth {
  if (after.open === false || after.certificates.every(term => isWithin(term, before.certificates))) return false;
  if (before.open === false) return after.open === true ? true : undefined;
  const candidates = [...STRANGERS, ...after.certificates.flatMap(namedBy)];
  return candidates.some(each => isLetInBy(after, each) && isKeptOutBy(before, each)) ? true : undefined;
}

function isWithin({ literals }: Term, terms: readonly Term[]): boolean {
  return terms.some(
    wider => wider.certain && wider.literals.every(wide => literals.some(narrow => implies(narrow, wide))),
  );
}

function isLetInBy({ certificates }: Gate, certificate: CertificateAttributes): boolean {
  return certificateSatisfies(certificates, certificate) === true;
}

/** Who issues a certificate is up to the CA: a stranger to a gate that asks for its issuer may be one that it cannot make. */
function isKeptOutBy({ certificates }: Gate, certificate: CertificateAttributes): boolean {
  const asksForIssuer = certificates.some(({ literals }) => literals.some(({ fact }) => isIssuer(fact)));
  return !asksForIssuer && certificateSatisfies(certificates, certificate) === false;
}

/** As many of a term's names are tried. */
const NAMES = 20;

/** Certificates whose subject is what one literal of the term asks for, and what the others ask for as far as one is enough. */
function namedBy({ literals }: Term): readonly CertificateAttributes[] {
  const asked = literals.filter(({ fact }) => fact.startsWith(SUBJECT));
  const first = asked.flatMap(literal => subjectsFor(literal).slice(0, 1));
  const named = asked.flatMap(literal => subjectsFor(literal).slice(0, NAMES));
  return named.map(([kind, text]) => ({
    ...NOTHING_BUT_A_CN,
    subject: new Map([...NOTHING_BUT_A_CN.subject, ...first, [kind, text]]),
  }));
}

const SUBJECT = 'x509subject/';

function subjectsFor(literal: Literal): readonly (readonly [string, readonly string[]])[] {
  const kind = literal.fact.slice(SUBJECT.length).toUpperCase();
  return examplesOf(literal).map(text => [kind, [text]]);
}

const NOTHING_BUT_A_CN: CertificateAttributes = {
  subject: new Map([['CN', ['qz7x']]]),
  issuer: new Map([['CN', ['qz7x']]]),
  san: { dns: [], uri: [], name: [] },
  serial: '7a',
};

/** Certificates with names that no policy is about: one that has all kinds of them, one that has a CN alone. */
const STRANGERS: readonly CertificateAttributes[] = [
  NOTHING_BUT_A_CN,
  {
    subject: new Map(['CN', 'O', 'OU', 'C', 'ST', 'L'].map(kind => [kind, ['qz7x']])),
    issuer: new Map([['CN', ['qz7x']]]),
    san: { dns: ['qz7x.invalid'], uri: ['urn:qz7x'], name: [new Map([['CN', ['qz7x']]])] },
    serial: '7a',
  },
];
