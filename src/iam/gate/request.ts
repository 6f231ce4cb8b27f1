import { once } from '../../memo/once.ts';
import { accountIn } from '../arn.ts';
import { type Budget, budgetOf } from '../budget.ts';
import {
  ABSENT,
  type Context,
  type ContextValue,
  contextOf,
  known,
  PRESENT,
  timeContext,
  UNKNOWN,
} from '../context.ts';
import type { Condition } from '../policy.ts';
import type { Mapping } from '../session.ts';
import type { Clause, Ways } from './dnf.ts';
import { factOf } from './fact.ts';

/** One of the three requests by which Roles Anywhere takes a role, and what is known of it whatever the certificate. */
export interface GateRequest {
  readonly action: string;
  /** Of the profile; undefined: not known. */
  readonly mappings: readonly Mapping[] | undefined;
  /** See GateQuestion. */
  readonly acceptsSessionName: boolean | undefined;
  readonly context: Context;
  readonly memory: Memory;
}

/** What was found out for one of the requests and is the same in the others, and for another trust anchor. */
export interface Memory {
  readonly clauses: Map<Condition, Clause>;
  /** By what they are made of. */
  readonly ways: Map<string, Ways>;
  /** For all gates of a trust policy together, see allOf. */
  readonly budget: Budget;
}

export function emptyMemory(budget = gatesBudget()): Memory {
  return { clauses: new Map(), ways: new Map(), budget };
}

/** What a trust policy may cost: a second or two. Those that people write hold no ways against each other, or very few. */
export function gatesBudget(): Budget {
  return budgetOf(10_000);
}

export interface RequestFacts {
  readonly action: string;
  /** aws:SourceArn. */
  readonly anchorArn: string;
  readonly mappings: readonly Mapping[] | undefined;
  readonly acceptsSessionName: boolean | undefined;
  readonly now: Date;
  readonly memory: Memory;
}

/**
 * Roles Anywhere user guide, "Trust model", and what the facts at hand tell. The resource is the role: aws:ResourceAccount is
 * the account that owns it (IAM user guide, "Global condition context keys"). A part of the certificate is unknown here where
 * a certificate can set it, else absent.
 */
export function requestOf(about: RequestFacts): GateRequest {
  return requestsOf(about)(about.action);
}

/** The same for each action, of which all else is known alike. */
export function requestsOf(about: Omit<RequestFacts, 'action'>): (action: string) => GateRequest {
  const { anchorArn, now, mappings, acceptsSessionName, memory } = about;
  const facts = factsAbout(anchorArn, now);
  return action => {
    const request: GateRequest = {
      action,
      mappings,
      acceptsSessionName,
      memory,
      context(key) {
        const fact = factOf(key, request);
        if (fact === undefined) return facts(key);
        return fact.reach === 'set' || fact.reach === 'unsure' ? UNKNOWN : ABSENT;
      },
    };
    return request;
  };
}

function factsAbout(anchorArn: string, now: Date): Context {
  const arn = known(anchorArn);
  const account = once(() => accountOf(anchorArn));
  const time = timeContext(now);
  return key => {
    switch (key) {
      case 'aws:sourcearn':
        return arn;
      case 'aws:sourceaccount':
      case 'aws:resourceaccount':
        return account();
      case 'aws:currenttime':
      case 'aws:epochtime':
        return time(key);
      default:
        return BY_ROLES_ANYWHERE(key);
    }
  };
}

const BY_ROLES_ANYWHERE = contextOf([
  ['aws:PrincipalIsAWSService', known('true')],
  ['aws:MultiFactorAuthPresent', ABSENT],
  ['aws:MultiFactorAuthAge', ABSENT],
  ['sts:RoleSessionName', PRESENT],
]);

/** Of the trust anchor, and of the role: it serves roles of its own account alone (user guide, "Trust model"). */
function accountOf(anchorArn: string): ContextValue {
  const account = accountIn(anchorArn) ?? '';
  return /^\d{12}$/.test(account) ? known(account) : UNKNOWN;
}
