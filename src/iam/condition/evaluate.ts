import { ABSENT, type Context, type ContextValue } from '../context.ts';
import { isAnything } from '../glob.ts';
import type { Condition } from '../policy.ts';
import { all, not, some, type Truth } from '../truth.ts';
import { globFrom, resolved, textFrom } from '../variable.ts';
import type { Operator, Test } from './operator.ts';
import { isOfKind, readableOperator } from './readable.ts';
import { VALUE_TESTS, type ValueTest, type Wanted } from './test.ts';

/** What the conditions of a statement come to in a context. */
export interface ConditionResult {
  readonly truth: Truth;
  /** Those that could not be decided, when the whole could not. */
  readonly undecided: readonly Condition[];
}

export interface ConditionSetting {
  readonly context: Context;
  /** See Statement. */
  readonly variables: boolean;
}

/** All of them must hold. Three-valued: what hangs on a value that is not known stays open. Never throws. */
export function evaluateConditions(conditions: readonly Condition[], setting: ConditionSetting): ConditionResult {
  const truths = conditions.map(condition => evaluateCondition(condition, setting));
  const truth = all(truths);
  return { truth, undecided: truth === undefined ? conditions.filter((_, at) => truths[at] === undefined) : [] };
}

/** One operator on one key. Never decided: a condition whose meaning nobody knows, see `readableOperator`. */
export function evaluateCondition(condition: Condition, setting: ConditionSetting): Truth {
  const operator = readableOperator(condition);
  if (operator === undefined) return undefined;
  const value = presentIn(setting.context(condition.key.toLowerCase()));
  if (operator.test === 'Null') return isNull(value, condition.values);
  if (value.kind === 'absent') return whenAbsent(operator);
  const wanted = wantedBy(condition, operator, setting);
  const test = VALUE_TESTS[operator.test];
  if (value.kind === 'unknown') return whenUnknown(operator, value.present, wanted);
  return overValues(
    operator,
    value.values.map(each => passes(operator, test, each, wanted)),
  );
}

/** A list without anything in it is as good as none (IAM user guide, "Null", "ForAllValues"). */
function presentIn(value: ContextValue): ContextValue {
  return value.kind === 'known' && value.values.length === 0 ? ABSENT : value;
}

function isNull(value: ContextValue, wanted: readonly string[]): Truth {
  return some(
    wanted.map(text => {
      const absent = value.kind === 'absent' ? true : value.kind === 'known' || value.present ? false : undefined;
      return text.toLowerCase() === 'true' ? absent : not(absent);
    }),
  );
}

/** IAM user guide, "IfExists", "ForAllValues": a key that is not there passes these, and whatever is negated. */
function whenAbsent({ set, negated, ifExists }: Operator): boolean {
  if (set === 'ForAnyValue') return ifExists;
  return ifExists || negated || set === 'ForAllValues';
}

/**
 * A value that is not known decides nothing, except where every value passes (`StringLike *`) and the key is there for
 * certain or need not be.
 */
function whenUnknown(operator: Operator, present: boolean, wanted: readonly Wish[]): Truth {
  const everything = wanted.some(each => each !== undefined && 'glob' in each && takesAll(operator, each));
  if (!everything) return undefined;
  const whenThere = !operator.negated;
  return present || whenAbsent(operator) === whenThere ? whenThere : undefined;
}

function takesAll({ test }: Operator, { glob }: Wanted): boolean {
  return test === 'StringLike' && isAnything(glob);
}

/** Over all values of a key: without a set operator one match is enough, and a negation wants none. */
function overValues({ set, negated }: Operator, passed: readonly Truth[]): Truth {
  if (set === 'ForAllValues' || (set === undefined && negated)) return all(passed);
  return some(passed);
}

function passes({ negated }: Operator, test: ValueTest, value: string, wanted: readonly Wish[]): Truth {
  const matched = some(
    wanted.map(each => {
      if (each === undefined) return false;
      return 'unsure' in each ? undefined : test(value, each);
    }),
  );
  return negated ? not(matched) : matched;
}

/** A value with a variable whose own value is not known, or is none that the operator compares. */
interface Unsure {
  readonly unsure: true;
}

type Wish = Wanted | Unsure | undefined;

/** Kept with a condition that has no variables: it wants the same of everybody. */
function wantedBy(condition: Condition, { test }: Operator, setting: ConditionSetting): readonly Wish[] {
  const plain = !setting.variables || !condition.values.some(text => text.includes('${'));
  const known = plain ? wishes.get(condition) : undefined;
  if (known !== undefined) return known;
  const made = condition.values.map(text => wantedFrom(text, test, setting));
  if (plain) wishes.set(condition, made);
  return made;
}

const wishes = new WeakMap<Condition, readonly Wish[]>();

/** Undefined: a variable in it has no value, and then it matches nothing (IAM user guide, "Policy variables"). */
function wantedFrom(text: string, test: Test, { variables, context }: ConditionSetting): Wish {
  const pieces = resolved(text, { variables, context, unresolved: 'widen' });
  if (pieces === undefined) return undefined;
  if (pieces.some(piece => piece.kind === 'anything')) return { unsure: true };
  const value = textFrom(pieces);
  return isOfKind(test, value) ? { text: value, glob: globFrom(pieces) } : { unsure: true };
}
