import { distinct } from '../../lists.ts';
import { evaluateCondition } from '../condition/evaluate.ts';
import type { Condition, Statement } from '../policy.ts';
import { TRUST_ACTIONS } from '../trust.ts';
import { type Entrance, entranceOf, judgedWays } from './entrance.ts';
import { loosenessOf } from './grade.ts';
import { type Seen, waysOfAll } from './look.ts';
import { closing, noting, type Reason, unsure } from './reason.ts';
import { isUnrestricted } from './restrictions.ts';
import type { Way } from './way.ts';

/** Why nobody gets in; none where somebody does, or may. */
export function whyClosed({ actions, entrance }: Seen, statements: readonly Statement[]): readonly Reason[] {
  if (entrance.open !== false) return [];
  if (!statements.some(statement => statement.effect === 'Allow'))
    return [closing('no_trust', undefined, 'the role does not trust Roles Anywhere')];
  const closes = actions().flatMap(each => each.closes);
  return closes.length > 0
    ? closes
    : [closing('contradiction', undefined, 'no certificate is allowed all three actions')];
}

/** Why a gate that is open, or may be, is as it is. */
export function reasonsOf(here: Seen, elsewhere: Seen, statements: readonly Statement[]): readonly Reason[] {
  const { entrance } = here;
  if (entrance.untold) return complexity(entrance);
  return [
    ...complexity(entrance),
    ...[...entrance.certain, ...entrance.perhaps].flatMap(way => way.reasons),
    ...judgedWays(entrance).flatMap(loosenessOf),
    ...tagSessionOnly(here),
    ...anyAnchor(elsewhere, statements),
    ...(elsewhere.entrance.open === undefined ? elsewhere.entrance.perhaps.flatMap(doubts) : []),
  ];
}

function doubts({ reasons }: Way): readonly Reason[] {
  return reasons.filter(reason => reason.effect === 'unknown');
}

/** What is not known among those reasons. */
export function doubtsOf({ entrance }: Seen, elsewhere: Seen): readonly Reason[] {
  return [
    ...complexity(entrance),
    ...entrance.certain.flatMap(doubts),
    ...entrance.perhaps.flatMap(doubts),
    ...(elsewhere.entrance.open === undefined ? elsewhere.entrance.perhaps.flatMap(doubts) : []),
  ];
}

function complexity({ untold, open, certain }: Entrance): readonly Reason[] {
  if (untold) return [unsure('too_complex', undefined, 'the policy has too many conditions to tell')];
  if (open !== undefined || certain.length === 0) return [];
  return [unsure('too_complex', undefined, 'whether one certificate meets all of it was not found out')];
}

/** With no tag mapped sts:TagSession may not be asked for at all, and then nothing is left of such a restriction. */
function tagSessionOnly({ actions, entrance, budget }: Seen): readonly Reason[] {
  const isRestricted = (met: Entrance) => !judgedWays(met).some(isUnrestricted);
  if (!isRestricted(entrance)) return [];
  const others = actions().filter((_, at) => TRUST_ACTIONS[at] !== 'sts:TagSession');
  if (isRestricted(entranceOf(waysOfAll(others, budget)))) return [];
  const text = 'only sts:TagSession is held to what the certificate says';
  return [noting('tag_session_only', 'sts:TagSession', text)];
}

/** What asks for the anchor or its account and is met by every anchor. */
function anyAnchor({ entrance, context }: Seen, statements: readonly Statement[]): readonly Reason[] {
  if (entrance.open === false) return [];
  const allows = statements.filter(statement => statement.effect === 'Allow');
  const met = allows.flatMap(({ conditions, variables }) =>
    conditions.filter(each => asksForAnchor(each) && evaluateCondition(each, { context, variables }) === true),
  );
  return distinct(met.map(condition => condition.key)).map(key => {
    const says = `${key} is asked for, and every trust anchor of the account passes`;
    return noting('any_anchor', key, says);
  });
}

function asksForAnchor({ key }: Condition): boolean {
  return /^aws:source(arn|account)$/i.test(key);
}
