import { once } from '../../memo/once.ts';
import { remembering } from '../../memo/remembering.ts';
import type { Budget } from '../budget.ts';
import { evaluateCondition } from '../condition/evaluate.ts';
import type { Context } from '../context.ts';
import type { Condition, Policy, Statement } from '../policy.ts';
import type { Mapping } from '../session.ts';
import { isAboutRolesAnywhere, TRUST_ACTIONS } from '../trust.ts';
import { some, type Truth } from '../truth.ts';
import type { Term } from './certificate.ts';
import { allOf, type Clause, type Ways } from './dnf.ts';
import { type Entrance, entranceOf, judgedWays, takesAnybody } from './entrance.ts';
import { GRADES, type Grade, gradeOf, loosenessOf } from './grade.ts';
import { type Holding, holdingOf } from './holding.ts';
import { type Meeting, representatives } from './kinds.ts';
import { permissionOf } from './permission.ts';
import { closing, distinctReasons, noting, type Reason, unsure } from './reason.ts';
import { emptyMemory, type RequestFacts, requestsOf } from './request.ts';
import { isUnrestricted } from './restrictions.ts';
import { says, saysInFull } from './says.ts';
import { strangersAt } from './stranger.ts';
import type { Way } from './way.ts';

/** A role's trust policy as it meets one trust anchor and one profile. */
export interface GateQuestion {
  readonly trust: Policy;
  readonly anchorArn: string;
  /** Of the profile; undefined: not known. */
  readonly mappings: readonly Mapping[] | undefined;
  /** Whether the profile lets callers choose the session's name; undefined: not known. */
  readonly acceptsSessionName: boolean | undefined;
  readonly now: Date;
}

export type { Grade } from './grade.ts';
export type { Holding } from './holding.ts';

/** Which certificates the trust policy lets in, given that anchor and profile are enabled and the CA vouches for them. */
export interface Gate {
  /**
   * True: a certificate with the right content gets in for certain. False: none ever does. Undefined: it hangs on something
   * that is not known and that no certificate decides, see `reasons`.
   */
  readonly open: Truth;
  /** The same for a trust anchor of the same account and region that does not exist yet: whether it is held to an anchor. */
  readonly openElsewhere: Truth;
  /** By the loosest of the ways in, be it certain or not. Undefined: there are too many to tell. */
  readonly grade: Grade | undefined;
  /** Whether any certificate gets in for certain, and nothing looks like a restriction. */
  readonly takesAnybody: boolean;
  /** What it holds the certificate itself to. Undefined: that cannot be said, or nobody gets in. */
  readonly holding: Holding | undefined;
  /** One of these must be met. None: nobody gets in. One without literals: any certificate does. */
  readonly certificates: readonly Term[];
  /** The same in plain English, of `this trust anchor`; holds text of the policy as it is. */
  readonly says: string;
  /** The same with the trust anchor called as it is here. */
  readonly saysOf: (anchor: string) => string;
  /** The same with nothing left out; undefined where nothing is. */
  readonly saysInFullOf: (anchor: string) => string | undefined;
  /** The first of them, where there are very many. */
  readonly reasons: readonly Reason[];
}

const REASONS_CAP = 50;

/** Looks at a trust policy as one trust anchor meets it. */
export type Look = (anchorArn: string) => Seen;

/** What there is to see by a trust anchor, and by one of the same account and region that does not exist yet. */
export interface Looks {
  readonly here: Look;
  readonly elsewhere: Look;
}

/** Never throws; what is too much to work out is not known. Most of it is found out when it is asked for. */
export function gateOf(question: GateQuestion, look: Looks = looksOf(question)): Gate {
  const { trust, anchorArn } = question;
  const statements = trust.statements.filter(isAboutRolesAnywhere);
  const here = look.here(anchorArn);
  const elsewhere = once(() => look.elsewhere(anchorArn));
  const closes = once(() => whyClosed(here, statements));
  const saying = (anchor: string) => ({
    here: here.entrance,
    elsewhere: elsewhere().entrance,
    closes: closes(),
    anchor,
  });
  const saysOf = (anchor: string) => says(saying(anchor));
  const leavesOut = once(() => saysInFull(saying('')) !== saysOf(''));
  const reasons = once(() =>
    distinctReasons(here.entrance.open === false ? closes() : reasonsOf(here, elsewhere(), statements)),
  );
  return {
    open: here.entrance.open,
    get openElsewhere() {
      return elsewhere().entrance.open;
    },
    get grade() {
      return gradeOf(here.entrance, elsewhere().entrance);
    },
    get takesAnybody() {
      return takesAnybody(here.entrance);
    },
    get holding() {
      return holdingOf(here.entrance);
    },
    get certificates() {
      return termsOf(here.entrance);
    },
    get says() {
      return saysOf('this trust anchor');
    },
    saysOf,
    saysInFullOf: anchor => (leavesOut() ? saysInFull(saying(anchor)) : undefined),
    get reasons() {
      return reasons().slice(0, REASONS_CAP);
    },
  };
}

