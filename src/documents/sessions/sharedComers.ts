import type { Gate } from '../../iam/gate/gate.ts';
import type { Gates } from '../../iam/gate/perAnchor.ts';
import { letInTogether } from '../../iam/gate/together.ts';
import { some, type Truth } from '../../iam/truth.ts';
import { groupedBy } from '../../lists.ts';
import { oncePer } from '../../memo/oncePer.ts';
import { type Certificate, hasRoomBelow, isSelfIssued } from '../../pki/certificate.ts';
import type { TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isComplete } from '../context.ts';
import { gatesOf } from '../gates/gates.ts';
import type { Iam } from '../iam/iam.ts';
import { roleOf } from '../pathFacts.ts';
import { authorityOf } from '../pki/authority.ts';
import { keysOf } from '../pki/authorityHolders.ts';
import { issuedByTrying } from '../pki/issued.ts';
import type { Way } from './way.ts';

export interface ComersSetting {
  readonly iam: Iam;
  /** When the snapshot was taken. */
  readonly now: Date;
}

/**
 * Whether one certificate gets a session of the role both ways. Within a region the same trust anchors serve all profiles; in two
 * of them it must be of a CA for which a trust anchor of each stands, and pass the role's trust policy by both.
 */
export function sharedComers({ iam, now }: ComersSetting): (a: Way, b: Way) => Truth {
  const entrances = oncePer((way: Way) => entrancesOf(way, { iam, now }));
  return (a, b) => (a.region === b.region ? true : haveSharedComers(entrances(a))(entrances(b)));
}

/** The gates of a role in a region that may be open. */
interface Entrances {
  readonly all: readonly Entrance[];
  /** Whether there can be no others. */
  readonly complete: boolean;
}

interface Entrance {
  readonly gate: Gate;
  readonly behind: Behind;
}

/** What is known of the CAs of some trust anchors, whose certificates may pass a gate. */
interface Behind {
  readonly keys: ReadonlySet<string>;
  /** CAs that another one may have issued, as far as they were read. */
  readonly lower: readonly Certificate[];
  /** CAs that may have issued another one, by the name of their subject. */
  readonly upper: ReadonlyMap<string, readonly Certificate[]>;
  readonly complete: boolean;
}

function entrancesOf({ region, profile, path }: Way, { iam, now }: ComersSetting): Entrances {
  const role = iam.named(roleOf(path));
  const gates = role.kind === 'found' ? gatesOf({ profile, facts: role.facts, now }) : undefined;
  return gates === undefined ? UNREAD : entrancesIn(region)(gates);
}

const UNREAD: Entrances = { all: [], complete: false };

/** Most profiles of a region make the same gates of a trust policy, and many trust policies tell the same trust anchors apart. */
const entrancesIn = oncePer((region: RegionSnapshot) => {
  const enabled = region.trustAnchors.filter(anchor => anchor.enabled);
  const arns = enabled.map(({ trustAnchorArn }) => trustAnchorArn);
  const behind = oncePer((at: readonly number[]) =>
    behindAnchors(
      region,
      at.map(each => enabled[each]!),
    ),
  );
  return oncePer((gates: Gates): Entrances => {
    const open = gates.among(arns).filter(({ gate }) => gate.open !== false);
    const all = open.map(({ gate, at }) => ({ gate, behind: behind(at()) }));
    return { all, complete: isComplete(region, 'trustAnchors') && all.every(each => each.behind.complete) };
  });
});

function behindAnchors(region: RegionSnapshot, anchors: readonly TrustAnchorDetail[]): Behind {
  const authorities = anchors.map(anchor => authorityOf(region, anchor));
  const cas = [...new Set(authorities.flatMap(({ certificates }) => certificates))];
  return {
    keys: new Set(anchors.flatMap(anchor => keysOf(region, anchor))),
    lower: cas.filter(ca => !isSelfIssued(ca)),
    upper: groupedBy(cas.filter(hasRoomBelow), ca => ca.subject.key),
    complete: authorities.every(({ complete }) => complete),
  };
}

const haveSharedComers = oncePer((a: Entrances) =>
  oncePer((b: Entrances): Truth => {
    if ([a, b].some(isShut)) return false;
    const trying = issuedByTrying();
    const hasIssued = oncePer((ca: Certificate) => oncePer((issuer: Certificate) => trying(ca, issuer)));
    return some(truthsOf(a, b, hasIssued));
  }),
);

/** Whether nobody can come by any of them. */
function isShut({ all, complete }: Entrances): boolean {
  return complete && all.every(({ behind }) => behind.keys.size === 0);
}

function* truthsOf(a: Entrances, b: Entrances, hasIssued: HasIssued): Generator<Truth> {
  yield* ofOneCa(a, b);
  yield* ofCasBelow(a, b, hasIssued);
  yield* ofCasBelow(b, a, hasIssued);
  if (!a.complete || !b.complete) yield undefined;
}

function* ofOneCa(a: Entrances, b: Entrances): Generator<Truth> {
  for (const one of a.all)
    for (const other of b.all) if (haveOneCa(one.behind, other.behind)) yield letInTogether(one.gate, other.gate);
}

function haveOneCa(a: Behind, b: Behind): boolean {
  for (const key of a.keys) if (b.keys.has(key)) return true;
  return false;
}

/** Asked once for each two: several gates may have the same CAs behind them. */
type HasIssued = (ca: Certificate) => (issuer: Certificate) => Truth;

/**
 * A holder may send the certificates of CAs between its own and the anchor's (X-Amz-X509-Chain): one of a CA gets in by a CA above,
 * too. Which stand between them only AWS sees. A root is below no other: that roots certify each other is not looked for.
 */
function* ofCasBelow(below: Entrances, above: Entrances, hasIssued: HasIssued): Generator<Truth> {
  const lower = below.all.filter(({ behind }) => behind.lower.length > 0);
  const upper = above.all.filter(({ behind }) => behind.upper.size > 0);
  for (const one of lower)
    for (const other of upper)
      if (mayStandBelow(one.behind, other.behind, hasIssued)) yield letInTogether(one.gate, other.gate);
  for (const one of lower)
    for (const other of upper)
      if (letInTogether(one.gate, other.gate) !== false) {
        yield undefined;
        return;
      }
}

function mayStandBelow({ lower }: Behind, { upper }: Behind, hasIssued: HasIssued): boolean {
  return lower.some(ca => upper.get(ca.issuer.key)?.some(issuer => hasIssued(ca)(issuer) === true));
}
