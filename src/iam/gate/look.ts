import { once } from '../../memo/once.ts';
import { remembering } from '../../memo/remembering.ts';
import { coversAction } from '../action.ts';
import type { Budget } from '../budget.ts';
import type { Context } from '../context.ts';
import type { Condition, Statement } from '../policy.ts';
import { isAboutRolesAnywhere, TRUST_ACTIONS } from '../trust.ts';
import { some, type Truth } from '../truth.ts';
import { hasVariables } from '../variable.ts';
import { allOf, areNobody, type Clause, type Ways } from './dnf.ts';
import { type Entrance, entranceOf } from './entrance.ts';
import { type Meeting, placeOf, representatives } from './kinds.ts';
import { permissionOf } from './permission.ts';
import { emptyMemory, type RequestFacts, requestsOf } from './request.ts';
import { strangersAt } from './stranger.ts';

/** Looks at a trust policy as one trust anchor meets it. */
export type Look = (anchorArn: string) => Seen;

/** What there is to see by a trust anchor, and by one of the same account and region that does not exist yet. */
export interface Looks {
  readonly here: Look;
  readonly elsewhere: Look;
}

/** What is the same for every trust anchor, and at every time, is found out once. */
export function looking({ trust, mappings, acceptsSessionName, now }: Meeting, memory = emptyMemory()): Look {
  const statements = trust.statements.filter(isAboutRolesAnywhere);
  const alike = areAskedAlike(statements);
  return anchorArn => lookAt({ statements, alike }, { mappings, acceptsSessionName, now, memory, anchorArn });
}

/** Once for each account and region. */
export function lookingElsewhere(meeting: Meeting, look: Look): Look {
  const elsewhere = remembering((place: string) => seenElsewhere(place, meeting, look));
  return anchorArn => elsewhere(placeOf(anchorArn));
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
  const requestFor = requestsOf(facts);
  const request = requestFor(TRUST_ACTIONS[0]!);
  const first = permissionOf(statements, request);
  const same = alike && !areNobody(first.ways);
  const actions = once(() =>
    TRUST_ACTIONS.map((action, at) => (same || at === 0 ? first : permissionOf(statements, requestFor(action)))),
  );
  const { budget } = facts.memory;
  const entrance = entranceOf(areNobody(first.ways) ? first.ways : waysOfAll(actions(), budget));
  return { context: request.context, actions, entrance, budget };
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

/** Those who are let in by all of the requests. */
export function waysOfAll(actions: readonly Clause[], budget: Budget): Ways {
  return allOf(
    actions.map(each => each.ways),
    budget,
  );
}
