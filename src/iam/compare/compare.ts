import { type Budget, budgetOf } from '../budget.ts';
import { type ContextValue, layered } from '../context.ts';
import { decide } from '../decide.ts';
import { matches } from '../glob.ts';
import type { Layers, PlacedStatement } from '../layer.ts';
import type { Condition } from '../policy.ts';
import { resourceContext } from '../session.ts';
import type { Truth } from '../truth.ts';
import { type Demand, presenceOf } from './demand.ts';
import { contextMeeting, demandsIn } from './demands.ts';
import { type Entry, notIncludedIn } from './entry.ts';
import { type Facts, NO_FACTS } from './known.ts';
import { type Answer, type Asking, answersTo, type Question } from './question.ts';
import { type Side, sideOf } from './side.ts';
import { withVariables } from './standIn.ts';

export interface Comparison {
  /** True: B allows something that A does not. False: proven that it does not. Undefined: not known. */
  readonly newAccess: Truth;
  readonly witness: NewRequest | undefined;
  /** The Allow statements of B that let it through, and A's Deny where one stops it. */
  readonly statements: readonly PlacedStatement[];
  /** What the answer takes for granted, and, when it is not known, why. */
  readonly assumptions: readonly string[];
}

/** A request that B allows and A does not: one action, and for it the shortest resource that reads well. */
export interface NewRequest {
  readonly action: string;
  /** `*` where the action has none. Policy variables stand in it as the policies write them. */
  readonly resource: string;
  /** Conditions of the statements concerned, and whether the request meets them. */
  readonly conditions: readonly { readonly condition: Condition; readonly holds: boolean }[];
}

/** How many steps a comparison may take where nobody says: about a second's. */
const STEPS = 12_000_000;

export interface ComparisonSetting {
  /** What it may cost; past it the answer is undefined. */
  readonly budget?: Budget;
  /** What is known of the requests of each side. */
  readonly facts?: { readonly a: Facts; readonly b: Facts };
}

/**
 * Whether B allows any request that A does not. Exact over every action that AWS documents or may yet invent, every
 * resource of the types an action has, and every combination of condition keys that agrees with what is known (facts: policy.md
 * 6.2 to 6.5); what is left out is said in `assumptions`. Evidence is only given when a plain evaluation of that one request
 * (decide.ts) agrees.
 *
 * An absent layer bounds nothing.
 */
export function compareAccess(
  a: Layers,
  b: Layers,
  { budget = budgetOf(STEPS), facts = { a: NO_FACTS, b: NO_FACTS } }: ComparisonSetting = {},
): Comparison {
  const sides: Sides = { a: sideOf(a, facts.a), b: sideOf(b, facts.b), whole: a };
  const asking: Asking = { budget, because: new Set() };
  for (const question of questionsFor(sides)) {
    for (const answer of answersTo(question, asking)) {
      const request = confirmed(answer, sides, asking);
      if (request !== undefined) return newAccess(request, answer, sides.b);
    }
  }
  addUnread(sides, asking);
  const unknown = asking.because.size > 0;
  return {
    newAccess: unknown ? undefined : false,
    witness: undefined,
    statements: [],
    assumptions: [...asking.because, RESOURCE_POLICIES],
  };
}

const RESOURCE_POLICIES = 'Resource policies are not examined.';

interface Sides {
  readonly a: Side;
  readonly b: Side;
  /** A as it was given. */
  readonly whole: Layers;
}

/** B allows it, and A does not, for want of an Allow in one layer, or by a Deny. */
function* questionsFor(sides: Sides): Generator<Question, void> {
  const { a, b } = sides;
  const given = presentIn(sides);
  const allowed = b.layers.map(({ allows }) => allows);
  for (const { allows } of a.layers.filter(({ complete }) => complete)) {
    const each = allowed.map(list => notIncludedIn(allows, list));
    yield { each, none: [...allows, ...b.denies], given };
  }
  for (const deny of notIncludedIn(b.denies, a.denies)) {
    yield { each: [[deny], ...allowed], none: b.denies, given };
  }
}

/** Keys that conditions ask for and that are there for certain, though with a value that nobody knows. */
function presentIn({ a, b }: Sides): readonly Demand[] {
  const entries = [a, b].flatMap(({ layers, denies }) => [...layers.flatMap(({ allows }) => allows), ...denies]);
  const keys = new Set(entries.flatMap(({ reading }) => reading.terms()).map(({ key }) => key));
  const isPresent = (key: string) => [a, b].some(({ facts }) => isThere(facts('')(key)));
  return [...keys].filter(isPresent).sort().map(presenceOf);
}

function isThere(value: ContextValue): boolean {
  return value.kind === 'unknown' && value.present;
}

/** What could not be read leaves it open, unless B allows nothing at all. */
function addUnread({ a, b }: Sides, asking: Asking): void {
  for (const name of b.unread) asking.because.add(`B: not known, and may allow more: ${name}.`);
  if (a.unread.length === 0) return;
  const anything = answersTo({ each: b.layers.map(({ allows }) => allows), none: b.denies, given: [] }, asking);
  if (anything.next().done === true) return;
  for (const name of a.unread) asking.because.add(`A: not known, and may allow less: ${name}.`);
}

/** The request spelled out, if a plain evaluation of it says the same. */
function confirmed(answer: Answer, { a, b, whole }: Sides, { because }: Asking): NewRequest | undefined {
  const { action, found } = answer;
  const decisionOf = (layers: Layers, facts: Facts) => {
    const context = layered(facts(action), resourceContext(answer.resource), contextMeeting(found.demands));
    return decide({ action, resource: answer.resource, context }, layers).decision;
  };
  const resource = withVariables(answer.resource);
  if (decisionOf(b.readable, b.facts) === 'allowed' && decisionOf(whole, a.facts) === 'denied')
    return { action, resource, conditions: conditionsOf(answer) };
  because.add(`${action} on ${resource} is new, or is not: two ways of deciding it disagree.`);
  return undefined;
}

/** Those of the statements that let it through, and those by which others fail that are about this resource. */
function conditionsOf({ goal, found, resource }: Answer): NewRequest['conditions'] {
  const wanted = identitiesIn(found.chosen);
  const failing = identitiesIn(goal.none.filter(entry => isAbout(entry, resource)));
  return demandsIn(found.demands)
    .filter(({ term, holds }) => (holds ? wanted : failing).has(term.identity))
    .map(({ term, holds }) => ({ condition: term.condition, holds }));
}

function identitiesIn(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ reading }) => reading.terms()).map(({ identity }) => identity));
}

function isAbout({ reading }: Entry, resource: string): boolean {
  const { negated, patterns } = reading.resources();
  return resource === '*' || patterns.some(({ narrow }) => matches(narrow, resource)) !== negated;
}

function newAccess(request: NewRequest, { action, invented, found }: Answer, b: Side): Comparison {
  return {
    newAccess: true,
    witness: request,
    statements: found.chosen.map(({ source }) => source),
    assumptions: [
      ...(invented ? [`AWS documents no action ${action}: it stands for those that there may be all the same.`] : []),
      ...(request.resource.includes('${') ? ['Policy variables stand for any one value.'] : []),
      ...b.unread.map(name => `B: not known, and may deny it: ${name}.`),
      RESOURCE_POLICIES,
    ],
  };
}
