import type { Entry } from '../documents/gates/entry.ts';
import type { ExplainedMiss, FailedCondition } from '../documents/request/because.ts';
import type { SessionAnswer, SessionRequest } from '../documents/request/request.ts';
import type { Decision, PlacedCondition, PlacedVariable } from '../iam/decide.ts';
import type { LayerName, PlacedStatement } from '../iam/layer.ts';
import { printable } from '../report/printable.ts';
import { conditionText, statementName } from './statementText.ts';

const LAYER_WORDS: Readonly<Record<LayerName, string>> = {
  identity: "the role's policies",
  boundary: 'the permissions boundary',
  session: "the profile's session policies",
  scp: 'a service control policy',
  rcp: 'a resource control policy',
};

/** A decision in a few lines: the answer, who says so, what it hangs on, and what it takes for granted. */
export function decisionText(answer: SessionAnswer, { action, resource }: SessionRequest): string {
  const { conditional, variables, missing, nearMisses, entry, assumptions } = answer;
  const lines = [
    `${headline(answer)}: ${printable(action)} on ${printable(resource)}`,
    ...answer.statements.flatMap(statementLines),
    ...listed('It hangs on:', [...conditional.map(conditionLine), ...variables.map(variableLine)]),
    ...listed('Not known:', missing.map(printable)),
    ...nearMisses.slice(0, MOST_MISSES).flatMap(missLines),
    ...leftOut(nearMisses.length),
    ...(answer.decision === 'denied' ? [] : entryLines(entry)),
    ...assumptions.map(printable),
  ];
  return `${lines.join('\n')}\n`;
}

/** More near misses than these tell nothing more. */
const MOST_MISSES = 5;

function leftOut(misses: number): readonly string[] {
  return misses > MOST_MISSES ? [`  and ${misses - MOST_MISSES} more statements that nearly allow it`] : [];
}

function headline({ decision, denial, layer }: Decision): string {
  if (decision === 'allowed') return 'Allowed';
  const who = layer === undefined ? '' : LAYER_WORDS[layer];
  if (decision === 'conditional') return `It depends on a condition in ${who}`;
  if (decision === 'unknown') return `It cannot be said, for ${who}`;
  return denial === 'explicit' ? `Denied by a statement of ${who}` : `Denied: nothing in ${who} allows it`;
}

function listed(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map(line => `  ${line}`)];
}

function statementLines(placed: PlacedStatement): readonly string[] {
  return [
    `  ${placed.statement.effect} by ${LAYER_WORDS[placed.layer]}: ${statementName(placed)}`,
    `    ${printable(placed.statement.text)}`,
  ];
}

function conditionLine(condition: PlacedCondition): string {
  return `${conditionText(condition)} (${condition.effect} in ${printable(condition.policy)})`;
}

function variableLine({ key, value, effect, policy }: PlacedVariable): string {
  return `the value of ${printable(key)} in ${printable(value)} (${effect} in ${printable(policy)})`;
}

function missLines({ placed, failing }: ExplainedMiss): readonly string[] {
  return [
    `  Allow that does not apply, of ${LAYER_WORDS[placed.layer]}: ${statementName(placed)}`,
    `    ${printable(placed.statement.text)}`,
    ...failing.map(failureLine),
  ];
}

function failureLine(condition: FailedCondition): string {
  return `    ${conditionText(condition)} does not hold: ${printable(condition.because)}`;
}

function entryLines({ open, because = '' }: Entry): readonly string[] {
  if (open === true) return [];
  const says =
    open === false ? 'Nobody gets such a session, though' : 'Whether anybody gets such a session is not known';
  return [`${says}: ${printable(because)}.`];
}