function looksOf(question: GateQuestion): Looks {
  const here = looking(question);
  return { here, elsewhere: lookingElsewhere(question, here) };
}

/** What is the same for every trust anchor, and at every time, is found out once. */
export function looking({ trust, ...about }: Meeting, memory = emptyMemory()): Look {
  const statements = trust.statements.filter(isAboutRolesAnywhere);
  return anchorArn => lookAt(statements, { ...about, memory, anchorArn });
}

/** For sorting: the loosest grade first; one that is not known may be any but the loosest of all. */
export function looserFirst(a: Gate, b: Gate): number {
  return looseness(a) - looseness(b);
}

function looseness({ grade }: Gate): number {
  return grade === undefined ? 0.5 : GRADES.indexOf(grade);
}

/** Once for each account and region. */
export function lookingElsewhere(meeting: Meeting, look: Look): Look {
  const elsewhere = remembering((place: string) => seenElsewhere(place, meeting, look));
  return anchorArn => elsewhere(placeOf(anchorArn));
}

/** All of an ARN but the id. */
export function placeOf(anchorArn: string): string {
  return anchorArn.slice(0, anchorArn.lastIndexOf('/') + 1);
}

/** Whoever gets in by some of them: who makes trust anchors makes another until its id will do. */
function seenElsewhere(place: string, meeting: Meeting, look: Look): Seen {
  const { some: arns, complete } = representatives(strangersAt(place, meeting.trust), meeting);
  const seen = arns.map(look);
  const open = some(seen.map(({ entrance }) => entrance.open));
  const [first] = [true, undefined, false].flatMap(truth => seen.filter(({ entrance }) => entrance.open === truth));
  const entrance = complete || open === true ? together(seen, open) : entranceOf({ known: undefined });
  return { ...first!, entrance };
}

function together(seen: readonly Seen[], open: Truth): Entrance {
  return {
    certain: seen.flatMap(({ entrance }) => entrance.certain),
    perhaps: seen.flatMap(({ entrance }) => entrance.perhaps),
    open,
    untold: seen.every(({ entrance }) => entrance.untold),
  };
}

/** Who gets in by a trust anchor, and how each of the requests comes to that. */
export interface Seen {
  /** What is known of the first request. */
  readonly context: Context;
  readonly actions: readonly Clause[];
  readonly entrance: Entrance;
  readonly budget: Budget;
}

function lookAt(statements: readonly Statement[], facts: Omit<RequestFacts, 'action'>): Seen {
  const requests = requestsOf(TRUST_ACTIONS, facts);
  const actions = requests.map(request => permissionOf(statements, request));
  const { budget } = facts.memory;
  const entrance = entranceOf(waysOfAll(actions, budget));
  return { context: requests[0]!.context, actions, entrance, budget };
}

function waysOfAll(actions: readonly Clause[], budget: Budget): Ways {
  return allOf(
    actions.map(each => each.ways),
    budget,
  );
}

function termsOf({ certain, perhaps, untold }: Entrance): readonly Term[] {
  if (untold) return [{ literals: [], certain: false }];
  return [
    ...certain.map(({ literals }) => ({ literals, certain: true })),
    ...perhaps.map(({ literals }) => ({ literals, certain: false })),
  ];
}

function whyClosed({ actions, entrance }: Seen, statements: readonly Statement[]): readonly Reason[] {
  if (entrance.open !== false) return [];
  if (!statements.some(statement => statement.effect === 'Allow'))
    return [closing('no_trust', undefined, 'the role does not trust Roles Anywhere')];
  const closes = actions.flatMap(each => each.closes);
  return closes.length > 0
    ? closes
    : [closing('contradiction', undefined, 'no certificate is allowed all three actions')];
}

function reasonsOf(here: Seen, elsewhere: Seen, statements: readonly Statement[]): readonly Reason[] {
  const { entrance } = here;
  if (entrance.untold) return [unsure('too_complex', undefined, 'the policy has too many conditions to tell')];
  const doubt = entrance.open === undefined && entrance.certain.length > 0;
  return [
    ...(doubt ? [unsure('too_complex', undefined, 'whether one certificate meets all of it was not found out')] : []),
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

/** With no tag mapped sts:TagSession may not be asked for at all, and then nothing is left of such a restriction. */
function tagSessionOnly({ actions, entrance, budget }: Seen): readonly Reason[] {
  const isRestricted = (met: Entrance) => !judgedWays(met).some(isUnrestricted);
  if (!isRestricted(entrance)) return [];
  const others = actions.filter((_, at) => TRUST_ACTIONS[at] !== 'sts:TagSession');
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
  return [...new Set(met.map(condition => condition.key))].sort().map(key => {
    const says = `${key} is asked for, and every trust anchor of the account passes`;
    return noting('any_anchor', key, says);
  });
}

function asksForAnchor({ key }: Condition): boolean {
  return /^aws:source(arn|account)$/i.test(key);
}
