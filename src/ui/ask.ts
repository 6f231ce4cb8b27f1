import { UserError } from '../errors.ts';
import { compileKql } from '../query/kql.ts';
import type { Query, Vocabulary } from '../query/query.ts';
import type { Problem, Prompt, Suggestion } from './prompt.ts';

/** What a filter text comes to; nothing but spaces is no filter. */
export function compiled(
  text: string,
  vocabulary: Vocabulary,
  now: Date,
): { readonly query: Query | undefined; readonly problem: Problem | undefined } {
  if (text.trim() === '') return { query: undefined, problem: undefined };
  try {
    const query = compileKql(text, { vocabulary, now, unknownFields: 'error', freeText: 'contains' });
    return { query, problem: undefined };
  } catch (error) {
    if (error instanceof UserError) return { query: undefined, problem: problemOf(error) };
    throw error;
  }
}

/** The message's first line, its caret as a place in the text, and the hint. */
function problemOf({ message, hint }: UserError): Problem {
  const lines = message.split('\n');
  const caret = /^ {2}( *)\^$/.exec(lines.at(-1) ?? '')?.[1];
  const said = lines[0] ?? '';
  return { message: hint === undefined ? said : `${said}. ${hint}`, at: caret?.length };
}

export function suggestions(_prompt: Prompt, _vocabulary: Vocabulary): readonly Suggestion[] {
  return [];
}
