import { createHash } from 'node:crypto';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; absent on the last. */
  readonly next: string | undefined;
}

/**
 * One page of a list. A token holds the place and a digest of what was asked (`bound`), so that it answers only the
 * question that it was given for; `undefined` comes back for a token that does not.
 */
export function pageOf<Item>(
  all: readonly Item[],
  asked: { token: string | undefined; size: number; bound: readonly unknown[] },
): Page<Item> | undefined {
  const start = asked.token === undefined ? 0 : placeOf(asked.token, asked.bound);
  if (start === undefined || start > all.length) return undefined;
  const end = start + Math.max(1, asked.size);
  return { items: all.slice(start, end), next: end < all.length ? tokenFor(end, asked.bound) : undefined };
}

function tokenFor(place: number, bound: readonly unknown[]): string {
  return Buffer.from(`${place}.${digestOf(bound)}`).toString('base64');
}

function placeOf(token: string, bound: readonly unknown[]): number | undefined {
  const [place = '', digest] = Buffer.from(token, 'base64').toString('latin1').split('.');
  return /^\d{1,9}$/.test(place) && digest === digestOf(bound) ? Number(place) : undefined;
}

const digestOf = (bound: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(bound)).digest('hex').slice(0, 32);
