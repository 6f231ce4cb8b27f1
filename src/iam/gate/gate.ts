import { once } from '../../memo/once.ts';
import { remembering } from '../../memo/remembering.ts';
import { coversAction } from '../action.ts';
import type { Budget } from '../budget.ts';
import { evaluateCondition } from '../condition/evaluate.ts';
import type { Context } from '../context.ts';
import type { Condition, Policy, Statement } from '../policy.ts';
import type { Mapping } from '../session.ts';
import { isAboutRolesAnywhere, TRUST_ACTIONS } from '../trust.ts';
import { some, type Truth } from '../truth.ts';
import { hasVariables } from '../variable.ts';
import type { Term } from './certificate.ts';
import { allOf, areNobody, type Clause, type Ways } from './dnf.ts';
import { type Entrance, entranceOf, judgedWays, takesAnybody } from './entrance.ts';
import { GRADES, type Grade, gradeOf, loosenessOf } from './grade.ts';
import { type Holding, holdingOf } from './holding.ts';
import { type Meeting, representatives } from './kinds.ts';
import { permissionOf } from './permission.ts';
import { closing, distinctReasons, noting, type Reason, unsure } from './reason.ts';
import { emptyMemory, type RequestFacts, requestsOf } from './request.ts';
import { isUnrestricted } from './restrictions.ts';
import { mayNameAnchor, type Saying, says, saysInFull } from './says.ts';
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
  /** Whether that may be something else where the trust anchor is called by its name. */
  readonly mayNameAnchor: boolean;
  /** The same with the trust anchor called as it is here. */
  saysOf(anchor: string): string;
  /** The same with nothing left out; undefined where nothing is. */
  saysInFullOf(anchor: string): string | undefined;
  /** The first of them, where there are very many. */
  readonly reasons: readonly Reason[];
  /** What is not known of a gate that is open or may be; all of it. */
  readonly doubts: readonly Reason[];
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
  return new SeenGate(question, look);
}

class SeenGate implements Gate {
  readonly #trust: Policy;
  readonly #here: Seen;
  readonly #elsewhere: () => Seen;
  #closes: readonly Reason[] | undefined;
  #reasons: readonly Reason[] | undefined;
  #says: string | undefined;
  #leavesOut: boolean | undefined;

  constructor({ trust, anchorArn }: GateQuestion, look: Looks) {
    this.#trust = trust;
    this.#here = look.here(anchorArn);
    this.#elsewhere = once(() => look.elsewhere(anchorArn));
  }

  get open(): Truth {
    return this.#here.entrance.open;
  }

  get openElsewhere(): Truth {
    return this.#elsewhere().entrance.open;
  }

  get grade(): Grade | undefined {
    return gradeOf(this.#here.entrance, this.#elsewhere().entrance);
  }

  get takesAnybody(): boolean {
    return takesAnybody(this.#here.entrance);
  }

  get holding(): Holding | undefined {
    return holdingOf(this.#here.entrance);
  }

  get certificates(): readonly Term[] {
    return termsOf(this.#here.entrance);
  }

  get says(): string {
    return this.saysOf('this trust anchor');
  }

  get mayNameAnchor(): boolean {
    return mayNameAnchor(this.#here.entrance);
  }

  saysOf(anchor: string): string {
    if (this.mayNameAnchor) return says(this.#saying(anchor));
    this.#says ??= says(this.#saying(anchor));
    return this.#says;
  }

  saysInFullOf(anchor: string): string | undefined {
    this.#leavesOut ??= saysInFull(this.#saying('')) !== says(this.#saying(''));
    return this.#leavesOut ? saysInFull(this.#saying(anchor)) : undefined;
  }

  get doubts(): readonly Reason[] {
    return this.open === false ? [] : doubtsOf(this.#here, this.#elsewhere());
  }

  get reasons(): readonly Reason[] {
    const { open } = this;
    this.#reasons ??= distinctReasons(
      open === false ? this.#whyClosed() : reasonsOf(this.#here, this.#elsewhere(), this.#statements()),
    ).slice(0, REASONS_CAP);
    return this.#reasons;
  }

  #saying(anchor: string): Saying {
    return {
      here: this.#here.entrance,
      elsewhere: this.#elsewhere().entrance,
      closes: this.#whyClosed(),
      anchor,
    };
  }

  #whyClosed(): readonly Reason[] {
    this.#closes ??= whyClosed(this.#here, this.#statements());
    return this.#closes;
  }

  #statements(): readonly Statement[] {
    return this.#trust.statements.filter(isAboutRolesAnywhere);
  }
}

function looksOf(question: GateQuestion): Looks {
  const here = looking(question);
  return { here, elsewhere: lookingElsewhere(question, here) };
}

/** What is the same for every trust anchor, and at every time, is found out once. */
export function looking({ trust, mappings, acceptsSessionName, now }: Meeting, memory = emptyMemory()): Look {
  const statements = trust.statements.filter(isAboutRolesAnywhere);
  const alike = areAskedAlike(statements);
  return anchorArn => lookAt({ statements, alike }, { mappings, acceptsSessionName, now, memory, anchorArn });
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
  readonly actions: () => readonly Clause[];
  readonly entrance: Entrance;
  readonly budget: Budget;
}

interface LookedAt {
  readonly statements: readonly Statement[];
  /** See areAskedAlike. */
  readonly alike: boolean;
}

/** Where one of the requests is like the others the answer to it is theirs; why one is refused is told of each. */
function lookAt({ statements, alike }: LookedAt, facts: Omit<RequestFacts, 'action'>): Seen {
  const requests = requestsOf(TRUST_ACTIONS, facts);
  const first = permissionOf(statements, requests[0]!);
  const same = alike && !areNobody(first.ways);
  const actions = once(() =>
    requests.map((request, at) => (same || at === 0 ? first : permissionOf(statements, request))),
  );
  const { budget } = facts.memory;
  const entrance = entranceOf(areNobody(first.ways) ? first.ways : waysOfAll(actions(), budget));
  return { context: requests[0]!.context, actions, entrance, budget };
}

/** Whether the statements plainly say the same of all three requests, as those that people write do. */
function areAskedAlike(statements: readonly Statement[]): boolean {
  return statements.every(({ actions, conditions }) => {
    const covered = TRUST_ACTIONS.filter(action => coversAction(actions, action)).length;
    return (covered === 0 || covered === TRUST_ACTIONS.length) && conditions.every(isOfWhoever);
  });
}

/** On the trust anchor or the certificate, which are the same in all three, and without a variable. */
function isOfWhoever({ key, values }: Condition): boolean {
  return /^aws:(source(arn|account)$|principaltag\/x509)/i.test(key) && !values.some(hasVariables);
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
  const closes = actions().flatMap(each => each.closes);
  return closes.length > 0
    ? closes
    : [closing('contradiction', undefined, 'no certificate is allowed all three actions')];
}

function reasonsOf(here: Seen, elsewhere: Seen, statements: readonly Statement[]): readonly Reason[] {
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
function doubtsOf({ entrance }: Seen, elsewhere: Seen): readonly Reason[] {
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
  return [...new Set(met.map(condition => condition.key))].sort().map(key => {
    const says = `${key} is asked for, and every trust anchor of the account passes`;
    return noting('any_anchor', key, says);
  });
}

function asksForAnchor({ key }: Condition): boolean {
  return /^aws:source(arn|account)$/i.test(key);
}
