import { oncePer } from '../../memo/oncePer.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { SubjectCredential } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isComplete } from '../context.ts';
import { authoritiesOf } from './authorities.ts';
import { heldCertificate } from './heldCertificate.ts';
import { lifetimeDays } from './validity.ts';

/** The certificates that subjects of a region came with, without those that AWS refused and none of its CAs issued. */
export interface Seen {
  /** How long the longest-lived of those is valid that some CAs issued themselves; undefined where none was seen. */
  readonly longestHours: number | undefined;
  /** The same of all others, which CAs below these may have issued. */
  readonly longestOfOthers: number | undefined;
  /** Whether all subjects of the region and their certificates were read. */
  readonly complete: boolean;
}

/** Told apart by whether any of these CAs issued them, by the issuer that they name. */
export function seenFrom(region: RegionSnapshot, authorities: readonly Certificate[]): Seen {
  const { longest, ranked, complete } = longestIn(region);
  const own = new Set(authorities.map(({ subject }) => subject.key));
  const hours = [...own].map(issuer => longest.get(issuer)).filter(each => each !== undefined);
  const [, longestOfOthers] = ranked.find(([issuer]) => !own.has(issuer)) ?? [];
  return { longestHours: hours.length === 0 ? undefined : Math.max(...hours), longestOfOthers, complete };
}

interface Longest {
  /** Hours, by the issuer's name. */
  readonly longest: ReadonlyMap<string, number>;
  /** The same, the longest first. */
  readonly ranked: readonly (readonly [issuer: string, hours: number])[];
  readonly complete: boolean;
}

/** Every trust anchor of a region asks. */
const longestIn = oncePer((region: RegionSnapshot): Longest => {
  const credentials = region.subjects.flatMap(subject => subject.credentials ?? []);
  const longest = new Map<string, number>();
  const known = credentials.filter(each => !isOutsiders(each, region)).flatMap(each => heldCertificate(each) ?? []);
  for (const certificate of known) {
    const { key } = certificate.issuer;
    longest.set(key, Math.max(lifetimeDays(certificate) * 24, longest.get(key) ?? 0));
  }
  const complete =
    isComplete(region, 'subjects') && region.subjects.every(({ credentials }) => credentials?.every(isReadable));
  return { longest, ranked: [...longest].sort(([, one], [, other]) => other - one), complete };
});

/** Whether all subjects of the region were read, with each certificate that they came with. */
export function seenCompletely(region: RegionSnapshot): boolean {
  return longestIn(region).complete;
}

/** Whether one of those names this CA, by the key of its name, as its issuer. */
export function hasSeenFrom(region: RegionSnapshot, issuer: string): boolean {
  return longestIn(region).longest.has(issuer);
}

/** Anybody can come with a certificate that names a CA, and is refused. */
function isOutsiders(credential: SubjectCredential, region: RegionSnapshot): boolean {
  if (credential.failed !== true) return false;
  const certificate = heldCertificate(credential);
  return certificate !== undefined && authoritiesIn(region).issuersOf(certificate).known !== true;
}

const authoritiesIn = oncePer(authoritiesOf);

function isReadable(credential: SubjectCredential): boolean {
  return heldCertificate(credential) !== undefined;
}
