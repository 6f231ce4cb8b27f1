import type { Document, DocumentKind } from '../documents/document.ts';
import { textAt, valuesAt } from '../documents/path.ts';
import { documentOf, documentsOfKind, type Scene } from './scene.ts';

/** What stands next to a resource on the way in: a role's paths, a path's profile, role and trust anchors, a session's all. */
export function relativesOf(scene: Scene, document: Document): readonly Document[] {
  const { kind, resource, body } = document;
  const named = (of: DocumentKind, path: string) => byArn(scene, document, of, valuesAt(body, path));
  switch (kind) {
    case 'profile':
      return scene.paths.get(resource.id) ?? [];
    case 'role':
      return scene.pathsTo.get(resource.id) ?? [];
    case 'path':
      return [
        ...named('profile', 'profile.arn'),
        ...named('role', 'role.arn'),
        ...named('trust_anchor', 'path.anchors.arn'),
      ];
    case 'trust_anchor':
      return documentsOfKind(scene, 'crl').filter(crl => textAt(crl.body, 'crl.trust_anchor.arn') === resource.id);
    case 'crl':
      return named('trust_anchor', 'crl.trust_anchor.arn');
    case 'event':
      return [
        ...named('subject', `${ANSWER}.subjectArn`),
        ...named('trust_anchor', `${REQUEST}.trustAnchorArn`),
        ...named('profile', `${REQUEST}.profileArn`),
        ...named('role', `${REQUEST}.roleArn`),
      ];
    default:
      return [];
  }
}

const REQUEST = 'aws.cloudtrail.flattened.request_parameters';
const ANSWER = 'aws.cloudtrail.flattened.response_elements';

/** Roles are of no region. */
function byArn(scene: Scene, of: Document, kind: DocumentKind, arns: readonly unknown[]): readonly Document[] {
  const region = kind === 'role' ? 'global' : of.resource.region;
  return arns.flatMap(arn => documentOf(scene, { ...of.resource, kind, region, id: String(arn) }) ?? []);
}
