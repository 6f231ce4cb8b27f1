import { comparedDoors, type Entrants, NOBODY_NEW } from '../documents/gates/doors.ts';
import { absentPath, type PathStack, pathStacks } from '../documents/request/stack.ts';
import { UserError } from '../errors.ts';
import { type Comparison, compareAccess } from '../iam/compare/compare.ts';
import { some, type Truth } from '../iam/truth.ts';
import { distinct } from '../lists.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Side } from './comparisonFiles.ts';

/** The answer for all paths together, and for each of them where there are paths. */
export interface Result extends Comparison {
  /** Of snapshots: whether B lets in certificates that A keeps out. */
  readonly newEntrants: Truth;
  readonly paths: readonly PathResult[] | undefined;
  /** Of snapshots without an account in common, whose they are. */
  readonly apart: Apart | undefined;
}

/** The ids of the accounts that each side holds. */
export interface Apart {
  readonly a: readonly string[];
  readonly b: readonly string[];
}

export interface PathResult extends Comparison, Entrants {
  readonly path: string;
}

/** Throws UserError for a snapshot and something else. */
export function compared(a: Side, b: Side): Result {
  if (a.kind === 'layers' && b.kind === 'layers')
    return { ...compareAccess(a.layers, b.layers), newEntrants: false, paths: undefined, apart: undefined };
  if (a.kind === 'snapshot' && b.kind === 'snapshot') return comparedPaths(a.snapshot, b.snapshot);
  throw new UserError(`${a.file} and ${b.file} cannot be compared: one is a snapshot and the other is not`, {
    hint: 'Compare two policies, two files of layers, or two snapshots.',
  });
}

/** The first path with something new stands for all. */
function comparedPaths(a: Snapshot, b: Snapshot): Result {
  const [before, after] = [pathStacks(a), pathStacks(b)];
  const ids = distinct([...before.keys(), ...after.keys()]);
  const paths = ids.map(path => ({
    path,
    ...comparedPath(before.get(path) ?? absentPath(a, path), after.get(path) ?? absentPath(b, path)),
  }));
  const telling = paths.find(each => each.newAccess === true) ?? paths.find(each => each.newAccess === undefined);
  return {
    newAccess: some(paths.map(each => each.newAccess)),
    newEntrants: some(paths.map(each => each.newEntrants)),
    witness: telling?.witness,
    statements: telling?.statements ?? [],
    assumptions: [...new Set(paths.flatMap(each => [...each.assumptions, ...each.granted]))],
    paths,
    apart: apartFrom(a, b),
  };
}

/** Of an account that one of them does not hold nothing is known there. */
function apartFrom(a: Snapshot, b: Snapshot): Apart | undefined {
  const [ours, theirs] = [accountsOf(a), accountsOf(b)];
  return ours.some(id => theirs.includes(id)) ? undefined : { a: ours, b: theirs };
}

function accountsOf({ accounts }: Snapshot): readonly string[] {
  return distinct(accounts.map(({ id }) => id));
}

function comparedPath(a: PathStack, b: PathStack): Omit<PathResult, 'path'> {
  const facts = { a: () => a.principal, b: () => b.principal };
  return { ...compareAccess(a.layers, b.layers, { facts }), ...newEntrants(a, b) };
}

/** Nothing is gained by a session that may do nothing. */
function newEntrants(a: PathStack, b: PathStack): Entrants {
  const entrants = comparedDoors(a.doors, b.doors);
  if (entrants.newEntrants === false) return entrants;
  const anything = compareAccess([NOTHING], b.layers, { facts: { a: () => b.principal, b: () => b.principal } });
  return anything.newAccess === false ? NOBODY_NEW : entrants;
}

const NOTHING = { name: 'identity', policies: [], complete: true } as const;
