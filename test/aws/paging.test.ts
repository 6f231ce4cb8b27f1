import { expect, test } from 'vitest';
import { iam } from '../../src/aws/operation.ts';
import { allPages, type Page } from '../../src/aws/paging.ts';
import type { Place } from '../../src/aws/place.ts';
import type { Unread } from '../../src/snapshot/snapshot.ts';

const LIST = iam('ListRoles');

/** A place where every call is answered. */
function answering(): Place & { readonly recorded: Unread[] } {
  const recorded: Unread[] = [];
  return {
    region: 'global',
    recorded,
    record: unread => recorded.push(unread),
    unread: () => recorded,
    attempt: async ({ send }) => ({ kind: 'read', answer: await send() }),
  };
}

/** Pages without end, each with a token of its own. */
function endless(items: readonly number[]): () => Promise<Page<number>> {
  let page = 0;
  return async () => {
    page += 1;
    return { items, next: `token ${page}` };
  };
}

test.each([
  ['empty pages', [], 10_000, 'there are more than 10000 pages with 0 items; those after were not read'],
  [
    'pages of a thousand',
    Array.from({ length: 1000 }, (_, at) => at),
    1000,
    'there are more than 1000 pages with 1000000 items; those after were not read',
  ],
])(
  '%s without end, each with a new token: the list is left, and the rest is unread',
  async (_, items, pages, message) => {
    const place = answering();
    const read = await allPages(place, { operation: LIST, resource: '*', page: endless(items) });
    expect(read).toMatchObject({ complete: false, pages });
    expect(read.items).toHaveLength(pages * items.length);
    expect(place.recorded).toEqual([{ operation: 'iam:ListRoles', resource: '*', error: 'TooManyPages', message }]);
  },
);
