import { remembering } from '../../memo/remembering.ts';
import type { Level } from './action.ts';
import { type ActionSet, actionSetOf, actionsIn, fullSet } from './actionSet.ts';

/** The actions at a level, alone or together with others: what AWS calls `Permissions management, Write` is at both. */
export const actionsAtLevel: (level: Level) => ActionSet = remembering(level =>
  actionSetOf([...actionsIn(fullSet())].filter(action => action.levels.includes(level))),
);
