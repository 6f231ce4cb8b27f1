import { groupedBy } from '../../lists.ts';
import { WHOLE } from '../../pki/crlScope.ts';
import type { RevocationList } from '../pki/revocationLists.ts';

/** The enabled list that has taken this one's place, `unsure` where one may have; undefined where none has. */
export type NewerLists = (list: RevocationList) => RevocationList | 'unsure' | undefined;

/**
 * Of the lists of one trust anchor, issuer, key and scope, the newest that is at work and not out of date replaces those before it;
 * so does one of the whole scope. Not certain of one whose signature could not be verified, or with something critical that is not
 * known here.
 */
export function newerLists(lists: readonly RevocationList[], now: Date): NewerLists {
  const working = lists.filter(list => isAtWork(list, now));
  const [sure, unsure] = [newestByPlace(working.filter(isSure)), newestByPlace(working.filter(each => !isSure(each)))];
  return list => {
    const places = [placeOf(list), placeOf(list, WHOLE)];
    const newerIn = (newest: ReadonlyMap<string, RevocationList>) =>
      places.flatMap(place => newest.get(place) ?? []).find(other => issuedAt(list) < issuedAt(other));
    return newerIn(sure) ?? (newerIn(unsure) === undefined ? undefined : 'unsure');
  };
}

function newestByPlace(lists: readonly RevocationList[]): ReadonlyMap<string, RevocationList> {
  const byPlace = groupedBy(lists, list => placeOf(list));
  return new Map([...byPlace].map(([place, those]) => [place, newestOf(those)]));
}

/** Lists whose key is not named, or that cannot be read, stand each for itself. */
function placeOf({ detail, crl }: RevocationList, scope = crl?.scope): string {
  if (crl?.authorityKeyId === undefined) return detail.crlArn;
  return JSON.stringify([detail.trustAnchorArn, crl.issuer.key, crl.authorityKeyId, scope]);
}

function newestOf(lists: readonly RevocationList[]): RevocationList {
  return lists.reduce((newest, list) => (issuedAt(list) > issuedAt(newest) ? list : newest));
}

/** A delta tells only what changed, and a list that its CA did not sign, or without a trust anchor, counts for nothing. */
function isAtWork(list: RevocationList, now: Date): boolean {
  const { detail, crl, authority, issuer } = list;
  const ends = Date.parse(crl?.nextUpdate ?? '');
  const isCurrent = issuedAt(list) <= now.getTime() + HOUR_MS && ends >= now.getTime();
  const counts = authority !== 'missing' && issuer?.issued !== false;
  return detail.enabled && isCurrent && crl?.delta === false && counts;
}

/** The clocks of CAs differ a little. */
const HOUR_MS = 3_600_000;

function isSure({ issuer, crl }: RevocationList): boolean {
  return issuer?.issued === true && crl?.unknownCritical.length === 0;
}

function issuedAt({ crl }: RevocationList): number {
  return Date.parse(crl?.thisUpdate ?? '');
}
