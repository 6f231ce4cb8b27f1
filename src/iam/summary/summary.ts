import { allowedActions, type LayerActions } from '../access/actions.ts';
import { type AdminAnswer, adminOf } from '../access/admin.ts';
import { wholeServices } from '../access/services.ts';
import type { Stack } from '../access/stack.ts';
import { type ActionSet, actionsIn, intersect, size, sizeOfBoth } from '../catalog/actionSet.ts';
import { actionsAtLevel } from '../catalog/levels.ts';
import { credentialExposure, dataRead, resourceExposure } from '../catalog/lists.ts';
import { LEVELS, type Level } from '../catalog/service.ts';
import { assumableBy, type Onward } from '../escalation/assumable.ts';
import { lateral } from '../escalation/lateral.ts';
import { type Escalation, matchingOf, type Self } from '../escalation/match.ts';
import type { World } from '../escalation/world.ts';
import type { LayerName, Layers } from '../layer.ts';
import { adminEquivalentOf, type EquivalentAnswer } from './equivalent.ts';
import { type Removal, removals } from './removal.ts';

/** What a session can do, in figures and lists. */
export interface AccessSummary {
  readonly admin: AdminAnswer;
  readonly adminEquivalent: EquivalentAnswer;
  /** How many of AWS's documented actions may be allowed on some resource, and how many are for certain. */
  readonly actions: {
    readonly possible: number;
    readonly certain: number;
    readonly byLevel: ReadonlyMap<Level, number>;
  };
  /** How many actions each layer lets through by itself. */
  readonly byLayer: ReadonlyMap<LayerName, number>;
  /** Services of which everything is allowed. */
  readonly services: readonly string[];
  /** Whether each bounding layer takes away anything of what the others allow, and a request that it takes. */
  readonly removes: ReadonlyMap<LayerName, Removal>;
  readonly dataRead: ActionList;
  readonly credentials: ActionList;
  readonly exposure: ActionList;
  readonly escalation: Escalation;
  readonly lateral: readonly Onward[];
  /** Policies that could not be read. */
  readonly missing: readonly string[];
}

/** Actions of one kind that may be allowed: how many, and the first of them by name. */
export interface ActionList {
  readonly count: number;
  readonly first: readonly string[];
}

export interface SummaryQuestion {
  /** What the stack was made of. */
  readonly layers: Layers;
  readonly stack: Stack;
  readonly self: Self;
  readonly world: World;
}

export function summaryOf({ layers, stack, self, world }: SummaryQuestion): AccessSummary {
  const caged = stack.layers.some(layer => layer.name === 'session');
  const actor = { roleArn: self.arn, stack, caged };
  const allowed = allowedActions(stack);
  const { possible } = allowed;
  const admin = adminOf(stack, allowed);
  const assumable = assumableBy(actor, world);
  const question = { ...actor, possible, assumable, self, world };
  const matching = matchingOf(question);
  return {
    admin,
    adminEquivalent: adminEquivalentOf({ admin, question, matching }),
    actions: {
      possible: size(possible),
      certain: size(allowed.certain),
      byLevel: new Map(LEVELS.map(level => [level, sizeOfBoth(possible, actionsAtLevel(level))])),
    },
    byLayer: sizesByName(allowed.byLayer),
    services: wholeServices(stack, allowed),
    removes: removals({ layers, stack, allowed }),
    dataRead: listOf(intersect(possible, dataRead())),
    credentials: listOf(intersect(possible, credentialExposure())),
    exposure: listOf(intersect(possible, resourceExposure())),
    escalation: matching.escalation,
    lateral: lateral(actor, world, assumable),
    missing: stack.layers.flatMap(layer => layer.unread),
  };
}

/** Several levels of SCPs are several layers of one name. */
function sizesByName(layers: readonly LayerActions[]): ReadonlyMap<LayerName, number> {
  const byName = new Map<LayerName, ActionSet>();
  for (const { name, actions } of layers) byName.set(name, intersect(byName.get(name) ?? actions, actions));
  return new Map([...byName].map(([name, actions]) => [name, size(actions)]));
}

/** A document names no more than these: whoever has more has everything of the kind. */
const NAMED = 20;

function listOf(actions: ActionSet): ActionList {
  const first: string[] = [];
  for (const { name } of actionsIn(actions)) {
    if (first.length === NAMED) break;
    first.push(name);
  }
  return { count: size(actions), first };
}
