import { type Context, known } from '../context.ts';
import type { Piece } from '../variable.ts';

/**
 * Policy variables whose value nobody knows get a text that no policy can hold (IAM allows U+0020 to U+00FF), the same for
 * the same key: both sides of a comparison mean the same by it. Without a colon, so that it fits into a segment of an ARN.
 */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];

export const STAND_INS: Context = key => known(standIn(key));

export function standInPiece(key: string): Piece {
  return { kind: 'literal', text: standIn(key) };
}

export function standIn(key: string): string {
  return `${OPEN}${key.replaceAll(':', '\uE002')}${CLOSE}`;
}

/** The variables in the place of their stand-ins, for people. */
export function withVariables(text: string): string {
  return text.replaceAll(OPEN, '${').replaceAll('\uE002', ':').replaceAll(CLOSE, '}');
}
