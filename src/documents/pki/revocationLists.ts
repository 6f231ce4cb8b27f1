import { all, not, some, type Truth } from '../../iam/truth.ts';
import { groupedBy } from '../../lists.ts';
import { type Certificate, isAuthority } from '../../pki/certificate.ts';
import { type Crl, readCrl } from '../../pki/crl.ts';
import type { Revocation } from '../../pki/revocations.ts';
import type { CrlDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isComplete } from '../context.ts';
import type { AnchorAuthority, Authorities, Issuers } from './authorities.ts';
import { type CrlIssuer, crlIssuer } from './crlIssuer.ts';
import { signedByTrying } from './issued.ts';

/** A revocation list as imported, as read, and how it fits its trust anchor. */
export interface RevocationList {
  readonly detail: CrlDetail;
  /** Undefined where it cannot be read. */
  readonly crl: Crl | undefined;
  readonly authority: AnchorAuthority | 'missing' | undefined;
  /** Undefined where list or trust anchor is not at hand. */
  readonly issuer: CrlIssuer | undefined;
}

/** The revocation lists of a region. */
export interface RevocationLists {
  readonly all: readonly RevocationList[];
  /** Where it comes in by no enabled trust anchor, any list counts. */
  revocationOf(certificate: Certificate, issuers: Pick<Issuers, 'enabled' | 'all'>): CertificateRevocation;
  /** The lists that revoke it, or may, also those that are disabled. */
  revoking(certificate: Certificate): readonly Revoking[];
  /** Whether there is one. */
  haveRevoked(certificate: Certificate): Truth;
}

export interface Revoking {
  readonly list: RevocationList;
  /** Undefined where it may be of another issuer, or is of another key. */
  readonly truth: true | undefined;
  readonly revocation: Revocation;
}

/** What the enabled lists of trust anchors say of a certificate. */
export interface CertificateRevocation {
  /**
   * By every trust anchor by which it comes in: an anchor goes by lists of its own, whatever those of others say. Never certain
   * where some were not read.
   */
  readonly revoked: Truth;
  /** ISO 8601; of several lists, the earliest date. Undefined too where no list tells it. */
  readonly at: string | undefined;
  readonly reason: string | undefined;
  /** The names of the lists that have it: of very many, the first. */
  readonly lists: readonly string[];
  /** How many have it. */
  readonly count: number;
}

/** Every subject asks: each list is read once. */
export function revocationListsOf(region: RegionSnapshot, authorities: Authorities): RevocationLists {
  const lists = region.crls.map(detail => listOf(detail, authorities));
  const working = lists.filter(({ detail, authority }) => detail.enabled && authority !== 'missing');
  const byIssuer = groupedBy(working, issuerKey);
  const allByIssuer = groupedBy(lists, issuerKey);
  const unseenOf = unseenIn(region, working);
  const findingOf = findingByTrying();
  const unread = isComplete(region, 'crls') && lists.every(({ crl }) => crl?.only === true) ? false : undefined;
  const revoking = (certificate: Certificate): readonly Revoking[] =>
    (allByIssuer.get(certificate.issuer.key) ?? []).flatMap(list => {
      const { truth, revocation } = findingOf(list, certificate);
      return truth !== false && revocation !== undefined ? [{ list, truth, revocation }] : [];
    });
  return {
    all: lists,
    revocationOf: (certificate, issuers) => {
      const { enabled, all: areAll } = issuers;
      const named = byIssuer.get(certificate.issuer.key) ?? [];
      const found = named.map(list => ({ ...findingOf(list, certificate), anchor: list.detail.trustAnchorArn }));
      return { ...earliest(found), revoked: isRevoked(found, enabled, unseenOf(issuers)) && (areAll || undefined) };
    },
    revoking,
    haveRevoked: certificate => some([...revoking(certificate).map(({ truth }) => truth), unread]),
  };
}

/**
 * Whether a list that was not read, or not all of it, may have a certificate that comes in by these trust anchors: never true.
 * Where they are none, or may be others, any list counts.
 */
function unseenIn(
  region: RegionSnapshot,
  working: readonly RevocationList[],
): (issuers: Pick<Issuers, 'enabled' | 'all'>) => Truth {
  if (!isComplete(region, 'crls')) return () => undefined;
  const anchors = new Set(working.filter(({ crl }) => crl?.only !== true).map(({ detail }) => detail.trustAnchorArn));
  return ({ enabled, all: areAll }) => {
    const isAny = !areAll || enabled.length === 0 || anchors.has(undefined);
    const unread = anchors.size > 0 && (isAny || enabled.some(arn => anchors.has(arn)));
    return unread ? undefined : false;
  };
}

