import { ANY_ONE, type Glob, isAnything, SEGMENT_ONE } from '../glob.ts';
import type { Statement } from '../policy.ts';
import { plainResourceGlob, resourceGlobFrom } from '../resource.ts';
import { hasDefault, hasVariables, type Piece, piecesBy } from '../variable.ts';
import { standInPiece } from './standIn.ts';

/** One value of `Resource` or `NotResource`. */
export interface Pattern {
  /** Equal keys, equal resources in every request. */
  readonly key: string;
  /** With stand-ins for its variables. */
  readonly narrow: Glob;
  /** With any text for its variables. The same as `narrow` when it has none. */
  readonly wide: Glob;
  readonly variables: boolean;
  /** Whether a variable has a default, which another text is then. */
  readonly defaults: boolean;
  /** Whether it has a `?`, which could take a piece of a stand-in. */
  readonly single: boolean;
}

/** What a statement is about: one of the patterns, or, `negated`, none of them. */
export interface Resources {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
  /** Whether it is about whatever there is. */
  readonly everything: boolean;
  /** Whether it is about actions that have no resource: only `*` is, and `NotResource` without it. */
  readonly withoutResource: boolean;
}

/** A trust policy's statement has neither element and is about its role. */
const EVERYTHING: Resources = { negated: true, patterns: [], everything: true, withoutResource: true };

export function resourcesOf({ resources, variables }: Statement): Resources {
  if (resources === undefined) return EVERYTHING;
  const { negated, values } = resources;
  const patterns = values.map(value => patternOf(value, variables));
  const star = values.some(value => isAnything(plainResourceGlob(value)));
  return {
    negated,
    patterns,
    everything: negated ? values.length === 0 : star,
    withoutResource: star !== negated,
  };
}

/** Whether all that `inner` is about is in `outer`, which is not everything, as far as their wording tells. */
export function includesResources(outer: Resources, inner: Resources): boolean {
  if (outer.negated !== inner.negated) return false;
  return outer.negated ? hasAll(inner, outer) : hasAll(outer, inner);
}

function hasAll(outer: Resources, inner: Resources): boolean {
  if (inner.patterns.length === 1) return outer.patterns.some(({ key }) => key === inner.patterns[0]!.key);
  const keys = new Set(outer.patterns.map(({ key }) => key));
  return inner.patterns.every(({ key }) => keys.has(key));
}

function patternOf(text: string, variables: boolean): Pattern {
  const isPlain = !variables || !text.includes('${');
  const narrow = isPlain ? plainResourceGlob(text) : resourceGlobFrom(piecesBy(text, variables, standInPiece));
  const single = hasSingle(narrow);
  if (isPlain || !hasVariables(text))
    return { key: narrow.text, narrow, wide: narrow, variables: false, defaults: false, single };
  const wide = resourceGlobFrom(piecesBy(text, variables, () => ANYTHING_AT_ALL));
  const defaults = hasDefault(text);
  return { key: defaults ? `\u0000${text}` : narrow.text, narrow, wide, variables: true, defaults, single };
}

const ANYTHING_AT_ALL: Piece = { kind: 'anything' };

function hasSingle({ tokens }: Glob): boolean {
  return tokens.some(token => token === ANY_ONE || token === SEGMENT_ONE);
}
