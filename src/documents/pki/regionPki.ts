import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { type Authorities, authoritiesOf } from './authorities.ts';
import { type RevocationLists, revocationListsOf } from './revocationLists.ts';

/** The CAs behind a region's trust anchors, and what their revocation lists say: read once, however many documents ask. */
export interface RegionPki {
  readonly authorities: Authorities;
  readonly lists: RevocationLists;
}

export function regionPki(region: RegionSnapshot): RegionPki {
  const authorities = authoritiesOf(region);
  return { authorities, lists: revocationListsOf(region, authorities) };
}
