import { contentOf, type LayerName, type Layers } from '../../iam/layer.ts';
import type { AccessSummary } from '../../iam/summary/summary.ts';
import type { Truth } from '../../iam/truth.ts';
import { type Fact, type Facts, type Joined, joined, later, orUnknown, UNKNOWN } from '../facts.ts';
import { allowsEverything } from '../profile/profileSessionPolicy.ts';

/** What bounds a session, and what became of it. */
export interface Bounds {
  readonly access: AccessSummary;
  readonly layers: Layers;
  /** Whether the profile has session policies, and the role a boundary. */
  readonly present: { readonly session: boolean; readonly boundary: Truth };
}

/** What the profile's session policies and the role's boundary take away from what the layers before them allow. */
export function boundFacts({ access, layers, present }: Bounds): Facts {
  return {
    session_policy: later(() => sessionFacts({ access, layers, present: present.session })),
    boundary: later(() => boundFact('boundary', { access, layers, present: present.boundary })),
    layers: later(() => layerFacts(access, layers)),
  };
}

function sessionFacts(bound: Bound): Facts | Joined {
  if (bound.present === false) return { present: false };
  const own = bound.layers.filter(({ name }) => name === 'session');
  return joined(boundFact('session', bound), { allows_everything: allowsEverything(own) });
}

function layerFacts({ byLayer }: AccessSummary, layers: Layers): Facts {
  return Object.fromEntries(
    [...byLayer].map(([name, count]) => [name, countFact(count, isRead(layers, name))] as const),
  );
}

/** The session policies of a role that could not be read: that they are there the profile tells, and no more. */
export function unreadSessionPolicy(present: boolean): Facts {
  if (!present) return { present };
  return {
    present,
    removes: UNKNOWN,
    removes_for_example: UNKNOWN,
    leaves_nothing: UNKNOWN,
    allows_everything: UNKNOWN,
  };
}

interface Bound extends Omit<Bounds, 'present'> {
  readonly present: Truth;
}

function boundFact(name: LayerName, { access, layers, present }: Bound): Facts {
  if (present === false) return { present };
  const removal = access.removes.get(name);
  return {
    present: orUnknown(present),
    removes: orUnknown(removal?.truth),
    removes_for_example: removal?.truth === false ? undefined : orUnknown(removal?.example),
    leaves_nothing: leavesNothing(access.byLayer.get(name), isRead(layers, name)),
  };
}

/** A layer of which part was not read counts as if that part let everything through; none left is none in any case. */
function leavesNothing(count: number | undefined, read: boolean): Fact {
  return count === 0 || (read && count !== undefined ? false : UNKNOWN);
}

function countFact(count: number, read: boolean): Fact {
  return read || count === 0 ? count : UNKNOWN;
}

function isRead(layers: Layers, name: LayerName): boolean {
  return layers.filter(layer => layer.name === name).every(layer => contentOf(layer).unread.length === 0);
}
