import { type Budget, ENDLESS } from './budget.ts';

/**
 * IAM's patterns as token lists: `*` is any run of characters, `?` exactly one. In the first five segments of an ARN both
 * stop at a colon; such wildcards always come before the others. No regular expression is ever made of a pattern.
 */
export interface Glob {
  /** A character's code, or one of the wildcards below. */
  readonly tokens: readonly number[];
  /** What it was made of. Of two that the same function made, equal text means equal language. */
  readonly text: string;
}

export const ANY_RUN = -1;
export const ANY_ONE = -2;
/** The same, but never a colon. */
export const SEGMENT_RUN = -3;
export const SEGMENT_ONE = -4;

export const COLON = 58;

/** Everything there is. */
export const ANYTHING: Glob = { tokens: [ANY_RUN], text: '*' };

export function isWildcard(token: number): boolean {
  return token < 0;
}

export function isRun(token: number): boolean {
  return token === ANY_RUN || token === SEGMENT_RUN;
}

/** Whether one character is of the token's kind; or whether all that another token stands for is. */
export function accepts(token: number, symbol: number): boolean {
  if (token >= 0) return token === symbol;
  if (token === ANY_RUN) return true;
  if (isRun(symbol)) return token === SEGMENT_RUN && symbol === SEGMENT_RUN;
  return token === ANY_ONE || (symbol !== COLON && symbol !== ANY_ONE);
}

/** A plain pattern: an action, a condition's value. Runs of stars are one. */
export function globOf(text: string): Glob {
  return { tokens: tokensOf(text), text };
}

/** A text in which nothing is a wildcard. */
export function literal(text: string): Glob {
  return { tokens: codesOf(text), text: `\0${text}\0` };
}

/** Of the wildcards that follow each other a run comes last, and once: `**?*` is `?*`. */
export function tokensOf(text: string, { segment = false } = {}): readonly number[] {
  const tokens: number[] = [];
  for (let at = 0; at < text.length; at++) append(tokens, tokenOf(text.charCodeAt(at), segment));
  return tokens;
}

/** Keeps a run behind the single wildcards of its kind. */
function append(tokens: number[], token: number): void {
  const last = tokens.at(-1);
  const one = token === ANY_ONE ? ANY_RUN : token === SEGMENT_ONE ? SEGMENT_RUN : undefined;
  if (last !== undefined && last === one) tokens.splice(-1, 0, token);
  else if (last === undefined || last !== token || !isRun(token)) tokens.push(token);
}

function tokenOf(character: number, segment: boolean): number {
  if (character === 42) return segment ? SEGMENT_RUN : ANY_RUN;
  if (character === 63) return segment ? SEGMENT_ONE : ANY_ONE;
  return character;
}

export function codesOf(text: string): readonly number[] {
  const codes: number[] = [];
  for (let at = 0; at < text.length; at++) codes.push(text.charCodeAt(at));
  return codes;
}

/** Whether the pattern is nothing but stars. */
export function isAnything({ tokens }: Glob): boolean {
  return tokens.length === 1 && tokens[0] === ANY_RUN;
}

/** Whether no wildcard is left in it. */
export function isLiteral({ tokens }: Glob): boolean {
  return !tokens.some(isWildcard);
}

/** Whether the text is in the pattern's language. With a budget that is spent false is no proof. */
export function matches({ tokens }: Glob, text: string, budget?: Budget): boolean {
  return acceptsAll(tokens, text, budget);
}

/** Whether the second pattern's language can be seen to be within the first one's; `witness` finds out for certain. */
export function clearlyIncludes({ tokens }: Glob, { tokens: inner }: Glob, budget: Budget = ENDLESS): boolean {
  return acceptsAll(tokens, inner, budget);
}

/**
 * Goes back to the last star only, so a bomb of stars costs no more than the two lengths multiplied. That is enough: where a
 * star that stops at colons gets stuck, so does each one before it. What goes beyond the budget is not accepted.
 */
function acceptsAll(tokens: readonly number[], symbols: string | readonly number[], budget?: Budget): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < symbols.length) {
    const token = tokens[at];
    if (token !== undefined && isRun(token)) {
      star = at++;
      mark = from;
    } else if (token !== undefined && accepts(token, symbolAt(symbols, from))) {
      at++;
      from++;
    } else if (star >= 0 && accepts(tokens[star]!, symbolAt(symbols, mark))) {
      if (budget?.spend(1 + ((from - mark) >> 4)) === false) return false;
      at = star + 1;
      from = ++mark;
    } else return false;
  }
  while (at < tokens.length && isRun(tokens[at]!)) at++;
  return at === tokens.length;
}

function symbolAt(symbols: string | readonly number[], at: number): number {
  return typeof symbols === 'string' ? symbols.charCodeAt(at) : symbols[at]!;
}

/**
 * Whether some text is in both languages. Of two ARNs the segments are compared one by one, as far as no wildcard can leave
 * its own. Costs no more than the two lengths multiplied, and two rows of memory. False is a proof; and true too, unless the
 * budget is spent.
 */
