import { type Context, known } from '../context.ts';
import type { Piece } from '../variable.ts';

/**
 * Policy variables whose value nobody knows get a text that no policy can hold (IAM allows U+0020 to U+00FF), the same for
 * the same key: both sides of a comparison mean the same by it. No character of it is one of the key's, which a pattern may
 * name: `*a*` is not about every `${aws:username}`.
 */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];

/** How far the key's own characters are moved. */
const AWAY = 0xe100;
const MOVED = 0x100;

export const STAND_INS: Context = key => known(standIn(key));

export function standInPiece(key: string): Piece {
  return { kind: 'literal', text: standIn(key) };
}

export function standIn(key: string): string {
  return `${OPEN}${shifted(key, code => (code < MOVED ? code + AWAY : code))}${CLOSE}`;
}

/** The variables in the place of their stand-ins, for people. */
export function withVariables(text: string): string {
  const moved = shifted(text, code => (code >= AWAY && code < AWAY + MOVED ? code - AWAY : code));
  return moved.replaceAll(OPEN, '${').replaceAll(CLOSE, '}');
}

function shifted(text: string, shift: (code: number) => number): string {
  let shifted = '';
  for (let at = 0; at < text.length; at++) shifted += String.fromCharCode(shift(text.charCodeAt(at)));
  return shifted;
}
