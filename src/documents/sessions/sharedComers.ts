import type { Gate } from '../../iam/gate/gate.ts';
import { letInTogether } from '../../iam/gate/together.ts';
import { some, type Truth } from '../../iam/truth.ts';
import { oncePer } from '../../memo/oncePer.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isComplete } from '../context.ts';
import { gatesOf } from '../gates/gates.ts';
import type { Iam } from '../iam/iam.ts';
import { roleOf } from '../pathFacts.ts';
import { authorityOf } from '../pki/authority.ts';
import { keysOf } from '../pki/authorityHolders.ts';
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
  /** Whether there can be no others. */
  readonly complete: boolean;
}

function entrancesOf({ region, profile, path }: Way, { iam, now }: ComersSetting): Entrances {
  const role = iam.named(roleOf(path));
  const gates = role.kind === 'found' ? gatesOf({ profile, facts: role.facts, now }) : undefined;
  return gates === undefined ? UNREAD : entrancesIn(region)(gates);
}

const UNREAD: Entrances = { byKey: new Map(), complete: false };

/** Most profiles of a region make the same gates of a trust policy. */
const entrancesIn = oncePer((region: RegionSnapshot) =>
  oncePer((gateFor: (anchorArn: string) => Gate): Entrances => {
    const byKey = new Map<string, Set<Gate>>();
    let complete = isComplete(region, 'trustAnchors');
    for (const anchor of region.trustAnchors) {
      const gate = anchor.enabled ? gateFor(anchor.trustAnchorArn) : undefined;
      if (gate === undefined || gate.open === false) continue;
      complete &&= authorityOf(region, anchor).complete;
      for (const key of keysOf(region, anchor)) byKey.set(key, (byKey.get(key) ?? new Set()).add(gate));
    }
    return { byKey, complete };
  }),
);

const haveSharedComers = oncePer((a: Entrances) =>
  oncePer((b: Entrances): Truth => {
    if ([a, b].some(({ byKey, complete }) => complete && byKey.size === 0)) return false;
    return some(gatePairs(a, b));
  }),
);

function* gatePairs(a: Entrances, b: Entrances): Generator<Truth> {
  const seen = new Map<Gate, Set<Gate>>();
  for (const [key, gates] of a.byKey)
    for (const one of gates)
      for (const other of b.byKey.get(key) ?? []) {
        const met = seen.get(one) ?? new Set();
        if (!met.has(other)) yield letInTogether(one, other);
        seen.set(one, met.add(other));
      }
  if (!a.complete || !b.complete) yield undefined;
}
