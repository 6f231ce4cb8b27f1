import { readingOf, type Term } from '../../iam/gate/certificate.ts';
import { isIssuer, SUBJECT_CN, tagName } from '../../iam/gate/fact.ts';
import { holds, type Literal, type Reading } from '../../iam/gate/literal.ts';
import { asksForNothing } from '../../iam/gate/openPattern.ts';
import type { Gates } from '../../iam/gate/perAnchor.ts';
import type { Tie } from '../../iam/gate/tie.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { type Fact, partly } from '../facts.ts';
import type { Authority } from '../pki/authority.ts';

export interface SharingSetting {
  readonly gates: Gates;
  /** ARNs of the trust anchors that the trust policy lets somebody in by: see Tie. */
  readonly through: Tie['through'];
  authorityOf(anchorArn: string): Authority;
}

/**
 * Parts of the subject (`x509Subject/O`) that are all that is asked of certificates of some trust anchor, and that its CA's own
 * certificate has with just that value: a CA of one organisation tends to write them into whatever it issues. Sorted. Not known
 * where nothing else is asked for and the CA was not read.
 */
export function sharedNames({ gates, through, authorityOf }: SharingSetting): Fact {
  const found = new Set<string>();
  let unknown = false;
  for (const arns of through)
    for (const { gate, at } of gates.among(arns)) {
      const asked = gate.certificates.flatMap(partsAsked);
      for (const place of asked.length === 0 ? [] : at()) {
        const { certificates, complete } = authorityOf(arns[place]!);
        const shared = asked.filter(parts =>
          certificates.some(ca => parts.every(part => holds(part, readingFrom(ca)))),
        );
        for (const { fact } of shared.flat()) found.add(tagName(fact));
        unknown ||= shared.length === 0 && !complete;
      }
    }
  const names = [...found].sort();
  return unknown ? partly(names) : names;
}

/** What a way in asks for besides the issuer, where that is parts of the subject other than the CN and no more. */
function partsAsked({ literals, certain }: Term): readonly (readonly Literal[])[] {
  const asked = literals.filter(literal => !isIssuer(literal.fact) && !asksForNothing(literal));
  return certain && asked.length > 0 && asked.every(isOfOrganisation) ? [asked] : [];
}

function isOfOrganisation({ fact, negated, absent }: Literal): boolean {
  return fact.startsWith('x509subject/') && fact !== SUBJECT_CN && !negated && !absent;
}

/** Of its subject alone. */
function readingFrom({ subject, serial }: Certificate): Reading {
  return readingOf({ subject: subject.values, issuer: new Map(), san: { dns: [], uri: [], name: [] }, serial });
}
