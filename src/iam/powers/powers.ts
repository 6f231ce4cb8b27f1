import { once } from '../../memo/once.ts';
import { type Given, givenOf, type Stack, stackOf } from '../access/stack.ts';
import { coversAction } from '../action.ts';
import { budgetOf } from '../budget.ts';
import { known } from '../context.ts';
import { trusting } from '../escalation/trusting.ts';
import type { World } from '../escalation/world.ts';
import { matches } from '../glob.ts';
import { ROLES_ANYWHERE } from '../principal.ts';
import { plainResourceGlob } from '../resource.ts';
import { hasVariables } from '../variable.ts';
import { type Asking, askingOf } from './asking.ts';
import {
  ACTIONS,
  ASSUME_ROLE,
  anyOf,
  bothOf,
  type Hold,
  NOT_HELD,
  OWN_CA,
  PASS_ROLE,
  POWERS,
  type Power,
  REPLACED_CA,
  TAG_ACTIONS,
  TAG_SESSION,
} from './power.ts';
import { contextOfPrincipal, type Principal } from './principal.ts';
import { isConcerned, sayingOf } from './saying.ts';
import { isAdministrator } from './standing.ts';
import { carryingTag, type TagDoor, tagDoors, throughDoors } from './tagDoors.ts';

export interface Powers extends Readonly<Record<Power, Hold>> {
  /** To let in, by whatever trust anchor, certificates of a CA of one's own: it comes with `create_anchor` alone. */
  readonly own_ca: Hold;
  /** The same by those that are there, whichever. */
  readonly replaced_ca: Hold;
}

export interface PowersSetting {
  readonly world: World;
  readonly now: Date;
  /** The tag keys of certificates that policies of the account go by: `x509Subject/CN`. None: to set one fools nobody. */
  readonly tagKeys: readonly string[];
}

/**
 * What each principal may do to Roles Anywhere, by inclusion over all its policies; undefined for administrators, who have
 * everything. Who is told the same of some actions as somebody before is not judged again.
 */
export function powersFrom(setting: PowersSetting): (principal: Principal) => Powers | undefined {
  const judging = { remember: answersBySaying(), passed: rolesPassed(setting.world), tags: tagsAsked(setting) };
  const named = new Set(judging.tags.flatMap(({ doors }) => doors.flatMap(door => [...door.named.keys()])));
  return principal => {
    if (!isConcerned(principal) && !named.has(principal.arn)) return NO_POWERS;
    const judge = judgeOf(principal, setting, judging);
    const anchor = judge.any(ACTIONS.create_anchor);
    const change = anchor.kind === 'no' ? NOT_HELD : judge.any(ACTIONS.change_anchor);
    const powers: Powers = {
      create_anchor: anchor,
      change_anchor: change,
      own_ca: anchor.kind === 'no' ? NOT_HELD : judge.whichever(OWN_CA),
      replaced_ca: change.kind === 'no' ? NOT_HELD : judge.whichever(REPLACED_CA),
      create_profile: judge.creatingProfiles(),
      edit_mapping: judge.any(ACTIONS.edit_mapping),
      touch_crl: judge.any(ACTIONS.touch_crl),
      spoof_x509_tags: judge.spoofing(),
    };
    const { kind: held } = anyOf(POWERS.map(power => powers[power]));
    return (held === 'certain' || held === 'possible') && judge.isAdministrator(held) ? undefined : powers;
  };
}

const NO_POWERS: Powers = {
  create_anchor: NOT_HELD,
  change_anchor: NOT_HELD,
  own_ca: NOT_HELD,
  replaced_ca: NOT_HELD,
  create_profile: NOT_HELD,
  edit_mapping: NOT_HELD,
  touch_crl: NOT_HELD,
  spoof_x509_tags: NOT_HELD,
};

/** Answers by what somebody's policies say of some actions. */
type Remember = (actions: readonly string[], saying: string, ask: () => Hold) => Hold;

function answersBySaying(): Remember {
  const answers = new Map<readonly string[], Map<string, Hold>>();
  return (actions, saying, ask) => {
    const before = answers.get(actions) ?? new Map<string, Hold>();
    answers.set(actions, before);
    const hold = before.get(saying) ?? ask();
    before.set(saying, hold);
    return hold;
  };
}

interface Judging {
  readonly remember: Remember;
  /** ARNs of the roles that trust Roles Anywhere. */
  readonly passed: readonly string[];
  readonly tags: readonly Tagging[];
}

function rolesPassed(world: World): readonly string[] {
  return trusting([ROLES_ANYWHERE], world).map(({ role }) => role.arn);
}

/** What of them is left over nobody is asked about. */
const MOST_KEYS = 20;

