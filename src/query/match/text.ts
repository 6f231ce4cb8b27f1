import type { Leaf } from '../lookup.ts';
import { matchesParts } from '../wildcard.ts';
import { byteOrder } from './keyword.ts';
import type { Matcher } from './matcher.ts';
import { satisfies } from './matcher.ts';

/** Analysed text: any token of an unquoted value, the phrase of a quoted one. A wildcard and a range look at tokens. */
export const text: Matcher = {
  equals(literal) {
    const words = tokens(literal.text);
    if (literal.quoted) return words.length === 0 ? () => false : leaf => fenced(tokens(leaf)).includes(fenced(words));
    const wanted = new Set(words);
    return leaf => tokens(leaf).some(token => wanted.has(token));
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

/** The words as one text in which a phrase is a substring: no word holds a line break. */
function fenced(words: readonly string[]): string {
  return `\n${words.join('\n')}\n`;
}
