import type { EventLookup } from '../snapshot/lookups.ts';
import type { RegionMember, RegionSnapshot } from '../snapshot/snapshot.ts';
import type { Clients } from './clients.ts';
import type { Operation } from './operation.ts';
import type { Place } from './place.ts';

/** What a region's collectors work with. */
export interface Region {
  readonly place: Place;
  readonly clients: Clients;
  readonly asked: RegionRequest;
}

export interface RegionRequest {
  readonly now: Date;
  /** Seconds; 0: CloudTrail is not read. */
  readonly since: number;
  /** How far back it is read who created trust anchors, which no other call tells; seconds. */
  readonly anchorsSince: number;
  /** Those that this region can answer. */
  readonly lookups: readonly EventLookup[];
  /** Calls for details of single resources, per operation. */
  readonly callBudget: number;
}

/** What a region's collectors fill: its members, and what is only there where something names it. */
export type Collected = RegionMember | 'certificateAuthorities';
export type RegionMembers = Pick<RegionSnapshot, RegionMember> & {
  readonly certificateAuthorities: RegionSnapshot['certificateAuthorities'];
};

/** What other collectors of the same region bring, as soon as they have it; each is run once. */
export type Others = <M extends Collected>(member: M) => Promise<RegionMembers[M]>;

/** One family of resources of a region: the operations that it needs, and how it is read. */
export interface Collector<M extends Collected> {
  readonly operations: readonly Operation[];
  /** Never throws for what AWS does: what could not be read is recorded in `region.place`. */
  readonly collect: (region: Region, others: Others) => Promise<RegionMembers[M]>;
}
