import { childrenOf, DerError, type Element, INTEGER, Members, onlyChild } from './der.ts';
import { integerHex, isoTime, smallIntegerOf, timeOf } from './derValues.ts';
import { extensionValues } from './extensions.ts';

/** What a list says of one certificate. */
export interface Revocation {
  /** ISO 8601, UTC, whole seconds; undefined where the entry's date cannot be read. */
  readonly revokedAt: string | undefined;
  /** RFC 5280's name of the reason (section 5.3.1); undefined where the entry gives none that has a name. */
  readonly reason: string | undefined;
}

/** The entries of one list by serial number. */
export interface Revocations {
  readonly count: number;
  /** The first serials in the list's own order, lower-case hex, `-` before a negative one; each once. */
  first(count: number): readonly string[];
  /** Of this serial, lower-case hex; where it is there twice, the later entry, which may take back what the first says. */
  of(serial: string): Revocation | undefined;
}

export const NO_REVOCATIONS: Revocations = { count: 0, first: () => [], of: () => undefined };

/**
 * The entries of `revokedCertificates`. Of each only serial and place are kept: it is read when somebody asks for it.
 * Throws DerError for what is no list of entries.
 */
export function revocationsIn(list: Element): Revocations {
  const places = new Map<string, number>();
  let count = 0;
  for (const entry of childrenOf(list)) {
    places.set(integerHex(new Members(entry).next(INTEGER)), entry.from);
    count++;
  }
  return {
    count,
    first: most => first(most, places.keys()),
    of: serial => {
      const place = places.get(serial);
      return place === undefined ? undefined : revocationIn(new Members({ ...list, start: place }).next());
    },
  };
}

function first<T>(most: number, values: Iterable<T>): readonly T[] {
  const found: T[] = [];
  for (const value of values) {
    if (found.length >= most) break;
    found.push(value);
  }
  return found;
}

function revocationIn(entry: Element): Revocation {
  const members = new Members(entry);
  members.next(INTEGER);
  const revokedAt = readable(() => isoTime(timeOf(members.next())));
  const reason = readable(() => (members.isDone ? undefined : reasonIn(members.next())));
  return { revokedAt, reason };
}

/** One entry that cannot be read in full still names a serial. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

const REASONS: readonly (string | undefined)[] = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
];

function reasonIn(extensions: Element): string | undefined {
  const value = extensionValues(extensions).get('2.5.29.21');
  return value && REASONS[smallIntegerOf(onlyChild(value))];
}