export function intersects({ tokens: a }: Glob, { tokens: b }: Glob, budget: Budget = ENDLESS): boolean {
  if (!budget.spend(1)) return true;
  const pair: Pair = { a, b, left: 0, right: 0, leftEnd: a.length, rightEnd: b.length };
  for (;;) {
    const [leftEnd, rightEnd] = [segmentEnd(a, pair.left), segmentEnd(b, pair.right)];
    if (leftEnd === undefined || rightEnd === undefined) break;
    pair.leftEnd = leftEnd;
    pair.rightEnd = rightEnd;
    const anything = isWholeRun(a, pair.left, leftEnd) || isWholeRun(b, pair.right, rightEnd);
    if (!anything && !meet(pair, budget)) return false;
    pair.left = leftEnd + 1;
    pair.right = rightEnd + 1;
  }
  pair.leftEnd = a.length;
  pair.rightEnd = b.length;
  return meet(pair, budget);
}

/** Where the colon is that ends the segment; undefined for the last one, and where a wildcard may run over the colon. */
function segmentEnd(tokens: readonly number[], start: number): number | undefined {
  for (let at = start; at < tokens.length; at++) {
    if (tokens[at] === COLON) return at;
    if (tokens[at] === ANY_RUN || tokens[at] === ANY_ONE) return undefined;
  }
  return undefined;
}

/** A part of either pattern. One for all segments: most pairs of patterns are told apart in no time, and there are very many. */
interface Pair {
  readonly a: readonly number[];
  readonly b: readonly number[];
  left: number;
  leftEnd: number;
  right: number;
  rightEnd: number;
}

function isWholeRun(tokens: readonly number[], start: number, end: number): boolean {
  return end === start + 1 && tokens[start] === SEGMENT_RUN;
}

/** Fills in, row by row, which pairs of positions can be reached together. */
function meet(pair: Pair, budget: Budget): boolean {
  const alike = alikeUntil(pair);
  if (alike === undefined || !endAlike(pair)) return false;
  const { a, left: start, leftEnd } = pair;
  const [height, width] = [leftEnd - start - alike, pair.rightEnd - pair.right - alike];
  if (height === 0 && width === 0) return true;
  if (!budget.spend(4 + ((height * width) >> 4))) return true;
  const b = pair.b.slice(pair.right + alike, pair.rightEnd);
  let [row, below] = emptyRows(width + 1);
  row[0] = 1;
  for (let at = 0; at <= height; at++) {
    if (!step(at === height ? undefined : a[start + alike + at], b, { row, below })) return false;
    if (at === height) return row[width] === 1;
    [row, below] = [below, row.fill(0, 0, width + 1)];
  }
  return false;
}

/** The same ones each time, as far as they are long enough. */
function emptyRows(length: number): [Uint8Array, Uint8Array] {
  if (length > rows[0].length) rows = [new Uint8Array(2 * length), new Uint8Array(2 * length)];
  rows[0].fill(0, 0, length);
  rows[1].fill(0, 0, length);
  return [rows[0], rows[1]];
}

let rows = [new Uint8Array(256), new Uint8Array(256)] as const;

interface Rows {
  readonly row: Uint8Array;
  readonly below: Uint8Array;
}

/** From each pair of this row to where both may go: a run may be empty, and may take whatever the other one takes. */
function step(left: number | undefined, b: readonly number[], { row, below }: Rows): boolean {
  const leftRuns = left !== undefined && isRun(left);
  let any = false;
  for (let at = 0; at <= b.length; at++) {
    if (row[at] === 0) continue;
    any = true;
    const right = at < b.length ? b[at] : undefined;
    const rightRuns = right !== undefined && isRun(right);
    if (leftRuns) below[at] = 1;
    if (rightRuns) row[at + 1] = 1;
    if (left === undefined || right === undefined || !compatible(left, right)) continue;
    if (leftRuns) row[at + 1] = 1;
    else if (rightRuns) below[at] = 1;
    else below[at + 1] = 1;
  }
  return any;
}

/** How far both are the same plain text; undefined where they then differ. Settles most pairs: ARNs of two services. */
function alikeUntil({ a, b, left, leftEnd, right, rightEnd }: Pair): number | undefined {
  const most = Math.min(leftEnd - left, rightEnd - right);
  for (let at = 0; at < most; at++) {
    const [one, other] = [a[left + at]!, b[right + at]!];
    if (isWildcard(one) || isWildcard(other)) return at;
    if (one !== other) return undefined;
  }
  return most;
}

/** The same from the end. */
function endAlike({ a, b, left, leftEnd, right, rightEnd }: Pair): boolean {
  const most = Math.min(leftEnd - left, rightEnd - right);
  for (let at = 1; at <= most; at++) {
    const [one, other] = [a[leftEnd - at]!, b[rightEnd - at]!];
    if (isWildcard(one) || isWildcard(other)) return true;
    if (one !== other) return false;
  }
  return true;
}

/** Whether one character is of both kinds. */
function compatible(left: number, right: number): boolean {
  if (left >= 0) return accepts(right, left);
  return right < 0 || accepts(left, right);
}
