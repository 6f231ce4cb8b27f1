import { some, type Truth } from '../../iam/truth.ts';
import { distinct, groupedBy } from '../../lists.ts';
import { once } from '../../memo/once.ts';
import { type Certificate, hasRoomBelow } from '../../pki/certificate.ts';
import type { SubjectDetail, TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { type Fact, partly, UNKNOWN } from '../facts.ts';
import { authorityOf } from '../pki/authority.ts';
import { credentialOf } from '../pki/credential.ts';
import { issuedByTrying } from '../pki/issued.ts';
import type { RegionPki } from '../pki/regionPki.ts';
import { seenCompletely } from '../pki/seenCertificates.ts';
import { isOverAt, isValidAt } from '../pki/validity.ts';

/**
 * The names of the subjects who are live on another key of a trust anchor's bundle than its newest certificate has: who is locked
 * out when that one stays alone. Sorted; longer lists end in how many more there are. Partly known where subjects were not
 * read, or some may come by way of a CA below an older key, which only AWS sees.
 */
export type OlderKeys = (anchor: TrustAnchorDetail) => Fact;

const NAMES_TOLD = 20;

/** Only a bundle of several keys asks: subjects are then gone through, once. */
export function olderKeys(region: RegionSnapshot, pki: RegionPki, now: Date): OlderKeys {
  const held = once(() => heldIn(region, pki, now));
  const hasIssued = issuedByTrying();
  return anchor => {
    const { certificates, complete } = authorityOf(region, anchor);
    if (!complete) return UNKNOWN;
    const { newest, older } = splitByKey(certificates.filter(each => !isOverAt(each, now)));
    if (older.length === 0) return [];
    const issuedBy = (cas: readonly Certificate[]) => holdersOf(cas, held().byIssuer, hasIssued);
    const onOlder = leftBehind(issuedBy(older), issuedBy(newest));
    const names = named(onOlder.filter(({ truth }) => truth === true).map(({ subject }) => subject.x509Subject));
    const below = older.some(hasRoomBelow) && held().fromElsewhere;
    const unsure = below || onOlder.some(({ truth }) => truth === undefined) || !seenCompletely(region);
    return unsure ? partly(names) : names;
  };
}

interface Split {
  /** All with the key of the one that began last. */
  readonly newest: readonly Certificate[];
  readonly older: readonly Certificate[];
}

function splitByKey(certificates: readonly Certificate[]): Split {
  const [last] = certificates.toSorted((a, b) => Date.parse(b.notBefore) - Date.parse(a.notBefore));
  const isNewest = ({ key }: Certificate) => key.sha256 === last?.key.sha256;
  return { newest: certificates.filter(isNewest), older: certificates.filter(each => !isNewest(each)) };
}

/** A certificate that a subject came with, within its dates and not known to be revoked. */
interface Held {
  readonly subject: SubjectDetail;
  readonly certificate: Certificate;
  readonly seenAt: string | undefined;
}

interface AllHeld {
  /** By the issuer's name. */
  readonly byIssuer: ReadonlyMap<string, readonly Held[]>;
  /** Whether AWS let somebody in of whom it is not known that a CA of the trust anchors issued the certificate. */
  readonly fromElsewhere: boolean;
}

function heldIn(region: RegionSnapshot, pki: RegionPki, now: Date): AllHeld {
  const all = region.subjects.flatMap(subject =>
    (subject.credentials ?? []).flatMap(detail => {
      const { known } = credentialOf(detail, pki, now);
      if (known === undefined || !isValidAt(known.certificate, now) || known.live === false) return [];
      const held = { subject, certificate: known.certificate, seenAt: detail.seenAt };
      return [{ held, fromElsewhere: detail.failed !== true && known.issuers.known !== true }];
    }),
  );
  return {
    byIssuer: groupedBy(
      all.map(({ held }) => held),
      ({ certificate }) => certificate.issuer.key,
    ),
    fromElsewhere: all.some(each => each.fromElsewhere),
  };
}

interface Holder extends Held {
  /** Whether one of the CAs issued it: true or not known. */
  readonly truth: Truth;
}

function holdersOf(
  cas: readonly Certificate[],
  byIssuer: AllHeld['byIssuer'],
  hasIssued: ReturnType<typeof issuedByTrying>,
): readonly Holder[] {
  const names = [...new Set(cas.map(({ subject }) => subject.key))];
  return names
    .flatMap(name => byIssuer.get(name) ?? [])
    .map(held => ({ ...held, truth: some(cas.map(ca => hasIssued(held.certificate, ca))) }))
    .filter(({ truth }) => truth !== false);
}

/** Without those who have a certificate of the newest key by now, and did not come with the other one since that was issued. */
function leftBehind(onOlder: readonly Holder[], onNewest: readonly Holder[]): readonly Holder[] {
  const since = groupedBy(
    onNewest.filter(({ truth }) => truth === true),
    ({ subject }) => subject.subjectArn,
  );
  return onOlder.filter(({ subject, seenAt }) => {
    const renewed = since.get(subject.subjectArn) ?? [];
    return !renewed.some(({ certificate }) => Date.parse(seenAt ?? '') < Date.parse(certificate.notBefore));
  });
}

function named(all: readonly string[]): readonly string[] {
  const names = distinct(all);
  const rest = names.length - NAMES_TOLD;
  return rest > 0 ? [...names.slice(0, NAMES_TOLD), `… and ${rest} more`] : names;
}
