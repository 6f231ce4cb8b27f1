import type { Truth } from '../../iam/truth.ts';

/** The names of the subjects of which something holds, sorted, and whether it is known of all. */
interface Comers {
  readonly names: readonly string[];
  readonly sure: boolean;
}

export interface Comer {
  readonly name: string;
  readonly truth: Truth;
}

export function comersOf(comers: readonly Comer[]): Comers {
  const names = new Set(comers.filter(({ truth }) => truth === true).map(({ name }) => name));
  return {
    names: [...names].sort(),
    sure: comers.every(({ name, truth }) => truth !== undefined || names.has(name)),
  };
}
