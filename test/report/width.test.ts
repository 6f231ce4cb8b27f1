import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import widthOf from '../../src/report/width.ts';

test('every character by itself is as wide as string-width says', () => {
  const wrong = Array.from({ length: 0x27_00 }, (_, code) => String.fromCharCode(code)).filter(
    each => widthOf(each) !== stringWidth(each),
  );
  expect(wrong).toEqual([]);
});

test('so is every text, coloured or not, with what joins characters in it or without', () => {
  const character = fc.oneof(
    fc.constantFrom(
      'a',
      '#',
      '9',
      'é',
      '©',
      '…',
      '·',
      '→',
      '↓',
      '─',
      '█',
      '\u00ad',
      '\u200d',
      '\ufe0f',
      '\u20e3',
      '\u0301',
    ),
    fc.constantFrom('\x1b[1m', '\x1b[0m', '\x1b[38;5;12m', '\x1b[', '\x1b', '\x1b]8;;x\x07', '字', '👩‍🚀', '❤'),
    fc.string({ unit: 'binary', maxLength: 2 }),
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 12 }), parts => {
      expect(widthOf(parts.join(''))).toBe(stringWidth(parts.join('')));
    }),
    { numRuns: 3_000 },
  );
});
