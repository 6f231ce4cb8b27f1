import type { Sample } from './kinds.ts';
import { type Newcomer, newcomerId, type Wanted } from './newcomerId.ts';

/** For each set of patterns of ARNs that the id of a trust anchor made tomorrow may fit an id that fits these and no others. */
export function idsToMeasure(patterns: readonly string[], filler: string): Sample {
  const read = patterns.slice(0, PATTERNS_READ);
  const alone = read.map(pattern => withId({ fits: [pattern], fitsNot: [], filler }));
  const possible = alone.filter(mayBe).flatMap(({ fits }) => fits);
  if (possible.length === 0) return { some: [], complete: patterns.length <= PATTERNS_READ };
  const others = withId({ fits: [], fitsNot: possible, filler });
  const sets = setsOf(possible.slice(0, PATTERNS_SET_APART), filler);
  const all = [...alone, others, ...sets.some];
  return {
    some: all.flatMap(({ id }) => (id === undefined ? [] : [id])),
    complete:
      patterns.length <= PATTERNS_READ &&
      possible.length <= PATTERNS_SET_APART &&
      sets.complete &&
      all.every(each => each.known),
  };
}

const PATTERNS_READ = 64;
const PATTERNS_SET_APART = 16;

/** With so many different ones more than 16 patterns would be a long search. */
const SETS_TRIED = 32;

interface Measure extends Wanted, Newcomer {}

function withId(wanted: Wanted): Measure {
  return { ...wanted, ...newcomerId(wanted) };
}

function mayBe({ id, known }: Newcomer): boolean {
  return id !== undefined || !known;
}

/** Each set that is known to be possible is split by the next pattern. */
function setsOf(patterns: readonly string[], filler: string): Sample<Measure> {
  let sets: readonly Measure[] = [withId({ fits: [], fitsNot: [], filler })];
  for (const pattern of patterns) {
    if (sets.length > SETS_TRIED) return { some: sets, complete: false };
    sets = sets.flatMap(each => splitBy(pattern, each)).filter(mayBe);
  }
  return { some: sets, complete: true };
}

function splitBy(pattern: string, { fits, fitsNot, filler }: Measure): readonly Measure[] {
  return [
    withId({ fits: [...fits, pattern], fitsNot, filler }),
    withId({ fits, fitsNot: [...fitsNot, pattern], filler }),
  ];
}
