/** Texts that come again and again, each made once. */
export class Texts {
  readonly #known: (string | undefined)[] = new Array(SLOTS);

  /** The text in ASCII from `start` up to `end`. */
  at(bytes: Buffer, start: number, end: number): string {
    let hash = 0;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
    const slot = hash & (SLOTS - 1);
    const known = this.#known[slot];
    if (known !== undefined && isTextAt(known, bytes, start, end)) return known;
    const text = bytes.toString('latin1', start, end);
    this.#known[slot] = text;
    return text;
  }
}

/** A power of two. */
const SLOTS = 4096;

function isTextAt(text: string, bytes: Buffer, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
