import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Texts } from '../../src/cloudtrail/texts.ts';
import { isAt, stopFrom, wordsOf, wordText } from '../../src/cloudtrail/words.ts';

describe('bytes four at a time', () => {
  it.each<[text: string, from: number, place: number]>([
    ['"', 0, 0],
    ['abc"', 0, 3],
    ['abcd"', 0, 4],
    ['abcdefgh\\n"', 2, 8],
    ['#!\x7f\xff"', 0, 5],
    ['"abcdefg\n', 1, 8],
    ['[]^]^"x"', 0, 5],
    ['ab\x1fd"', 0, 2],
  ])('%j from %i: what ends a run of characters is at %i', (text, from, place) => {
    const bytes = Buffer.from(text);
    expect(stopFrom(bytes, wordsOf(bytes), from)).toBe(place);
  });

  it.each<[text: string, at: number, found: boolean]>([
    ['type"', 0, true],
    ['xtype":1', 1, true],
    ['typo"', 0, false],
    ['type:', 0, false],
    ['Type"', 0, false],
  ])('%j at %i', (text, at, found) => {
    expect(isAt(wordsOf(Buffer.from(text)), at, wordText('type"'))).toBe(found);
  });

  it('texts are what they are, however often they come', () => {
    const texts = new Texts();
    const word = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.constantFrom('GetObject', 'GetObjects', 'PutObject', 'aaaa'),
    );
    const property = fc.property(fc.array(word, { maxLength: 20 }), words => {
      const bytes = Buffer.from(`<${words.join('><')}>`);
      let start = 1;
      for (const each of words) {
        const end = start + Buffer.byteLength(each);
        expect(texts.at(bytes, wordsOf(bytes), start, end)).toBe(/^[ -~]*$/.test(each) ? each : '');
        start = end + 2;
      }
    });
    fc.assert(property, { numRuns: 300 });
  });
});
