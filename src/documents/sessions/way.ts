import type { ProfileDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import type { Document } from '../document.ts';

/** A role as one profile hands it out. */
export interface Way {
  readonly region: RegionSnapshot;
  readonly profile: ProfileDetail;
  readonly path: Document;
}
