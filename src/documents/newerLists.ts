import { groupedBy } from './grouped.ts';
import type { RevocationList } from './revocationLists.ts';

/** The enabled list that has taken this one's place; undefined where none has. */
export type NewerLists = (list: RevocationList) => RevocationList | undefined;

/** Of the lists of one trust anchor, issuer and key, the newest that is at work and not out of date replaces those before it. */
export function newerLists(lists: readonly RevocationList[], now: Date): NewerLists {
  const newest = new Map([...groupedBy(lists, placeOf)].map(([place, those]) => [place, newestOf(those, now)]));
  return list => {
    const other = newest.get(placeOf(list));
    return other !== undefined && issuedAt(list) < issuedAt(other) ? other : undefined;
  };
}

/** Lists whose key is not named, or that cannot be read, stand each for itself. */
function placeOf({ detail, crl }: RevocationList): string {
  if (crl?.authorityKeyId === undefined) return detail.crlArn;
  return JSON.stringify([detail.trustAnchorArn, crl.issuer.key, crl.authorityKeyId]);
}

function newestOf(lists: readonly RevocationList[], now: Date): RevocationList | undefined {
  return lists.filter(list => isAtWork(list, now)).toSorted((a, b) => issuedAt(b) - issuedAt(a))[0];
}

/** A delta tells only what changed, and a list that its CA did not sign counts for nothing. */
function isAtWork({ detail, crl, issuer }: RevocationList, now: Date): boolean {
  const ends = Date.parse(crl?.nextUpdate ?? '');
  return detail.enabled && ends >= now.getTime() && crl?.delta === false && issuer?.issued !== false;
}

function issuedAt({ crl }: RevocationList): number {
  return Date.parse(crl?.thisUpdate ?? '');
}
