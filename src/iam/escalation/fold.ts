import type { EscalationPath, Gives } from './path.ts';
import type { OpenPath } from './question.ts';

/** Paths that are open, and those among them of which a shorter one is. */
export interface Folded {
  readonly open: readonly OpenPath[];
  readonly dominated: readonly OpenPath[];
}

/**
 * Of two paths to the same target the one that needs less is the one to speak of, if it gives as much. A path of our own
 * never hides a published one, which readers know by its id.
 */
export function folded(paths: readonly OpenPath[]): Folded {
  const dominated = new Set(paths.filter(one => paths.some(other => hides(other, one))));
  return { open: paths.filter(path => !dominated.has(path)), dominated: [...dominated] };
}

function hides(shorter: OpenPath, longer: OpenPath): boolean {
  const [needs, has] = [needsOf(shorter.path), needsOf(longer.path)];
  return (
    needs.size < has.size &&
    (shorter.path.published || !longer.path.published) &&
    (shorter.certain || !longer.certain) &&
    givesAsMuch(shorter.path.gives, longer.path.gives) &&
    targetOf(shorter.path) === targetOf(longer.path) &&
    [...needs].every(need => has.has(need))
  );
}

/** What each gives besides what it is: a target that the session writes into gives all that the target has. */
const INCLUDED: Readonly<Partial<Record<Gives, readonly Gives[]>>> = {
  'target-admin': ['target-freed', 'target'],
  'target-freed': ['target'],
};

function givesAsMuch(one: Gives, other: Gives): boolean {
  return one === other || (INCLUDED[one]?.includes(other) ?? false);
}

function needsOf(path: EscalationPath): ReadonlySet<string> {
  return lookedUp(needs, path, ({ permissions }) => new Set(permissions.map(({ action, on }) => `${action} ${on}`)));
}

function targetOf(path: EscalationPath): string {
  return lookedUp(targets, path, ({ target }) => JSON.stringify(target));
}

const needs = new WeakMap<EscalationPath, ReadonlySet<string>>();
const targets = new WeakMap<EscalationPath, string>();

function lookedUp<T>(known: WeakMap<EscalationPath, T>, path: EscalationPath, make: (path: EscalationPath) => T): T {
  const before = known.get(path);
  if (before !== undefined) return before;
  const made = make(path);
  known.set(path, made);
  return made;
}
