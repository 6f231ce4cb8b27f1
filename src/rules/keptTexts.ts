/** Texts kept for as long as somebody holds them, and up to so many characters of all of them together. */
export interface KeptTexts {
  /** Whether there is room. */
  keep(text: string): boolean;
}

/** `held` gives the texts that somebody still holds. They are counted anew when an eighth of `most` has come since the last time. */
export function keptTexts(most: number, held: () => Iterable<string>): KeptTexts {
  let length = 0;
  let since = 0;

  function countAnew(): void {
    length = 0;
    since = 0;
    for (const text of held()) length += text.length;
  }

  return {
    keep(text) {
      since += text.length;
      if (length + text.length > most && since > most / 8) countAnew();
      if (length + text.length > most) return false;
      length += text.length;
      return true;
    },
  };
}
