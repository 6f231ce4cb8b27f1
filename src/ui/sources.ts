import type { Document, Resource } from '../documents/document.ts';
import { FIELDS } from '../documents/fields.ts';
import { textAt } from '../documents/path.ts';
import { type Coverage, isFailed, isNotAsked } from '../snapshot/coverage.ts';
import { BROUGHT_BY } from '../snapshot/operations.ts';
import type { Scene } from './scene.ts';
import { span } from './time.ts';

/** What became of the operations that a resource's fields come from, in its place. */
export function sourcesOf(scene: Scene, resource: Resource, paths: readonly string[]): readonly Coverage[] {
  const operations = new Set(paths.flatMap(path => operationsOf(resource, path)));
  return scene.audit.coverage.filter(row => operations.has(row.operation) && isIn(row, resource));
}

/** Why the value of a document's field is not known. */
export function whyUnknown(scene: Scene, { resource, body }: Document, path: string): string {
  const rows = sourcesOf(scene, resource, [path]);
  const since = eventsSince(scene, resource);
  const isOfEvents = rows.length > 0 && rows.every(({ operation }) => operation === BROUGHT_BY.events);
  if (isOfEvents && since !== undefined) {
    const isOlder = (textAt(body, `${resource.kind}.created_at`) ?? since) < since;
    const asked = span(since, new Date(scene.audit.snapshot.takenAt));
    if (isOlder || !rows.some(isFailed)) return `not in the events read (${asked})`;
  }
  if (scene.pending.some(place => rows.some(({ region }) => region === place))) return 'not known yet';
  if (rows.some(isFailed)) return 'not known: could not be read';
  return rows.some(isNotAsked) ? 'not known: was not asked' : 'not known';
}

const OPERATION = /\b[a-z0-9-]+:[A-Z]\w*/g;

/** What is worked out of a role's policies names them, not the calls that bring them. */
const POLICY_CALLS = [
  'iam:ListRoles',
  'iam:GetAccountAuthorizationDetails',
  'iam:GetRole',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'iam:GetRolePolicy',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
];

/** A field's source names the operations. A path can also be that of an object with fields, or of a key in a field. */
function operationsOf({ kind }: Resource, path: string): readonly string[] {
  return FIELDS[kind]
    .filter(({ name }) => name === path || name.startsWith(`${path}.`) || path.startsWith(`${name}.`))
    .flatMap(({ source }) => source.match(OPERATION) ?? (source.includes('policies') ? POLICY_CALLS : []));
}

/** Roles belong to no region, and whatever profiles tell of them comes from all. */
function isIn({ account, region }: Coverage, resource: Resource): boolean {
  return account === resource.account && (region === 'global' || [region, 'global'].includes(resource.region));
}

function eventsSince({ audit }: Scene, resource: Resource): string | undefined {
  return audit.snapshot.accounts
    .find(({ id }) => id === resource.account)
    ?.regions.find(({ name }) => name === resource.region)?.eventsSince;
}
