import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import type { Authority } from './authority.ts';
import { isComplete } from './context.ts';
import { type Facts, UNKNOWN } from './facts.ts';
import { groupedBy } from './grouped.ts';
import type { RevocationLists } from './revocationLists.ts';
import type { Terms } from './terms.ts';
import { unlistedSubjects } from './unlisted.ts';

/** What a document says of the revocation lists of a trust anchor; UNKNOWN where not all lists were read, with their anchors. */
export type AnchorLists = (anchorArn: string, authority: Authority) => Facts | typeof UNKNOWN;

/** Every trust anchor of a region asks for its own. */
export function anchorLists(region: RegionSnapshot, { all }: RevocationLists, terms: Terms): AnchorLists {
  if (!isComplete(region, 'crls') || all.some(({ detail }) => detail.trustAnchorArn === undefined))
    return () => UNKNOWN;
  const byAnchor = groupedBy(all, ({ detail }) => detail.trustAnchorArn);
  const unlisted = unlistedSubjects(region, terms);
  return (anchorArn, authority) => {
    const lists = byAnchor.get(anchorArn) ?? [];
    const enabled = lists.filter(({ detail }) => detail.enabled);
    return {
      count: lists.length,
      enabled_count: enabled.length,
      name: lists.map(({ detail }) => detail.name).sort(),
      unlisted: unlisted(authority, enabled),
    };
  };
}
