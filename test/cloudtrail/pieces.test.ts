import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Piece, piecesOf } from '../../src/cloudtrail/pieces.ts';

describe('pieces', () => {
  it.each<[name: string, text: string, pieces: readonly string[]]>([
    ['nothing', ' \n', []],
    ['a list', '[1, {"a":[2]}, "x]"]', ['1:1 1', '1:4 {"a":[2]}', '1:15 "x]"']],
    ['an empty list', '[]', []],
    ['a log file', '{"Records":[{"a":1},{}]}', ['1:12 {"a":1}', '1:20 {}', '1:0 frame {"Records":[]}']],
    ['a list further in', '{"a":{"Records":[1]}}', ['1:0 {"a":{"Records":[1]}}']],
    ['another list', '{"Record":[1]}', ['1:0 {"Record":[1]}']],
    ['a value of that name', '{"a":"Records","b":[1]}', ['1:0 {"a":"Records","b":[1]}']],
    ['escaped quotes', '{"a":"\\\\\\"}{"}{"b":"\\\\"}', ['1:0 {"a":"\\\\\\"}{"}', '1:14 {"b":"\\\\"}']],
    ['lines', '{"a":1}\n\n {"b":2}\r\n', ['1:0 {"a":1}', '3:1 {"b":2}']],
    ['a text of several lines', '\n{"a":\n1}', ['2:0 {"a":\n1}']],
    ['elements on lines of their own', '[\n1,\n{}\n]', ['1:2 1', '1:5 {}']],
    ['rubbish on a line', '{}\nx {} y\n{}', ['1:0 {}', '2:0 loose x ', '2:2 {}', '2:5 loose y', '3:0 {}']],
    ['rubbish that opens a bracket', 'x {\n{}', ['1:0 loose x ', '1:3 ! cut off', '2:0 {}']],
    ['a cut list', '[{}, {"a":[', ['1:1 {}', '1:11 ! cut off']],
    ['a cut line', '{}\n{"a":\n{}', ['1:0 {}', '2:5 ! cut off', '3:0 {}']],
    ['a cut first line', '{"a":1,\n{}\n{"b"\n{}', ['1:8 ! not complete', '2:0 {}', '3:4 ! cut off', '4:0 {}']],
    ['a cut string', '{"a":"x\n{}', ['1:8 ! not complete', '2:0 {}']],
    [
      'a cut element',
      '[\n{"a":1},\n{"b":\n{}}, {"c"\n{"d":1}]',
      ['1:2 {"a":1}', '1:11 {"b":\n{}}', '1:27 ! not complete', '1:27 {"d":1}'],
    ],
    ['a bracket too few', '[{"a":[1}, {}]', ['1:1 {"a":[1}', '1:11 {}']],
    ['a bracket too few at the end', '{"Events":[{"a":1]}{}', ['1:11 {"a":1', '1:0 frame {"Events":[]}', '1:19 {}']],
    ['a bracket too many', '[{}], {}', ['1:1 {}', '1:4 loose , ', '1:6 {}']],
    ['a wrong bracket', '[{}, }, {}]', ['1:1 {}', '1:5 }', '1:8 {}']],
    ['a comma too few', '[{} {}\n{}]', ['1:1 {}', '1:4 ! is missing', '1:4 {}', '1:7 {}']],
    ['a comma too many', '[,{},]', ['1:1 ! before it', '1:2 {}']],
    ['a comma at the end', '[{},]', ['1:1 {}', '1:4 ! behind it']],
    ['a colon', '[:{}]\n:', ['1:1 :', '1:2 ! is missing', '1:2 {}', '2:0 loose :']],
  ])('%s', async (_, text, pieces) => {
    expect((await piecesIn([text])).map(told)).toEqual(pieces.map(piece => expect.stringMatching(pattern(piece))));
  });

  it('the elements of a list are what JSON.parse finds, however it is written and wherever it is cut into chunks', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.jsonValue()),
      fc.constantFrom(0, 1, '\t'),
      fc.boolean(),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      async (items, indent, isBare, lengths) => {
        const text = JSON.stringify(isBare ? items : { Records: items, more: items }, undefined, indent);
        const found = await piecesIn(chunksOf(text, lengths));
        const values = found.flatMap(piece => (piece.kind === 'value' ? [JSON.parse(piece.text)] : []));
        expect(values).toEqual(JSON.parse(JSON.stringify(items)));
        expect(found.filter(piece => piece.kind === 'broken' || piece.kind === 'loose')).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it('chunks make no difference to rubbish either', async () => {
    const marks = ['{', '}', '[', ']', ',', ':', '"', '\\', '\n', ' ', 'x', '"Records":[', '{}', '"a":1'];
    const property = fc.asyncProperty(
      fc.array(fc.constantFrom(...marks), { maxLength: 60 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      async (parts, lengths) => {
        const text = parts.join('');
        const whole = await piecesIn([text]);
        expect(await piecesIn(chunksOf(text, lengths))).toEqual(whole);
        expect(isGood(text) || whole.some(isTrouble), 'trouble is told').toBe(true);
      },
    );
    await fc.assert(property, { numRuns: 2000 });
  });
});

/** Whether a text is nothing but bracketed JSON texts side by side. */
function isGood(text: string): boolean {
  const rest = text.trimStart();
  if (rest === '' || !/^[[{]/.test(rest)) return rest === '';
  const end = Array.from(rest, (_, i) => i + 1).find(length => isJson(rest.slice(0, length)));
  return end !== undefined && isGood(rest.slice(end));
}

function isTrouble(piece: Piece): boolean {
  return !('text' in piece) || !isJson(piece.text) || piece.kind === 'loose';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function* chunksOf(text: string, lengths: Iterator<number>): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    const length = lengths.next().value;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

async function piecesIn(chunks: Iterable<Buffer | string>): Promise<Piece[]> {
  const all: Piece[] = [];
  for await (const pieces of piecesOf(inTime(chunks), { longest: 1_000_000 })) all.push(...pieces);
  return all;
}

async function* inTime(chunks: Iterable<Buffer | string>): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

function told(piece: Piece): string {
  return `${piece.line}:${piece.offset} ${whatOf(piece)}`;
}

function whatOf(piece: Piece): string {
  switch (piece.kind) {
    case 'value':
      return piece.text;
    case 'broken':
      return `! ${piece.message}`;
    case 'passed':
      return `passed ${piece.count}`;
    default:
      return `${piece.kind} ${piece.text}`;
  }
}

/** `1:3 ! cut off` stands for any message with these words in it. */
function pattern(piece: string): RegExp {
  const escaped = piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace('! ', '! .*')}$`);
}
