import type { Truth } from '../truth.ts';
import { type Ways, widestOf } from './dnf.ts';
import { surelyExists } from './exists.ts';
import { isAnyText, isEcho, isPresence, type Literal } from './literal.ts';
import { implies } from './meet.ts';
import { isWithin, type Way, wayOf } from './way.ts';

/** Ways in sorted by how sure they are. */
export interface Entrance {
  /** These hang on nothing but the certificate. */
  readonly certain: readonly Way[];
  /** These hang on something else too; they name what, and are within no certain one. */
  readonly perhaps: readonly Way[];
  readonly open: Truth;
  /** The ways in could not be told. */
  readonly untold: boolean;
}

export function entranceOf(ways: Ways): Entrance {
  if (ways === undefined) return { certain: [], perhaps: [], open: undefined, untold: true };
  const certain = ways.filter(({ assumptions }) => assumptions.length === 0);
  const perhaps = widestOf(ways.filter(way => way.assumptions.length > 0).map(assumed)).filter(
    way => !certain.some(sure => isWithin(way, sure, implies)),
  );
  const open = certain.some(surelyExists) ? true : ways.length > 0 ? undefined : false;
  return { certain, perhaps, open, untold: false };
}

/** The same with its assumptions taken for true and told as reasons. */
function assumed(way: Way): Way {
  const reasons = [...way.reasons, ...way.assumptions.map(each => each.reason)];
  return wayOf({ literals: way.literals, assumptions: [], reasons });
}

/** Those by which it is judged: the certain ones where there are any. */
export function judgedWays({ certain, perhaps }: Entrance): readonly Way[] {
  return certain.length > 0 ? certain : perhaps;
}

/** What it asks of a certificate besides that there be something. */
export function restrictions({ literals }: Way): readonly Literal[] {
  return literals.filter(literal => !isPresence(literal) && !isAnyText(literal) && !isEcho(literal));
}

/** Any certificate takes it, or any that has certain parts. */
export function isUnrestricted(way: Way): boolean {
  return restrictions(way).length === 0;
}
