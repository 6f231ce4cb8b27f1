/** What a document holds at the end of a path: a JSON scalar that is not null. */
export type Leaf = string | number | boolean;
export type Test = (leaf: Leaf) => boolean;

/** A dotted name made ready to look up: `keys[i]` are the names that can stand at part i, `a`, `a.b`, `a.b.c`. */
export interface Path {
  readonly keys: readonly (readonly string[])[];
}

/** Longer names are refused in queries and not found in documents. */
export const MAX_PARTS = 100;

export function pathOf(name: string): Path {
  const parts = name.split('.');
  return { keys: parts.map((_, from) => parts.slice(from).map((_, n) => parts.slice(from, from + n + 1).join('.'))) };
}

/**
 * Whether some value at the path passes. Lists are transparent at every level, a dot in a key is as good as nesting,
 * and only own properties count. Where `below` is set, the values inside an object at the path are tried too.
 */
export function someLeaf(document: unknown, path: Path, test: Test, below = false): boolean {
  return someAt(document, path, leafTest(test, below));
}

/** The test of what `someLeaf` finds at its path, made ready. */
export function leafTest(test: Test, below: boolean): (value: unknown) => boolean {
  return value => (isLeaf(value) ? test(value) : below && someLeafBelow(value, test));
}

/** Whether something at the path, a scalar or an object but never a list, passes. */
export function someAt(value: unknown, path: Path, test: (value: unknown) => boolean, from = 0): boolean {
  if (Array.isArray(value)) return someElement(value, path, test, from);
  if (from === path.keys.length) return test(value);
  if (!isObject(value)) return false;
  // A loop and no closure: every field that is asked for comes through here, of every record that is judged.
  const keys = path.keys[from]!;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const member = value[key];
    if (member !== undefined && Object.hasOwn(value, key) && someAt(member, path, test, from + i + 1)) return true;
  }
  return false;
}

function someElement(list: readonly unknown[], path: Path, test: (value: unknown) => boolean, from: number): boolean {
  return elements(list).some(element => someAt(element, path, test, from));
}

/** Whether some value anywhere inside passes. Does not recurse: a document can be nested as deep as it likes. */
export function someLeafBelow(value: unknown, test: Test): boolean {
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (isLeaf(next)) {
      if (test(next)) return true;
    } else if (isContainer(next)) {
      for (const inner of Object.values(next)) open.push(inner);
    }
  }
  return false;
}

/** Whether some value passes whose dotted name the pattern accepts. */
export function someLeafNamed(document: unknown, accepts: (name: string) => boolean, test: Test): boolean {
  const open: Named[] = [{ value: document, name: '', parts: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, name, parts } = next;
    if (isLeaf(value)) {
      if (accepts(name) && test(value)) return true;
    } else if (Array.isArray(value)) {
      for (const element of value) open.push({ value: element, name, parts });
    } else if (isObject(value) && parts < MAX_PARTS) {
      for (const key of Object.keys(value)) {
        open.push({ value: value[key], name: parts === 0 ? key : `${name}.${key}`, parts: parts + 1 });
      }
    }
  }
  return false;
}

interface Named {
  readonly value: unknown;
  readonly name: string;
  readonly parts: number;
}

/** The elements of a list of lists of …, in order and without recursion. */
function elements(list: readonly unknown[]): readonly unknown[] {
  if (!list.some(Array.isArray)) return list;
  const flat: unknown[] = [];
  const open: unknown[] = [list];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) for (let at = next.length - 1; at >= 0; at -= 1) open.push(next[at]);
    else flat.push(next);
  }
  return flat;
}

function isLeaf(value: unknown): value is Leaf {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isContainer(value) && !Array.isArray(value);
}
