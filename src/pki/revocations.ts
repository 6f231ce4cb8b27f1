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
  /**
   * Of this serial, lower-case hex; of several entries the earliest that revokes it: one after it, which only a list of changes
   * may have (RFC 5280, 5.3.1: removeFromCRL), takes nothing back.
   */
  of(serial: string): Revocation | undefined;
}

export const NO_REVOCATIONS: Revocations = { count: 0, first: () => [], of: () => undefined };

/**
 * The entries of `revokedCertificates`. Of each only serial and place are kept: it is read when somebody asks for it.
 * Throws DerError for what is no list of entries.
 */
export function revocationsIn(list: Element): Revocations {
  const places = new Map<string, number>();
  const again = new Map<string, number[]>();
  let count = 0;
  for (const entry of childrenOf(list)) {
    const serial = integerHex(new Members(entry).next(INTEGER));
    if (!places.has(serial)) places.set(serial, entry.from);
    else if (again.has(serial)) again.get(serial)!.push(entry.from);
    else again.set(serial, [entry.from]);
    count++;
  }
  const at = (place: number) => revocationIn(new Members({ ...list, start: place }).next());
  const several = new Map<string, Revocation>();
  return {
    count,
    first: most => first(most, places.keys()),
    of: serial => {
      const place = places.get(serial);
      if (place === undefined) return undefined;
      const others = again.get(serial);
      if (others === undefined) return at(place);
      const known = several.get(serial) ?? earliest([place, ...others].map(at));
      several.set(serial, known);
      return known;
    },
  };
}

function earliest(entries: readonly Revocation[]): Revocation {
  const revoking = entries.filter(({ reason }) => reason !== 'removeFromCRL');
  const time = ({ revokedAt }: Revocation) => Date.parse(revokedAt ?? LATEST);
  return (revoking.length === 0 ? entries : revoking).reduce((one, other) => (time(other) < time(one) ? other : one));
}

const LATEST = '9999-12-31T23:59:59Z';

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
