import type { Level } from './action.ts';
import { type ActionSet, actionSetOf, actionsIn, fullSet } from './actionSet.ts';
import { remembering } from './remembering.ts';
import { LEVELS } from './service.ts';

/** The actions at a level, alone or together with others: what AWS calls `Permissions management, Write` is at both. */
export const actionsAtLevel: (level: Level) => ActionSet = remembering(LEVELS.length, level =>
  actionSetOf([...actionsIn(fullSet())].filter(action => action.levels.includes(level))),
);
