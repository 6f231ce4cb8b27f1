import { once } from '../../memo/once.ts';
import { coversAction } from '../action.ts';
import { type Budget, shareOf } from '../budget.ts';
import { actionNamed } from '../catalog/action.ts';
import {
  type ActionSet,
  actionSetOf,
  actionsIn,
  fullSet,
  has,
  intersect,
  isEmpty,
  minus,
  unionOf,
} from '../catalog/actionSet.ts';
import { ANYTHING } from '../glob.ts';
import { plainResourceGlob } from '../resource.ts';
import { type Ground, type ReadableResource, readableResourceIn } from './area.ts';
import { classesIn, firstIn } from './classes.ts';
import type { Demand } from './demand.ts';
import { coversAllActions, type Entry, isUnlimited } from './entry.ts';
import { inventedActions } from './invented.ts';
import { type Found, type Goal, search } from './search.ts';
import { CAP } from './searching.ts';

/** Whether there is a request, of any action, to which one statement of each list applies and none of `none`. */
export interface Question {
  readonly each: readonly (readonly Entry[])[];
  readonly none: readonly Entry[];
  /** What every request meets. */
  readonly given: readonly Demand[];
}

/** Such a request of one action. */
export interface Answer {
  readonly action: string;
  /** Whether the catalogue has no such action. */
  readonly invented: boolean;
  readonly resource: string;
  readonly goal: Goal;
  readonly found: Found;
}

export interface Asking {
  readonly budget: Budget;
  /** Gets a line for whatever keeps the answers from being all there are. */
  readonly because: Set<string>;
}

/** Answers, those for actions of the catalogue first. When there is none and nothing in `because`, that is a proof. */
export function* answersTo(question: Question, asking: Asking): Generator<Answer, void> {
  if (question.each.some(list => list.length === 0)) return;
  yield* knownAnswers(question, { ...asking, budget: shareOf(asking.budget, KNOWN) });
  yield* inventedAnswers(question, asking);
}

/** What the catalogue's actions may cost: what conditions on them are too much to weigh need not be so of those to come. */
const KNOWN = 15 / 16;

function* knownAnswers(question: Question, asking: Asking): Generator<Answer, void> {
  const { each, none } = question;
  const covered = minus(each.map(coveredBy).reduce(intersect, fullSet()), alwaysAllowed());
  yield* firstAnswer(question, covered, asking);
  const possible = minus(covered, coveredBy(none.filter(isUnlimited)));
  const untouched = minus(possible, coveredBy(none));
  for (const part of [untouched, minus(possible, untouched)]) {
    if (isEmpty(part)) continue;
    for (const actions of classesIn(part, [...each.flat(), ...none])) {
      if (isSpent(asking)) return;
      const example = firstIn(actions);
      const narrowed = narrowedTo(question, ({ reading }) => has(reading.known(), example));
      yield* answersInClass(narrowed, actions, asking);
    }
  }
}

/** Spares all that follows where the sides have little in common: tries the first action that `none` does not name at all. */
function* firstAnswer(question: Question, possible: ActionSet, asking: Asking): Generator<Answer, void> {
  let tries = 0;
  for (const action of actionsIn(possible)) {
    if (!question.none.some(covering(action.name)))
      return yield* answersInClass(narrowedTo(question, covering(action.name)), actionSetOf([action]), asking);
    if (++tries === FIRST_TRIES) return;
  }
}

const FIRST_TRIES = 4;

function coveredBy(entries: readonly Entry[]): ActionSet {
  return unionOf(entries.map(({ reading }) => reading.known()));
}

/** AWS answers it whatever a policy says, see decide.ts. */
const alwaysAllowed = once(() =>
  actionSetOf([actionNamed('sts:GetCallerIdentity')].filter(each => each !== undefined)),
);

function isSpent({ budget, because }: Asking): boolean {
  if (budget.spent()) because.add(CAP);
  return budget.spent();
}

/** All these actions are covered by all those statements; they are told apart by the ARNs that they can be about. */
function* answersInClass(question: Question, actions: ActionSet, asking: Asking): Generator<Answer, void> {
  const seen = new Set<string>();
  for (const { name, resources } of actionsIn(actions)) {
    const key = resources.join(' ');
    if (seen.has(key)) continue;
    const answers = groundsOf(resources).flatMap(ground => searched({ ...question, ground }, asking));
    for (const answer of answers.sort(byReadability)) yield { ...answer, action: name, invented: false };
    if (seen.size === 0 && isOutOfReach(question, asking)) return;
    seen.add(key);
  }
}

/** Asked when the first one has no answer, since it settles the others: not on any resource whatever. */
function isOutOfReach(question: Question, { budget }: Asking): boolean {
  return search({ ...question, ground: ANYTHING }, budget).kind === 'none';
}

function groundsOf(resources: readonly string[]): readonly Ground[] {
  return resources.length === 0 ? ['no resource'] : resources.map(plainResourceGlob);
}

function narrowedTo({ each, none, given }: Question, covers: (entry: Entry) => boolean): Question {
  return { each: each.map(list => list.filter(covers)), none: none.filter(covers), given };
}

type Searched = Omit<Answer, 'action' | 'invented'> & ReadableResource;

function searched(goal: Goal, { budget, because }: Asking): readonly Searched[] {
  const finding = search(goal, budget);
  if (finding.kind === 'unknown') for (const reason of finding.because) because.add(reason);
  if (finding.kind !== 'found') return [];
  const readable = readableResourceIn(finding.area, finding.resource, { ground: goal.ground, budget });
  return [{ goal, found: finding, ...readable }];
}

function byReadability(a: Searched, b: Searched): number {
  return a.oddity - b.oddity || a.resource.length - b.resource.length;
}

/** Of these nobody knows which resources they are about. */
function* inventedAnswers(question: Question, asking: Asking): Generator<Answer, void> {
  const unlimited = question.none.filter(isUnlimited);
  if (unlimited.some(coversAllActions)) return;
  const { names, complete } = inventedActions({
    first: patternsOf([...question.each.flat(), ...unlimited.filter(isNotAction)]),
    without: patternsOf(unlimited.filter(entry => !isNotAction(entry))),
    later: patternsOf(question.none.filter(entry => !isUnlimited(entry))),
    wanted: name => question.each.every(list => list.some(covering(name))) && !unlimited.some(covering(name)),
    budget: asking.budget,
  });
  if (!complete) asking.because.add(TOO_MANY_PATTERNS);
  for (const name of names) {
    if (isSpent(asking)) return;
    asking.budget.spend(Math.floor((question.each.flat().length + question.none.length) / 8));
    const found = searched({ ...narrowedTo(question, covering(name)), ground: ANYTHING }, asking);
    for (const answer of found) yield { ...answer, action: name, invented: true };
  }
}

const TOO_MANY_PATTERNS = 'There are too many action patterns to tell apart the actions that AWS may yet invent.';

function patternsOf(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ placed }) => placed.statement.actions.values));
}

function isNotAction({ placed }: Entry): boolean {
  return placed.statement.actions.negated;
}

function covering(name: string): (entry: Entry) => boolean {
  return ({ placed }) => coversAction(placed.statement.actions, name);
}
