import type { Document, JsonObject } from '../documents/document.ts';
import { isUnknownAt, textAt, valueAt } from '../documents/path.ts';
import { documentsOfKind, type Scene } from './scene.ts';

/** Access paths, counted: pairs of a profile and a role that it lists. */
export interface Gates {
  /** Some certificate gets a session today. */
  readonly open: Figure;
  /** And that session is an administrator's, or can make itself one. */
  readonly admin: Figure;
  /** And nothing holds certificates apart. */
  readonly anyCertificate: Figure;
  /** The profile is enabled, and no certificate whatever meets the role's trust policy. */
  readonly dead: Figure;
}

/** How many gates are known to be so, and of how many more it is not known. */
export interface Figure {
  readonly known: number;
  readonly unknown: number;
}

export function gatesOf(scene: Scene): Gates {
  const gates = documentsOfKind(scene, 'path').map(({ body }) => body);
  return {
    open: figure(gates.map(isOpen)),
    admin: figure(gates.map(gate => both(isOpen(gate), reachesAdmin(gate)))),
    anyCertificate: figure(gates.map(gate => both(isOpen(gate), takesAny(gate)))),
    dead: figure(gates.map(isDead)),
  };
}

export type Answer = 'yes' | 'no' | 'unknown';

/** Whether a role can be had today by one of its paths. */
export function isRoleOpen(scene: Scene, { body, resource }: Document): Answer {
  if (valueAt(body, 'role.reachable') === false) return 'no';
  const answers = pathsTo(scene, resource.id).map(isOpen);
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') || !knowsAllPaths(body) ? 'unknown' : 'no';
}

/** Whether every path to the role is one that no certificate takes, and there is one. */
export function isRoleDead(scene: Scene, { body, resource }: Document): boolean {
  const paths = pathsTo(scene, resource.id);
  return knowsAllPaths(body) && paths.length > 0 && paths.every(isImpossible);
}

/** Other profiles, of other regions perhaps, may list the role. */
function knowsAllPaths(role: JsonObject): boolean {
  return !isUnknownAt(role, 'role.profiles.arn');
}

function isOpen(path: JsonObject): Answer {
  return answer(path, 'path.open', valueAt(path, 'path.open') === true);
}

function reachesAdmin(path: JsonObject): Answer {
  const answers = ['path.access.admin', 'path.access.admin_equivalent'].map(field =>
    answer(path, field, valueAt(path, field) === true),
  );
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

/** Grades by which whoever the CA vouches for gets in, though it may look otherwise. */
const LOOSE = ['any_anchor', 'ineffective'];

/** See path.gate.grade. */
export function takesAny(path: JsonObject): Answer {
  return answer(path, 'path.gate.grade', LOOSE.includes(textAt(path, 'path.gate.grade') ?? ''));
}

/** The words for which certificates may enter have their doubts in them. */
export function isDoubted(words: string): boolean {
  return /^(perhaps|not known):/.test(words);
}

function isDead(path: JsonObject): Answer {
  return isImpossible(path) && valueAt(path, 'profile.enabled') === true ? 'yes' : 'no';
}

export function isImpossible(path: JsonObject): boolean {
  return textAt(path, 'path.gate.grade') === 'impossible';
}

function answer(path: JsonObject, field: string, yes: boolean): Answer {
  if (isUnknownAt(path, field)) return 'unknown';
  return yes ? 'yes' : 'no';
}

/** The bodies of the paths to a role. */
export function pathsTo(scene: Scene, arn: string): readonly JsonObject[] {
  return (scene.pathsTo.get(arn) ?? []).map(({ body }) => body);
}

function both(a: Answer, b: Answer): Answer {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'yes' && b === 'yes' ? 'yes' : 'unknown';
}

function figure(answers: readonly Answer[]): Figure {
  const count = (wanted: Answer) => answers.filter(each => each === wanted).length;
  return { known: count('yes'), unknown: count('unknown') };
}
