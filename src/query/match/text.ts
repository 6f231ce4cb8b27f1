import type { Leaf } from '../lookup.ts';
import { matchesParts } from '../wildcard.ts';
import { byteOrder } from './keyword.ts';
import type { Matcher } from './matcher.ts';
import { satisfies } from './matcher.ts';

/** Analysed text: any token of an unquoted value, the phrase of a quoted one. A wildcard and a range look at tokens. */
export const text: Matcher = {
  equals(literal) {
    const wanted = tokens(literal.text);
    if (literal.quoted) return leaf => holdsPhrase(tokens(leaf), wanted);
    return leaf => tokens(leaf).some(token => wanted.includes(token));
  },
  wildcard(parts) {
    const patterns = parts
      .join('*')
      .toLowerCase()
      .split(/\s+/)
      .filter(word => word !== '');
    const split = patterns.map(pattern => pattern.split('*'));
    return leaf => tokens(leaf).some(token => split.some(pattern => matchesParts(pattern, token)));
  },
  range(operator, literal) {
    const bound = literal.text.toLowerCase();
    return leaf => tokens(leaf).some(token => satisfies(operator, byteOrder(token, bound)));
  },
};

/**
 * The words as Elasticsearch's standard analyser cuts them (Unicode's word boundaries), near enough: a dot, colon or
 * apostrophe between two letters and a dot, comma or apostrophe between two digits stay inside; scripts written without
 * spaces are not cut into single characters.
 */
const WORD = /[\p{L}\p{N}\p{M}_]+(?:(?:(?<=\p{L})[.:'’·](?=\p{L})|(?<=\p{N})[.,'’](?=\p{N}))[\p{L}\p{N}\p{M}_]+)*/gu;

function tokens(leaf: Leaf): readonly string[] {
  return String(leaf).toLowerCase().match(WORD) ?? [];
}

function holdsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  if (phrase.length === 0) return false;
  return words.some((_, from) => phrase.every((word, n) => words[from + n] === word));
}
