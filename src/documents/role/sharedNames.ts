import { readingOf, type Term } from '../../iam/gate/certificate.ts';
import { isIssuer, SUBJECT_CN, tagName } from '../../iam/gate/fact.ts';
import { holds, type Literal, type Reading } from '../../iam/gate/literal.ts';
import { asksForNothing } from '../../iam/gate/openPattern.ts';
import type { Gates } from '../../iam/gate/perAnchor.ts';
import { arnsAt } from '../../iam/gate/places.ts';
import type { Tie } from '../../iam/gate/tie.ts';
import { oncePer } from '../../memo/oncePer.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { type Fact, partly } from '../facts.ts';
import type { Authority } from '../pki/authority.ts';

export interface SharingSetting {
  readonly gates: Gates;
  /** ARNs of the trust anchors that the trust policy lets somebody in by: see Tie. */
  readonly through: Tie['through'];
  /** Always the same function. */
  readonly authorityOf: AuthorityOf;
}

type AuthorityOf = (anchorArn: string) => Authority;

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
      if (asked.length === 0) continue;
      const { cas, halfRead } = casOf(authorityOf)(arnsAt(arns, at()));
      for (const { fact } of sharedBy(cas, asked).flat()) found.add(tagName(fact));
      unknown ||= halfRead.some(({ certificates }) => sharedBy(certificates, asked).length === 0);
    }
  const names = [...found].sort();
  return unknown ? partly(names) : names;
}

/** Those that some CA has. */
function sharedBy(
  cas: readonly Certificate[],
  asked: readonly (readonly Literal[])[],
): readonly (readonly Literal[])[] {
  return asked.filter(parts => cas.some(ca => parts.every(part => holds(part, readingFrom(ca)))));
}

/** The CAs of some trust anchors, and those authorities that are not known whole. Many roles let in by the same. */
const casOf = oncePer((authorityOf: AuthorityOf) =>
  oncePer((arns: readonly string[]) => {
    const authorities = arns.map(authorityOf);
    return {
      cas: [...new Set(authorities.flatMap(({ certificates }) => certificates))],
      halfRead: authorities.filter(({ complete }) => !complete),
    };
  }),
);

/** What a way in asks for besides the issuer, where that is parts of the subject other than the CN and no more. */
function partsAsked({ literals, certain }: Term): readonly (readonly Literal[])[] {
  const asked = literals.filter(literal => !isIssuer(literal.fact) && !asksForNothing(literal));
  return certain && asked.length > 0 && asked.every(isOfOrganisation) ? [asked] : [];
}

function isOfOrganisation({ fact, negated, absent }: Literal): boolean {
  return fact.startsWith('x509subject/') && fact !== SUBJECT_CN && !negated && !absent;
}

/** Of its subject alone. */
const readingFrom = oncePer(
  ({ subject, serial }: Certificate): Reading =>
    readingOf({ subject: subject.values, issuer: new Map(), san: { dns: [], uri: [], name: [] }, serial }),
);
