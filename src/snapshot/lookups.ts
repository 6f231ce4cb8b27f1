/** Events of one source (`rolesanywhere.amazonaws.com`; `*`: any) with these names; no names: all of them. */
export interface EventLookup {
  readonly source: string;
  readonly names: readonly string[];
}

export const ANY_SOURCE = '*';

/**
 * Sources whose events CloudTrail keeps in the partition's home region and nowhere else. STS is not among them: each of its
 * regional endpoints writes in its own region, the global one at home (STS user guide, "Regions and endpoints").
 */
const AT_HOME = new Set(['iam.amazonaws.com']);

export function isAtHome({ source }: EventLookup): boolean {
  return AT_HOME.has(source);
}

/** Whether what was looked for (undefined: everything) holds all that is wanted. */
export function isCovered(wanted: EventLookup, by: readonly EventLookup[] | undefined): boolean {
  if (by === undefined) return true;
  return by.some(
    ({ source, names }) => (source === wanted.source || source === ANY_SOURCE) && hasAll(names, wanted.names),
  );
}

function hasAll(names: readonly string[], wanted: readonly string[]): boolean {
  if (names.length === 0) return true;
  return wanted.length > 0 && wanted.every(name => names.includes(name));
}
