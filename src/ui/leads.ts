import type { Document, DocumentKind, Resource } from '../documents/document.ts';
import type { Finding } from '../findings/finding.ts';
import type { Lead } from './lead.ts';
import { pad, say } from './line.ts';
import { relativesOf } from './relatives.ts';
import { resourceCell } from './resource-words.ts';
import { documentOf, type Scene } from './scene.ts';
import { graded } from './severity.ts';
import { toldOf } from './told.ts';

/** From a finding to what it is about, and to what stands next to that. */
export function leadsOfFinding(scene: Scene, { resource }: Finding): readonly Lead[] {
  return leadsAbout(scene, [resource]);
}

/** From what could not be evaluated to each resource that it is about, or from one also to what stands next to it. */
export function leadsAbout(scene: Scene, resources: readonly Resource[]): readonly Lead[] {
  const documents = resources.flatMap(resource => documentOf(scene, resource) ?? []);
  const others = documents.length === 1 ? relativesOf(scene, documents[0]!) : [];
  return [...documents, ...others].flatMap(leadTo);
}

/** From a resource to its findings, the gravest first as in its detail, and to what stands next to it. */
export function leadsOfResource(scene: Scene, document: Document): readonly Lead[] {
  return [...toldOf(scene, document).map(leadToFinding), ...relativesOf(scene, document).flatMap(leadTo)];
}

function leadToFinding(finding: Finding): Lead {
  const about = resourceCell(finding.resource);
  return {
    words: [...pad([graded(finding.severity)], GRADE), say(`  ${finding.name}  `), say(about.text, 'dim')],
    view: 'findings',
    row: finding.id,
  };
}

/** Cells of `!! critical`. */
const GRADE = 11;

const VIEW_OF: Readonly<Record<DocumentKind, string | undefined>> = {
  trust_anchor: 'anchors',
  profile: 'profiles',
  role: 'roles',
  crl: 'CRLs',
  subject: 'subjects',
  path: 'paths',
  event: 'activity',
  account: undefined,
};

function leadTo({ kind, resource }: Document): readonly Lead[] {
  const view = VIEW_OF[kind];
  if (view === undefined) return [];
  return [
    { words: [say(resourceCell(resource).text), say(`  ${resource.region}`, 'dim')], view, row: rowIdOf(resource) },
  ];
}

/** A resource's row has the same id whatever view it stands in. */
export function rowIdOf({ region, id }: Resource): string {
  return `${region} ${id}`;
}
