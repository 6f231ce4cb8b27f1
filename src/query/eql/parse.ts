import { SyntaxError as PeggySyntaxError, parse } from '../eql.peggy';
import { refuseDepth, refuseHuge } from '../limits.ts';
import { found, listed, nameOf } from '../parse-kql.ts';
import type { QueryPlace } from '../query-error.ts';
import { queryError } from '../query-error.ts';
import type { Statement } from './tree.ts';

/** Reads EQL. Throws QueryError for what is no EQL and for what is not supported. */
export function parseEql(text: string, place: QueryPlace = {}): Statement {
  refuseHuge(text, place);
  refuseDeep(text, place);
  try {
    // The grammar's actions build a Statement; this is the parsing boundary.
    return parse(text) as Statement;
  } catch (error) {
    if (!(error instanceof PeggySyntaxError)) throw error;
    throw queryError({ text, at: error.location.start.offset, ...explanation(text, error) }, place);
  }
}

/** Text, names and comments, in which brackets mean nothing, or one bracket. */
const TOKEN = /"""[^\r\n]*?"{3,5}|"(?:[^"\\\r\n]|\\.)*"|`[^`]*`|\/\/[^\r\n]*|\/\*|[([]|[)\]]/g;

/** Counts brackets before the parser, which recurses, sees them. */
function refuseDeep(text: string, place: QueryPlace): void {
  let depth = 0;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [token] = match;
    if (token === '/*') {
      const end = text.indexOf('*/', match.index + 2);
      if (end === -1) return;
      TOKEN.lastIndex = end + 2;
    } else if (token === '(' || token === '[') depth += 1;
    else if (token === ')' || token === ']') depth -= 1;
    refuseDepth(depth, { text, at: match.index }, place);
  }
}

function explanation(text: string, error: PeggySyntaxError): { message: string; hint?: string } {
  if (error.expected === null) return { message: error.message };
  const at = error.location.start.offset;
  const names = error.expected.map(nameOf).filter(name => name !== undefined);
  const expected = [...new Set(names)].filter(name => name !== 'unsaid').sort();
  const message = `Expected ${listed(expected)}, but found ${found(text, at)}`;
  const hint = hintFor(text, at);
  return hint === undefined ? { message } : { message, hint };
}

function hintFor(text: string, at: number): string | undefined {
  const rest = text.slice(at, at + 20);
  const before = text.slice(Math.max(0, at - 20), at).trimEnd();
  if (/^not\s+(?:like|regex|:)/.test(rest)) return 'Write not before the field: not field like "a*".';
  if (/^(?:AND|OR|NOT|WHERE|ANY|IN)\b/.test(rest)) return 'Keywords are written in lower case.';
  if (/^-\w/.test(rest) || /[\w`]-$/.test(before)) return 'A name with a hyphen stands in back-ticks: `x-amz-acl`.';
  if (at === 0 || !/\bwhere\b/.test(text))
    return 'An event query reads: category where condition, or any where condition.';
  return undefined;
}
