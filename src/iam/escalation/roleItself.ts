import { oncePer } from '../../memo/oncePer.ts';
import { budgetAmong, type Stack } from '../access/stack.ts';
import type { Layers } from '../layer.ts';
import { principalContext } from '../session.ts';
import type { Onward } from './assumable.ts';
import { type EscalationQuestion, questionOf } from './question.ts';
import { boundaryIn, type KnownRole, type World } from './world.ts';

/*
 * What anybody can do who gets to a role: without tags and policies of a session of its own. It is asked once and for all of a
 * role, by whoever finds a way there and by whoever looks at the role, and out of one budget.
 */

/** For a question that only others have of the role: out of another budget. */
export function stackOfRole(role: KnownRole, world: World, now: Date): Stack {
  return { ...questionOfRole(role, world, now).stack, budget: budgetAmong(0) };
}

/** Where a role can go at once by itself: the same for everyone who gets there. */
export function onwardFrom(role: KnownRole, world: World, now: Date): readonly Onward[] {
  const question = questionOfRole(role, world, now);
  return role.layers === undefined ? onwardByName(question) : question.assumable;
}

/** Of a role whose policies nobody read a trust policy that names it says enough; that it may go anywhere says nothing. */
const onwardByName = oncePer(({ roleArn, assumable, world }: EscalationQuestion) => {
  const naming = new Set(world.byPrincipal.get(roleArn));
  return assumable.filter(({ role }) => naming.has(role));
});

const remembered = new WeakMap<World, WeakMap<KnownRole, EscalationQuestion>>();

export function questionOfRole(role: KnownRole, world: World, now: Date): EscalationQuestion {
  const byRole = remembered.get(world) ?? new WeakMap<KnownRole, EscalationQuestion>();
  remembered.set(world, byRole);
  const known = byRole.get(role) ?? questionAbout(role, world, now);
  byRole.set(role, known);
  return known;
}

function questionAbout(role: KnownRole, world: World, now: Date): EscalationQuestion {
  const { arn, tags, layers = NOT_READ, customerPolicies } = role;
  const principal = principalContext({ roleArn: arn, roleTags: tags, mappings: [], now });
  const stack = world.stacks(layers, { principal, now, budget: budgetAmong(world.roles.length) });
  return questionOf({ stack, self: { arn, customerPolicies, boundary: boundaryIn(role.layers) }, world });
}

/** Of a role whose policies nobody read. */
const NOT_READ: Layers = [
  { name: 'identity', policies: [], complete: false },
  { name: 'boundary', policies: [], complete: false },
];
