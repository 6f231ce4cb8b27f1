import { all as allOf, some, type Truth } from '../../iam/truth.ts';
import { groupedBy } from '../../lists.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isComplete } from '../context.ts';
import { type Facts, orUnknown, UNKNOWN } from '../facts.ts';
import type { Authority } from '../pki/authority.ts';
import { coversHolders } from '../pki/listCoverage.ts';
import type { RevocationList, RevocationLists } from '../pki/revocationLists.ts';
import { hasSeenFrom } from '../pki/seenCertificates.ts';
import type { Terms } from '../terms.ts';
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
    return {
      count: lists.length,
      enabled_count: lists.filter(({ detail }) => detail.enabled).length,
      name: lists.map(({ detail }) => detail.name).sort(),
      cover_holders: orUnknown(some(lists.map(list => allOf([coversHolders(list), isOfHolders(list, region)])))),
      partial: lists.flatMap(partialText).sort(),
      unlisted: unlisted(authority, lists),
    };
  };
}

/**
 * Whether it is of a CA that lets holders in. One of another name than the anchor's CAs may be of a CA below them, or of a stranger,
 * until somebody comes by a CA of that name; where there can be none below, that is reported of the list itself.
 */
function isOfHolders({ crl, issuer }: RevocationList, region: RegionSnapshot): Truth {
  const isOfAnother = issuer?.issuerMatches === false && issuer.issued === undefined;
  return !isOfAnother || (crl !== undefined && hasSeenFrom(region, crl.issuer.key)) || undefined;
}

function partialText(list: RevocationList): readonly string[] {
  if (list.crl === undefined || coversHolders(list) !== false) return [];
  const { delta, onlyOf } = list.crl;
  return [`${list.detail.name}: ${delta ? 'only changes since another list' : `only ${onlyOf}`}`];
}
