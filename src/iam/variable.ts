import type { Context } from './context.ts';
import { codesOf, type Glob, isRun, tokensOf } from './glob.ts';

/** A part of a value of a policy: text that may hold wildcards, text that holds none, or anything at all. */
export type Piece =
  | { readonly kind: 'pattern'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'anything' };

/**
 * What becomes of a variable whose value is not known. `widen`: any text, for whatever must not be missed. `drop`: it has
 * no value, for whatever must be certain. `keep`: a text of its own that equals nothing else, to tell equal ones.
 */
export type Unresolved = 'widen' | 'drop' | 'keep';

export interface Resolving {
  /** Whether `${…}` is a variable at all, see Statement. */
  readonly variables: boolean;
  readonly context: Context;
  readonly unresolved: Unresolved;
}

/**
 * The pieces of a value, its variables replaced (IAM user guide, "Policy variables"): `${*}`, `${?}` and `${$}` are the
 * characters; `${key, 'default'}` has a default. Undefined: a variable has no value, or several, and then the whole
 * matches nothing.
 */
export function resolved(text: string, { variables, context, unresolved }: Resolving): readonly Piece[] | undefined {
  if (!variables || !text.includes('${')) return [{ kind: 'pattern', text }];
  const pieces: Piece[] = [];
  for (const part of parts(text)) {
    const piece = 'variable' in part ? valueFor(part.variable, context, unresolved) : part;
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  return pieces;
}

/** The pieces of a value with a piece of one's own for each variable, by its key in lower case: so all of it has a meaning. */
export function piecesBy(text: string, variables: boolean, pieceFor: (key: string) => Piece): readonly Piece[] {
  if (!variables || !text.includes('${')) return [{ kind: 'pattern', text }];
  return parts(text).map(part => ('variable' in part ? pieceFor(keyOf(part.variable).key) : part));
}

/** The pattern that the pieces are together, in which literal text has no wildcards. */
export function globFrom(pieces: readonly Piece[]): Glob {
  const tokens: number[] = [];
  for (const piece of pieces) {
    const more = piece.kind === 'literal' ? codesOf(piece.text) : tokensOf(textOf(piece));
    for (const token of more) if (!isRun(token) || tokens.at(-1) !== token) tokens.push(token);
  }
  return { tokens, text: tokens.join(' ') };
}

export function textFrom(pieces: readonly Piece[]): string {
  return pieces.map(textOf).join('');
}

function textOf(piece: Piece): string {
  return piece.kind === 'anything' ? '*' : piece.text;
}

/** Whether a value has variables, whose meaning then hangs on the request. */
export function hasVariables(text: string): boolean {
  return text.includes('${') && parts(text).some(part => 'variable' in part);
}

/** Whether one of them has a default, which another text is where the key is absent. */
export function hasDefault(text: string): boolean {
  return parts(text).some(part => 'variable' in part && keyOf(part.variable).fallback !== undefined);
}

/** The keys of its variables whose values the context does not know, as the policy writes them. */
export function unknownKeysIn(text: string, context: Context): readonly string[] {
  return parts(text).flatMap(part => {
    if (!('variable' in part) || context(keyOf(part.variable).key).kind !== 'unknown') return [];
    return [nameOf(part.variable)];
  });
}

/**
 * The text with the values of the variables that are known in their place, as text in which nothing is a wildcard; the others
 * stay. Undefined: a variable has no value, or several.
 */
export function filledIn(text: string, context: Context): string | undefined {
  if (!text.includes('${')) return text;
  let filled = '';
  for (const part of parts(text)) {
    const piece = 'variable' in part ? filling(part.variable, context) : part;
    if (piece === undefined) return undefined;
    filled += piece.kind === 'literal' ? escaped(piece.text) : piece.text;
  }
  return filled;
}

function filling(variable: string, context: Context): Exclude<Piece, { kind: 'anything' }> | undefined {
  if (context(keyOf(variable).key).kind === 'unknown') return { kind: 'pattern', text: `\${${variable}}` };
  const piece = valueFor(variable, context, 'drop');
  return piece?.kind === 'anything' ? undefined : piece;
}

function escaped(text: string): string {
  return text.replace(/[*?$]/g, character => `\${${character}}`);
}

type Part = Exclude<Piece, { kind: 'anything' }> | { readonly variable: string };

function parts(text: string): readonly Part[] {
  const found: Part[] = [];
  let from = 0;
  for (let open = text.indexOf('${'); open >= 0; open = text.indexOf('${', from)) {
    const close = text.indexOf('}', open);
    if (close < 0) break;
    if (open > from) found.push({ kind: 'pattern', text: text.slice(from, open) });
    found.push(partOf(text.slice(open + 2, close)));
    from = close + 1;
  }
  if (from < text.length) found.push({ kind: 'pattern', text: text.slice(from) });
  return found;
}

function partOf(inside: string): Part {
  return ['*', '?', '$'].includes(inside) ? { kind: 'literal', text: inside } : { variable: inside };
}

function valueFor(variable: string, context: Context, unresolved: Unresolved): Piece | undefined {
  const { key, fallback } = keyOf(variable);
  const value = context(key);
  if (value.kind === 'absent') return fallback === undefined ? undefined : { kind: 'literal', text: fallback };
  if (value.kind === 'known')
    return value.values.length === 1 ? { kind: 'literal', text: value.values[0]! } : undefined;
  if (unresolved === 'drop') return undefined;
  return unresolved === 'widen' ? { kind: 'anything' } : { kind: 'literal', text: `\${${key}}` };
}

/** The key in lower case, and the default between quotes. */
function keyOf(variable: string): { readonly key: string; readonly fallback: string | undefined } {
  const key = nameOf(variable).toLowerCase();
  const comma = variable.indexOf(',');
  if (comma < 0) return { key, fallback: undefined };
  const quoted = variable.slice(comma + 1).trim();
  const closed = quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'");
  return { key, fallback: closed ? quoted.slice(1, -1) : quoted };
}

/** The key as the policy writes it. */
function nameOf(variable: string): string {
  const comma = variable.indexOf(',');
  return (comma < 0 ? variable : variable.slice(0, comma)).trim();
}
