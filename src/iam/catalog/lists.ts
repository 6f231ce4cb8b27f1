import { once } from '../../memo/once.ts';
import { actionNamed } from './action.ts';
import { type ActionSet, actionSetOf, union } from './actionSet.ts';
import { actionsAtLevel } from './levels.ts';
import { CREDENTIAL_EXPOSURE, DATA_READ, RESOURCE_EXPOSURE } from './listNames.ts';

/** What hands out the data that customers store: objects, rows, messages, log lines, source code, secrets. */
export const dataRead = once((): ActionSet => named(DATA_READ));

/** What hands out, or sets, something to sign in with: credentials, passwords, tokens, private keys. */
export const credentialExposure = once((): ActionSet => named(CREDENTIAL_EXPOSURE));

/** What changes who can get at something that is there already: our list, and all that manages permissions. */
export const resourceExposure = once(
  (): ActionSet => union(named(RESOURCE_EXPOSURE), actionsAtLevel('Permissions management')),
);

function named(names: readonly string[]): ActionSet {
  return actionSetOf(
    names.map(name => {
      const action = actionNamed(name);
      if (action === undefined) throw new Error(`The catalogue has no ${name}.`);
      return action;
    }),
  );
}
