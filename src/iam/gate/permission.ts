import { distinct } from '../../lists.ts';
import { coversAction } from '../action.ts';
import type { Principals, Statement } from '../policy.ts';
import { admission, principalsSay } from '../principal.ts';
import { clauseOf } from './clause.ts';
import { ANYBODY, allOf, anyOf, areNobody, areTold, type Clause, isSingle, NOBODY, type Ways } from './dnf.ts';
import { closing, type Reason, unsure } from './reason.ts';
import type { GateRequest, Memory } from './request.ts';
import { type Assumption, assumptionWay, type Way } from './way.ts';

/**
 * Who may make one of the three requests: an Allow must match and no Deny may. `closes` says why nobody may, where that
 * is so.
 */
export function permissionOf(statements: readonly Statement[], request: GateRequest): Clause {
  const about = statements.filter(each => coversAction(each.actions, request.action) && admission(each) !== false);
  const allows = about.filter(each => each.effect === 'Allow').map(each => matching(each, request));
  const denies = about.filter(each => each.effect === 'Deny').map(each => missing(each, request));
  if (allows.length === 0) return { ways: NOBODY, closes: [notGiven(request)] };
  const ways = combined(allows, denies, request.memory);
  if (!areNobody(ways)) return { ways, closes: [] };
  if (allows.every(isClosed)) return { ways, closes: allows.flatMap(each => each.closes) };
  const closing = denies.filter(isClosed);
  return { ways, closes: closing.length > 0 ? closing.flatMap(each => each.closes) : [overruled(request)] };
}

/** The requests are mostly given by the same statements on the same conditions; and mostly by one that takes one way. */
function combined(allows: readonly Clause[], denies: readonly Clause[], { ways, budget }: Memory): Ways {
  const [only] = allows;
  if (allows.length === 1 && denies.length === 0 && isSingle(only!.ways)) return only!.ways;
  const key = JSON.stringify([allows.map(identity), denies.map(identity)]);
  const known = ways.get(key);
  if (known !== undefined) return known;
  const made = allOf([anyOf(allows.map(each => each.ways)), ...denies.map(each => each.ways)], budget);
  ways.set(key, made);
  return made;
}

function identity({ ways }: Clause): unknown {
  return areTold(ways) ? ways.map(wayIdentity) : { known: ways.known && wayIdentity(ways.known) };
}

function wayIdentity({ id, reasons }: Way): readonly string[] {
  return [id, ...reasons.map(({ kind, says }) => `${kind} ${says}`)];
}

function isClosed({ ways }: Clause): boolean {
  return areNobody(ways);
}

/** What it takes for an Allow to match. */
function matching(statement: Statement, request: GateRequest): Clause {
  const clauses = clausesOf(statement, request, false);
  const ways = allOf([admitted(statement, true), ...clauses.map(each => each.ways)], request.memory.budget);
  const closed = clauses.filter(isClosed).flatMap(each => each.closes);
  return { ways, closes: closed.length > 0 ? closed : [contradictory(request)] };
}

/** What it takes for a Deny not to match. */
function missing(statement: Statement, request: GateRequest): Clause {
  const clauses = clausesOf(statement, request, true);
  const ways = anyOf([admitted(statement, false), ...clauses.map(each => each.ways)]);
  return { ways, closes: [denied(request), ...clauses.flatMap(each => each.closes)] };
}

function clausesOf({ conditions, variables }: Statement, request: GateRequest, fails: boolean): readonly Clause[] {
  return conditions.map(condition => clauseOf(condition, { request, variables, fails }));
}

/** Whether a statement is about Roles Anywhere, and it not being so. */
function admitted(statement: Statement, holds: boolean): Ways {
  const answer = admission(statement);
  if (answer === undefined) return [assumptionWay(assumedAdmission(statement.principals, holds))];
  return answer === holds ? ANYBODY : NOBODY;
}

function assumedAdmission(principals: Principals | undefined, holds: boolean): Assumption {
  const members = (principals?.members ?? []).map(({ type, value }) => `${type} ${value}`);
  const name = principals === undefined ? 'nobody' : principalsSay(principals);
  const text = `whether ${name} admits the service Roles Anywhere is not known`;
  return {
    id: JSON.stringify(['principal', principals?.negated, distinct(members)]),
    holds,
    reason: unsure('principal', name, text),
  };
}

function notGiven({ action }: GateRequest): Reason {
  return closing('missing_action', action, `no statement allows ${action}`);
}

function denied({ action }: GateRequest): Reason {
  return closing('denied', action, `a Deny takes ${action} from everybody`);
}

function overruled({ action }: GateRequest): Reason {
  const text = `every certificate that is allowed ${action} is denied it`;
  return closing('contradiction', action, text);
}

function contradictory({ action }: GateRequest): Reason {
  const text = `no certificate meets all conditions on ${action}`;
  return closing('contradiction', action, text);
}
