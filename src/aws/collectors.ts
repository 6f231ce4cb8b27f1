import { certificateAuthorities } from './certificateAuthorities.ts';
import { crls } from './crls.ts';
import { events } from './events.ts';
import { bulkOperations } from './iamBulk.ts';
import { identityOperations } from './identity.ts';
import type { Operation } from './operation.ts';
import { policyOperations } from './policies.ts';
import { profiles } from './profiles.ts';
import type { Collected, Collector } from './region.ts';
import { regionOperations } from './regions.ts';
import { roleOperations } from './roles.ts';
import { subjects } from './subjects.ts';
import { tags } from './tags.ts';
import { trustAnchors } from './trustAnchors.ts';

/** The one list of what is read in each region, by the snapshot's member that it fills. */
export const COLLECTORS: { readonly [M in Collected]: Collector<M> } = {
  trustAnchors,
  profiles,
  crls,
  subjects,
  tags,
  events,
  certificateAuthorities,
};

/** What is read once for the account. */
const ACCOUNT_OPERATIONS: readonly (readonly Operation[])[] = [
  identityOperations,
  regionOperations,
  roleOperations,
  bulkOperations,
  policyOperations,
];

/** Every operation Postern ever calls, once each. */
export function allOperations(): readonly Operation[] {
  return [...ACCOUNT_OPERATIONS.flat(), ...Object.values(COLLECTORS).flatMap(collector => collector.operations)];
}
