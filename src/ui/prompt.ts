import type { Query } from '../query/query.ts';

/** The filter line while it is open. */
export interface Prompt {
  /** The filter that was on when it was opened. */
  readonly before: Query | undefined;
  /** The last one since then that anything matched. */
  readonly matched: Query | undefined;
  readonly text: string;
  /** Index into `text` where the next character goes. */
  readonly caret: number;
  /** The list does not show yet what the text asks for. */
  readonly pending: boolean;
  /** What was wrong with the text as it stands, and where. */
  readonly problem: Problem | undefined;
  readonly suggestions: readonly Suggestion[];
}

export interface Problem {
  readonly message: string;
  /** Index into the text, where one is known. */
  readonly at: number | undefined;
}

/** Puts `insert` in place of what stands from `from` to `to`. */
export interface Suggestion {
  readonly label: string;
  readonly insert: string;
  readonly from: number;
  readonly to: number;
}

export function opened(before: Query | undefined): Prompt {
  const text = before?.text ?? '';
  return { before, matched: undefined, text, caret: text.length, pending: false, problem: undefined, suggestions: [] };
}

export function typed(prompt: Prompt, text: string): Prompt {
  return put(prompt, prompt.caret, prompt.caret, text.replace(/\s+/g, ' '));
}

export function erased(prompt: Prompt, what: 'before' | 'after' | 'word' | 'line'): Prompt {
  const { caret, text } = prompt;
  if (what === 'before') return put(prompt, previous(text, caret), caret, '');
  if (what === 'after') return put(prompt, caret, next(text, caret), '');
  if (what === 'line') return put(prompt, 0, caret, '');
  return put(prompt, text.slice(0, caret).search(/\S*\s*$/), caret, '');
}

export function moved(prompt: Prompt, where: 'left' | 'right' | 'home' | 'end'): Prompt {
  const { caret, text } = prompt;
  const to = { left: previous(text, caret), right: next(text, caret), home: 0, end: text.length }[where];
  return { ...prompt, caret: to };
}

export function completed(prompt: Prompt, { insert, from, to }: Suggestion): Prompt {
  return put(prompt, from, to, insert);
}

function put(prompt: Prompt, from: number, to: number, text: string): Prompt {
  const all = prompt.text.slice(0, from) + text + prompt.text.slice(to);
  return { ...prompt, text: all, caret: from + text.length };
}

function previous(text: string, caret: number): number {
  return caret - ([...text.slice(0, caret)].at(-1)?.length ?? 0);
}

function next(text: string, caret: number): number {
  return caret + ([...text.slice(caret)][0]?.length ?? 0);
}
