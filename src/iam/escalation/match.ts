import { once } from '../../memo/once.ts';
import { allowedActions } from '../access/actions.ts';
import { actionsMentioned } from '../access/mentioned.ts';
import type { Stack } from '../access/stack.ts';
import { onceForTwins } from '../access/twins.ts';
import { type Action, actionNamed } from '../catalog/action.ts';
import { type ActionSet, has } from '../catalog/actionSet.ts';
import type { Truth } from '../truth.ts';
import type { Onward } from './assumable.ts';
import { findings, foundOnce } from './findings.ts';
import { folded } from './fold.ts';
import { holdingsOf } from './holding.ts';
import { isAboutItself, type Match, matchPath } from './matchPath.ts';
import { opened } from './opened.ts';
import type { EscalationPath } from './path.ts';
import { escalationPaths } from './paths.ts';
import type { Escalation, EscalationQuestion, LatentPath, OpenPath, Setting } from './question.ts';
import { candidatesOf, isTarget } from './targets.ts';

/** What was found, and which role each path leads to. */
export interface Matching {
  readonly escalation: Escalation;
  /**
   * The roles that may be the target of a path, as far as they and not the permissions decide it; the session's own may be among
   * them, and is none that `leadsTo` leads to.
   */
  candidates(path: EscalationPath): readonly Onward[];
  /** Whether the session holds all permissions of the path for this target. */
  leadsTo(path: EscalationPath, candidate: Onward): Truth;
  /** Whether the path may lead to a role that nobody has seen. */
  leadsElsewhere(path: EscalationPath): boolean;
}

/** Every known path, matched against what the session holds: resources, conditions, Deny and all layers respected. */
export function escalationOf(question: EscalationQuestion): Escalation {
  return matchingOf(question).escalation;
}

/** `isWanted`: the paths that are looked at, all unless it is given. Most sessions are past all of them at a glance. */
export function matchingOf(question: EscalationQuestion, isWanted = (_: EscalationPath) => true): Matching {
  const { stack, assumable } = question;
  const isShut = (path: EscalationPath) => isByTrustAlone(path) && assumable.length === 0 && !mayAssumeAny(stack);
  const paths = pathsWithin(stack).filter(path => isWanted(path) && !isShut(path));
  return paths.length === 0 ? NOTHING_FOUND : matchingAmong(paths, question);
}

const NOTHING_FOUND: Matching = {
  escalation: { open: [], dominated: [], latent: [] },
  candidates: () => [],
  leadsTo: () => false,
  leadsElsewhere: () => false,
};

function matchingAmong(paths: readonly EscalationPath[], question: EscalationQuestion): Matching {
  const { roleArn, world, self, caged, stack, assumable } = question;
  const setting: Setting = {
    roleArn,
    world,
    self,
    caged,
    stack,
    assumable,
    holdings: holdingsOf(stack, world),
    untargeted: new Map(),
    meant: new Map(),
    isElse: arn => arn !== self.arn || caged,
  };
  const open: OpenPath[] = [];
  const latent: LatentPath[] = [];
  for (const path of paths) {
    const found = isImpersonal(path) ? matchForTwins(path, setting) : matchPath(path, setting);
    if (found?.kind === 'latent') latent.push({ path, certain: found.certain });
    else if (found !== undefined) open.push(found.open);
  }
  return {
    escalation: { ...folded(open), latent },
    candidates: path => candidatesOf(path, setting),
    leadsTo(path, candidate) {
      const found = isTarget(path, candidate, setting) ? opened(path, setting, { candidate }) : undefined;
      return found === undefined ? false : found.certain || undefined;
    },
    leadsElsewhere: path => !world.complete && opened(path, setting, {}) !== undefined,
  };
}

/** Most paths are settled by the actions that may be allowed at all, and most of those by the ones that are mentioned. */
const pathsWithin = onceForTwins((stack: Stack): readonly EscalationPath[] => {
  const mentioned = actionsMentioned(stack);
  const within = prepared().filter(({ actions }) => areIn(mentioned, actions));
  if (within.every(({ actions }) => actions.length === 0)) return within.map(({ path }) => path);
  const { possible } = allowedActions(stack);
  return within.filter(({ actions }) => areIn(possible, actions)).map(({ path }) => path);
});

/** Whether a trust policy that names the session's role is permission enough. */
function isByTrustAlone({ target, permissions }: EscalationPath): boolean {
  return target.kind === 'role-trusting-session' && permissions.every(({ action }) => action === 'sts:AssumeRole');
}

const mayAssumeAny = onceForTwins((stack: Stack): boolean => {
  const assume = actionNamed('sts:AssumeRole')!;
  return has(actionsMentioned(stack), assume) && has(allowedActions(stack).possible, assume);
});

function areIn(set: ActionSet, actions: readonly Action[]): boolean {
  for (const action of actions) if (!has(set, action)) return false;
  return true;
}

/** Whether some path may be open for certain to a session with these actions, and with a trust policy that names it. */
export function isAnyWithin(certain: ActionSet, assumable: readonly Onward[]): boolean {
  if (assumable.some(each => each.certain)) return true;
  return prepared().some(({ actions }) => actions.length > 0 && areIn(certain, actions));
}

interface Prepared {
  readonly path: EscalationPath;
  /** Without sts:AssumeRole, which can come from the other side alone: a trust policy that names the role. */
  readonly actions: readonly Action[];
}

const prepared = once((): readonly Prepared[] =>
  escalationPaths.map(path => ({
    path,
    actions: path.permissions
      .filter(({ action }) => action !== 'sts:AssumeRole')
      .map(({ action }) => actionNamed(action))
      .filter(action => action !== undefined),
  })),
);

/** Whether it is the same for all twins whether the path is open: it is not about the session's own role, nor may that be its target. */
function isImpersonal(path: EscalationPath): boolean {
  return !isAboutItself(path) && !['role', 'any-role', 'role-trusting-session'].includes(path.target.kind);
}

function matchForTwins(path: EscalationPath, setting: Setting): Match {
  const { stack, world } = setting;
  return foundOnce(matches(stack, world), path.id, stack, () => matchPath(path, setting));
}

const matches = findings<{ readonly value: Match }>();
