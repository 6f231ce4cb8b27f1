import type { Audit } from '../audit.ts';
import type { Document, DocumentKind, Resource } from '../documents/document.ts';
import { isPlace, OTHER_REGIONS } from '../documents/gaps.ts';
import { textAt, valueAt } from '../documents/path.ts';
import type { Finding, NotEvaluated } from '../findings/finding.ts';
import { groupedBy } from '../lists.ts';
import type { Rule } from '../rules/rule.ts';

/** An audit as the views look at it: what belongs to a resource is found without searching. */
export interface Scene {
  readonly audit: Audit;
  readonly rules: ReadonlyMap<string, Rule>;
  /** Regions, and `global`, whose answers have not come yet. */
  readonly pending: readonly string[];
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly notEvaluated: ReadonlyMap<string, readonly NotEvaluated[]>;
  readonly documents: ReadonlyMap<string, Document>;
  /** The paths through each profile, by its ARN. */
  readonly paths: ReadonlyMap<string, readonly Document[]>;
  /** The paths to each role, by its ARN. */
  readonly pathsTo: ReadonlyMap<string, readonly Document[]>;
}

export function sceneOf(whole: Audit, rules: readonly Rule[], pending: readonly string[]): Scene {
  const audit = { ...whole, notEvaluated: whole.notEvaluated.filter(({ resource }) => !isPending(resource, pending)) };
  return {
    audit,
    pending,
    rules: new Map(rules.map(rule => [rule.id, rule])),
    findings: grouped(audit.findings),
    notEvaluated: grouped(audit.notEvaluated),
    documents: new Map(audit.documents.map(document => [keyOf(document.resource), document])),
    paths: pathsBy('profile.arn', audit.documents),
    pathsTo: pathsBy('role.arn', audit.documents),
  };
}

export function documentOf(scene: Scene, resource: Resource): Document | undefined {
  return scene.documents.get(keyOf(resource));
}

export function findingsOf(scene: Scene, resource: Resource): readonly Finding[] {
  return scene.findings.get(keyOf(resource)) ?? [];
}

export function notEvaluatedOf(scene: Scene, resource: Resource): readonly NotEvaluated[] {
  return scene.notEvaluated.get(keyOf(resource)) ?? [];
}

export function documentsOfKind(scene: Scene, kind: DocumentKind): readonly Document[] {
  return scene.audit.documents.filter(document => document.kind === kind);
}

/**
 * Resources whose findings are about this one as well: a path is as bad as its profile and its role while somebody may come this
 * way, and what is wrong with a profile's paths is wrong with the profile.
 */
export function relatedTo(scene: Scene, { kind, resource, body }: Document): readonly Resource[] {
  if (kind === 'profile') return (scene.paths.get(resource.id) ?? []).map(path => path.resource);
  if (kind !== 'path' || valueAt(body, 'path.open') === false) return [];
  return [
    { ...resource, kind: 'profile', id: textAt(body, 'profile.arn') ?? '', name: textAt(body, 'profile.name') ?? '' },
    {
      ...resource,
      kind: 'role',
      id: textAt(body, 'role.arn') ?? '',
      name: textAt(body, 'role.name') ?? '',
      region: 'global',
    },
  ];
}

function pathsBy(field: string, documents: readonly Document[]): ReadonlyMap<string, readonly Document[]> {
  const paths = documents.filter(({ kind }) => kind === 'path');
  return groupedBy(paths, ({ body }) => textAt(body, field) ?? '');
}

/** A place of which the answer is still to come: that is said once, not rule by rule. */
function isPending(resource: Resource, pending: readonly string[]): boolean {
  if (!isPlace(resource) || pending.length === 0) return false;
  return resource.region === OTHER_REGIONS || pending.includes(resource.region);
}

function grouped<T extends { readonly resource: Resource }>(things: readonly T[]): ReadonlyMap<string, readonly T[]> {
  return groupedBy(things, ({ resource }) => keyOf(resource));
}

function keyOf({ kind, account, region, id }: Resource): string {
  return `${kind} ${account} ${region} ${id}`;
}
