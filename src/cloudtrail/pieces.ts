import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
} from './characters.ts';
import { Gathering, type Kept } from './gathering.ts';
import { type Glimpse, Glimpses } from './glimpse.ts';
import type { Head } from './head.ts';
import type { Piece, Place } from './piece.ts';
import { DEEPEST } from './record.ts';

export type { Piece } from './piece.ts';

/** Whether a record is to be parsed. Asked of most records, once, while they are gone over; the others are parsed anyway. */
export type Wants = (head: Head, record: Glimpse) => boolean;

export interface PieceLimits {
  /** Bytes that are kept at a time; a longer piece is broken. */
  readonly longest: number;
  /** Absent: all. */
  readonly wants?: Wants | undefined;
  /** What looks at whole objects: one for many files keeps the texts that come in all of them. */
  readonly glimpses?: Glimpses | undefined;
}

/**
 * The pieces of a text in UTF-8 that comes in chunks, those of one chunk at a time: JSON texts side by side, one a line (NDJSON), or lists
 * of records (`[…]`, `{"Records": […]}`, `{"Events": […]}`), whose elements are pieces of their own, so that none of them costs
 * another one its place in memory or its being read.
 *
 * Where the first text ends on its line, the file is taken for NDJSON and a line's end ends everything. Elsewhere a bracket at the
 * start of a line, where JSON allows none, begins anew.
 */
export async function* piecesOf(chunks: AsyncIterable<Buffer>, limits: PieceLimits): AsyncGenerator<readonly Piece[]> {
  const scanner = new Scanner(limits);
  for await (const chunk of chunks) yield scanner.take(chunk);
  yield scanner.end();
}

/** Stands for all the characters of numbers, words and rubbish. */
const WORD = 0x61;

/** A bracketed text that is open. */
interface Text {
  readonly line: number;
  /** Where that line starts, from the file's beginning. */
  readonly lineStart: number;
  /** It follows rubbish: it is not believed beyond its line. */
  readonly isBound: boolean;
  /** Of the lines before this one, those with anything of it on them. */
  filledLines: number;
  /** The depth at which the elements of the list stand that is being read; 0: none is. */
  listDepth: number;
  /** What stands round its lists; undefined for a text that is a list itself. */
  readonly frame: Kept | undefined;
  hadList: boolean;
  hadComplaint: boolean;
}

class Scanner {
  readonly #longest: number;
  readonly #wants: Wants | undefined;
  readonly #pieces: Gathering;

  #chunk: Buffer = EMPTY;
  readonly #glimpses: Glimpses;
  /** Where the chunk begins, from the file's beginning. */
  #base = 0;
  #line = 1;
  #lineStart = 0;
  #isLineFilled = false;
  #isLineLoose = false;
  #nextNewline = -1;
  /** A line on which a text both began and ended. */
  #wholeLine = 0;
  #layout: 'unknown' | 'lines' | 'texts' = 'unknown';

  #text: Text | undefined;
  /** The brackets that are open, the outermost first; those below DEEPEST are only counted. */
  #open: number[] = [];
  #depth = 0;
  /** The last character that meant anything: a bracket, a comma, a colon, a closing quote, WORD. */
  #last = 0;
  #isInString = false;
  #isEscaped = false;
  /** How the last string directly in the outermost object begins. */
  #key = '';

  constructor({ longest, wants, glimpses = new Glimpses() }: PieceLimits) {
    this.#glimpses = glimpses;
    this.#longest = longest;
    this.#pieces = new Gathering(longest);
    this.#wants = wants;
  }

  take(chunk: Buffer): Piece[] {
    this.#chunk = chunk;
    this.#pieces.beginChunk(chunk);
    this.#nextNewline = -1;
    for (let i = 0; i < chunk.length; ) i = this.#isInString ? this.#string(i) : this.#step(i);
    this.#pieces.endChunk();
    this.#base += chunk.length;
    return this.#pieces.given();
  }

