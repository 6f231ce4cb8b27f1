/**
 * A key by name: a character as itself (`j`, `G`, `/`), `up`, `pagedown`, `enter`, `escape`, `ctrl-f`, …; or a pasted
 * text, which is never taken for commands.
 */
export type Key = { readonly name: string } | { readonly paste: string };

/** `rest` is the beginning of a sequence whose end has not come yet. */
export interface Parsed {
  readonly keys: readonly Key[];
  readonly rest: string;
}

/** The keys in what a terminal sent, one by one however many came at once. */
export function parseKeys(input: string): Parsed {
  const keys: Key[] = [];
  for (let rest = input; rest !== ''; ) {
    const next = nextKey(rest);
    if (next === undefined) return { keys, rest };
    if (next.key !== undefined) keys.push(next.key);
    rest = rest.slice(next.length);
  }
  return { keys, rest: '' };
}

/**
 * The keys when more has come after a rest. Whoever presses Ctrl-C while a paste does not end wants out: a terminal that lost the
 * end would swallow every key from there on.
 */
export function parseMore(rest: string, more: string): Parsed {
  if (isOpenPaste(rest) && /^\x03+$/.test(more)) return { keys: [{ name: 'ctrl-c' }], rest: '' };
  const parsed = parseKeys(rest + more);
  return { keys: parsed.keys, rest: shortened(parsed.rest) };
}

/** Whether a paste has begun and its end has not come yet. */
export function isOpenPaste(rest: string): boolean {
  return rest.startsWith(PASTE_START);
}

/**
 * What a rest comes to when nothing follows: Esc, or as much of a paste as there is; half a sequence is nobody's key. Ctrl-C in
 * a paste without an end is Ctrl-C: a busy program reads it in one piece with what was typed before.
 */
export function settle(rest: string): readonly Key[] {
  if (isOpenPaste(rest))
    return [rest.includes('\x03') ? { name: 'ctrl-c' } : { paste: rest.slice(PASTE_START.length) }];
  return rest === ESC ? [{ name: 'escape' }] : [];
}

/** UTF-16 units of a pasted text that is taken for one. A longer one comes as its beginning, and one unit more than this. */
export const MOST_PASTED = 4096;

/** An open paste without its middle: its beginning tells that it is too long, its last units may be the beginning of its end. */
function shortened(rest: string): string {
  const most = PASTE_START.length + MOST_PASTED + PASTE_END.length;
  if (!isOpenPaste(rest) || rest.length <= most) return rest;
  return rest.slice(0, most - PASTE_END.length + 1) + rest.slice(1 - PASTE_END.length);
}

interface Next {
  readonly key: Key | undefined;
  readonly length: number;
}

const ESC = '\x1b';
const PASTE_START = `${ESC}[200~`;
const PASTE_END = `${ESC}[201~`;

function nextKey(input: string): Next | undefined {
  if (isOpenPaste(input)) return pasted(input);
  if (input.startsWith(ESC)) return escaped(input);
  const character = String.fromCodePoint(input.codePointAt(0) ?? 0);
  return { key: { name: controlName(character) ?? character }, length: character.length };
}

function pasted(input: string): Next | undefined {
  const end = input.indexOf(PASTE_END);
  if (end < 0) return undefined;
  const text = input.slice(PASTE_START.length, Math.min(end, PASTE_START.length + MOST_PASTED + 1));
  return { key: { paste: text }, length: end + PASTE_END.length };
}

/** CSI (`ESC [ … letter`), SS3 (`ESC O letter`), or Esc before some other key. */
function escaped(input: string): Next | undefined {
  if (input.length === 1) return undefined;
  if (input[1] === ESC) return { key: { name: 'escape' }, length: 1 };
  if (input[1] !== '[' && input[1] !== 'O') return { key: { name: 'escape' }, length: 1 };
  const sequence = /^\x1b(?:\[[\x20-\x3f]*|O)[\x40-\x7e]/.exec(input)?.[0];
  if (sequence !== undefined) return named(SEQUENCES.get(sequence.slice(1)), sequence.length);
  return /^\x1b(?:\[[\x20-\x3f]*|O)$/.test(input) ? undefined : { key: { name: 'escape' }, length: 1 };
}

function named(name: string | undefined, length: number): Next {
  return { key: name === undefined ? undefined : { name }, length };
}

function controlName(character: string): string | undefined {
  const code = character.charCodeAt(0);
  if (code === 13 || code === 10) return 'enter';
  if (code === 9) return 'tab';
  if (code === 127 || code === 8) return 'backspace';
  if (code > 0 && code < 27) return `ctrl-${String.fromCharCode(code + 96)}`;
  return undefined;
}

const SEQUENCES: ReadonlyMap<string, string> = new Map([
  ['[A', 'up'],
  ['OA', 'up'],
  ['[B', 'down'],
  ['OB', 'down'],
  ['[C', 'right'],
  ['OC', 'right'],
  ['[D', 'left'],
  ['OD', 'left'],
  ['[H', 'home'],
  ['OH', 'home'],
  ['[1~', 'home'],
  ['[7~', 'home'],
  ['[F', 'end'],
  ['OF', 'end'],
  ['[4~', 'end'],
  ['[8~', 'end'],
  ['[5~', 'pageup'],
  ['[6~', 'pagedown'],
  ['[3~', 'delete'],
  ['[Z', 'shift-tab'],
]);
