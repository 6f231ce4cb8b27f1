import { type ActionSet, fullSet, intersect, unionOf } from '../catalog/actionSet.ts';
import { actionsCovered } from './covered.ts';
import type { Stack, StackLayer } from './stack.ts';
import { onceForTwins } from './twins.ts';

/** The known actions that some Allow of each layer covers, wherever and on whatever condition: no others are allowed. Costs next to nothing. */
export const actionsMentioned = onceForTwins(
  (stack: Stack): ActionSet => stack.layers.map(mentionedIn).reduce(intersect, fullSet()),
);

function mentionedIn({ statements, unread }: StackLayer): ActionSet {
  if (unread.length > 0) return fullSet();
  const allows = statements.filter(({ statement }) => statement.effect === 'Allow');
  return unionOf(allows.map(({ statement }) => actionsCovered(statement.actions)));
}