  end(): Piece[] {
    this.#chunk = EMPTY;
    if (this.#depth > 0) this.#cutOff(0);
    else this.#endLoose(0);
    return this.#pieces.given();
  }

  /** Looks at a character outside of strings; gives the place of the next one. */
  #step(i: number): number {
    const character = this.#chunk[i]!;
    switch (character) {
      case SPACE:
      case TAB:
      case RETURN:
        return i + 1;
      case NEWLINE:
        this.#endLine(i);
        return i + 1;
      case QUOTE:
        this.#scalar(i, QUOTE);
        this.#isInString = true;
        if (this.#depth === 1) this.#key = '';
        break;
      case OPEN_OBJECT:
        return this.#object(i);
      case OPEN_LIST:
        this.#opens(i, character);
        break;
      case CLOSE_OBJECT:
        this.#closes(i, OPEN_OBJECT);
        break;
      case CLOSE_LIST:
        this.#closes(i, OPEN_LIST);
        break;
      case COMMA:
        this.#comma(i);
        break;
      case COLON:
        if (this.#depth === 0 || this.#isBetweenElements()) this.#scalar(i, COLON);
        else this.#last = COLON;
        break;
      default:
        if (this.#last !== WORD) this.#scalar(i, WORD);
    }
    this.#isLineFilled = true;
    return i + 1;
  }

  /** Goes to the end of a string, of the chunk, or of the line: no string of JSON goes on behind that. */
  #string(from: number): number {
    const chunk = this.#chunk;
    let isEscaped = this.#isEscaped;
    let end = from;
    for (; end < chunk.length; end++) {
      const character = chunk[end];
      if (character === NEWLINE) break;
      if (isEscaped) isEscaped = false;
      else if (character === BACKSLASH) isEscaped = true;
      else if (character === QUOTE) break;
    }
    if (this.#depth === 1 && this.#key.length < LONGEST_KEY)
      this.#key += chunk.toString('latin1', from, Math.min(end, from + LONGEST_KEY));
    this.#isInString = end === chunk.length;
    this.#isEscaped = this.#isInString && isEscaped;
    return chunk[end] === QUOTE ? end + 1 : end;
  }

  #newlineFrom(from: number): number {
    if (this.#nextNewline < from) {
      const found = this.#chunk.indexOf(NEWLINE, from);
      this.#nextNewline = found === -1 ? this.#chunk.length : found;
    }
    return this.#nextNewline;
  }

  #endLine(i: number): void {
    if (this.#depth === 0) this.#endLoose(i);
    else if (this.#layout === 'lines' || this.#text?.isBound) this.#cutOff(i);
    else {
      this.#layout = 'texts';
      if (this.#isLineFilled && this.#text !== undefined) this.#text.filledLines += 1;
    }
    if (this.#layout === 'unknown' && this.#wholeLine === this.#line) this.#layout = 'lines';
    this.#line += 1;
    this.#lineStart = this.#base + i + 1;
    this.#isLineFilled = false;
    this.#isLineLoose = false;
  }

  /** A string, a word, or a mark that is out of place: loose where no bracket is open, an element in a list of records. */
  #scalar(i: number, character: number): void {
    if (this.#depth === 0) {
      if (!this.#pieces.isOpen) this.#begin(i);
      this.#isLineLoose = true;
    } else if (this.#isBetweenElements() && !this.#pieces.isOpen) this.#beginElement(i);
    this.#last = character;
  }

  #opens(i: number, bracket: number): void {
    if (!this.#isLineFilled && !this.#mayOpen()) this.#beginAnew(i);
    if (this.#depth === 0) this.#beginText(i, bracket);
    else if (this.#isBetweenElements()) this.#beginElement(i);
    else if (bracket === OPEN_LIST && this.#isAtList()) {
      this.#push(bracket);
      this.#beginList(i + 1);
      return;
    }
    this.#push(bracket);
    if (this.#depth > DEEPEST) this.#pieces.giveUp(`nested deeper than ${DEEPEST} levels`);
  }

  /** Goes over what begins with this bracket, as far as that is done faster than step by step. */
  #object(i: number): number {
    const at = this.#isNextElement() ? this.#run(i) : i;
    const isBehindRun = at > i && this.#chunk[at] !== OPEN_OBJECT;
    if (!isBehindRun) this.#opens(at, OPEN_OBJECT);
    this.#isLineFilled = true;
    if (isBehindRun) return at;
    return this.#isAtLine() ? this.#lineObject(at) : at + 1;
  }

  /** Whether what comes is an element of a list of records, and nothing before it is amiss. */
  #isNextElement(): boolean {
    const isAfterMark = this.#last === COMMA || this.#last === OPEN_LIST;
    return isAfterMark && this.#isBetweenElements() && !this.#pieces.isOpen;
  }

  /**
   * Goes over elements that are objects from bracket to bracket, each on one line and in one chunk, with a comma and nothing else
   * between them, as nearly all are. Stops behind the last one or its comma; an object that stands there is for somebody else.
   */
  #run(i: number): number {
    const chunk = this.#chunk;
    let at = i;
    let passed = 0;
    while (chunk[at] === OPEN_OBJECT) {
      const end = this.#glimpses.over(chunk, at, this.#newlineFrom(at));
      if (end === -1 || end - at > this.#longest) break;
      if (!this.#isWanted()) passed += 1;
      else {
        this.#pieces.pass(passed, this.#placeOf(i));
        this.#pieces.add(at, end, this.#placeOf(at));
        passed = 0;
      }
      at = end;
      this.#last = CLOSE_OBJECT;
      if (chunk[at] !== COMMA) break;
      at += 1;
      this.#last = COMMA;
    }
    this.#pieces.pass(passed, this.#placeOf(i));
    return at;
  }

  /** Goes to the end of an object that is a line's one value, on that line and in one chunk; else to its first character. */
  #lineObject(i: number): number {
    const end = this.#glimpses.over(this.#chunk, i, this.#newlineFrom(i));
    if (end === -1 || this.#glimpses.hasList) return i + 1;
    if (end - i <= this.#longest && !this.#isWanted()) this.#pieces.passOpen();
    this.#closes(end - 1, OPEN_OBJECT);
    return end;
  }

  #isAtLine(): boolean {
    return this.#layout === 'lines' && this.#depth === 1;
  }

  /** Whether the object that was gone over last is to be parsed. */
  #isWanted(): boolean {
    const head = this.#wants === undefined ? undefined : this.#glimpses.head();
    return head === undefined || this.#wants?.(head, this.#glimpses) !== false;
  }

  #push(bracket: number): void {
    if (this.#depth < DEEPEST) this.#open.push(bracket);
    this.#depth += 1;
    this.#last = bracket;
  }

  /** Whether a bracket may stand here in JSON. Between the elements of a list it may; the comma is looked for elsewhere. */
  #mayOpen(): boolean {
    if (this.#depth === 0 || this.#depth > DEEPEST || this.#isBetweenElements()) return true;
    if (this.#last === COMMA) return this.#open[this.#depth - 1] === OPEN_LIST;
    return this.#last === COLON || this.#last === OPEN_LIST;
  }

  #isBetweenElements(): boolean {
    return this.#depth > 0 && this.#depth === this.#text?.listDepth;
  }

  #isAtList(): boolean {
    return this.#depth === 1 && this.#last === COLON && (this.#key === 'Records' || this.#key === 'Events');
  }

  /** A text ends without an end, or one of its elements: a new one begins on this line. */
  #beginAnew(i: number): void {
    this.#break(i, 'the value before this one is not complete');
    const text = this.#text;
    if (text === undefined || text.listDepth === 0 || text.filledLines === 1) {
      this.#layout = 'unknown';
      this.#drop();
    } else {
      this.#pieces.drop();
      this.#goUpTo(text.listDepth);
      this.#last = COMMA;
    }
  }

  /** A bracket that closes what was not opened closes what stands inside the nearest one that it fits. */
  #closes(i: number, bracket: number): void {
    const fitting = this.#depth > DEEPEST ? this.#depth : this.#open.lastIndexOf(bracket) + 1;
    const text = this.#text;
    if (text === undefined || fitting === 0) {
      this.#misplaced(i);
      return;
    }
    if (text.listDepth > 0 && fitting > text.listDepth) {
      this.#goUpTo(fitting - 1);
      if (this.#isBetweenElements()) this.#pieces.end(i + 1, 'value');
    } else {
      if (text.listDepth > 0) this.#endList(i);
      this.#goUpTo(fitting - 1);
      if (this.#depth === 0) this.#endText(i + 1);
    }
    this.#last = bracket === OPEN_LIST ? CLOSE_LIST : CLOSE_OBJECT;
  }

  #misplaced(i: number): void {
    if (this.#depth === 0 || this.#isBetweenElements()) this.#scalar(i, WORD);
    else this.#last = WORD;
  }

  #comma(i: number): void {
    if (this.#depth === 0) this.#scalar(i, COMMA);
    if (this.#isBetweenElements()) {
      this.#pieces.end(i, 'value');
      if (this.#last === COMMA || this.#last === OPEN_LIST) this.#complain(i, 'a comma with nothing before it');
    }
    this.#last = COMMA;
  }

  #beginText(i: number, bracket: number): void {
    this.#endLoose(i);
    const isList = bracket === OPEN_LIST;
    const frame = isList ? undefined : this.#begin(i);
    this.#text = {
      line: this.#line,
      lineStart: this.#lineStart,
      isBound: this.#isLineLoose,
      filledLines: 0,
      listDepth: isList ? 1 : 0,
      frame,
      hadList: isList,
      hadComplaint: false,
    };
  }

  #endText(end: number): void {
    const { hadList = false, line } = this.#text ?? {};
    this.#pieces.end(end, hadList ? 'frame' : 'value');
    if (line === this.#line) this.#wholeLine = this.#line;
    this.#drop();
  }

  #beginList(i: number): void {
    this.#pieces.leave(i);
    if (this.#text === undefined) return;
    this.#text.listDepth = this.#depth;
    this.#text.hadList = true;
  }

  #endList(i: number): void {
    const text = this.#text;
    if (text === undefined) return;
    if (this.#depth === text.listDepth && this.#last === COMMA) this.#complain(i, 'a comma with nothing behind it');
    this.#pieces.end(i, 'value');
    text.listDepth = 0;
    this.#pieces.goOn(text.frame);
  }

  #beginElement(i: number): void {
    this.#pieces.end(i, 'value');
    if (this.#last !== COMMA && this.#last !== OPEN_LIST) this.#complain(i, 'a comma is missing');
    this.#begin(i);
  }

  #endLoose(i: number): void {
    this.#pieces.end(i, 'loose');
    this.#last = 0;
  }

  #cutOff(i: number): void {
    this.#break(i, 'cut off');
    this.#drop();
  }

  /** Out of all brackets. */
  #drop(): void {
    this.#pieces.drop();
    this.#text = undefined;
    this.#isInString = false;
    this.#goUpTo(0);
    this.#last = 0;
  }

  #goUpTo(depth: number): void {
    this.#depth = depth;
    if (this.#open.length > depth) this.#open.length = depth;
  }

  /** Of a text whose commas are amiss the first such place is told. */
  #complain(i: number, message: string): void {
    if (this.#text === undefined || this.#text.hadComplaint) return;
    this.#text.hadComplaint = true;
    this.#break(i, message);
  }

  #break(i: number, message: string): void {
    this.#pieces.break(message, this.#placeOf(i));
  }

  #placeOf(i: number): Place {
    const { line, lineStart } = this.#text ?? this.#here();
    return { line, offset: this.#base + i - lineStart };
  }

  #here(): Pick<Text, 'line' | 'lineStart'> {
    return { line: this.#line, lineStart: this.#lineStart };
  }

  #begin(i: number): Kept {
    return this.#pieces.begin(i, this.#placeOf(i));
  }
}

/** Longer than the names of lists of records. */
const LONGEST_KEY = 8;

const EMPTY = Buffer.alloc(0);