interface AnchorFound extends Found {
  /** The ARN of the list's trust anchor. */
  readonly anchor: string | undefined;
}

function isRevoked(found: readonly AnchorFound[], anchors: readonly string[], unseen: Truth): Truth {
  if (anchors.length === 0) return some([...found.map(({ truth }) => truth), unseen]);
  const byAnchor = groupedBy(found, ({ anchor }) => anchor);
  const truths = new Map(
    [...byAnchor].map(([anchor, those]) => [anchor, some([...those.map(each => each.truth), unseen])]),
  );
  return all(eachOf(anchors, anchor => (truths.has(anchor) ? truths.get(anchor) : unseen)));
}

/** One by one: the first anchor without a list decides, however many there are. */
function* eachOf(anchors: readonly string[], truthOf: (anchor: string) => Truth): Generator<Truth> {
  for (const anchor of anchors) yield truthOf(anchor);
}

function issuerKey({ crl }: RevocationList): string {
  return crl?.issuer.key ?? '';
}

function listOf(detail: CrlDetail, authorities: Authorities): RevocationList {
  const crl = detail.crlData === undefined ? undefined : readCrl(detail.crlData);
  const authority = authorities.of(detail.trustAnchorArn);
  const issuer = crl && authority !== undefined && authority !== 'missing' ? crlIssuer(crl, authority) : undefined;
  return { detail, crl, authority, issuer };
}

interface Found {
  readonly truth: Truth;
  readonly name: string;
  readonly revocation: Revocation | undefined;
}

/**
 * Whether one list has it: one that no CA of its trust anchor signed says nothing of it. Not known where that cannot be verified,
 * where another key of a CA of that name signed it, and where a whole list takes back what it never said (RFC 5280, 5.3.1: only a list of changes may).
 */
function findingByTrying(): (list: RevocationList, certificate: Certificate) => Found {
  const hasSigned = signedByTrying();
  return (list, certificate) => {
    const { name } = list.detail;
    const { crl } = list;
    const revocation = crl?.revocations.of(certificate.serial);
    if (crl === undefined || revocation === undefined) return { truth: false, name, revocation: undefined };
    const isTakenBack = revocation.reason === 'removeFromCRL';
    const has = isTakenBack ? (crl.delta ? false : undefined) : isDoubtful(crl, certificate) ? undefined : true;
    const truth = all([has, not(isOfOther(list, certificate, hasSigned))]);
    return { truth, name, revocation };
  };
}

/** A serial of another issuer's, or in a list that says itself that it tells nothing of such certificates, or not to everybody. */
function isDoubtful({ indirect, onlyOf, unknownCritical }: Crl, certificate: Certificate): boolean {
  const kind = isAuthority(certificate) ? 'CA certificates' : 'end-entity certificates';
  return indirect || unknownCritical.length > 0 || (onlyOf !== undefined && onlyOf !== kind);
}

/**
 * Whether it is a list of another CA than the one that issued the certificate. One of the same name that another key of the trust
 * anchor signed may be of the same CA, which has moved to that key: by RFC 5280 (6.3.3) it counts, of AWS that is not documented.
 */
function isOfOther(
  { issuer }: RevocationList,
  { signed }: Certificate,
  hasSigned: ReturnType<typeof signedByTrying>,
): Truth {
  if (issuer?.issued !== true) return issuer?.issued === false || undefined;
  return some(issuer.signers.map(key => hasSigned(signed, key))) === true ? false : undefined;
}

function earliest(found: readonly Found[]): Omit<CertificateRevocation, 'revoked'> {
  const having = found.filter(({ truth }) => truth === true);
  const [first] = having
    .map(({ revocation }) => revocation)
    .toSorted((a, b) => Date.parse(a?.revokedAt ?? LATEST) - Date.parse(b?.revokedAt ?? LATEST));
  const names = having.map(({ name }) => name).toSorted();
  return { at: first?.revokedAt, reason: first?.reason, lists: names.slice(0, MOST), count: names.length };
}

/** A thousand lists and a thousand subjects need no thousand lists of a thousand names. */
const MOST = 10;

const LATEST = '9999-12-31T23:59:59Z';
