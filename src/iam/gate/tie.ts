import { distinct } from '../../lists.ts';
import { type Budget, budgetOf } from '../budget.ts';
import { evaluateCondition } from '../condition/evaluate.ts';
import { contextOf, known } from '../context.ts';
import type { Policy, Statement } from '../policy.ts';
import { DEFAULT_MAPPINGS } from '../session.ts';
import { isAboutRolesAnywhere } from '../trust.ts';
import type { Truth } from '../truth.ts';
import { momentsAhead } from './ahead.ts';
import type { Gate } from './gate.ts';
import { loosestHolding } from './holding.ts';
import { type Asked, isAnchorInValue, representatives } from './kinds.ts';
import { loosestTie, type Tie, type TieAtOnce } from './loosestTie.ts';
import { absentees, conditionsOnAnchor, isPattern, strangersTo } from './newcomers.ts';
import { gatesPerAnchor } from './perAnchor.ts';
import { arnsAt, placesOf } from './places.ts';
import type { Territory } from './strangeRegion.ts';

export type { Tie } from './loosestTie.ts';

/** A role's trust policy by itself: whatever profile lists the role, and whatever trust anchors there are. */
export interface TieQuestion extends Territory {
  readonly trust: Policy;
  /** ARNs of the trust anchors that there are. */
  readonly anchors: readonly string[];
  /** See GateQuestion. */
  readonly acceptsSessionName: boolean | undefined;
  readonly now: Date;
}

/**
 * The loosest from now on, whatever dates the policy goes by. `nobody`: no certificate of any trust anchor has ever what is asked
 * for. Never throws.
 */
export function tieOf(question: TieQuestion): Tie | 'nobody' {
  if (!question.trust.statements.some(letsIn)) return 'nobody';
  const { some, complete } = momentsAhead(question.trust, question.now);
  const budget = budgetOf(GATES);
  const ties = [question.now, ...some].map(now => tieAt({ ...question, now }, budget));
  const tie = loosestTie([...ties, ...(complete ? [] : (['untold'] as const))]);
  return tie === 'nobody' || conditionsOnAnchor(question.trust).length > 0 ? tie : { ...tie, coversEveryAnchor: false };
}

/** What the gates of one role may cost, all dates together; one by itself costs some hundredths of a second at the very most. */
const GATES = 250;

/** A gate of a policy that has a trust anchor's ARN in a value, where each is made from nothing. */
const GATE_BY_NAME = 5;

function letsIn(statement: Statement): boolean {
  return statement.effect === 'Allow' && isAboutRolesAnywhere(statement);
}

function tieAt(question: TieQuestion, budget: Budget): TieAtOnce {
  const asked = conditionsOnAnchor(question.trust);
  const { trust, acceptsSessionName, now } = question;
  const meeting = { trust, mappings: DEFAULT_MAPPINGS, acceptsSessionName, now };
  const gates = gatesPerAnchor(meeting);
  const { some: strangers, complete: allStrangers } = representatives(strangersTo(question, asked), meeting);
  const byName = isAnchorInValue(question.trust);
  if (!budget.spend(strangers.length * (byName ? GATE_BY_NAME : 1))) return 'untold';
  const newcomers = strangers.map(arn => gates(arn));
  const acquaintances = namedAmong(question.anchors, asked);
  const met = byName ? affordable(acquaintances, budget) : acquaintances;
  const complete = allStrangers && met.length === acquaintances.length;
  const admitting = gates.among(met).filter(({ gate }) => gate.open !== false);
  const absent = absentees(question, asked).map(arn => gates(arn));
  const told = new Set([...newcomers, ...admitting.map(({ gate }) => gate), ...absent]);
  const open = [...told].filter(gate => gate.open !== false);
  if (open.length === 0) return complete ? 'nobody' : 'untold';
  const admits = open.some(gate => gate.open === true) || undefined;
  const holding = loosestHolding([...open.map(gate => gate.holding), ...(complete ? [] : [undefined])]);
  const undecided = !allStrangers || (asked.length > 0 && !isDecided(asked, strangers));
  const covers = strangers.some((arn, at) => newcomers[at]!.open !== false && asked.some(isMetBy(arn)));
  return {
    admits,
    anybody: newcomers.some(({ takesAnybody }) => takesAnybody),
    anchored: anchoredness(newcomers, { complete: allStrangers, undecided }),
    coversEveryAnchor: covers || (allStrangers ? false : undefined),
    holding,
    hangsOn: openQuestions(open),
    through: admitting.map(({ at }) => arnsAt(met, at())),
  };
}

/** As many of them as the budget has gates left for, each made from nothing. */
function affordable(anchors: readonly string[], budget: Budget): readonly string[] {
  const some = anchors.slice(0, Math.floor(budget.left() / GATE_BY_NAME));
  budget.spend(some.length * GATE_BY_NAME);
  return some;
}

/** Those that a condition may tell from a stranger: by name, or by a pattern. */
function namedAmong(anchors: readonly string[], asked: readonly Asked[]): readonly string[] {
  const values = asked.flatMap(({ condition }) => condition.values);
  if (values.some(isPattern)) return anchors;
  const named = new Set(values.map(value => value.toLowerCase()));
  return placesOf(anchors, named).map(at => anchors[at]!);
}

function isMetBy(arn: string): (asked: Asked) => boolean {
  return each => truthFor(arn, each) === true;
}

function isDecided(asked: readonly Asked[], strangers: readonly string[]): boolean {
  return strangers.every(arn => asked.every(each => truthFor(arn, each) !== undefined));
}

function truthFor(arn: string, { condition, variables }: Asked): Truth {
  return evaluateCondition(condition, { context: contextOf([['aws:SourceArn', known(arn)]]), variables });
}

/** A newcomer that may be let in, by something that nobody can decide, lets in as far as anybody knows. */
function anchoredness(newcomers: readonly Gate[], { complete, undecided }: Judging): Truth {
  if (newcomers.some(gate => gate.open === true)) return false;
  if (newcomers.every(gate => gate.open === false)) return complete || undefined;
  return undecided ? undefined : false;
}

interface Judging {
  /** Whether these are all the newcomers that the trust policy tells apart. */
  readonly complete: boolean;
  /** Whether a condition on the anchor hangs on something else. */
  readonly undecided: boolean;
}

function openQuestions(open: readonly Gate[]): readonly string[] {
  const unsure = open.flatMap(gate => gate.doubts);
  return distinct(unsure.flatMap(({ about }) => (about === undefined ? [] : [about.toLowerCase()])));
}
