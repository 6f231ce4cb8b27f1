import { distinct } from '../../lists.ts';
import { type Place, placesAt, unnamedAt } from '../access/place.ts';
import { type Reach, reach } from '../access/reach.ts';
import { type Given, homeOf, type Stack } from '../access/stack.ts';
import { actionNamed } from '../catalog/action.ts';
import { literal } from '../glob.ts';
import { anyOf, type Hold, NOT_HELD } from './power.ts';

/** Asks what one principal may do. */
export interface Asking {
  /** On any resource that the action has in the principal's account. */
  anywhere(action: string, given?: Given): Hold;
  /** On any resource, whichever it is: what is given on some by name does not count. */
  whichever(action: string): Hold;
  on(action: string, arn: string, given?: Given): Hold;
}

export function askingOf(stack: Stack): Asking {
  const home = homeOf(stack);
  const ask = (action: string, place: Place, given: Given | undefined) => reach(stack, { action, ...place, given });
  return {
    anywhere: (action, given) =>
      anyOf(placesAt(actionNamed(action), home).map(place => holdOf(action, ask(action, place, given)))),
    whichever: action =>
      anyOf(unnamedAt(actionNamed(action), home).map(place => holdOf(action, ask(action, place, undefined)))),
    on: (action, arn, given) => holdOf(`${action} on ${arn}`, ask(action, { on: literal(arn), without: [] }, given)),
  };
}

function holdOf(asked: string, { possible, certain, conditions, missing, statements }: Reach): Hold {
  if (possible.kind === 'none') return NOT_HELD;
  if (possible.kind === 'unknown') return { kind: 'unknown', by: asked };
  const places = statements.map(({ policy, statement }) => `statement ${statement.at + 1} of ${policy}`);
  const keys = distinct(conditions.map(({ key }) => key));
  const by = [
    asked,
    ...(places.length === 0 ? [] : [`by ${places.join(' and ')}`]),
    ...(keys.length === 0 ? [] : [`if conditions on ${keys.join(', ')} hold`]),
  ].join(' ');
  if (certain.kind === 'found') return { kind: 'certain', by };
  return { kind: missing.length > 0 ? 'unknown' : 'possible', by };
}
