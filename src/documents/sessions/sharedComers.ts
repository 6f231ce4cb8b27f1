import type { Gate } from '../../iam/gate/gate.ts';
import { letInTogether } from '../../iam/gate/together.ts';
import { some, type Truth } from '../../iam/truth.ts';
import { oncePer } from '../../memo/oncePer.ts';
import { type Certificate, hasRoomBelow, isSelfIssued } from '../../pki/certificate.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isComplete } from '../context.ts';
import { gatesOf } from '../gates/gates.ts';
import { groupedBy } from '../grouped.ts';
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

/** The gates of a role by what the CAs are known of whose certificates may pass them. */
interface Entrances {
  readonly byKey: ReadonlyMap<string, ReadonlySet<Gate>>;
  /** By the certificates of these CAs, as far as they were read. */
  readonly byCa: ReadonlyMap<Certificate, ReadonlySet<Gate>>;
  /** Whether there can be no others. */
  readonly complete: boolean;
}

function entrancesOf({ region, profile, path }: Way, { iam, now }: ComersSetting): Entrances {
  const role = iam.named(roleOf(path));
  const gates = role.kind === 'found' ? gatesOf({ profile, facts: role.facts, now }) : undefined;
  return gates === undefined ? UNREAD : entrancesIn(region)(gates);
}

const UNREAD: Entrances = { byKey: new Map(), byCa: new Map(), complete: false };

/** Most profiles of a region make the same gates of a trust policy. */
const entrancesIn = oncePer((region: RegionSnapshot) =>
  oncePer((gateFor: (anchorArn: string) => Gate): Entrances => {
    const byKey = new Map<string, Set<Gate>>();
    const byCa = new Map<Certificate, Set<Gate>>();
    let complete = isComplete(region, 'trustAnchors');
    for (const anchor of region.trustAnchors) {
      const gate = anchor.enabled ? gateFor(anchor.trustAnchorArn) : undefined;
      if (gate === undefined || gate.open === false) continue;
      const authority = authorityOf(region, anchor);
      complete &&= authority.complete;
      for (const key of keysOf(region, anchor)) byKey.set(key, (byKey.get(key) ?? new Set()).add(gate));
      for (const ca of authority.certificates) byCa.set(ca, (byCa.get(ca) ?? new Set()).add(gate));
    }
    return { byKey, byCa, complete };
  }),
);

const haveSharedComers = oncePer((a: Entrances) =>
  oncePer((b: Entrances): Truth => {
    if ([a, b].some(({ byKey, complete }) => complete && byKey.size === 0)) return false;
    const hasIssued = issuedByTrying();
    return some(truthsOf(a, b, hasIssued));
  }),
);

function* truthsOf(a: Entrances, b: Entrances, hasIssued: HasIssued): Generator<Truth> {
  yield* ofOneCa(a, b);
  yield* ofCasBelow(a, b, hasIssued);
  yield* ofCasBelow(b, a, hasIssued);
  if (!a.complete || !b.complete) yield undefined;
}

function* ofOneCa(a: Entrances, b: Entrances): Generator<Truth> {
  const seen = new Map<Gate, Set<Gate>>();
  for (const [key, gates] of a.byKey)
    for (const one of gates)
      for (const other of b.byKey.get(key) ?? []) {
        const met = seen.get(one) ?? new Set();
        if (!met.has(other)) yield letInTogether(one, other);
        seen.set(one, met.add(other));
      }
}

type HasIssued = ReturnType<typeof issuedByTrying>;

/**
 * A holder may send the certificates of CAs between its own and the anchor's (X-Amz-X509-Chain): one of a CA gets in by a CA above,
 * too. Which stand between them only AWS sees. A root is below no other: that roots certify each other is not looked for.
 */
function* ofCasBelow(below: Entrances, above: Entrances, hasIssued: HasIssued): Generator<Truth> {
  const lower = [...below.byCa].filter(([ca]) => !isSelfIssued(ca));
  const upper = [...above.byCa].filter(([ca]) => hasRoomBelow(ca));
  const byName = groupedBy(upper, ([ca]) => ca.subject.key);
  for (const [ca, gates] of lower)
    for (const [issuer, others] of byName.get(ca.issuer.key) ?? [])
      if (hasIssued(ca, issuer) === true) yield* gatePairs(gates, others);
  const unseen = gatePairs(gatesOfAll(lower), gatesOfAll(upper));
  for (const truth of unseen)
    if (truth !== false) {
      yield undefined;
      return;
    }
}

function gatesOfAll(held: readonly (readonly [Certificate, ReadonlySet<Gate>])[]): ReadonlySet<Gate> {
  return new Set(held.flatMap(([, gates]) => [...gates]));
}

function* gatePairs(gates: ReadonlySet<Gate>, others: ReadonlySet<Gate>): Generator<Truth> {
  for (const one of gates) for (const other of others) yield letInTogether(one, other);
}
