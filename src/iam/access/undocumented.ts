import { actionNamed } from '../catalog/action.ts';
import { isEmpty } from '../catalog/actionSet.ts';
import { actionsMatching } from '../catalog/matching.ts';
import type { Stack } from './stack.ts';

/**
 * Actions that AWS does not document and that the statements may tell apart: each one that a statement names, one of each
 * service of which a statement covers everything, and one of a service that AWS has yet to invent.
 */
export function undocumentedActions({ layers }: Stack): readonly string[] {
  const named = layers.flatMap(layer =>
    layer.statements.flatMap(({ statement }) => statement.actions.values.flatMap(undocumentedIn)),
  );
  return [...new Set(named), 'future-service:FutureAction'];
}

export function futureAction(service: string): string {
  return `${service}:FutureAction`;
}

function undocumentedIn(pattern: string): readonly string[] {
  const whole = /^([a-z0-9-]+):\*+$/i.exec(pattern);
  if (whole !== null) return [futureAction(whole[1]!.toLowerCase())];
  if (!pattern.includes(':') || /[*?\s,]/.test(pattern)) return [];
  return isEmpty(actionsMatching(pattern)) ? [pattern] : [];
}

/** For each pattern of a statement the shortest action of one service that it covers, where AWS documents none of that name. */
export function inventedActions({ layers }: Stack): readonly string[] {
  const patterns = layers.flatMap(layer => layer.statements.flatMap(({ statement }) => statement.actions.values));
  return [...new Set(patterns.flatMap(inventedFor))];
}

function inventedFor(pattern: string): readonly string[] {
  const [, service, name] = /^([a-z0-9-]+):([a-z0-9*?]+)$/i.exec(pattern) ?? [];
  if (service === undefined || name === undefined) return [];
  const action = `${service}:${name.replaceAll('*', '').replaceAll('?', 'x') || 'FutureAction'}`;
  return actionNamed(action) === undefined ? [action] : [];
}
