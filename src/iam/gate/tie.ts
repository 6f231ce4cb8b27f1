import { evaluateCondition } from '../condition/evaluate.ts';
import { contextOf, known } from '../context.ts';
import type { Policy } from '../policy.ts';
import type { Mapping } from '../session.ts';
import type { Truth } from '../truth.ts';
import { momentsAhead } from './ahead.ts';
import type { Gate, Holding } from './gate.ts';
import { looserHolding } from './holding.ts';
import { type Asked, representatives } from './kinds.ts';
import { absentees, conditionsOnAnchor, isPattern, strangersTo } from './newcomers.ts';
import { gatesPerAnchor } from './perAnchor.ts';
import type { Territory } from './strangeRegion.ts';

/** A role's trust policy by itself: whatever profile lists the role, and whatever trust anchors there are. */
export interface TieQuestion extends Territory {
  readonly trust: Policy;
  /** ARNs of the trust anchors that there are. */
  readonly anchors: readonly string[];
  /** See GateQuestion. */
  readonly acceptsSessionName: boolean | undefined;
  readonly now: Date;
}

/** What ties the role to trust anchors and to certificates, seen over every way in. */
export interface Tie {
  /** Whether a trust anchor that somebody makes tomorrow lets nobody in. Undefined: not known. */
  readonly anchored: Truth;
  /** Whether some certificate of some trust anchor gets in, the anchor being there or not. */
  readonly admits: Truth;
  /** Whether something is asked of the trust anchor's ARN that one made tomorrow meets. */
  readonly coversEveryAnchor: boolean;
  /** Undefined: not known. */
  readonly holding: Holding | undefined;
  /**
   * Condition keys and principals of Denies, lower-case, on which it hangs whether anybody gets in where nothing is
   * asked of certificates. Sorted.
   */
  readonly hangsOn: readonly string[];
  /** ARNs of the trust anchors that let somebody in for what they are, those of an untied role apart. Sorted. */
  readonly through: readonly string[];
}

/**
 * The loosest from now on, whatever dates the policy goes by. `nobody`: no certificate of any trust anchor has ever what is asked
 * for. Never throws.
 */
export function tieOf(question: TieQuestion): Tie | 'nobody' {
  const moments = [question.now, ...momentsAhead(question.trust, question.now)];
  const [loosest] = moments.map(now => tieAt({ ...question, now })).sort(looserTie);
  return loosest!;
}

/** For sorting: who gets in for certain before who may, and then what is held to less. */
function looserTie(a: Tie | 'nobody', b: Tie | 'nobody'): number {
  if (a === 'nobody' || b === 'nobody') return Number(a === 'nobody') - Number(b === 'nobody');
  const certainty = Number(a.admits !== true) - Number(b.admits !== true);
  return (
    certainty || looserHolding(a.holding, b.holding) || Number(a.anchored !== false) - Number(b.anchored !== false)
  );
}

function tieAt(question: TieQuestion): Tie | 'nobody' {
  const asked = conditionsOnAnchor(question.trust);
  const meeting = { ...question, mappings: EVERYTHING_MAPPED };
  const gateFor = gatesPerAnchor(meeting);
  const { arns: strangers, complete } = representatives(strangersTo(question, asked), meeting);
  const newcomers = strangers.map(gateFor);
  const acquaintances = namedAmong(question.anchors, asked);
  const admitting = acquaintances.filter(arn => gateFor(arn).open !== false);
  const gates = [...newcomers, ...admitting.map(gateFor), ...absentees(question, asked).map(gateFor)];
  const open = gates.filter(gate => gate.open !== false);
  if (open.length === 0) return complete ? 'nobody' : UNTOLD;
  const admits = open.some(gate => gate.open === true) || undefined;
  const loosestSeen = loosest(open);
  const holding = complete || loosestSeen?.to === 'nothing' ? loosestSeen : undefined;
  const undecided = !complete || (asked.length > 0 && !isDecided(asked, strangers));
  return {
    admits,
    anchored: anchoredness(newcomers, open, { complete, undecided }),
    coversEveryAnchor: strangers.some((arn, at) => newcomers[at]!.open !== false && asked.some(isMetBy(arn))),
    holding,
    hangsOn: admits || holding?.to !== 'nothing' ? [] : openQuestions(open),
    through: admitting.toSorted(),
  };
}

