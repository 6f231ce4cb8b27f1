import type { JsonObject } from '../documents/document.ts';

/** Documents kept as text, up to so many characters of all of them together. */
export interface KeptTexts {
  /** Null when there is no room left. */
  keep(document: JsonObject): string | null;
  release(text: string | null): void;
  /** How many found no room. */
  readonly refused: number;
}

export function keptTexts(most: number): KeptTexts {
  let length = 0;
  let refused = 0;
  return {
    keep(document) {
      const text = JSON.stringify(document);
      if (length + text.length > most) {
        refused += 1;
        return null;
      }
      length += text.length;
      return text;
    },
    release(text) {
      length -= text?.length ?? 0;
    },
    get refused() {
      return refused;
    },
  };
}
