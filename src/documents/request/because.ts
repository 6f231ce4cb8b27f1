import { ABSENT, type Context } from '../../iam/context.ts';
import type { NearMiss } from '../../iam/decide.ts';
import type { Condition } from '../../iam/policy.ts';

/** Who knows what of a request. */
export interface Knowledge {
  /** By whoever asks. */
  readonly named: Context;
  /** Of every session of the role through the profile. */
  readonly principal: Context;
  /** Of every call that a session makes itself. */
  readonly call: Context;
}

/** A condition that does not hold, and why, in plain English. */
export type FailedCondition = Condition & { readonly because: string };

export interface ExplainedMiss extends NearMiss {
  readonly failing: readonly FailedCondition[];
}

export function explained({ placed, failing }: NearMiss, knowledge: Knowledge): ExplainedMiss {
  return { placed, failing: failing.map(each => ({ ...each, because: whyNot(each.key, knowledge) })) };
}

/** What is known of the key, and from whom. */
function whyNot(key: string, { named, principal, call }: Knowledge): string {
  const lower = key.toLowerCase();
  const said = valueIn(named, lower);
  if (said !== undefined) return said === ABSENT ? `${key} is absent, as you say` : `${key} is ${said}, as you say`;
  const own = valueIn(principal, lower);
  if (own === ABSENT) return isTag(lower) ? `the session has no ${key}` : `Roles Anywhere sessions never have ${key}`;
  if (own !== undefined) return `${key} of the session is ${own}`;
  const called = valueIn(call, lower);
  if (called === ABSENT) return `a call that the session makes itself has no ${key}`;
  return called === undefined ? `${key} is absent, as you say of all other keys` : `${key} is ${called}`;
}

/** Undefined: nothing is known. */
function valueIn(context: Context, key: string): string | typeof ABSENT | undefined {
  const value = context(key);
  if (value.kind === 'absent') return ABSENT;
  if (value.kind === 'known') return value.values.join(', ');
  return value.present ? 'always there' : undefined;
}

function isTag(key: string): boolean {
  return key.startsWith('aws:principaltag/');
}
