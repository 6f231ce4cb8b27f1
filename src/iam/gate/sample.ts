import { VALUE_TESTS } from '../condition/test.ts';
import { isRun, isWildcard } from '../glob.ts';
import type { Literal, LiteralTest, Value } from './literal.ts';

/** A few texts that may well pass, to find out whether anything does. */
export function examplesOf({ negated, test, values }: Literal): readonly string[] {
  return negated ? UNLIKELY : values.slice(0, 20).flatMap(value => examples(test, value));
}

/** Also one that a serial number can have. */
const UNLIKELY = ['x-7f3a', 'CN=x-7f3a', '7f3a'];

/** Whether some text passes the test against the value: `NumericEquals one` takes none. */
export function isReadable(test: LiteralTest, value: Value): boolean {
  return value.parts !== undefined || examples(test, value).some(text => VALUE_TESTS[test](text, value));
}

function examples(test: LiteralTest, value: Value): readonly string[] {
  if (test.startsWith('Numeric')) return [value.text, String(Number(value.text) - 1), String(Number(value.text) + 1)];
  if (test.startsWith('Date')) return [value.text, '0', '9999-12-31T23:59:59Z'];
  if (test === 'IpAddress') return [value.text.replace(/\/.*$/s, '')];
  return [value.text, filled(value), `${filled(value)}0`];
}

/** A pattern with its runs empty and something for each `?`. */
function filled({ glob }: Value): string {
  const characters = glob.tokens.map(token =>
    isRun(token) ? '' : isWildcard(token) ? 'x' : String.fromCharCode(token),
  );
  return characters.join('');
}
