import type { Document } from '../documents/document.ts';
import { isUnknown, listAt, valueAt } from './facts.ts';
import { documentsOfKind, type Scene } from './scene.ts';

/** Pairs of an enabled profile and a role, in places where an enabled trust anchor stands. */
export interface Gates {
  readonly open: number;
  readonly admin: number;
  /** The role's trust policy puts no condition on the certificate. */
  readonly anyCertificate: number;
  /** Profiles of which it is not known which of their roles may be assumed. */
  readonly unknown: number;
}

export function gatesOf(scene: Scene): Gates {
  const places = new Set(documentsOfKind(scene, 'trust_anchor').filter(isEnabledAnchor).map(placeOf));
  const profiles = documentsOfKind(scene, 'profile').filter(
    document => valueAt(document.body, 'profile.enabled') === true && places.has(placeOf(document)),
  );
  return {
    open: sum(profiles, profile => listAt(profile.body, 'profile.roles.trusting').length),
    admin: sum(profiles, profile => both(profile, 'profile.roles.admin')),
    anyCertificate: sum(profiles, profile => both(profile, 'profile.roles.unconditioned')),
    unknown: profiles.filter(({ body }) => isUnknown(body, 'profile.roles.trusting')).length,
  };
}

function isEnabledAnchor({ body }: Document): boolean {
  return valueAt(body, 'trust_anchor.enabled') === true;
}

function placeOf({ resource }: Document): string {
  return `${resource.account} ${resource.region}`;
}

/** Roles in a list of the profile's that may be assumed through it. */
function both({ body }: Document, path: string): number {
  const trusting = new Set(listAt(body, 'profile.roles.trusting'));
  return listAt(body, path).filter(arn => trusting.has(arn)).length;
}

function sum(documents: readonly Document[], count: (document: Document) => number): number {
  return documents.reduce((total, document) => total + count(document), 0);
}
