import { ANY_RUN, ANYTHING, COLON, codesOf, type Glob, isRun, SEGMENT_RUN, tokensOf } from './glob.ts';
import { type Piece, type Resolving, resolved } from './variable.ts';

/** The colon-separated parts of an ARN before the resource: arn, partition, service, region, account. */
const SEGMENTS = 5;

/** As many as an account's policies have; past that the memory is worth more than the time. */
const REMEMBERED = 20_000;

const remembered = new Map<string, Glob>();

/**
 * The language of a `Resource` element. Wildcards in the first five segments stop at a colon (two published verdicts of
 * AWS's CheckNoNewAccess say so), and an ARN with fewer than six segments goes on with `*`. Undefined: it matches
 * nothing, see `resolved`.
 */
export function resourceGlob(text: string, resolving: Resolving): Glob | undefined {
  if (!resolving.variables || !text.includes('${')) return plainResourceGlob(text);
  const pieces = resolved(text, resolving);
  return pieces && resourceGlobFrom(pieces);
}

/** The same for a pattern without variables; made once. */
export function plainResourceGlob(text: string): Glob {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED) remembered.clear();
  const glob = resourceGlobFrom([{ kind: 'pattern', text }]);
  remembered.set(text, glob);
  return glob;
}

/** The same of a value whose variables are replaced. */
export function resourceGlobFrom(pieces: readonly Piece[]): Glob {
  const text = pieces.map(spelled).join('');
  if (/^\**$/.test(text) && pieces.every(piece => piece.kind === 'pattern')) return text === '' ? EMPTY : ANYTHING;
  const bounded = /^[^*?]/.test(text);
  const tokens: number[] = [];
  let segment = bounded ? 0 : SEGMENTS;
  for (const piece of pieces) {
    for (const token of tokensIn(piece, segment)) {
      if (!isRun(token) || tokens.at(-1) !== token) tokens.push(token);
    }
    segment += piece.kind === 'anything' ? 0 : colonsIn(piece.text);
  }
  return { tokens: [...tokens, ...missing(segment)], text };
}

const EMPTY: Glob = { tokens: [], text: '' };

/** Equal texts must mean equal languages: a literal is told from a pattern. */
function spelled(piece: Piece): string {
  if (piece.kind === 'anything') return '\u0000*';
  return piece.kind === 'literal' ? `\u0000${piece.text}\u0000` : piece.text;
}

function tokensIn(piece: Piece, segment: number): readonly number[] {
  if (piece.kind === 'anything') return [segment < SEGMENTS ? SEGMENT_RUN : ANY_RUN];
  if (piece.kind === 'literal') return codesOf(piece.text);
  const parts = piece.text.split(':');
  return parts.flatMap((part, at) => {
    const last = at === parts.length - 1;
    return [...tokensOf(part, { segment: segment + at < SEGMENTS }), ...(last ? [] : [COLON])];
  });
}

function colonsIn(text: string): number {
  return text.split(':').length - 1;
}

/** A short ARN's own rest. */
function missing(segment: number): readonly number[] {
  const absent = SEGMENTS - segment;
  return Array.from({ length: Math.max(0, absent) }, (_, at) => [
    COLON,
    at === absent - 1 ? ANY_RUN : SEGMENT_RUN,
  ]).flat();
}

/** The account that all ARNs of the language belong to; undefined where they can belong to several, or to none. */
export function accountIn({ tokens }: Glob): string | undefined {
  let [segment, start] = [0, 0];
  for (let at = 0; at < tokens.length && tokens[at] !== ANY_RUN; at++) {
    if (tokens[at] !== COLON) continue;
    segment++;
    if (segment === SEGMENTS) return accountNumber(tokens.slice(start, at));
    start = at + 1;
  }
  return undefined;
}

/** Twelve digits. */
function accountNumber(tokens: readonly number[]): string | undefined {
  return tokens.length === 12 && tokens.every(code => code >= 48 && code <= 57)
    ? String.fromCharCode(...tokens)
    : undefined;
}
