import { isoTime } from '../cloudtrail/time.ts';

/** The earliest of many times, as CloudTrail writes them; ms. */
export interface Earliest {
  saw(text: unknown): void;
  readonly time: number;
}

export function earliest(): Earliest {
  let first: string | undefined;
  let time = Number.POSITIVE_INFINITY;
  return {
    saw(text) {
      if (typeof text !== 'string' || (first !== undefined && isPlain(text) && text >= first)) return;
      const iso = isoTime(text);
      if (iso === undefined || Date.parse(iso) >= time) return;
      time = Date.parse(iso);
      if (isPlain(text)) first = text;
    },
    get time() {
      return time;
    },
  };
}

/** Texts of this form are in the order of the times that they are. */
function isPlain(text: string): boolean {
  return text.length === 20 && text.endsWith('Z');
}
