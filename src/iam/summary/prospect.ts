import { once } from '../../memo/once.ts';
import { oncePer } from '../../memo/oncePer.ts';
import { remembering } from '../../memo/remembering.ts';
import { adminOf } from '../access/admin.ts';
import { type Stack, stackWithout } from '../access/stack.ts';
import { assumableBy, type Onward } from '../escalation/assumable.ts';
import { isListed } from '../escalation/gates.ts';
import { type Restraint, restraintOf } from '../escalation/heldBack.ts';
import { type Matching, matchingOf } from '../escalation/match.ts';
import type { EscalationQuestion, OpenPath, Self } from '../escalation/question.ts';
import { stackOfRole } from '../escalation/roleItself.ts';
import { trusting } from '../escalation/trusting.ts';
import type { KnownRole, World } from '../escalation/world.ts';
import { ROLES_ANYWHERE } from '../principal.ts';
import { all, some, type Truth } from '../truth.ts';
import { type Freed, freedBy } from './freed.ts';

/** What an open path promises a session that wants to be an administrator. */
export interface Prospect {
  readonly open: OpenPath;
  /** Whether it is one then, whatever other roles may do. */
  readonly alone: () => Truth;
  /** The roles that it gets by it. */
  readonly leads: () => readonly Lead[];
}

/** Some roles, and whether the session gets each of them. */
export interface Lead {
  readonly candidates: readonly Onward[];
  /** False: whether it gets any of them can never be said for certain. */
  readonly tellable: boolean;
  reaches(candidate: Onward): Truth;
  /** One function for all leads of a kind. */
  readonly worth: Worth;
}

/** Whether a role makes an administrator of a session that gets it. */
export type Worth = (role: KnownRole, others: Others) => Truth;

/** The roles of an account, and whether each is an administrator or can make itself one. */
export interface Others {
  readonly world: World;
  readonly now: Date;
  readonly standing: (role: KnownRole) => Truth;
}

/** What a session may do to get up, found out once for everybody who asks about the session. */
export const waysUp = oncePer((question: EscalationQuestion) => {
  const matching = matchingOf(question);
  return { escalation: matching.escalation, prospects: prospectsOf(question, matching) };
});

/** Of every path that is open, those that free the session's own role followed further: what else is open to it then. */
function prospectsOf(
  question: EscalationQuestion,
  matching: Matching,
  fallen: Fallen = { restraints: [], left: { count: MOST_STATES } },
): readonly Prospect[] {
  const { open, dominated } = matching.escalation;
  if (open.length + dominated.length === 0) return NOTHING;
  const setting: Setting = {
    question,
    matching,
    fallen,
    cage: once(() => adminOf(stackWithout(question.stack, 'identity')).truth),
  };
  return [...open, ...dominated].flatMap(each => prospectOf(each, setting) ?? []);
}

const NOTHING: readonly Prospect[] = [];

/** What was taken away before, and how many more states are looked at before the answer is "it cannot be said". */
interface Fallen {
  readonly restraints: readonly Restraint[];
  readonly left: { count: number };
}

/** A role may be held back by a boundary and by several policies with several versions each: all orders would be many. */
const MOST_STATES = 12;

interface Setting {
  readonly question: EscalationQuestion;
  readonly matching: Matching;
  readonly fallen: Fallen;
  /** Whether boundary and session policy let everything through. */
  readonly cage: () => Truth;
}

function prospectOf(open: OpenPath, setting: Setting): Prospect | undefined {
  switch (open.path.gives) {
    case 'admin':
      return { open, alone: once(() => writing(open, setting)), leads: NOWHERE };
    case 'own':
      return freeing(open, setting);
    case 'entry':
      return entering(open, setting);
    case 'target':
      return towards(open, setting, asItIs);
    case 'target-admin':
      return towards(open, setting, withAnyPolicy);
    case 'target-freed':
      return towards(open, setting, freed);
    default:
      return undefined;
  }
}

const NOWHERE = (): readonly Lead[] => [];

/**
 * What it writes into its own role stays within boundary and session policy, so those must let everything through; a role
 * or a user that it makes is free of both.
 */
function writing(open: OpenPath, { question: { self }, cage }: Setting): Truth {
  const isFree = open.path.permissions.every(({ on }) => on === 'new-role' || on === 'new-user');
  return all([isOwn(open, self), open.certain || undefined, isFree || cage()]);
}

/** One that writes into a policy does so only where that policy is the role's own. */
function isOwn({ held }: OpenPath, { customerPolicies }: Self): Truth {
  const written = held.filter(({ permission }) => permission.on === 'own-policy').map(({ resource }) => resource);
  return written.length === 0 || (customerPolicies && written.every(arn => customerPolicies.includes(arn)));
}

/** Each kind of restraint falls once: what it can do then is asked anew. */
function freeing(open: OpenPath, { question, fallen }: Setting): Prospect | undefined {
  const restraint = restraintOf(open.path);
  if (restraint === undefined || fallen.restraints.includes(restraint)) return undefined;
  const after = { ...fallen, restraints: [...fallen.restraints, restraint] };
  const found = once(() => afterAny(freedBy(open, restraint, question), { open, question, after }));
  return { open, alone: () => found().alone, leads: () => found().leads };
}

interface Freeing {
  readonly open: OpenPath;
  /** As it was before. */
  readonly question: EscalationQuestion;
  readonly after: Fallen;
}

