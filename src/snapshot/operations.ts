import type { RegionMember } from './snapshot.ts';

/** The operation that brings each member of a region. */
export const BROUGHT_BY = {
  trustAnchors: 'rolesanywhere:ListTrustAnchors',
  profiles: 'rolesanywhere:ListProfiles',
  crls: 'rolesanywhere:ListCrls',
  subjects: 'rolesanywhere:ListSubjects',
  tags: 'rolesanywhere:ListTagsForResource',
  events: 'cloudtrail:LookupEvents',
} as const satisfies Readonly<Record<RegionMember, string>>;
