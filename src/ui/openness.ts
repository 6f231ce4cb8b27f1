import type { Document, JsonObject } from '../documents/document.ts';
import { isUnknownAt, textAt, valueAt, valuesAt } from '../documents/path.ts';
import { distinct } from '../lists.ts';
import { isDoubted, isRoleDead, pathsTo, takesAny } from './gates.ts';
import type { Scene } from './scene.ts';

/** Whom a role that trusts Roles Anywhere lets in, by what its conditions come to and not by what they look like. */
export type Openness =
  | 'any certificate'
  | 'perhaps any'
  | 'any of its CAs'
  | 'conditions'
  | 'no certificate'
  | 'not known';

/** A role is as open as the loosest of its paths; one that no profile lists, as its trust policy by itself. */
export function opennessOf(scene: Scene, role: Document): Openness {
  if (isRoleDead(scene, role)) return 'no certificate';
  const paths = pathsTo(scene, role.resource.id);
  const told = paths.length > 0 ? paths.map(opennessOfPath) : [opennessOfTrust(role.body)];
  return LOOSEST_FIRST.find(each => told.includes(each)) ?? 'conditions';
}

/** Of the certificates that its paths let in, in words; by its trust policy where no profile lists it. */
export function entrantsOf(scene: Scene, role: Document): readonly string[] {
  const told = sayingsOf(scene, role, 'path.gate.certificates');
  return told.length > 0 ? told : [IN_FULL[opennessOf(scene, role)]];
}

/** Why it is not as shut as it looks, in words. */
export function loopholesOf(scene: Scene, role: Document): readonly string[] {
  return sayingsOf(scene, role, 'path.gate.evidence');
}

const LOOSEST_FIRST: readonly Openness[] = [
  'any certificate',
  'perhaps any',
  'not known',
  'any of its CAs',
  'conditions',
];

const IN_FULL: Readonly<Record<Openness, string>> = {
  'any certificate': 'any certificate of any trust anchor',
  'perhaps any': 'perhaps: any certificate of any trust anchor',
  'any of its CAs': 'any certificate of the trust anchors that it names',
  conditions: 'those that meet its conditions',
  'no certificate': 'none',
  'not known': 'not known',
};

function opennessOfPath(path: JsonObject): Openness {
  const answer = takesAny(path);
  if (answer === 'unknown') return 'not known';
  if (answer === 'yes') return isSure(path) ? 'any certificate' : 'perhaps any';
  return textAt(path, 'path.gate.grade') === 'any_of_ca' ? 'any of its CAs' : 'conditions';
}

/** That it takes any may hang on what nobody can decide. */
function isSure(path: JsonObject): boolean {
  return !isUnknownAt(path, 'path.open') && !isDoubted(String(valuesAt(path, 'path.gate.certificates')[0] ?? ''));
}

/** Of role.trust.certificate.held_to: whatever certificate a CA makes has that. */
const ASKS_NOTHING: ReadonlySet<string> = new Set(['nothing', 'any_value', 'itself', 'issuer']);

function opennessOfTrust(role: JsonObject): Openness {
  const [heldTo, constrained] = ['role.trust.certificate.held_to', 'role.trust.source_arn.constrained'];
  if (ANY_BY.some(field => valueAt(role, field) === true)) return 'any certificate';
  if (isUnknownAt(role, heldTo)) return 'not known';
  if (textAt(role, heldTo) === undefined && isUnknownAt(role, 'role.trust.unconditioned')) return 'not known';
  if (!ASKS_NOTHING.has(textAt(role, heldTo) ?? '')) return 'conditions';
  return valueAt(role, constrained) === true ? 'any of its CAs' : 'perhaps any';
}

/** What says for certain that whoever comes gets in. */
const ANY_BY = ['role.trust.unconditioned', 'role.trust.source_account_only'];

function sayingsOf(scene: Scene, role: Document, field: string): readonly string[] {
  const told = pathsTo(scene, role.resource.id).flatMap(path => valuesAt(path, field).map(String));
  return distinct(told);
}
