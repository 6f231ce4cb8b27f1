import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isEscaped,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
} from './characters.ts';
import { DEEPEST } from './record.ts';

/**
 * A JSON value with what JSON.parse does not keep. Objects are maps whose members stand as the text has them (of two with
 * the same name: the first one's place, the last one's value); a number is its own text.
 */
export type SourceValue = null | boolean | string | NumberText | readonly SourceValue[] | SourceObject;
export type SourceObject = ReadonlyMap<string, SourceValue>;

/** A class, so that no object of a record is taken for one. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Those members of the object in `text` that have one of these names; undefined when the text is not one JSON object.
 * What lies below the thousandth level, where Jackson gives up, is null. Takes time in proportion to the text; of a member
 * that is not wanted only the brackets are looked at.
 */
export function sourceMembers(text: string, names: ReadonlySet<string>): SourceObject | undefined {
  return scanned(text, scanner => scanner.members(names));
}

/**
 * The JSON text of the member that has this name (the last of several) of the object in `text`; undefined where there
 * is none. So the text of a record is had from the text of what somebody has put round it.
 */
export function memberText(text: string, name: string): string | undefined {
  return scanned(text, scanner => scanner.textOf(name));
}

function scanned<T>(text: string, read: (scanner: Scanner) => T): T | undefined {
  try {
    return read(new Scanner(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Reads one text from its beginning to its end. Throws SyntaxError where that is not JSON. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  members(names: ReadonlySet<string>): SourceObject {
    const found = new Map<string, SourceValue>();
    this.#eachMember(name => {
      if (names.has(name)) found.set(name, this.#value(1));
      else this.#pass();
    });
    this.#expectEnd();
    return found;
  }

  textOf(wanted: string): string | undefined {
    let found: string | undefined;
    this.#eachMember(name => {
      this.#next();
      const start = this.#at;
      this.#pass();
      if (name === wanted) found = this.#text.slice(start, this.#at);
    });
    this.#expectEnd();
    return found;
  }

  #value(depth: number): SourceValue {
    const first = this.#next();
    if (first === QUOTE) return this.#string();
    if (first !== OPEN_OBJECT && first !== OPEN_LIST) return this.#scalar();
    if (depth > DEEPEST) return this.#pass();
    return first === OPEN_OBJECT ? this.#object(depth) : this.#list(depth);
  }

  #object(depth: number): SourceObject {
    const members = new Map<string, SourceValue>();
    this.#eachMember(name => members.set(name, this.#value(depth + 1)));
    return members;
  }

  #eachMember(take: (name: string) => void): void {
    this.#expect(OPEN_OBJECT);
    if (this.#skipped(CLOSE_OBJECT)) return;
    do {
      this.#next();
      const name = this.#string();
      this.#expect(COLON);
      take(name);
    } while (this.#skipped(COMMA));
    this.#expect(CLOSE_OBJECT);
  }

  #list(depth: number): SourceValue[] {
    const items: SourceValue[] = [];
    this.#expect(OPEN_LIST);
    if (this.#skipped(CLOSE_LIST)) return items;
    do items.push(this.#value(depth + 1));
    while (this.#skipped(COMMA));
    this.#expect(CLOSE_LIST);
    return items;
  }

  #string(): string {
    const start = this.#at;
    const isPlain = this.#passString();
    const quoted = this.#text.slice(start, this.#at);
    return isPlain ? quoted.slice(1, -1) : JSON.parse(quoted);
  }

  #scalar(): SourceValue {
    const start = this.#at;
    this.#passWord();
    const word = this.#text.slice(start, this.#at);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (typeof JSON.parse(word) !== 'number') throw this.#unexpected();
    return new NumberText(word);
  }

  /** Goes behind a value without making anything of it, and without recursion. */
  #pass(): null {
    let open = 0;
    do {
      const character = this.#next();
      if (character === QUOTE) this.#passString();
      else if (character === OPEN_OBJECT || character === OPEN_LIST) {
        open += 1;
        this.#at += 1;
      } else if (open > 0 && isMark(character)) {
        if (character === CLOSE_OBJECT || character === CLOSE_LIST) open -= 1;
        this.#at += 1;
      } else this.#passWord();
    } while (open > 0);
    return null;
  }

  /** Goes behind a string; says whether it has no escapes. */
  #passString(): boolean {
    if (this.#text.charCodeAt(this.#at) !== QUOTE) throw this.#unexpected();
    const start = this.#at + 1;
    let end = this.#text.indexOf('"', start);
    while (end !== -1 && isEscaped(this.#text, start, end)) end = this.#text.indexOf('"', end + 1);
    if (end === -1) throw this.#unexpected();
    this.#at = end + 1;
    return !this.#hasBackslash(start, end);
  }

  /** Where the next backslash stands, looked for once and not again for every string before it. */
  #backslash = -1;

  #hasBackslash(start: number, end: number): boolean {
    if (this.#backslash < start) {
      const found = this.#text.indexOf('\\', start);
      this.#backslash = found === -1 ? this.#text.length : found;
    }
    return this.#backslash < end;
  }

  #passWord(): void {
    const start = this.#at;
    for (let c = this.#code(); !Number.isNaN(c) && !isMark(c) && !isSpace(c) && c !== QUOTE; c = this.#code())
      this.#at += 1;
    if (this.#at === start) throw this.#unexpected();
  }

  #expect(mark: number): void {
    if (!this.#skipped(mark)) throw this.#unexpected();
  }

  #expectEnd(): void {
    if (!Number.isNaN(this.#next())) throw this.#unexpected();
  }

  #skipped(mark: number): boolean {
    if (this.#next() !== mark) return false;
    this.#at += 1;
    return true;
  }

  /** The next character that is no white space; NaN at the end. */
  #next(): number {
    while (isSpace(this.#code())) this.#at += 1;
    return this.#code();
  }

  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #unexpected(): SyntaxError {
    return new SyntaxError(`not JSON at offset ${this.#at}`);
  }
}

function isSpace(character: number): boolean {
  return character === SPACE || character === NEWLINE || character === RETURN || character === TAB;
}

/** Whether the character ends a word: a bracket, a comma, a colon. */
function isMark(character: number): boolean {
  return (
    character === COMMA ||
    character === COLON ||
    character === CLOSE_OBJECT ||
    character === CLOSE_LIST ||
    character === OPEN_OBJECT ||
    character === OPEN_LIST
  );
}
