import { accountIn, partitionIn } from '../../iam/arn.ts';
import { isAnchorArn } from '../../iam/gate/newcomers.ts';
import type { NamedAnchor } from '../../iam/trustWording.ts';
import { some, type Truth } from '../../iam/truth.ts';
import { once } from '../../memo/once.ts';
import { remembering } from '../../memo/remembering.ts';
import { hasRoomBelow, isAuthority } from '../../pki/certificate.ts';
import type { TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../snapshot/snapshot.ts';
import { hasAllRegions, isComplete } from '../context.ts';
import { type Authority, authorityOf } from '../pki/authority.ts';
import { type AuthorityValidity, hasExpired, validityOf } from '../pki/inForce.ts';
import type { Takes } from './gates.ts';

/** The trust anchors of an account, as trust policies name them. */
export interface KnownAnchors {
  readonly account: string;
  readonly partition: string;
  /** Names of the regions that were read. */
  readonly regions: readonly string[];
  readonly arns: readonly string[];
  standing(named: NamedAnchor): AnchorStanding;
  /** What all of these are, where none is in use: none is there, or one is and is disabled. Undefined: one may be in use. */
  idleness(named: readonly NamedAnchor[]): 'missing' | 'disabled' | undefined;
  /** Whether its CA may make other CAs, whose certificates the trust anchor then takes as well. */
  certifiesCas(arn: string): Truth;
  /** Of one of these trust anchors: the CA behind it. */
  authorityOf(arn: string): Authority;
  /** And what the dates of its CAs come to. */
  authority(arn: string): AnchorAuthorityStanding;
  readonly takes: Takes;
}

export interface AnchorAuthorityStanding {
  readonly validity: AuthorityValidity;
  /** Whether no certificate of it is taken any more. */
  readonly expired: boolean;
}

/** `missing`: there is none of that ARN, or there cannot be one in this account. */
export type AnchorStanding = 'enabled' | 'disabled' | 'missing' | 'unknown';

/** Every role asks: the anchors are gone through once, and certificates are read of those that somebody names. */
export function knownAnchors(account: AccountSnapshot, now: Date): KnownAnchors {
  const byArn = new Map(
    account.regions.flatMap(region =>
      region.trustAnchors.map(anchor => [anchor.trustAnchorArn, { anchor, region }] as const),
    ),
  );
  const arns = [...byArn.keys()];
  const inLowerCase = once(() => new Map(arns.map(arn => [arn.toLowerCase(), arn])));
  const standing = ({ name, anyCase }: NamedAnchor): AnchorStanding => {
    const arn = anyCase ? (inLowerCase().get(name.toLowerCase()) ?? name.toLowerCase()) : name;
    const anchor = byArn.get(arn)?.anchor;
    if (anchor !== undefined) return anchor.enabled ? 'enabled' : 'disabled';
    return isSurelyMissing(account, arn) ? 'missing' : 'unknown';
  };
  const authority = remembering((arn: string) => authorityStanding(byArn.get(arn), now));
  return {
    account: account.id,
    partition: partitionIn(arns[0] ?? account.roles[0]?.Arn ?? 'arn:aws'),
    regions: account.regions.map(({ name }) => name),
    arns,
    standing,
    idleness(named) {
      const standings = named.map(standing);
      if (standings.length === 0 || standings.some(each => each === 'enabled' || each === 'unknown')) return undefined;
      return standings.includes('disabled') ? 'disabled' : 'missing';
    },
    certifiesCas: remembering(arn => certifiesCas(byArn.get(arn))),
    authority,
    authorityOf: arn => authorityBehind(byArn.get(arn)),
    takes: ({ enabled, trustAnchorArn }) => enabled && !authority(trustAnchorArn).expired,
  };
}

/** A trust anchor serves the roles of its own account alone (Roles Anywhere user guide, "Trust model"). */
function isSurelyMissing(account: AccountSnapshot, arn: string): boolean {
  if (!isAnchorArn(arn) || accountIn(arn) !== account.id) return true;
  const region = account.regions.find(({ name }) => name === arn.split(':')[3]);
  return region === undefined ? hasAllRegions(account) : isComplete(region, 'trustAnchors');
}

interface Placed {
  readonly anchor: TrustAnchorDetail;
  readonly region: RegionSnapshot;
}

const NOBODY_READ: Authority = { certificates: [], unparsed: undefined, complete: false };

function authorityBehind(placed: Placed | undefined): Authority {
  return placed === undefined ? NOBODY_READ : authorityOf(placed.region, placed.anchor);
}

function certifiesCas(placed: Placed | undefined): Truth {
  if (placed === undefined) return undefined;
  const { certificates, complete } = authorityOf(placed.region, placed.anchor);
  const certifying = certificates.map(each => isAuthority(each) && hasRoomBelow(each));
  return some([...certifying, complete ? false : undefined]);
}

const NOT_READ: AnchorAuthorityStanding = { validity: 'unread', expired: false };

/** Undefined: there is no such trust anchor. */
export function authorityStanding(placed: Placed | undefined, now: Date): AnchorAuthorityStanding {
  if (placed === undefined) return NOT_READ;
  const authority = authorityOf(placed.region, placed.anchor);
  return { validity: validityOf(authority, now), expired: hasExpired(authority, now) };
}
