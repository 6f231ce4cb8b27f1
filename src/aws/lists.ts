import type { RolesAnywhereClient } from '@aws-sdk/client-rolesanywhere';
import * as v from 'valibot';
import { compare } from '../snapshot/compare.ts';
import { isTooDeep } from '../snapshot/depth.ts';
import { UnreadableReply } from './failure.ts';
import { rawOf } from './keepRaw.ts';
import type { Operation } from './operation.ts';
import { allPages, type Page } from './paging.ts';
import type { Place } from './place.ts';
import type { Region } from './region.ts';

/** The largest page that is known to be accepted; the service model gives no bound. */
const PAGE_SIZE = 500;

/** A list operation of Roles Anywhere, and what it lists. */
export interface ListOperation<T> {
  readonly operation: Operation;
  /** The list's member in the answer. */
  readonly member: string;
  readonly schema: v.GenericSchema<T>;
  readonly arnOf: (item: T) => string;
  readonly send: (client: RolesAnywhereClient, page: { nextToken?: string; pageSize: number }) => Promise<object>;
}

/** The collector of a resource of which the list tells everything. */
export function listCollector<T>(list: ListOperation<T>) {
  return { operations: [list.operation], collect: (region: Region) => rawList(region, list) };
}

/**
 * Reads a whole list of Roles Anywhere from the raw answers, by ARN. An item that is not what the operation lists is
 * recorded as unread by its place in the answer; the others are kept, with members we have never heard of.
 */
export async function rawList<T>(
  { place, clients }: Region,
  { operation, member, schema, arnOf, send }: ListOperation<T>,
): Promise<readonly T[]> {
  const client = clients.rolesAnywhere(place.region);
  const { items } = await allPages(place, {
    operation,
    resource: '*',
    page: async token => {
      const next = token === undefined ? {} : { nextToken: token };
      return pageOf(rawOf(await send(client, { ...next, pageSize: PAGE_SIZE })), member);
    },
  });
  const valid = items.flatMap(item => validItem(place, { operation, resource: '*', schema, item }));
  return [...new Map(valid.map(item => [arnOf(item), item])).values()].sort((a, b) => compare(arnOf(a), arnOf(b)));
}

export interface Item<T> {
  readonly operation: Operation;
  readonly resource: string;
  readonly schema: v.GenericSchema<T>;
  readonly item: unknown;
}

/** The item as it came, without members that are null (which is how JSON says absent); none if it is not one. */
export function validItem<T>(place: Place, { operation, resource, schema, item }: Item<T>): readonly T[] {
  const present = isTooDeep(item) ? undefined : withoutNulls(item);
  if (v.is(schema, present)) return [present];
  const why = present === undefined ? ': it is nested too deep' : issueOf(schema, present);
  const message = `an item of the answer could not be read${why}`;
  place.record({ operation: operation.name, resource, error: 'UnreadableReply', message });
  return [];
}

function issueOf(schema: v.GenericSchema, item: unknown): string {
  const [issue] = v.safeParse(schema, item).issues ?? [];
  const where = issue === undefined ? null : v.getDotPath(issue);
  return `${where === null ? '' : ` at ${where}`}: ${issue?.message ?? ''}`;
}

/** An answer with other members but not its list is somebody else's answer; `{}` is an empty list. */
function pageOf(answer: Readonly<Record<string, unknown>>, member: string): Page<unknown> {
  const list = own(answer, member) ?? [];
  const next = own(answer, 'nextToken') ?? undefined;
  const foreign = !Object.hasOwn(answer, member) && Object.keys(answer).some(name => name !== 'nextToken');
  if (!Array.isArray(list) || foreign) throw new UnreadableReply(`it has no list "${member}"`);
  if (next !== undefined && typeof next !== 'string') throw new UnreadableReply('its nextToken is not text');
  return { items: list, next };
}

/** A member of an answer that is its own, not inherited. */
export function own(answer: Readonly<Record<string, unknown>>, member: string): unknown {
  return Object.hasOwn(answer, member) ? answer[member] : undefined;
}

/** At any depth: AWS leaves out members of members, too. */
function withoutNulls(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item;
  if (Array.isArray(item)) return item.map(withoutNulls);
  const present = Object.entries(item).filter(([, value]) => value !== null);
  return Object.fromEntries(present.map(([name, value]) => [name, withoutNulls(value)]));
}
