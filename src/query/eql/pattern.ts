import { matchesParts } from '../wildcard.ts';

export type TextTest = (text: string) => boolean;

/** Lucene's longest term in bytes: no longer value is in an index, so none matches a pattern that has to be searched step by step. */
export const MAX_TERM = 32_766;

/**
 * A test for the whole text. `*` stands for anything, `?` for one character. A backslash means itself in `:` and `like`
 * (Elasticsearch's EQL escapes it) and escapes the next character in the pattern of `stringContains` (Lucene's wildcard query).
 */
export function wildcardTest(
  pattern: string,
  { escapes, insensitive }: { readonly escapes: boolean; readonly insensitive: boolean },
): TextTest {
  const units = unitsOf(insensitive ? foldAscii(pattern) : pattern, escapes);
  const matches = units.includes(ONE) ? (text: string) => matchesUnits(units, text) : partsTest(units);
  return insensitive ? text => matches(foldAscii(text)) : matches;
}

/** Lower case for ASCII letters only, as Elasticsearch's case_insensitive has it (AutomatonQueries.toCaseInsensitiveChar). */
export function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, letters => letters.toLowerCase());
}

/** A code point, or one of the two that stand for others. */
type Unit = number;

const ANY: Unit = -1;
const ONE: Unit = -2;

/** A last backslash without a character after it means itself, as in Lucene. */
function unitsOf(pattern: string, escapes: boolean): readonly Unit[] {
  const units: Unit[] = [];
  let escaped = false;
  for (const character of pattern) {
    if (escapes && !escaped && character === '\\') {
      escaped = true;
      continue;
    }
    units.push(!escaped && character === '*' ? ANY : !escaped && character === '?' ? ONE : character.codePointAt(0)!);
    escaped = false;
  }
  return escaped ? [...units, '\\'.codePointAt(0)!] : units;
}

/** The texts between the stars: native search does the work. */
function partsTest(units: readonly Unit[]): TextTest {
  const parts: string[] = [''];
  for (const unit of units) {
    if (unit === ANY) parts.push('');
    else parts[parts.length - 1] += String.fromCodePoint(unit);
  }
  return text => matchesParts(parts, text);
}

/** After a mismatch the last star takes one character more: time grows with text × pattern, and no further. */
function matchesUnits(units: readonly Unit[], text: string): boolean {
  if (text.length > MAX_TERM) return false;
  const characters = Array.from(text, character => character.codePointAt(0)!);
  let unit = 0;
  let star = -1;
  let retry = 0;
  for (let at = 0; at < characters.length; ) {
    if (units[unit] === ANY) {
      star = unit;
      retry = at;
      unit += 1;
    } else if (units[unit] === ONE || units[unit] === characters[at]) {
      unit += 1;
      at += 1;
    } else if (star !== -1) {
      retry += 1;
      at = retry;
      unit = star + 1;
    } else return false;
  }
  return units.slice(unit).every(rest => rest === ANY);
}
