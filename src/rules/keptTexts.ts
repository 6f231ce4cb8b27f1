import type { JsonObject } from '../documents/document.ts';

/** Documents kept as text, for as long as somebody holds them and up to so many characters of all of them together. */
export interface KeptTexts {
  /** Null when there is no room. */
  keep(document: JsonObject): string | null;
}

/** `held` gives the texts that somebody still holds. They are counted anew when an eighth of `most` has come since the last time. */
export function keptTexts(most: number, held: () => Iterable<JsonObject | string | null>): KeptTexts {
  let length = 0;
  let since = 0;

  function countAnew(): void {
    length = 0;
    since = 0;
    for (const text of held()) length += typeof text === 'string' ? text.length : 0;
  }

  return {
    keep(document) {
      const text = JSON.stringify(document);
      since += text.length;
      if (length + text.length > most && since > most / 8) countAnew();
      if (length + text.length > most) return null;
      length += text.length;
      return text;
    },
  };
}
