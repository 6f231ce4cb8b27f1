/** A piece of a file's text, and the line it begins at, from 1. */
export interface Piece {
  readonly text: string;
  readonly line: number;
}

/** Lines with their numbers, without their ends. Throws where one is longer than `longest` UTF-16 units. */
export async function* linesOf(chunks: AsyncIterable<string>, longest: number): AsyncGenerator<Piece> {
  let line = 1;
  let open: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      yield { text: open.join('') + chunk.slice(from, end), line: line++ };
      open = [];
      length = 0;
      from = end + 1;
    }
    length += chunk.length - from;
    if (length > longest) throw new Error(`line ${line} is longer than ${longest} characters`);
    open.push(chunk.slice(from));
  }
  if (length > 0) yield { text: open.join(''), line };
}

/** An object's text, and where in the whole it begins. */
export interface Part {
  readonly text: string;
  readonly start: number;
}

/** The complete objects of a text that is not JSON as a whole: side by side, or in a list of records that never ends. */
export function* completeObjects(text: string): Generator<Part> {
  const opening = /^\s*(\{[^[{]*"(Records|Events)"\s*:\s*)?\[/.exec(text);
  const isCut = opening !== null && balanced(text, 0).next().done === true;
  yield* balanced(text, isCut || text.trimStart().startsWith('[') ? (opening?.[0].length ?? 0) : 0);
}

/** Objects that begin outside any other, from `from` on, up to where the text stops making sense. */
function* balanced(text: string, from: number): Generator<Part> {
  let depth = 0;
  let start = 0;
  for (let i = from; i < text.length; i++) {
    const character = text[i];
    if (character === '"') i = endOfString(text, i);
    else if (character === '{' && depth++ === 0) start = i;
    else if (character === '}' && depth > 0 && --depth === 0) yield { text: text.slice(start, i + 1), start };
  }
}

/** Whether a text is nothing but these parts and white space. */
export function isMadeOf(text: string, parts: readonly Part[]): boolean {
  const ends = [0, ...parts.map(part => part.start + part.text.length)];
  const starts = [...parts.map(part => part.start), text.length];
  return ends.every((end, i) => text.slice(end, starts[i]).trim() === '');
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}
