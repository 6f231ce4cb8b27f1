import { type AdminAnswer, adminOf } from '../access/admin.ts';
import { stackWithout } from '../access/stack.ts';
import type { PlacedCondition } from '../decide.ts';
import type { EscalationQuestion, OpenPath } from '../escalation/question.ts';
import { some, type Truth } from '../truth.ts';
import { throughRoles } from './promise.ts';
import { type Prospect, waysUp } from './prospect.ts';
import { promisesIn } from './standing.ts';

/** What makes a session as good as an administrator. */
export interface EquivalentAnswer {
  readonly truth: Truth;
  /** Ids of the paths by which it is, or may be. */
  readonly by: readonly string[];
  readonly conditions: readonly PlacedCondition[];
}

/**
 * Whether it can make itself one: by what it writes, by what it frees its own role of, or by a role that it gets and that is
 * one or can make itself one. Other roles are asked only where it takes one.
 */
export function adminEquivalentOf(question: EscalationQuestion, admin = adminOf(question.stack)): EquivalentAnswer {
  const { prospects } = waysUp(question);
  const isLikely = ({ open }: Prospect) => admin.truth !== true || open.path.gives === 'admin';
  const alone = prospects.filter(isLikely).map(({ open, alone }) => ({ open, truth: alone() }));
  const certain = alone.filter(({ truth }) => truth === true);
  if (admin.truth === true || certain.length > 0) return { truth: true, by: idsOf(certain), conditions: [] };
  const promised = promisesIn(question.world, question.stack.now);
  const ways = prospects
    .map((prospect, at) => ({ open: prospect.open, truth: some([alone[at]?.truth, throughRoles(prospect, promised)]) }))
    .filter(({ truth }) => truth !== false);
  const truth = some([admin.truth, ...ways.map(way => way.truth)]);
  return {
    truth,
    by: idsOf(ways.filter(way => way.truth === truth)),
    conditions: truth === undefined ? conditionsOf(admin, ways, question) : [],
  };
}

interface Way {
  readonly open: OpenPath;
  readonly truth: Truth;
}

function idsOf(ways: readonly Way[]): readonly string[] {
  return ways.map(({ open }) => open.path.id);
}

/** Those of its own policies, of the ways, and of what would hold back the permissions it writes into its own role. */
function conditionsOf(
  admin: AdminAnswer,
  ways: readonly Way[],
  { stack }: EscalationQuestion,
): readonly PlacedCondition[] {
  const isWritten = ways.some(({ open }) => open.path.permissions.some(({ on }) => on.startsWith('own-')));
  return [
    ...admin.conditions,
    ...ways.flatMap(({ open }) => open.held.flatMap(each => each.conditions)),
    ...(isWritten ? adminOf(stackWithout(stack, 'identity')).conditions : []),
  ];
}
