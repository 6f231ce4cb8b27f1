import { once } from '../../memo/once.ts';
import { folded } from './fold.ts';
import { type Action, serviceNamed } from './service.ts';
import { rows } from './table.ts';

export type { Action, Level } from './service.ts';

/** The action of that name, whatever its case; undefined for one that AWS does not document. */
export function actionNamed(name: string): Action | undefined {
  const colon = name.indexOf(':');
  if (colon < 0) return undefined;
  const lower = folded(name);
  return serviceNamed(lower.slice(0, colon))
    ?.byName()
    .get(lower.slice(colon + 1));
}

/** The action with that id. Throws RangeError where there is none. */
export function actionAt(id: number): Action {
  const row = owners()[id];
  const action = row && serviceNamed(row.prefix)?.actions[id - row.first];
  if (action === undefined) throw new RangeError(`No action has the id ${id}.`);
  return action;
}

export function actionCount(): number {
  return owners().length;
}

/** Whether AWS has a service of that prefix, whatever its case. */
export function isService(prefix: string): boolean {
  return prefixes().has(folded(prefix));
}

/** Their prefixes, in the order of their actions' names: `acm-pca` comes before `acm`. */
export function servicesInCatalog(): readonly string[] {
  return [...prefixes()];
}

const prefixes = once(() => new Set(rows().map(row => row.prefix)));

/** For every id, the service it belongs to. */
const owners = once(() => rows().flatMap(row => Array.from({ length: row.count }, () => row)));
