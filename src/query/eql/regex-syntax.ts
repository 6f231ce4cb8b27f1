import { foldAscii } from './pattern.ts';

/** Elasticsearch's default for index.max_regex_length. */
const MAX_LENGTH = 1000;
const MAX_DEPTH = 50;
const MAX_REPEATS = 1000;

/** `at` counts UTF-16 units in the expression. */
export class Refused extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Code points, both ends included. */
type Range = readonly [from: number, to: number];

interface CharacterSet {
  readonly negated: boolean;
  readonly ranges: readonly Range[];
}

export type Reads = (code: number) => boolean;

export type Node =
  | { readonly kind: 'one'; readonly reads: Reads }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number };

const DIGIT: readonly Range[] = [range('0', '9')];
const SPACE: readonly Range[] = [range('\t', '\n'), range('\r', '\r'), range(' ', ' ')];
const WORD: readonly Range[] = [range('0', '9'), range('A', 'Z'), range('_', '_'), range('a', 'z')];

function range(from: string, to: string): Range {
  return [from.codePointAt(0)!, to.codePointAt(0)!];
}

/** Reads Lucene's syntax. Throws Refused. */
export class Parser {
  private readonly characters: readonly string[];
  private readonly insensitive: boolean;
  private next = 0;
  private depth = 0;

  constructor(pattern: string, insensitive: boolean) {
    if (pattern.length > MAX_LENGTH) throw new Refused(`has more than ${MAX_LENGTH} characters`, 0);
    this.characters = Array.from(pattern);
    this.insensitive = insensitive;
  }

  parse(): Node {
    if (this.characters.length === 0) return { kind: 'sequence', parts: [] };
    const node = this.choice();
    if (this.next < this.characters.length) throw this.refused('has a ) without a (');
    return node;
  }

  private choice(): Node {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.peek() !== undefined && this.peek() !== '|' && this.peek() !== ')') parts.push(this.repeated());
    if (parts.length === 0) throw this.refused('has an empty alternative');
    return { kind: 'sequence', parts };
  }

  /** Marks add up: `a*?` is an optional `a*`. */
  private repeated(): Node {
    let node = this.single();
    for (;;) {
      if (this.take('*')) node = { kind: 'repeat', part: node, least: 0, most: Number.POSITIVE_INFINITY };
      else if (this.take('+')) node = { kind: 'repeat', part: node, least: 1, most: Number.POSITIVE_INFINITY };
      else if (this.take('?')) node = { kind: 'repeat', part: node, least: 0, most: 1 };
      else if (this.take('{')) node = this.counted(node);
      else return node;
    }
  }

  private counted(part: Node): Node {
    const least = this.count();
    const most = this.take(',') ? (this.peek() === '}' ? Number.POSITIVE_INFINITY : this.count()) : least;
    if (!this.take('}')) throw this.refused('has a { without a }');
    if (most < least) throw this.refused('repeats at most less often than at least');
    return { kind: 'repeat', part, least, most };
  }

  private count(): number {
    let digits = '';
    while (/^\d$/.test(this.peek() ?? '')) digits += this.characters[this.next++];
    if (digits === '') throw this.refused('has no number after {');
    if (Number(digits) > MAX_REPEATS) throw this.refused(`repeats more than ${MAX_REPEATS} times`);
    return Number(digits);
  }

  private single(): Node {
    const character = this.peek()!;
    if (character === '(') return this.group();
    if (character === '[') return oneOf(this.brackets());
    if ('*+?{'.includes(character)) throw this.refused(`has nothing to repeat before ${character}`);
    if ('~#@&<"'.includes(character)) {
      throw this.refused(
        `uses Lucene's operator ${character}, which is not supported; \\${character} is the character itself`,
      );
    }
    this.next += 1;
    if (character === '.') return { kind: 'one', reads: () => true };
    const escaped = character === '\\' ? this.escape() : character;
    return oneOf(typeof escaped === 'string' ? this.exactly(escaped) : escaped);
  }

  private group(): Node {
    this.next += 1;
    if (this.take(')')) return { kind: 'sequence', parts: [] };
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw this.refused(`has brackets nested more than ${MAX_DEPTH} deep`);
    const node = this.choice();
    if (!this.take(')')) throw this.refused('has a ( without a )');
    this.depth -= 1;
    return node;
  }

  /** After a backslash: the character itself, or a class of characters. */
  private escape(): string | CharacterSet {
    const character = this.peek();
    if (character === undefined) throw this.refused('ends in a backslash');
    const known = classes.get(character);
    if (known === undefined && /^[A-Za-z]$/.test(character))
      throw this.refused(`has an escape \\${character} that Lucene does not know`);
    this.next += 1;
    return known ?? character;
  }

  private brackets(): CharacterSet {
    this.next += 1;
    const negated = this.take('^');
    const ranges: Range[] = [];
    do ranges.push(...this.member());
    while (this.peek() !== undefined && this.peek() !== ']');
    if (!this.take(']')) throw this.refused('has a [ without a ]');
    return { negated, ranges };
  }

  private member(): readonly Range[] {
    const from = this.memberCharacter();
    if (typeof from !== 'string') return from.negated ? complement(from.ranges) : from.ranges;
    if (this.peek() !== '-' || this.characters[this.next + 1] === ']') return this.exactly(from).ranges;
    this.next += 1;
    const to = this.memberCharacter();
    if (typeof to !== 'string') throw this.refused('has a range up to a class');
    if (from.codePointAt(0)! > to.codePointAt(0)!) throw this.refused(`has a range that runs backwards, ${from}-${to}`);
    return [range(from, to)];
  }

  private memberCharacter(): string | CharacterSet {
    const character = this.peek();
    if (character === undefined) throw this.refused('has a [ without a ]');
    this.next += 1;
    return character === '\\' ? this.escape() : character;
  }

  private exactly(character: string): CharacterSet {
    const both = this.insensitive ? [foldAscii(character), upperAscii(character)] : [character];
    return { negated: false, ranges: both.map(one => range(one, one)) };
  }

  private peek(): string | undefined {
    return this.characters[this.next];
  }

  private take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.next += 1;
    return true;
  }

  private refused(problem: string): Refused {
    return new Refused(problem, this.characters.slice(0, this.next).join('').length);
  }
}

const classes: ReadonlyMap<string, CharacterSet> = new Map([
  ['d', { negated: false, ranges: DIGIT }],
  ['D', { negated: true, ranges: DIGIT }],
  ['s', { negated: false, ranges: SPACE }],
  ['S', { negated: true, ranges: SPACE }],
  ['w', { negated: false, ranges: WORD }],
  ['W', { negated: true, ranges: WORD }],
]);

/** Written-out repetitions ask the same set about the same character many times: it looks once. */
function oneOf({ negated, ranges }: CharacterSet): Node {
  let last = -1;
  let answer = false;
  return {
    kind: 'one',
    reads(code) {
      if (code === last) return answer;
      last = code;
      answer = ranges.some(([from, to]) => code >= from && code <= to) !== negated;
      return answer;
    },
  };
}

function upperAscii(character: string): string {
  return /^[a-z]$/.test(character) ? character.toUpperCase() : character;
}

/** What sorted ranges that do not touch leave out. */
function complement(ranges: readonly Range[]): readonly Range[] {
  const starts = [0, ...ranges.map(([, to]) => to + 1)];
  const ends = [...ranges.map(([from]) => from - 1), 0x10ffff];
  return starts.map((start, at): Range => [start, ends[at]!]).filter(([start, end]) => start <= end);
}
