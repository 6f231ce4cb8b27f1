import type { Document, Json } from '../documents/document.ts';
import { isUnknownAt, valueAt, valuesAt } from '../documents/path.ts';
import { documentOf, documentsOfKind, type Scene } from './scene.ts';

/** Pairs of an enabled profile and a role, in places where an enabled trust anchor stands. */
export interface Gates {
  readonly open: Figure;
  readonly admin: Figure;
  /** The role's trust policy puts no condition on the certificate. */
  readonly anyCertificate: Figure;
}

/** How many gates are known to be so, and of how many more it is not known. */
export interface Figure {
  readonly known: number;
  readonly unknown: number;
}

export function gatesOf(scene: Scene): Gates {
  const places = new Set(documentsOfKind(scene, 'trust_anchor').filter(isEnabledAnchor).map(placeOf));
  const gates = documentsOfKind(scene, 'profile')
    .filter(document => valueAt(document.body, 'profile.enabled') === true && places.has(placeOf(document)))
    .flatMap(profile => gatesIn(scene, profile));
  return {
    open: figure(gates.map(gate => gate.open)),
    admin: figure(gates.map(gate => both(gate.open, gate.admin))),
    anyCertificate: figure(gates.map(gate => both(gate.open, gate.anyCertificate))),
  };
}

function isEnabledAnchor({ body }: Document): boolean {
  return valueAt(body, 'trust_anchor.enabled') === true;
}

function placeOf({ resource }: Document): string {
  return `${resource.account} ${resource.region}`;
}

type Answer = 'yes' | 'no' | 'unknown';

function gatesIn(scene: Scene, profile: Document) {
  const open = asker(scene, profile, { list: 'profile.roles.trusting', field: 'role.trust.rolesanywhere' });
  const admin = asker(scene, profile, { list: 'profile.roles.admin', field: 'role.admin' });
  const any = asker(scene, profile, { list: 'profile.roles.unconditioned', field: 'role.trust.unconditioned' });
  return valuesAt(profile.body, 'profile.role_arns').map(arn => ({
    open: open(arn),
    admin: admin(arn),
    anyCertificate: any(arn),
  }));
}

/** Whether a role is in a list of the profile's: a list that is not wholly known leaves out what its role's own document knows. */
function asker(
  scene: Scene,
  { body, resource }: Document,
  { list, field }: { readonly list: string; readonly field: string },
): (arn: Json) => Answer {
  const listed = new Set(valuesAt(body, list));
  const missing = new Set(valuesAt(body, 'profile.roles.missing'));
  const isWhole = !isUnknownAt(body, list);
  return arn => {
    if (listed.has(arn)) return 'yes';
    if (isWhole || missing.has(arn)) return 'no';
    const role = documentOf(scene, { ...resource, kind: 'role', region: 'global', id: String(arn) });
    return role === undefined || isUnknownAt(role.body, field) ? 'unknown' : 'no';
  };
}

function both(a: Answer, b: Answer): Answer {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'yes' && b === 'yes' ? 'yes' : 'unknown';
}

function figure(answers: readonly Answer[]): Figure {
  const count = (answer: Answer) => answers.filter(each => each === answer).length;
  return { known: count('yes'), unknown: count('unknown') };
}
