import { once } from '../../memo/once.ts';
import { type ActionSet, fullSet, minus, unionOf } from '../catalog/actionSet.ts';
import { actionsMatching } from '../catalog/matching.ts';
import type { PlacedStatement } from '../layer.ts';
import type { Patterns, Statement } from '../policy.ts';
import { type Term, termsOf } from './demand.ts';
import { includesResources, type Resources, resourcesOf } from './resources.ts';

/** A statement made ready for many questions. */
export interface Entry {
  /** What is known of the request put in. */
  readonly placed: PlacedStatement;
  /** As the policy has it. */
  readonly source: PlacedStatement;
  readonly reading: Reading;
}

/** What a statement says, wherever it stands. */
interface Reading {
  /** The actions of the catalogue that it covers. */
  readonly known: () => ActionSet;
  readonly resources: () => Resources;
  /** All of them must hold. */
  readonly terms: () => readonly Term[];
  /** Their identities. */
  readonly termKeys: () => ReadonlySet<string>;
  /** The patterns of its actions in lower case. */
  readonly actionKeys: () => ReadonlySet<string>;
}

export function entryOf(source: PlacedStatement, placed = source): Entry {
  const known = readings.get(placed.statement);
  const reading = known ?? readingOf(placed.statement);
  if (known === undefined) readings.set(placed.statement, reading);
  return { placed, source, reading };
}

/** Kept as long as the statement lives: many paths have the same policies. */
const readings = new WeakMap<Statement, Reading>();

function readingOf(statement: Statement): Reading {
  const terms = once(() => termsOf(statement));
  return {
    known: once(() => actionsCovered(statement.actions)),
    resources: once(() => resourcesOf(statement)),
    terms,
    termKeys: once(() => new Set(terms().map(({ identity }) => identity))),
    actionKeys: once(() => new Set(statement.actions.values.map(value => value.toLowerCase()))),
  };
}

function actionsCovered({ negated, values }: Patterns): ActionSet {
  const [only] = values;
  const listed = values.length === 1 ? actionsMatching(only!) : unionOf(values.map(actionsMatching));
  return negated ? minus(fullSet(), listed) : listed;
}

/** Whether it applies to every resource, whatever else the request carries. */
export function isUnlimited({ reading, placed }: Entry): boolean {
  return placed.statement.conditions.length === 0 && reading.resources().everything;
}

/** Those to which no statement of `others` applies whenever they do, as far as the wording tells. */
export function notIncludedIn(others: readonly Entry[], entries: readonly Entry[]): readonly Entry[] {
  const texts = new Set(others.map(textOf));
  const different = entries.filter(entry => !texts.has(textOf(entry)));
  return different.filter(entry => !others.some(other => includes(other, entry)));
}

/** The same text means the same in policies of the same version, what is known put in. */
function textOf({ placed: { statement } }: Entry): string {
  return statement.variables ? statement.text : `2008 ${statement.text}`;
}

function includes(outer: Entry, inner: Entry): boolean {
  return (
    includesConditions(outer, inner) &&
    includesActions(outer, inner) &&
    (outer.reading.resources().everything || includesResources(outer.reading.resources(), inner.reading.resources()))
  );
}

function includesActions(outer: Entry, inner: Entry): boolean {
  const [a, b] = [outer.placed.statement.actions, inner.placed.statement.actions];
  if (coversAllActions(outer)) return true;
  if (a.negated !== b.negated) return false;
  const [larger, smaller] = a.negated ? [inner, outer] : [outer, inner];
  const keys = larger.reading.actionKeys();
  for (const key of smaller.reading.actionKeys()) if (!keys.has(key)) return false;
  return true;
}

export function coversAllActions({ placed }: Entry): boolean {
  const { negated, values } = placed.statement.actions;
  return negated ? values.length === 0 : values.some(value => /^\*+(:\*+)?$/.test(value));
}

/** Fewer conditions let more through. */
function includesConditions(outer: Entry, inner: Entry): boolean {
  if (outer.placed.statement.conditions.length === 0) return true;
  if (outer.placed.statement.conditions.length > inner.placed.statement.conditions.length) return false;
  const identities = inner.reading.termKeys();
  return outer.reading.terms().every(({ identity }) => identities.has(identity));
}