function tagsAsked({ tagKeys, world }: PowersSetting): readonly Tagging[] {
  return tagKeys.slice(0, MOST_KEYS).map(key => ({ given: carryingTag(key), doors: tagDoors(world, key) }));
}

/** What all questions about one principal may take together: a fiftieth of a second or so. */
const STEPS = 120_000;

const PASSING = [PASS_ROLE];
const TAGGING_SESSIONS = [TAG_SESSION, ASSUME_ROLE];
const TAGGED_SESSIONS = [TAG_SESSION];

function judgeOf(principal: Principal, { now, tagKeys }: PowersSetting, { remember, passed, tags }: Judging) {
  const stack = once(() =>
    stackOf(principal.layers, { principal: contextOfPrincipal(principal), now, budget: budgetOf(STEPS) }),
  );
  const asking = once(() => askingOf(stack()));
  const about = (actions: readonly string[], ask: () => Hold): Hold => {
    const { allows, key } = sayingOf(principal, actions);
    return allows ? remember(actions, key, ask) : NOT_HELD;
  };
  const any = (actions: readonly string[]) =>
    about(actions, () => anyOf(lazily(actions, action => asking().anywhere(action))));
  const whichever = (actions: readonly string[]) =>
    about(actions, () => anyOf(lazily(actions, action => asking().whichever(action))));
  const byTag = () => anyOf(tags.map(({ given }) => anyOf(lazily(TAG_ACTIONS, one => asking().anywhere(one, given)))));
  const bySession = () =>
    anyOf(tags.map(({ given, doors }) => throughDoors(doors, principal, { asking: asking(), given })));
  /** Named by a door, or one itself: what others with the same policies are told is not its answer. */
  const isSpecial = tags.some(({ doors }) =>
    doors.some(({ arn, named }) => arn === principal.arn || named.has(principal.arn)),
  );
  return {
    any,
    whichever,
    creatingProfiles(): Hold {
      const profile = any(ACTIONS.create_profile);
      if (profile.kind === 'no') return NOT_HELD;
      return bothOf(
        profile,
        about(PASSING, () => passing(passed, stack(), asking())),
      );
    },
    spoofing(): Hold {
      if (tags.length === 0) return NOT_HELD;
      const held = anyOf([about(TAG_ACTIONS, byTag), isSpecial ? bySession() : about(TAGGING_SESSIONS, bySession)]);
      return held.kind === 'no' && tagKeys.length > tags.length && maySetTags(principal) ? NOT_ASKED : held;
    },
    isAdministrator: (held: Hold['kind']) => isAdministrator({ principal, stack: stack(), asking: asking(), held }),
  };
}

/** A policy may let some tags through and others not: those not asked about may be among the former. */
const NOT_ASKED: Hold = { kind: 'unknown', by: 'more tags than were asked about' };

function maySetTags(principal: Principal): boolean {
  return sayingOf(principal, TAG_ACTIONS).allows || sayingOf(principal, TAGGED_SESSIONS).allows;
}

/** A profile is of use with a role that Roles Anywhere may assume, and that must be passed to it. */
function passing(roles: readonly string[], stack: Stack, asking: Asking): Hold {
  if (asking.anywhere(PASS_ROLE, TO_ROLES_ANYWHERE).kind === 'no') return NOT_HELD;
  const named = roles.filter(namedToPass(stack));
  return anyOf(lazily(named, arn => asking.on(PASS_ROLE, arn, TO_ROLES_ANYWHERE)));
}

/** Whether some Allow may mean a role: an account has thousands of them, and most statements one. */
function namedToPass({ layers }: Stack): (arn: string) => boolean {
  const identity = layers.filter(({ name }) => name === 'identity');
  const allows = identity
    .flatMap(({ statements }) => statements.map(({ statement }) => statement))
    .filter(({ effect, actions }) => effect === 'Allow' && coversAction(actions, PASS_ROLE));
  const isOpen = allows.some(({ resources }) => resources?.negated !== false || resources.values.some(hasVariables));
  if (isOpen || identity.some(({ unread }) => unread.length > 0)) return () => true;
  const globs = allows.flatMap(({ resources }) => resources?.values ?? []).map(plainResourceGlob);
  return arn => globs.some(glob => matches(glob, arn));
}

const TO_ROLES_ANYWHERE = givenOf([['iam:PassedToService', known(ROLES_ANYWHERE)]]);

/** A tag that policies go by, and the roles whose sessions take it. */
interface Tagging {
  readonly given: Given;
  readonly doors: readonly TagDoor[];
}

function* lazily<T, U>(items: readonly T[], make: (item: T) => U): Generator<U> {
  for (const item of items) yield make(item);
}
