/** Events of one source (`rolesanywhere.amazonaws.com`) with these names; no names: all of them. */
export interface EventLookup {
  readonly source: string;
  readonly names: readonly string[];
}

/**
 * Sources whose events CloudTrail keeps in the partition's home region and nowhere else. STS is not among them: each of its
 * regional endpoints writes in its own region, the global one at home (STS user guide, "Regions and endpoints").
 */
const AT_HOME = new Set(['iam.amazonaws.com']);

export function isAtHome({ source }: EventLookup): boolean {
  return AT_HOME.has(source);
}
