import { UnreadableReply } from './failure.ts';
import type { Operation } from './operation.ts';
import type { Place } from './place.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Token of the next page; undefined or empty: this was the last. */
  readonly next: string | undefined;
}

export interface Pages<T> {
  readonly items: readonly T[];
  /** False when a page could not be read: `items` is then what came before it. */
  readonly complete: boolean;
  /** How many pages were read. */
  readonly pages: number;
}

export interface Paging<T> {
  readonly operation: Operation;
  readonly resource: string;
  readonly absentWhen?: string;
  readonly page: (token: string | undefined) => Promise<Page<T>>;
}

/**
 * The token of IAM's next page. IAM may truncate a list at any length (IAM API, ListRoles), so an answer that says it did
 * and gives no marker is no end of the list: throws UnreadableReply.
 */
export function marked({ IsTruncated, Marker }: { IsTruncated?: boolean; Marker?: string }): string | undefined {
  if (IsTruncated !== true) return undefined;
  if (!Marker) throw new UnreadableReply('it says that there is more, and not where');
  return Marker;
}

/**
 * Where a list is left, and the rest of it recorded as unread: far beyond what an account can have (5,000 roles at most, IAM
 * quotas), so that whatever hands out pages for ever is no answer of AWS's.
 */
const MOST_PAGES = 10_000;
const MOST_ITEMS = 1_000_000;

/**
 * Reads page after page, up to MOST_PAGES or MOST_ITEMS. What came before a failing page is kept; a token that comes twice ends
 * it, or it never would.
 */
export async function allPages<T>(
  place: Place,
  { operation, resource, absentWhen, page }: Paging<T>,
): Promise<Pages<T>> {
  const items: T[] = [];
  const seen = new Set<string>();
  const leave = (error: string, message: string) =>
    place.record({ operation: operation.name, resource, error, message });
  let token: string | undefined;
  for (let pages = 0; ; pages += 1) {
    const asked = token;
    const read = await place.attempt({
      operation,
      resource,
      send: () => page(asked),
      ...(absentWhen === undefined ? {} : { absentWhen }),
    });
    if (read.kind !== 'read') return { items, complete: read.kind === 'absent', pages };
    for (const item of read.answer.items) items.push(item);
    token = read.answer.next || undefined;
    if (token === undefined) return { items, complete: true, pages: pages + 1 };
    if (seen.has(token)) {
      leave('RepeatedPageToken', 'AWS handed out the same page token twice; the pages after it were not read');
      return { items, complete: false, pages: pages + 1 };
    }
    if (pages + 1 >= MOST_PAGES || items.length >= MOST_ITEMS) {
      leave(
        'TooManyPages',
        `there are more than ${pages + 1} pages with ${items.length} items; those after were not read`,
      );
      return { items, complete: false, pages: pages + 1 };
    }
    seen.add(token);
  }
}
