import { coversAction } from '../action.ts';
import { isOutOfReach } from '../escalation/world.ts';
import type { NamedPolicy } from '../layer.ts';
import type { Patterns, Policy, Statement } from '../policy.ts';
import type { Principal } from './principal.ts';

/** What somebody's policies say of some actions. */
export interface Saying {
  /** Whether an identity policy may allow one of them, whatever its resources and conditions. */
  readonly allows: boolean;
  /**
   * The same for all of whom the policies say the same of these actions, in words that mean the same of each: many users and
   * roles of an account are made after one model. What a policy is called stays in, for a finding names it.
   */
  readonly key: string;
}

/** `actions`: a list that is asked about again and again, for what is found out is kept with it. */
export function sayingOf({ kind, arn, groups, layers }: Principal, actions: readonly string[]): Saying {
  let allows = false;
  let isPersonal = false;
  const parts = [kind, isOutOfReach(arn) ? 'reserved' : '', groups.join(' ')];
  for (const { name, policies, complete } of layers) {
    parts.push(`${name} ${complete}`);
    if (name === 'identity' && !complete) allows = true;
    for (const policy of policies) {
      const said = saidIn(policy, actions);
      if (said === undefined) continue;
      parts.push(said.text);
      isPersonal ||= said.isPersonal;
      allows ||= name === 'identity' && said.allows;
    }
  }
  return { allows, key: [...parts, isPersonal ? arn : ''].join('\n') };
}

/** Whether any policy of somebody's says something of the services asked about, or may: of most people none does. */
export function isConcerned({ layers }: Principal): boolean {
  return layers.some(
    ({ name, policies, complete }) => name === 'identity' && (!complete || policies.some(speaksOfServices)),
  );
}

function speaksOfServices({ reading }: NamedPolicy): boolean {
  return reading?.kind !== 'parsed' || byActionsOf(reading.policy) !== NOTHING;
}

interface Said {
  readonly text: string;
  readonly allows: boolean;
  readonly isPersonal: boolean;
}

/** Undefined: nothing. A policy that could not be read may say anything. */
function saidIn({ name, reading }: NamedPolicy, actions: readonly string[]): Said | undefined {
  if (reading?.kind !== 'parsed') return { text: name, allows: true, isPersonal: false };
  const said = saidBy(reading.policy, actions);
  return said && { ...said, text: `${name} ${said.text}` };
}

type ByActions = Map<readonly string[], Said | undefined>;

const known = new WeakMap<Policy, ByActions>();
const NOTHING: ByActions = new Map();

function byActionsOf(policy: Policy): ByActions {
  const before = known.get(policy);
  if (before !== undefined) return before;
  const made: ByActions = policy.statements.some(isAboutServices) ? new Map() : NOTHING;
  known.set(policy, made);
  return made;
}

function saidBy(policy: Policy, actions: readonly string[]): Said | undefined {
  const byActions = byActionsOf(policy);
  if (byActions === NOTHING || byActions.has(actions)) return byActions.get(actions);
  const made = madeOf(policy.statements.filter(each => actions.some(action => coversAction(each.actions, action))));
  byActions.set(actions, made);
  return made;
}

function madeOf(statements: readonly Statement[]): Said | undefined {
  if (statements.length === 0) return undefined;
  return {
    text: statements.map(({ at, variables, text }) => `${at} ${variables} ${text}`).join('\n'),
    allows: statements.some(({ effect }) => effect === 'Allow'),
    isPersonal: statements.some(namesSomebody),
  };
}

/** Most policies are about other services, by their names. */
function isAboutServices({ actions: { negated, values } }: Pick<Statement, 'actions'>): boolean {
  return negated || values.some(isOfServiceAsked);
}

function isOfServiceAsked(value: Patterns['values'][number]): boolean {
  return /^(rolesanywhere:|iam:|sts:|[^:]*[*?])/i.test(value);
}

/** Whether what it says can hang on who asks, or on which user or role is its own. */
function namesSomebody({ text }: Statement): boolean {
  return /\$\{|aws:(principal|user|source|token|federated|multifactor)|:(user|group|role)\//i.test(text);
}
