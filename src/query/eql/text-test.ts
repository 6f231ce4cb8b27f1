import { type EqlContext, refusal } from './context.ts';
import { foldAscii, type TextTest, wildcardTest } from './pattern.ts';
import { regexTest } from './regex.ts';
import type { Is, Literal } from './tree.ts';

/** Whether a text is like any of the patterns. Throws QueryError for a pattern that is none. */
export function textTestOf({ operator, patterns }: Pick<Is, 'operator' | 'patterns'>, context: EqlContext): TextTest {
  const tests = patterns.map(pattern => patternTest(operator, pattern, context));
  return tests.length === 1 ? tests[0]! : text => tests.some(test => test(text));
}

function patternTest(operator: Is['operator'], { value, at }: Literal, context: EqlContext): TextTest {
  if (typeof value !== 'string') {
    throw refusal(context, at, `${operator} compares with text`, 'Put it in double quotes, or compare with == or in.');
  }
  const insensitive = operator === ':' || operator.endsWith('~');
  if (!operator.startsWith('regex')) return wildcardTest(value, { escapes: false, insensitive });
  const test = regexTest(value, insensitive);
  if (typeof test === 'function') return test;
  throw refusal(context, at, `The regular expression ${test.problem}`, regexHint(value, test.at));
}

function regexHint(pattern: string, at: number): string {
  return `It was read up to here: ${pattern.slice(Math.max(0, at - 40), at)}`;
}

/** `in~`: any of the texts, whatever the case of ASCII letters; `*` and `?` are themselves. */
export function anyOfTexts(texts: readonly string[]): TextTest {
  const wanted = new Set(texts.map(foldAscii));
  return text => wanted.has(foldAscii(text));
}
