import { evaluateCondition } from '../condition/evaluate.ts';
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
  const gates = new Map<string, Gate>();
  return anchorArn => {
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
}

function isOnAnchor({ key }: Condition): boolean {
  return key.toLowerCase() === 'aws:sourcearn';
}
