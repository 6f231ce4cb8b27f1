import { evaluateCondition } from '../condition/evaluate.ts';
import type { Test } from '../condition/operator.ts';
import { readableOperator } from '../condition/readable.ts';
import { contextOf, known } from '../context.ts';
import type { Condition } from '../policy.ts';
import { type Gate, type GateQuestion, gateOf } from './gate.ts';

/**
 * The gate for each trust anchor of one account and region. Anchors that the trust policy does not tell apart share one: its
 * conditions on `aws:SourceArn` are all that an anchor's ARN can matter for, unless it stands in a value.
 */
export function gatesPerAnchor(about: Omit<GateQuestion, 'anchorArn'>): (anchorArn: string) => Gate {
  const asked = about.trust.statements.flatMap(({ conditions, variables }) =>
    conditions.filter(isOnAnchor).map(condition => ({ condition, variables })),
  );
  const isValue = about.trust.statements.some(({ text }) => /\$\{\s*aws:sourcearn/i.test(text));
  const isNamed = namedBy(asked.map(({ condition }) => condition));
  const gates = new Map<string, Gate>();
  const findGate = (anchorArn: string) => {
    const context = contextOf([['aws:SourceArn', known(anchorArn)]]);
    const truths = asked
      .map(({ condition, variables }) => String(evaluateCondition(condition, { context, variables })))
      .join();
    const key = isValue ? `${truths} ${anchorArn}` : truths;
    const before = gates.get(key);
    if (before !== undefined) return before;
    const gate = gateOf({ ...about, anchorArn });
    gates.set(key, gate);
    return gate;
  };
  let unnamed: Gate | undefined;
  return anchorArn => {
    if (isValue || isNamed(anchorArn)) return findGate(anchorArn);
    unnamed ??= findGate(anchorArn);
    return unnamed;
  };
}

/** Whether an anchor may be told apart from others: by a condition that names it in full, or by one that names none in full. */
function namedBy(conditions: readonly Condition[]): (anchorArn: string) => boolean {
  if (!conditions.every(isNaming)) return () => true;
  const names = new Set(conditions.flatMap(({ values }) => values.map(value => value.toLowerCase())));
  return anchorArn => names.has(anchorArn.toLowerCase());
}

/** Whether all that it says of a value is which of its own, without wildcards and variables, that value is. */
function isNaming(condition: Condition): boolean {
  const test = readableOperator(condition)?.test;
  return test !== undefined && NAMING.has(test) && !condition.values.some(value => /[*?$]/.test(value));
}

const NAMING: ReadonlySet<Test> = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnLike']);

function isOnAnchor({ key }: Condition): boolean {
  return key.toLowerCase() === 'aws:sourcearn';
}
