import type { Resource } from '../documents/document.ts';
import { type Coverage, isFailed, isNotAsked } from '../snapshot/coverage.ts';
import { heading } from './facts.ts';
import { type Gaps, gapLines, gapsOf, NO_GAPS } from './gaps.ts';
import { type Line, say } from './line.ts';
import type { Scene } from './scene.ts';

/** What a filter asks of what could not be evaluated. */
export const NOT_EVALUATED = { severity: 'not evaluated', status: 'not evaluated' };

/** What did not come of what was needed; then whatever else could not be read in those places. */
export function reasons(scene: Scene, places: readonly Resource[], needed: readonly Coverage[]): readonly Line[] {
  const isThere = (row: Coverage) =>
    places.some(({ account, region }) => row.account === account && [region, 'global'].includes(row.region));
  const { closed, failed } = gapsOf(scene);
  return [
    ...titled('What is needed for it, and did not come', {
      ...NO_GAPS,
      failed: needed.filter(isFailed),
      notAsked: needed.filter(isNotAsked),
    }),
    ...titled('What else could not be read there', {
      ...NO_GAPS,
      closed: closed.filter(isThere),
      failed: failed.filter(row => isThere(row) && !needed.includes(row)),
    }),
  ];
}

function titled(title: string, gaps: Gaps): readonly Line[] {
  const lines = gapLines(gaps);
  return lines.length === 0 ? [] : [...heading(title), ...lines.map((each): Line => [say('  '), ...each])];
}
