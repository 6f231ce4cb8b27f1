import { type Budget, budgetOf } from '../../iam/budget.ts';
import { compareAccess } from '../../iam/compare/compare.ts';
import { all, some, type Truth } from '../../iam/truth.ts';
import { groupedBy } from '../../lists.ts';
import { oncePer } from '../../memo/oncePer.ts';
import type { ProfileDetail } from '../../snapshot/shapes.ts';
import type { Document } from '../document.ts';
import type { Iam } from '../iam/iam.ts';
import { inlineSessionPolicy } from '../iam/sessionPolicy.ts';
import { isUnknownAt, readerOf } from '../path.ts';
import { isOpen, roleOf } from '../pathFacts.ts';
import { type ComersSetting, sharedComers } from './sharedComers.ts';
import type { Way } from './way.ts';

/** Two profiles of which one hands out what the other takes away. */
export interface Undoing {
  readonly wider: Way;
  readonly narrower: Way;
  readonly truth: Truth;
}

interface Weighing {
  readonly iam: Iam;
  readonly budget: Budget;
  /** Whether one certificate takes both ways. */
  readonly comeTogether: (a: Way, b: Way) => Truth;
}

/**
 * Nothing in a trust policy can tell profiles apart (there is no condition key for them), so whoever gets a session of a role
 * through one profile of a region gets it through every other that lists it, and through those of another region whose trust
 * anchors take the same certificate: the widest of their session policies is the one that counts. Given the ways to one role;
 * undefined where it cannot be said, or is too much to compare.
 */
export function undoingsOf(setting: ComersSetting): (ways: readonly Way[]) => readonly Undoing[] {
  const weighing = { iam: setting.iam, budget: budgetOf(STEPS), comeTogether: sharedComers(setting) };
  return ways => pairsOf(ways, weighing).map(([widest, other]) => undoing(widest, other, weighing));
}

/** For all comparisons of an account together: some tenths of a second. */
const STEPS = 3_000_000;
/** For one of them. */
const STEPS_EACH = 100_000;

type Pair = readonly [widest: Way, other: Way];

/**
 * The widest of each region held against each of the others there, and against those of other regions, either way: each pair of
 * others would be too many.
 */
function pairsOf(ways: readonly Way[], { comeTogether }: Weighing): readonly Pair[] {
  const inUse = ways.filter(({ path }) => isOpen(path) !== false);
  const byRegion = [...groupedBy(inUse, ({ region }) => region).values()];
  const widest = byRegion.map(widestOf);
  return [
    ...byRegion.flatMap((among, at) => among.filter(way => way !== widest[at]).map((way): Pair => [widest[at]!, way])),
    ...eachOnce(inUse.flatMap(way => rivalsOf(way, widest, comeTogether).map((rival): Pair => [rival, way]))),
  ];
}

/**
 * The widest ways of other regions that one certificate takes as well as this. Of those for a way that is not its region's widest
 * one will do, and one that the certificate may take.
 */
function rivalsOf(way: Way, widest: readonly Way[], comeTogether: Weighing['comeTogether']): readonly Way[] {
  const others = widest
    .filter(({ region, profile }) => region !== way.region && limits(profile) !== limits(way.profile))
    .map(other => ({ other, truth: comeTogether(other, way) }))
    .filter(({ truth }) => truth !== false);
  if (widest.includes(way)) return others.map(({ other }) => other);
  return [true, undefined].flatMap(wanted => {
    const those = others.filter(({ truth }) => truth === wanted).map(({ other }) => other);
    return those.length === 0 ? [] : [widestOf(those)];
  });
}

function eachOnce(pairs: readonly Pair[]): readonly Pair[] {
  const keyOf = (pair: Pair) => JSON.stringify(pair.map(({ profile }) => profile.profileArn).sort());
  return [...groupedBy(pairs, keyOf).values()].map(([first]) => first!);
}

function widestOf(ways: readonly Way[]): Way {
  return ways.toSorted((a, b) => width(b) - width(a))[0]!;
}

function undoing(widest: Way, other: Way, weighing: Weighing): Undoing {
  const forward = gainOver(widest, other, weighing);
  if (forward === true) return { wider: widest, narrower: other, truth: true };
  const back = gainOver(other, widest, weighing);
  return { wider: other, narrower: widest, truth: some([forward, back]) };
}

function gainOver(wider: Way, narrower: Way, weighing: Weighing): Truth {
  if (limits(wider.profile) === limits(narrower.profile)) return false;
  const open = all([isOpen(wider.path), isOpen(narrower.path), weighing.comeTogether(wider, narrower)]);
  return open === false ? false : all([open, givesMore(wider, narrower, weighing)]);
}

function width(way: Way): number {
  return isNarrowed(way) === false ? Number.POSITIVE_INFINITY : possible(way.path);
}

/** Whether A's sessions may do something that B's may not. */
function givesMore(a: Way, b: Way, weighing: Weighing): Truth {
  const [narrowed, narrower] = [isNarrowed(a), isNarrowed(b)];
  if (narrower === false) return false;
  if (narrowed === false) return narrower;
  if (narrowed === undefined || narrower === undefined) return undefined;
  return certain(a.path) > possible(b.path) ? true : compared(a, b, weighing);
}

const limits = oncePer(({ sessionPolicy, managedPolicyArns }: ProfileDetail) =>
  JSON.stringify([inlineSessionPolicy({ sessionPolicy }), [...(managedPolicyArns ?? [])].sort()]),
);

function compared(a: Way, b: Way, { iam, budget }: Weighing): Truth {
  const role = iam.named(roleOf(a.path));
  if (role.kind !== 'found' || budget.spent()) return undefined;
  const [more, less] = [iam.session(a.profile, role.facts), iam.session(b.profile, role.facts)];
  const own = budgetOf(Math.min(STEPS_EACH, budget.left()));
  const facts = { a: () => less.principal, b: () => more.principal };
  const { newAccess } = compareAccess(less.layers, more.layers, { budget: own, facts });
  budget.spend(own.used());
  return newAccess;
}

function possible(path: Document): number {
  return Number(POSSIBLE(path.body)[0] ?? Number.POSITIVE_INFINITY);
}

function certain(path: Document): number {
  return Number(CERTAIN(path.body)[0] ?? 0);
}

const PRESENT = readerOf('path.session_policy.present');
const REMOVES = readerOf('path.session_policy.removes');
const POSSIBLE = readerOf('path.access.actions.possible');
const CERTAIN = readerOf('path.access.actions.certain');

/** Whether the profile's session policies take anything away from the role. */
export function isNarrowed({ path: { body } }: Way): Truth {
  if (PRESENT(body)[0] === false) return false;
  return isUnknownAt(body, 'path.session_policy.removes') ? undefined : REMOVES(body)[0] === true;
}
