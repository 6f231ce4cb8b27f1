import type { Certificate } from '../pki/certificate.ts';
import type { SubjectCredential } from '../snapshot/shapes.ts';
import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { isComplete } from './context.ts';
import { heldCertificate } from './heldCertificate.ts';

/** The certificates that subjects came with and that one CA issued itself. */
export interface Seen {
  /** How long the longest-lived of them is valid; undefined where none was seen. */
  readonly longestHours: number | undefined;
  /** Whether all subjects of the region and their certificates were read. */
  readonly complete: boolean;
}

/** Those that any of these CAs issued, by the issuer that they name. */
export function seenFrom(region: RegionSnapshot, authorities: readonly Certificate[]): Seen {
  const { longest, complete } = longestIn(region);
  const hours = authorities.map(({ subject }) => longest.get(subject.key)).filter(each => each !== undefined);
  return { longestHours: hours.length === 0 ? undefined : Math.max(...hours), complete };
}

interface Longest {
  /** Hours, by the issuer's name. */
  readonly longest: ReadonlyMap<string, number>;
  readonly complete: boolean;
}

/** Every trust anchor of a region asks. */
const byRegion = new WeakMap<RegionSnapshot, Longest>();

function longestIn(region: RegionSnapshot): Longest {
  const known = byRegion.get(region);
  if (known !== undefined) return known;
  const credentials = region.subjects.flatMap(subject => subject.credentials ?? []);
  const longest = new Map<string, number>();
  for (const certificate of credentials.flatMap(each => heldCertificate(each) ?? [])) {
    const { issuer, notBefore, notAfter } = certificate;
    const hours = (Date.parse(notAfter) - Date.parse(notBefore)) / 3_600_000;
    longest.set(issuer.key, Math.max(hours, longest.get(issuer.key) ?? 0));
  }
  const complete =
    isComplete(region, 'subjects') && region.subjects.every(({ credentials }) => credentials?.every(isReadable));
  byRegion.set(region, { longest, complete });
  return { longest, complete };
}

function isReadable(credential: SubjectCredential): boolean {
  return heldCertificate(credential) !== undefined;
}
