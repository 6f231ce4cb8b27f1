import type { Severity } from '../findings/finding.ts';
import { type Span, say } from './line.ts';

/** A finding's severity, or that its rule could not be evaluated: always a symbol, never colour alone. */
export type Grade = Severity | 'not evaluated';

export const SYMBOLS: Readonly<Record<Grade, string>> = {
  critical: '!!',
  high: ' !',
  medium: ' ~',
  low: ' -',
  info: ' .',
  'not evaluated': ' ?',
};

/** `!! critical`. */
export function graded(grade: Grade): Span {
  return say(`${SYMBOLS[grade]} ${grade}`, styleOf(grade));
}

export function symbol(grade: Grade): Span {
  return say(SYMBOLS[grade], styleOf(grade));
}

export function styleOf(grade: Grade): Severity | 'unknown' {
  return grade === 'not evaluated' ? 'unknown' : grade;
}

/** 0 is the worst; not evaluated comes after everything that was. */
export function rankOf(grade: Grade): number {
  return RANKS[grade];
}

const RANKS: Readonly<Record<Grade, number>> = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
  info: 4,
  'not evaluated': 5,
};