/** Too many trust anchors are told apart. */
const UNTOLD: Tie = {
  admits: undefined,
  anchored: undefined,
  coversEveryAnchor: false,
  holding: undefined,
  hangsOn: [],
  through: [],
};

/** What AWS gives a new profile, which is all there is to map (Roles Anywhere user guide, "Attribute mapping"). */
const EVERYTHING_MAPPED: readonly Mapping[] = [
  { certificateField: 'x509Issuer', specifiers: ['*'] },
  { certificateField: 'x509SAN', specifiers: ['DNS', 'URI', 'Name/*'] },
  { certificateField: 'x509Subject', specifiers: ['*'] },
];

/** Those that a condition may tell from a stranger: by name, or by a pattern. */
function namedAmong(anchors: readonly string[], asked: readonly Asked[]): readonly string[] {
  const values = asked.flatMap(({ condition }) => condition.values);
  if (values.some(isPattern)) return anchors;
  const all = namesOf(anchors);
  const named = new Set(values.map(value => value.toLowerCase()));
  return [...named]
    .flatMap(name => all.get(name) ?? [])
    .sort((a, b) => a - b)
    .map(at => anchors[at]!);
}

/** Where in the list each stands, by its ARN in lower case. */
function namesOf(anchors: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const known = places.get(anchors);
  if (known !== undefined) return known;
  const made = new Map<string, number[]>();
  for (const [at, arn] of anchors.entries()) made.set(arn.toLowerCase(), [...(made.get(arn.toLowerCase()) ?? []), at]);
  places.set(anchors, made);
  return made;
}

/** Every role asks for the trust anchors that it names. */
const places = new WeakMap<readonly string[], ReadonlyMap<string, readonly number[]>>();

function isMetBy(arn: string): (asked: Asked) => boolean {
  return each => truthFor(arn, each) === true;
}

function isDecided(asked: readonly Asked[], strangers: readonly string[]): boolean {
  return strangers.every(arn => asked.every(each => truthFor(arn, each) !== undefined));
}

function truthFor(arn: string, { condition, variables }: Asked): Truth {
  return evaluateCondition(condition, { context: contextOf([['aws:SourceArn', known(arn)]]), variables });
}

/** Where it hangs on something else whether anybody gets in, a newcomer that may be let in is no worse off than the others. */
function anchoredness(newcomers: readonly Gate[], open: readonly Gate[], { complete, undecided }: Judging): Truth {
  if (newcomers.some(gate => gate.open === true)) return false;
  if (newcomers.every(gate => gate.open === false)) return complete || undefined;
  return undecided || open.some(gate => gate.open === true) ? undefined : false;
}

interface Judging {
  /** Whether these are all the newcomers that the trust policy tells apart. */
  readonly complete: boolean;
  /** Whether a condition on the anchor hangs on something else. */
  readonly undecided: boolean;
}

function openQuestions(open: readonly Gate[]): readonly string[] {
  const unsure = open.flatMap(gate => gate.reasons).filter(({ effect }) => effect === 'unknown');
  return [...new Set(unsure.flatMap(({ about }) => (about === undefined ? [] : [about.toLowerCase()])))].sort();
}

function loosest(open: readonly Gate[]): Holding | undefined {
  const certain = open.filter(gate => gate.open === true);
  const holdings = (certain.length > 0 ? certain : open).map(gate => gate.holding);
  const told = holdings.filter(holding => holding !== undefined).sort(looserHolding);
  const [first] = told;
  if (first === undefined || (told.length < holdings.length && first.to !== 'nothing')) return undefined;
  return { ...first, issuer: told.every(({ issuer }) => issuer) };
}
