/**
 * What JSON.stringify gives, for values nested deeper than it can follow: it recurses and runs out of stack. Whoever nests so
 * deep does not read it: from the hundredth level on nothing is indented any further, for that alone would fill memory.
 */
export function deepJson(value: unknown, indent = 0): string {
  const parts: string[] = [];
  const open: Container[] = [];
  add(value, '');
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    const key = last.keys.next();
    if (key.done === true) close(last);
    else addMember(last, key.value);
  }
  return parts.join('') || 'null';

  function add(item: unknown, before: string): void {
    const plain = hasToJson(item) ? item.toJSON() : item;
    if (typeof plain === 'object' && plain !== null) {
      const isList = Array.isArray(plain);
      parts.push(before, isList ? '[' : '{');
      open.push({ members: plain, isList, keys: Object.keys(plain).values(), isEmpty: true });
      return;
    }
    const text = JSON.stringify(plain);
    if (text !== undefined) parts.push(before, text);
  }

  function addMember(container: Container, key: string): void {
    const item = (container.members as Readonly<Record<string, unknown>>)[key];
    const isNothing = WORDLESS.includes(typeof item);
    if (isNothing && !container.isList) return;
    const name = container.isList ? '' : `${JSON.stringify(key)}:${indent > 0 ? ' ' : ''}`;
    const comma = container.isEmpty ? '' : ',';
    container.isEmpty = false;
    add(isNothing ? null : item, `${comma}${lineStart(open.length)}${name}`);
  }

  function close({ isList, isEmpty }: Container): void {
    open.pop();
    parts.push(isEmpty ? '' : lineStart(open.length), isList ? ']' : '}');
  }

  function lineStart(depth: number): string {
    return indent === 0 ? '' : `\n${' '.repeat(indent * Math.min(depth, DEEPEST_INDENT))}`;
  }
}

const DEEPEST_INDENT = 100;

/** What JSON has no word for: left out of objects, null in lists. */
const WORDLESS = ['undefined', 'function', 'symbol'];

interface Container {
  readonly members: object;
  readonly isList: boolean;
  readonly keys: Iterator<string, undefined>;
  isEmpty: boolean;
}

function hasToJson(value: unknown): value is { toJSON(): unknown } {
  return typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function';
}
