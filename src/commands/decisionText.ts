import type { SessionRequest } from '../documents/request.ts';
import type { Decision, PlacedCondition } from '../iam/decide.ts';
import type { LayerName, PlacedStatement } from '../iam/layer.ts';
import { printable } from '../report/printable.ts';

const LAYER_WORDS: Readonly<Record<LayerName, string>> = {
  identity: "the role's policies",
  boundary: 'the permissions boundary',
  session: "the profile's session policies",
  scp: 'a service control policy',
  rcp: 'a resource control policy',
};

/** A decision in a few lines: the answer, who says so, and what it hangs on. */
export function decisionText(decision: Decision, { action, resource }: SessionRequest): string {
  const lines = [
    `${headline(decision)}: ${printable(action)} on ${printable(resource)}`,
    ...decision.statements.flatMap(statementLines),
    ...(decision.conditional.length > 0 ? ['It hangs on:', ...decision.conditional.map(conditionLine)] : []),
    ...(decision.missing.length > 0 ? ['Not known:', ...decision.missing.map(each => `  ${printable(each)}`)] : []),
    ...(decision.decision === 'allowed' ? [NOT_EXAMINED] : []),
  ];
  return `${lines.join('\n')}\n`;
}

const NOT_EXAMINED =
  'Resource policies, service control policies and resource control policies are not known and may still deny it.';

function headline({ decision, denial, layer }: Decision): string {
  if (decision === 'allowed') return 'Allowed';
  const who = layer === undefined ? '' : LAYER_WORDS[layer];
  if (decision === 'conditional') return `It depends on a condition in ${who}`;
  if (decision === 'unknown') return `It cannot be said, for ${who}`;
  return denial === 'explicit' ? `Denied by a statement of ${who}` : `Denied: nothing in ${who} allows it`;
}

function statementLines({ layer, policy, statement }: PlacedStatement): readonly string[] {
  const sid = statement.sid === undefined ? '' : ` (${printable(statement.sid)})`;
  return [
    `  ${statement.effect} by ${LAYER_WORDS[layer]}: ${printable(policy)}, statement ${statement.at + 1}${sid}`,
    `    ${printable(statement.text)}`,
  ];
}

function conditionLine({ operator, key, values, effect, policy }: PlacedCondition): string {
  const wanted = values.map(printable).join(' or ');
  return `  ${printable(key)} ${printable(operator)} ${wanted} (${effect} in ${printable(policy)})`;
}
