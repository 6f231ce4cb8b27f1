import { some, type Truth } from '../../iam/truth.ts';
import { distinct, groupedBy } from '../../lists.ts';
import { remembering } from '../../memo/remembering.ts';
import { type Certificate, hasRoomBelow } from '../../pki/certificate.ts';
import type { TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isComplete } from '../context.ts';
import { type Authority, authorityOf } from './authority.ts';
import { issuedByTrying } from './issued.ts';
import { oldKeyEnd } from './oldKey.ts';

/** A trust anchor with the CA behind it. */
export interface AnchorAuthority extends Authority {
  readonly anchor: TrustAnchorDetail;
  /** Whether other CAs may issue certificates below these: true where it is not known that none may. */
  readonly open: boolean;
}

/** The CAs behind the trust anchors of a region. */
export interface Authorities {
  /** `missing` where there is no such trust anchor, undefined where that is not known. */
  of(anchorArn: string | undefined): AnchorAuthority | 'missing' | undefined;
  issuersOf(certificate: Certificate): Issuers;
}

export interface Issuers {
  /** The names of the trust anchors one of whose certificates issued it. */
  readonly anchors: readonly string[];
  /**
   * The ARNs of the enabled trust anchors by which it comes in: also those that hold a CA above its issuer, for its holder may send
   * the issuer's certificate along.
   */
  readonly enabled: readonly string[];
  /** Whether these are all: every enabled trust anchor of the region was read, with its CA. */
  readonly all: boolean;
  /**
   * Whether there is one. A holder may send the certificates of CAs between its own and the anchor's (X-Amz-X509-Chain),
   * which only AWS sees: where an anchor is open to CAs below it, the answer is never no.
   */
  readonly known: Truth;
  /** Until when its issuer's key is in the enabled trust anchors, where the CA goes on with another (`oldKeyEnd`). */
  readonly oldKeyEnd: string | undefined;
  /**
   * Until when a CA by which it comes in (see `enabled`) is within its dates, of those that were read: the last of them (ISO 8601).
   * Undefined where there is none.
   */
  readonly authorityEnd: string | undefined;
}

/** Every subject and revocation list asks: the certificates are read once, and found by name. */
export function authoritiesOf(region: RegionSnapshot): Authorities {
  const authorities = region.trustAnchors.map(anchor => withAnchor(region, anchor));
  const byArn = new Map(authorities.map(each => [each.anchor.trustAnchorArn, each]));
  const byName = namesOf(authorities);
  const hasIssued = issuedByTrying();
  const over = remembering((issuer: Named) => {
    const found = withThoseAbove(issuer, byName, hasIssued);
    return { enabled: enabledOf(found), end: endOf(found) };
  });
  const complete = isComplete(region, 'trustAnchors');
  const all = complete && authorities.every(each => each.complete || !each.anchor.enabled);
  const elsewhere = complete && authorities.every(each => !each.open) ? false : undefined;
  return {
    of: arn => byArn.get(arn ?? '') ?? (complete && arn !== undefined ? 'missing' : undefined),
    issuersOf: certificate => {
      const named = byName.get(certificate.issuer.key) ?? [];
      const issued = named.map(each => ({ ...each, named: each, truth: hasIssued(certificate, each.ca) }));
      const issuers = issued.filter(({ truth }) => truth === true).map(each => each.named);
      const ways = issuers.map(over);
      const perhaps = issued.filter(({ truth }) => truth === undefined).map(each => over(each.named));
      return {
        anchors: distinct(issuers.flatMap(({ anchors }) => anchors)),
        enabled: ways.length === 1 ? ways[0]!.enabled : [...new Set(ways.flatMap(way => way.enabled))],
        all,
        known: some([...issued.map(({ truth }) => truth), elsewhere]),
        oldKeyEnd: oldKeyEnd(issued.map(({ ca, enabled, truth }) => ({ ca, anchors: enabled, truth }))),
        authorityEnd: ways.some(({ end }) => end) ? latest([...ways, ...perhaps].map(({ end }) => end)) : undefined,
      };
    },
  };
}

function withAnchor(region: RegionSnapshot, anchor: TrustAnchorDetail): AnchorAuthority {
  const authority = authorityOf(region, anchor);
  return { ...authority, anchor, open: !authority.complete || authority.certificates.some(hasRoomBelow) };
}

/** One CA certificate, however many trust anchors hold it: a signature is verified once. */
interface Named {
  readonly ca: Certificate;
  /** The names of the anchors. */
  readonly anchors: readonly string[];
  /** The ARNs of those that are enabled. */
  readonly enabled: readonly string[];
}

/** A CA and those that issued its certificate, up to the roots, as far as trust anchors hold them and they may have CAs below. */
function withThoseAbove(
  issuer: Named,
  byName: ReadonlyMap<string, readonly Named[]>,
  hasIssued: ReturnType<typeof issuedByTrying>,
): ReadonlySet<Named> {
  const found = new Set([issuer]);
  for (const { ca } of found)
    for (const above of byName.get(ca.issuer.key) ?? [])
      if (!found.has(above) && hasRoomBelow(above.ca) && hasIssued(ca, above.ca) === true) found.add(above);
  return found;
}

function enabledOf(found: ReadonlySet<Named>): readonly string[] {
  const [only, ...more] = found;
  return only !== undefined && more.length === 0
    ? only.enabled
    : [...new Set([...found].flatMap(each => each.enabled))];
}

/** Of those that an enabled trust anchor holds. One above may certify the one below anew: the last of them counts. */
function endOf(found: ReadonlySet<Named>): string | undefined {
  return latest([...found].map(({ ca, enabled }) => (enabled.length > 0 ? ca.notAfter : undefined)));
}

function latest(times: readonly (string | undefined)[]): string | undefined {
  return times
    .filter(time => time !== undefined)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
}

function namesOf(authorities: readonly AnchorAuthority[]): ReadonlyMap<string, readonly Named[]> {
  const held = authorities.flatMap(({ anchor, certificates }) => certificates.map(ca => ({ ca, anchor })));
  const named = [...groupedBy(held, ({ ca }) => ca.sha256).values()].map(holders => ({
    ca: holders[0]!.ca,
    anchors: holders.map(({ anchor }) => anchor.name),
    enabled: holders.filter(({ anchor }) => anchor.enabled).map(({ anchor }) => anchor.trustAnchorArn),
  }));
  return groupedBy(named, ({ ca }) => ca.subject.key);
}
