import type { Gate } from '../../iam/gate/gate.ts';
import type { Gates } from '../../iam/gate/perAnchor.ts';
import { some, type Truth } from '../../iam/truth.ts';
import type { ProfileDetail, TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isComplete } from '../context.ts';
import type { RoleFacts } from '../iam/iam.ts';
import { whyRefused } from '../iam/sessionPolicy.ts';
import { gatesOf } from './gates.ts';
import { type AnchorAuthorityStanding, authorityStanding } from './knownAnchors.ts';

/** Whether anybody gets a session of a path at all. */
export interface Entry {
  /** False: nobody does. Undefined: not known. */
  readonly open: Truth;
  /** Why nobody does, or why it is not known. */
  readonly because: string | undefined;
}

export interface EntryQuestion {
  readonly region: RegionSnapshot;
  readonly profile: ProfileDetail;
  readonly facts: RoleFacts;
  readonly now: Date;
}

/** By what profile, trust anchors, the dates of their CAs and the trust policy say. */
export function entryOf({ region, profile, facts, now }: EntryQuestion): Entry {
  if (!profile.enabled) return { open: false, because: `the profile ${profile.name} is disabled` };
  const all = isComplete(region, 'trustAnchors');
  const enabled = region.trustAnchors.filter(anchor => anchor.enabled);
  if (enabled.length === 0 && all) return { open: false, because: 'no trust anchor is enabled in its region' };
  const gateFor = gatesOf({ profile, facts, now });
  if (gateFor === undefined) return { open: undefined, because: "the role's trust policy is not known" };
  const doors = enabled.map(anchor => doorOf(anchor, { region, now, gateFor }));
  const open = some([...doors.map(each => each.open), ...(all ? [] : [undefined])]);
  if (enabled.length === 0) return { open, because: 'the trust anchors of its region are not known' };
  const refused = whyRefused(profile);
  if (open === true && refused !== undefined) return { open: undefined, because: refused };
  return { open, because: open === true ? undefined : whyNot(doors, open) };
}

interface Door extends AnchorAuthorityStanding {
  readonly anchor: TrustAnchorDetail;
  readonly gate: Gate;
  readonly open: Truth;
}

interface DoorSetting extends Pick<EntryQuestion, 'region' | 'now'> {
  readonly gateFor: Gates;
}

function doorOf(anchor: TrustAnchorDetail, { region, now, gateFor }: DoorSetting): Door {
  const gate = gateFor(anchor.trustAnchorArn);
  const standing = authorityStanding({ anchor, region }, now);
  return { ...standing, anchor, gate, open: standing.expired ? false : gate.open };
}

function whyNot(doors: readonly Door[], open: Truth): string {
  const those = doors.filter(door => door.open === open);
  const byItsCa = those.find(({ gate }) => gate.open !== open);
  if (byItsCa !== undefined) return `the CA of the trust anchor ${byItsCa.anchor.name} has expired`;
  const [closed] = those.flatMap(({ gate }) => gate.reasons);
  const what =
    open === false
      ? "the role's trust policy lets nobody in"
      : "whether the role's trust policy lets anybody in is not known";
  return closed === undefined ? what : `${what}: ${closed.says}`;
}