/** What becomes of each of the states is kept, and not they: a role may have dozens, each with all its policies. */
function afterAny(states: readonly Freed[] | undefined, { open, question, after }: Freeing): Afterwards {
  if (states === undefined) return UNTOLD;
  let alone: Truth = false;
  const leads: Lead[] = [];
  for (const freed of states) {
    const truth = all([open.certain || undefined, freed.truth]);
    const next = afterwards(freed, question, after);
    alone = some([alone, all([truth, next.alone])]);
    if (alone === true) return { alone, leads: [] };
    leads.push(...next.leads.map(lead => leadIf(truth, lead)));
  }
  return { alone, leads };
}

function leadIf(truth: Truth, lead: Lead): Lead {
  return { ...lead, reaches: candidate => all([truth, lead.reaches(candidate)]) };
}

/** Found out one after the other, as far as they are asked for. */
export function* whatEachIsAlone(prospects: readonly Prospect[]): Generator<Truth, void> {
  for (const { alone } of prospects) yield alone();
}

/** Whether the session is an administrator then or can make itself one, and where else it gets to. */
interface Afterwards {
  readonly alone: Truth;
  /** None where it is one for certain. */
  readonly leads: readonly Lead[];
}

const AN_ADMINISTRATOR: Afterwards = { alone: true, leads: [] };
const UNTOLD: Afterwards = { alone: undefined, leads: [] };

function afterwards({ stack, self }: Freed, before: EscalationQuestion, fallen: Fallen): Afterwards {
  const admin = adminOf(stack).truth;
  if (admin === true) return AN_ADMINISTRATOR;
  if (fallen.left.count-- <= 0) return UNTOLD;
  const actor = { roleArn: before.roleArn, stack, caged: before.caged };
  const assumable = assumableBy(actor, before.world);
  const question = { ...before, ...actor, self, assumable };
  if (writesItself(question)) return AN_ADMINISTRATOR;
  const prospects = prospectsOf(question, matchingOf(question), fallen);
  const alone = some([admin, some(whatEachIsAlone(prospects))]);
  return alone === true ? AN_ADMINISTRATOR : { alone, leads: prospects.flatMap(prospect => prospect.leads()) };
}

/** The commonest way, and quickly seen. */
function writesItself(question: EscalationQuestion): boolean {
  const matching = matchingOf(question, path => path.gives === 'admin');
  return prospectsOf(question, matching).some(prospect => prospect.alone() === true);
}

/** By another principal: a user may have anything, and so may a role that nobody has seen. */
function towards(open: OpenPath, { question: { stack, world }, matching }: Setting, worth: Worth): Prospect {
  const { path } = open;
  switch (path.target.kind) {
    case 'user':
      return { open, alone: () => undefined, leads: NOWHERE };
    case 'resource': {
      // Whether there is such a resource nobody knows, nor which role it has.
      const lead = { candidates: matching.candidates(path), tellable: false, reaches: () => undefined, worth };
      return { open, alone: () => (world.complete ? false : undefined), leads: () => [lead] };
    }
    default: {
      const lead = {
        candidates: matching.candidates(path),
        tellable: isReadWhole(stack),
        reaches: remembering((candidate: Onward) => matching.leadsTo(path, candidate)),
        worth,
      };
      return { open, alone: once(() => (matching.leadsElsewhere(path) ? undefined : false)), leads: () => [lead] };
    }
  }
}

/**
 * By a certificate of its own, to a role that a profile lists and whose trust policy asks for nothing more. A new trust
 * anchor can be made in the region of the profile; whether one that is there is in the right one is not looked at.
 */
function entering(open: OpenPath, { question: { world } }: Setting): Prospect {
  const isNew = open.path.target.kind === 'none';
  const reaches = ({ role, certain }: Onward): Truth => {
    const listed = isListed(role.arn, true, world.surroundings.gates);
    return listed === false ? false : (listed && certain && open.certain && isNew) || undefined;
  };
  const lead = {
    candidates: trusting([ROLES_ANYWHERE], world),
    tellable: isNew && open.certain,
    reaches,
    worth: asItIs,
  };
  return { open, alone: () => (world.complete ? false : undefined), leads: () => [lead] };
}

/** A policy that was not read may deny anything. */
export function isReadWhole({ layers }: Stack): boolean {
  return layers.every(({ unread }) => unread.length === 0);
}

const asItIs: Worth = (role, { standing }) => standing(role);

const freed: Worth = (role, others) => some([others.standing(role), withoutBoundary(role, others)]);

/** Whether the role's own permissions boundary lets everything through, whatever its policies say. */
const withAnyPolicy = rememberingRoles((role, world, now) => {
  if (role.layers?.every(({ name }) => name === 'identity')) return true;
  return role.layers && adminOf(stackWithout(stackOfRole(role, world, now), 'identity')).truth;
});

/** Whether its policies let it do everything, whatever its boundary says. */
const withoutBoundary = rememberingRoles(
  (role, world, now) => role.layers && adminOf(stackWithout(stackOfRole(role, world, now), 'boundary')).truth,
);

/** The same for everyone who asks. */
function rememberingRoles(ask: (role: KnownRole, world: World, now: Date) => Truth): Worth {
  const known = new WeakMap<KnownRole, { readonly truth: Truth }>();
  return (role, { world, now }) => {
    const before = known.get(role);
    if (before !== undefined) return before.truth;
    const truth = ask(role, world, now);
    known.set(role, { truth });
    return truth;
  };
}
