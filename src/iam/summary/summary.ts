import { type AllowedActions, allowedActions, type LayerActions } from '../access/actions.ts';
import { type AdminAnswer, adminOf } from '../access/admin.ts';
import { wholeServices } from '../access/services.ts';
import type { Stack } from '../access/stack.ts';
import { onceForTwins } from '../access/twins.ts';
import { type ActionSet, actionsIn, intersect, size, sizeOfBoth } from '../catalog/actionSet.ts';
import { actionsAtLevel } from '../catalog/levels.ts';
import { credentialExposure, dataRead, resourceExposure } from '../catalog/lists.ts';
import { LEVELS, type Level } from '../catalog/service.ts';
import type { Onward } from '../escalation/assumable.ts';
import { lateral } from '../escalation/lateral.ts';
import type { Escalation, EscalationQuestion } from '../escalation/question.ts';
import type { LayerName, Layers } from '../layer.ts';
import { adminEquivalentOf, type EquivalentAnswer } from './equivalent.ts';
import { waysUp } from './prospect.ts';
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
  readonly question: EscalationQuestion;
}

/**
 * Its members are found out when they are asked for, and always in the same order, for they share the stack's budget: first what
 * the session may do, then what it can make of that, then what bounds it, last the services.
 */
export function summaryOf(asked: SummaryQuestion): AccessSummary {
  return new Summary(asked);
}

class Summary implements AccessSummary {
  readonly missing: readonly string[];
  readonly #layers: Layers;
  readonly #question: EscalationQuestion;
  readonly #stack: Stack;
  #admin: AdminAnswer | undefined;
  #equivalent: EquivalentAnswer | undefined;

  constructor({ layers, question }: SummaryQuestion) {
    this.#layers = layers;
    this.#question = question;
    this.#stack = question.stack;
    this.missing = this.#stack.layers.flatMap(layer => layer.unread);
  }

  get admin(): AdminAnswer {
    this.#admin ??= adminOf(this.#stack);
    return this.#admin;
  }

  get adminEquivalent(): EquivalentAnswer {
    return isAdministrator(this.admin) ? administrator(() => this.#asGoodAsOne().by) : this.#asGoodAsOne();
  }

  get actions(): AccessSummary['actions'] {
    return countsOf(this.#allowed());
  }

  get byLayer(): ReadonlyMap<LayerName, number> {
    return sizesByName(this.#allowed().byLayer);
  }

  get services(): readonly string[] {
    this.#removals();
    return servicesFor(this.#stack);
  }

  get removes(): ReadonlyMap<LayerName, Removal> {
    return this.#removals();
  }

  get dataRead(): ActionList {
    return this.#among(dataRead);
  }

  get credentials(): ActionList {
    return this.#among(credentialExposure);
  }

  get exposure(): ActionList {
    return this.#among(resourceExposure);
  }

  get escalation(): Escalation {
    this.#asGoodAsOne();
    return waysUp(this.#question).escalation;
  }

  get lateral(): readonly Onward[] {
    return lateral(this.#question, this.#question.world, this.#question.assumable);
  }

  #allowed(): AllowedActions {
    return allowedActions(this.#stack);
  }

  #among(actions: () => ActionSet): ActionList {
    return listOf(intersect(this.#allowed().possible, actions()));
  }

  #removals(): ReadonlyMap<LayerName, Removal> {
    this.#asGoodAsOne();
    return removalsFor(this.#stack, this.#layers);
  }

  /** Comes before what bounds the session, and its answer with the ways up. */
  #asGoodAsOne(): EquivalentAnswer {
    this.#equivalent ??= adminEquivalentOf(this.#question, this.admin);
    return this.#equivalent;
  }
}

const removalsFor = onceForTwins((stack, layers: Layers) =>
  removals({ layers, stack, allowed: allowedActions(stack) }),
);
const servicesFor = onceForTwins(stack => wholeServices(stack, allowedActions(stack)));

function isAdministrator({ truth }: AdminAnswer): boolean {
  return truth === true;
}

/** Whoever is one need not become one: the ways that also lead there are found out only when somebody asks for them. */
function administrator(by: () => EquivalentAnswer['by']): EquivalentAnswer {
  return {
    truth: true,
    conditions: [],
    get by() {
      return by();
    },
  };
}

function countsOf({ possible, certain }: AllowedActions): AccessSummary['actions'] {
  const byLevel = new Map(LEVELS.map(level => [level, sizeOfBoth(possible, actionsAtLevel(level))]));
  return { possible: size(possible), certain: size(certain), byLevel };
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
