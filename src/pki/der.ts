/**
 * DER (ITU-T X.690), as much of it as certificates and revocation lists need. It reads lazily and in place: a list of
 * 100,000 entries costs what one asks of it, and nothing here recurses, so that no depth of nesting is too deep.
 * Whatever the bytes are, a reader answers or throws DerError, and never looks beyond the element that it was given.
 */
export class DerError extends Error {
  override readonly name = 'DerError';
}

/** One element: where it lies in the bytes of its document. `from` is its tag's place, `start` its content's. */
export interface Element {
  /** The identifier octet: class, constructed or not, and number in one. */
  readonly tag: number;
  readonly data: Buffer;
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

export const BOOLEAN = 0x01;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const OID = 0x06;
export const ENUMERATED = 0x0a;
export const UTF8_STRING = 0x0c;
export const UTC_TIME = 0x17;
export const GENERALIZED_TIME = 0x18;
export const UNIVERSAL_STRING = 0x1c;
export const BMP_STRING = 0x1e;
export const SEQUENCE = 0x30;
export const SET = 0x31;
/** `[n]` in place of an element's own tag, on a value. */
export const implicitTag = (n: number): number => 0x80 + n;
/** `[n]` around elements, or in place of the tag of a sequence or a set. */
export const constructedTag = (n: number): number => 0xa0 + n;

/** The one element that these bytes are, nothing after it. */
export function wholeElement(data: Buffer): Element {
  const element = elementAt(data, 0, data.length);
  if (element.end !== data.length) throw new DerError('bytes after the end');
  return element;
}

/** The element inside another's content, nothing after it: what an OCTET STRING of an extension holds. */
export function onlyChild(element: Element): Element {
  const child = elementAt(element.data, element.start, element.end);
  if (child.end !== element.end) throw new DerError('bytes after the only element');
  return child;
}

/** The elements that this one is made of, read one by one as they are asked for. */
export function* childrenOf(element: Element): Generator<Element, void, undefined> {
  for (let at = element.start; at < element.end; ) {
    const child = elementAt(element.data, at, element.end);
    yield child;
    at = child.end;
  }
}

/** The elements of a SEQUENCE in order, by the tags that are expected. */
export class Members {
  readonly #of: Element;
  #at: number;

  constructor(of: Element, tag = SEQUENCE) {
    expectTag(of, tag);
    this.#of = of;
    this.#at = of.start;
  }

  /** The next element, of any tag where none is asked for. */
  next(tag?: number): Element {
    const element = elementAt(this.#of.data, this.#at, this.#of.end);
    if (tag !== undefined) expectTag(element, tag);
    this.#at = element.end;
    return element;
  }

  /** The next element if it has one of these tags. */
  optional(...tags: readonly number[]): Element | undefined {
    return !this.isDone && tags.includes(this.#of.data[this.#at] ?? -1) ? this.next() : undefined;
  }

  get isDone(): boolean {
    return this.#at >= this.#of.end;
  }

  expectEnd(): void {
    if (!this.isDone) throw new DerError('more members than there may be');
  }
}

export function expectTag(element: Element, tag: number): void {
  if (element.tag !== tag) throw new DerError(`tag ${element.tag} where ${tag} is due`);
}

/** The bytes of the content; no copy. */
export function contentOf({ data, start, end }: Element): Buffer {
  return data.subarray(start, end);
}

/** The bytes of the whole element, tag and length too; no copy. */
export function bytesOf({ data, from, end }: Element): Buffer {
  return data.subarray(from, end);
}

/** The element that begins at `from`; it must end by `limit`. */
function elementAt(data: Buffer, from: number, limit: number): Element {
  const tag = data[from] ?? 0;
  if (from + 2 > limit) throw new DerError('cut short');
  if ((tag & 0x1f) === 0x1f) throw new DerError('a tag of several bytes');
  const first = data[from + 1] ?? 0;
  const more = first < 0x80 ? 0 : first & 0x7f;
  const start = from + 2 + more;
  const length = more === 0 && first < 0x80 ? first : longLength(data, from + 2, more, limit);
  const end = start + length;
  if (end > limit) throw new DerError('longer than what it is in');
  return { tag, data, from, start, end };
}

/** Definite, at most four bytes, and as short as it can be (X.690 10.1). */
function longLength(data: Buffer, at: number, bytes: number, limit: number): number {
  if (bytes === 0 || bytes > 4 || at + bytes > limit) throw new DerError('a length that DER does not allow');
  const length = data.readUIntBE(at, bytes);
  if (length < 0x80 || length < 256 ** (bytes - 1)) throw new DerError('a padded length');
  return length;
}
