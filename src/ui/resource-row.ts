import type { Document } from '../documents/document.ts';
import { once } from '../memo/once.ts';
import { compare } from '../snapshot/compare.ts';
import { leadsOfResource, rowIdOf } from './leads.ts';
import { type Line, type Span, say } from './line.ts';
import { notEvaluatedOf, type Scene } from './scene.ts';
import { type Grade, rankOf, symbol } from './severity.ts';
import { toldOf } from './told.ts';
import type { Row } from './view.ts';

/** The row of a trust anchor, a profile or a role; the view says what its columns and its detail are. */
export function resourceRow(
  scene: Scene,
  document: Document,
  about: {
    readonly cells: (now: Date) => readonly Span[];
    readonly detail: () => readonly Line[];
    readonly order: Row['order'];
  },
): Row {
  const { resource, body } = document;
  const grade = worst(scene, document);
  return {
    id: rowIdOf(resource),
    name: resource.name,
    copies: resource.id,
    raw: [body],
    fix: undefined,
    subjects: () => [body],
    cells: now => [grade === undefined ? say('') : symbol(grade), ...about.cells(now)],
    detail: about.detail,
    leads: once(() => leadsOfResource(scene, document)),
    order: { ...about.order, severity: grade === undefined ? 9 : rankOf(grade) },
  };
}

/** The gravest word on a resource and on those it is related to; undefined where all rules were evaluated and none spoke. */
export function worst(scene: Scene, document: Document): Grade | undefined {
  const [first] = toldOf(scene, document);
  return first?.severity ?? (notEvaluatedOf(scene, document.resource).length > 0 ? 'not evaluated' : undefined);
}

/** By name, then where it is: the order that does not change while data arrive. */
export function byName(documents: readonly Document[]): readonly Document[] {
  return [...documents].sort((a, b) => compare(nameKey(a), nameKey(b)));
}

function nameKey({ resource }: Document): string {
  return `${resource.name} ${resource.region} ${resource.id}`;
}
