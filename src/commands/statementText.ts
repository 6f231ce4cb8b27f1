import type { PlacedStatement } from '../iam/layer.ts';
import { printable } from '../report/printable.ts';

/** A statement as programs read it; nothing is left out. */
export function statementJson({ layer, policy, statement }: PlacedStatement) {
  const { at, sid, effect, text } = statement;
  return { layer, policy, at, sid: sid ?? null, effect, statement: text };
}

/** `deploy, statement 2 (Write)`: counted from 1. */
export function statementName({ policy, statement }: PlacedStatement): string {
  const sid = statement.sid === undefined ? '' : ` (${printable(statement.sid)})`;
  return `${printable(policy)}, statement ${statement.at + 1}${sid}`;
}

/** `aws:SourceIp IpAddress 10.0.0.0/8 or 11.0.0.0/8`. */
export function conditionText(condition: {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}): string {
  const { key, operator, values } = condition;
  return `${printable(key)} ${printable(operator)} ${values.map(printable).join(' or ')}`;
}
