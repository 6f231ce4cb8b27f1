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

/** Reads page after page. What came before a failing page is kept; a token that comes twice ends it, or it never would. */
export async function allPages<T>(
  place: Place,
  { operation, resource, absentWhen, page }: Paging<T>,
): Promise<Pages<T>> {
  const items: T[] = [];
  const seen = new Set<string>();
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
      const message = 'AWS handed out the same page token twice; the pages after it were not read';
      place.record({ operation: operation.name, resource, error: 'RepeatedPageToken', message });
      return { items, complete: false, pages: pages + 1 };
    }
    seen.add(token);
  }
}
