/**
 * What is known of a condition key of the request: its values, that it is not there, or neither. `present` of an unknown
 * one: it is there for certain, only its value is not known.
 */
export type ContextValue =
  | { readonly kind: 'known'; readonly values: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly present: boolean };

/** Looks a condition key up by its name in lower case. */
export type Context = (key: string) => ContextValue;

export const ABSENT: ContextValue = { kind: 'absent' };
export const UNKNOWN: ContextValue = { kind: 'unknown', present: false };
export const PRESENT: ContextValue = { kind: 'unknown', present: true };

export function known(...values: readonly string[]): ContextValue {
  return { kind: 'known', values };
}

/**
 * The first context that knows anything of the key speaks; where it knows no more than that the key is there, the first of
 * the others that has its values.
 */
export function layered(...contexts: readonly Context[]): Context {
  return key => {
    let found: ContextValue = UNKNOWN;
    for (const context of contexts) {
      const value = context(key);
      if (value.kind === 'known' || (value.kind === 'absent' && found === UNKNOWN)) return value;
      if (value.kind === 'unknown' && value.present) found = PRESENT;
    }
    return found;
  };
}

/** The time of a request, by both keys that tell it. */
export function timeContext(now: Date): Context {
  return key => {
    if (key === 'aws:currenttime') return known(now.toISOString());
    return key === 'aws:epochtime' ? known(String(Math.floor(now.getTime() / 1000))) : UNKNOWN;
  };
}

/** A context of these keys alone; their case does not matter. */
export function contextOf(values: Iterable<readonly [string, ContextValue]>): Context {
  const byKey = new Map([...values].map(([key, value]) => [key.toLowerCase(), value]));
  return key => byKey.get(key) ?? UNKNOWN;
}
