import { distinct } from '../lists.ts';
import { SyntaxError as PeggySyntaxError, parse } from './kql.peggy';
import { refuseDepth, refuseHuge } from './limits.ts';
import type { QueryPlace } from './query-error.ts';
import { queryError } from './query-error.ts';
import type { Tree } from './tree.ts';

/** Reads KQL (Kibana's grammar). Nothing, or only white space, is a query that every document matches. Throws QueryError. */
export function parseKql(text: string, place: QueryPlace = {}): Tree {
  refuseHuge(text, place);
  refuseDeep(text, place);
  try {
    // The grammar's actions build a Tree; this is the parsing boundary.
    return parse(text) as Tree;
  } catch (error) {
    if (!(error instanceof PeggySyntaxError)) throw error;
    throw queryError({ text, at: error.location.start.offset, ...explanation(text, error) }, place);
  }
}

/** Counts brackets outside quotes before the parser, which recurses, sees them. */
function refuseDeep(text: string, place: QueryPlace): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '(' || character === '{')) depth += 1;
    else if (!quoted && (character === ')' || character === '}')) depth -= 1;
    refuseDepth(depth, { text, at }, place);
  }
}

function explanation(text: string, error: PeggySyntaxError): { message: string; hint?: string } {
  if (error.expected === null) return { message: error.message };
  const at = error.location.start.offset;
  const names = error.expected.map(nameOf).filter(name => name !== undefined);
  // The parser has already left the white space before an operator behind, and does not name the operator again.
  const expected = names.some(name => AFTER_EXPRESSION.has(name)) ? [...names, '"and"', '"or"'] : names;
  const message = `Expected ${listed(distinct(expected))}, but found ${found(text, at)}`;
  const hint = hintFor(text, at);
  return hint === undefined ? { message } : { message, hint };
}

const AFTER_EXPRESSION: ReadonlySet<string> = new Set(['the end of the query', '")"', '"}"']);

export function nameOf(expectation: { type: string; description?: string; text?: string }): string | undefined {
  if (expectation.type === 'end') return 'the end of the query';
  if (expectation.type === 'other')
    return expectation.description === 'white space' ? undefined : expectation.description;
  return expectation.text === undefined ? undefined : `"${expectation.text}"`;
}

export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

export function found(text: string, at: number): string {
  const character = text.codePointAt(at);
  return character === undefined ? 'the end of the query' : `"${String.fromCodePoint(character)}"`;
}

function hintFor(text: string, at: number): string | undefined {
  const rest = text.slice(at, at + 4);
  if (/^not\s/i.test(rest)) {
    return 'Write not before the field (not field: value) or inside brackets (field: (not value)); a word that ends in "not" needs quotes.';
  }
  if (rest.startsWith(':')) return 'A value with a colon in it needs quotes, or a backslash before the colon.';
  if (/^[=!~&|]/.test(rest) || text.slice(0, at).endsWith('='))
    return 'KQL writes field: value, field >= value, and, or, not.';
  return undefined;
}
