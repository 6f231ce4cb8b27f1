import type { Truth } from '../truth.ts';
import { areTold, type TooMany, type Ways, widestOf } from './dnf.ts';
import { surelyExists } from './exists.ts';
import { unsure } from './reason.ts';
import { covers, isPlain } from './restrictions.ts';
import { ANY, type Way, wayOf, withReasons } from './way.ts';

/** Ways in sorted by how sure they are. */
export interface Entrance {
  /** These hang on nothing but the certificate. */
  readonly certain: readonly Way[];
  /**
   * These hang on something else too; they name what, and are within no certain one. OTHERS is among them where one way in is
   * known and there are too many others to tell.
   */
  readonly perhaps: readonly Way[];
  readonly open: Truth;
  /** The ways in could not be told. */
  readonly untold: boolean;
}

export function entranceOf(ways: Ways): Entrance {
  if (!areTold(ways)) return entranceOfMany(ways);
  const certain = ways.filter(({ assumptions }) => assumptions.length === 0);
  const perhaps = widestOf(ways.filter(way => way.assumptions.length > 0).map(assumed)).filter(
    way => !certain.some(sure => covers(sure, way)),
  );
  const open = certain.some(surelyExists) ? true : ways.length > 0 ? undefined : false;
  return { certain, perhaps, open, untold: false };
}

/** Whoever else gets in. */
const OTHERS = withReasons(ANY, [
  unsure('too_complex', undefined, 'the policy has too many conditions to tell who else gets in'),
]);

/** Those that are not told can only let in more. */
function entranceOfMany({ known }: TooMany): Entrance {
  if (known === undefined || !surelyExists(known)) return { certain: [], perhaps: [], open: undefined, untold: true };
  if (known.assumptions.length > 0)
    return { certain: [], perhaps: [assumed(known), OTHERS], open: undefined, untold: false };
  return { certain: [known], perhaps: [OTHERS], open: true, untold: false };
}

/** The same with its assumptions taken for true and told as reasons. */
function assumed(way: Way): Way {
  const reasons = [...way.reasons, ...way.assumptions.map(each => each.reason)];
  return wayOf({ literals: way.literals, assumptions: [], reasons });
}

/** Those by which it is judged, all that are told: what one statement may let in no other one beside it takes back. */
export function judgedWays({ certain, perhaps }: Entrance): readonly Way[] {
  return [...certain, ...perhaps.filter(way => way !== OTHERS)];
}

/** Any certificate gets in for certain, and nothing looks like a restriction. */
export function takesAnybody({ certain }: Entrance): boolean {
  return certain.some(isPlain);
}
