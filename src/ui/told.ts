import type { Document } from '../documents/document.ts';
import type { Finding } from '../findings/finding.ts';
import { findingsOf, relatedTo, type Scene } from './scene.ts';
import { rankOf } from './severity.ts';

/** What is said of a resource and of those that it is as bad as, the gravest first and its own before theirs. */
export function toldOf(scene: Scene, document: Document): readonly Finding[] {
  return [document.resource, ...relatedTo(scene, document)]
    .flatMap(each => findingsOf(scene, each))
    .sort((a, b) => rankOf(a.severity) - rankOf(b.severity));
}
