import { createHash } from 'node:crypto';

/**
 * Whether an id came before: of the last `most` different ones for certain, and of as many again before those perhaps. Of each, 128
 * bits of its digest are kept: nobody makes two ids that share them.
 */
export function seenIds(most: number): (id: string) => boolean {
  let newer = new Digests();
  let older = new Digests();
  return id => {
    const digest = digestOf(id);
    if (newer.has(digest)) return true;
    const isOld = older.has(digest);
    newer.add(digest);
    if (newer.size >= most) {
      older = newer;
      newer = new Digests();
    }
    return isOld;
  };
}

/** Four numbers of 32 bits, the first of which is not 0. */
type Digest = readonly [number, number, number, number];

function digestOf(id: string): Digest {
  const bytes = createHash('sha256').update(id).digest();
  return [bytes.readUInt32LE(0) || 1, bytes.readUInt32LE(4), bytes.readUInt32LE(8), bytes.readUInt32LE(12)];
}

const WORDS = 4;
const LEAST_PLACES = 1024;

/** A set of digests as one list of numbers, half of it in use at most: a Set of the ids themselves takes four times the room. */
class Digests {
  size = 0;
  #words = new Uint32Array(LEAST_PLACES * WORDS);

  has(digest: Digest): boolean {
    return this.#words[this.#placeOf(digest)] !== 0;
  }

  /** Takes one that it does not have. */
  add(digest: Digest): void {
    if (2 * (this.size + 1) * WORDS > this.#words.length) this.#grow();
    this.#words.set(digest, this.#placeOf(digest));
    this.size += 1;
  }

  #grow(): void {
    const words = this.#words;
    this.#words = new Uint32Array(2 * words.length);
    for (let at = 0; at < words.length; at += WORDS) {
      if (words[at] === 0) continue;
      const digest: Digest = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!];
      this.#words.set(digest, this.#placeOf(digest));
    }
  }

  /** Where it stands, or where it would: the first place from that of its last word on which holds it or nothing. */
  #placeOf([first, second, third, fourth]: Digest): number {
    const words = this.#words;
    const end = words.length - 1;
    let at = (fourth * WORDS) & end;
    while (
      words[at] !== 0 &&
      (words[at] !== first || words[at + 1] !== second || words[at + 2] !== third || words[at + 3] !== fourth)
    )
      at = (at + WORDS) & end;
    return at;
  }
}
