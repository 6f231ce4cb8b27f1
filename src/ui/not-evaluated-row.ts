import type { Resource } from '../documents/document.ts';
import type { NotEvaluated } from '../findings/finding.ts';
import { groupedBy } from '../lists.ts';
import { once } from '../memo/once.ts';
import { fact, heading, listed } from './facts.ts';
import { ruleLines, where, withDocument } from './finding-row.ts';
import { KIND_WORDS } from './kind-words.ts';
import { leadsAbout } from './leads.ts';
import { type Line, line, say } from './line.ts';
import { NOT_EVALUATED, reasons } from './not-evaluated.ts';
import { resourceCell, shortName } from './resource-words.ts';
import { documentOf, type Scene } from './scene.ts';
import { graded, rankOf, symbol } from './severity.ts';
import { sourcesOf } from './sources.ts';
import type { Row } from './view.ts';

/** What a rule could not answer for want of the same fields, of however many resources of one kind. */
type Open = readonly [NotEvaluated, ...NotEvaluated[]];

/** A rule that could not be evaluated stands among the findings: it is not a pass. Once, for all resources that lack the same. */
export function notEvaluatedRows(scene: Scene, notEvaluated: readonly NotEvaluated[]): readonly Row[] {
  const groups = groupedBy(notEvaluated, ({ rule, missing, resource }) =>
    JSON.stringify([rule, resource.kind, missing]),
  );
  return [...groups].map(([key, group]) => openRow(scene, key, group as Open));
}

function openRow(scene: Scene, key: string, open: Open): Row {
  const [{ rule, resource, missing }, ...others] = open;
  const name = scene.rules.get(rule)?.name ?? rule;
  const regions = [...new Set(open.map(each => each.resource.region))];
  const own = { rule, name, ...NOT_EVALUATED, missing };
  const resources = open.map(each => each.resource);
  return {
    id: `? ${key}`,
    name,
    copies: resources.map(({ id }) => id).join(' '),
    raw: others.length === 0 ? rawOfOne(scene, { ...own, resource }) : [{ ...own, resources }],
    fix: undefined,
    subjects: once(() =>
      open.map(each => ({
        ...documentOf(scene, each.resource)?.body,
        ...own,
        id: '',
        why: '',
        resource: each.resource,
      })),
    ),
    cells: () => [
      symbol('not evaluated'),
      say(`not evaluated: ${name}`),
      others.length === 0 ? resourceCell(resource) : say(countOf(open)),
      say(regions.length === 1 ? resource.region : `${regions.length} regions`, 'dim'),
      say(''),
    ],
    detail: () => [
      [graded('not evaluated')],
      line(name, 'strong'),
      ...(others.length === 0 ? where(resource) : [fact('about', countOf(open))]),
      ...heading('Why it could not be evaluated'),
      line('  The rule reads what Postern could not. This is not a pass.'),
      ...listed('missing', missing),
      ...reasonsFor(scene, open),
      ...(others.length === 0
        ? []
        : [...heading('About which'), ...listed(`${KIND_WORDS[resource.kind]}s`, resources.map(shortName))]),
      ...ruleLines(scene.rules.get(rule)),
    ],
    leads: once(() => leadsAbout(scene, resources)),
    order: {
      severity: rankOf('not evaluated'),
      risk: -1,
      rule: name,
      resource: resource.name,
      region: resource.region,
      time: '',
    },
  };
}

function rawOfOne(scene: Scene, own: { readonly resource: Resource }): Row['raw'] {
  return [withDocument(scene, own.resource, own), own];
}

function countOf(open: Open): string {
  return `${open.length} ${KIND_WORDS[open[0].resource.kind]}s`;
}

/** What a field comes from is asked of a kind in a place: all resources there lack it for the same reasons. */
function reasonsFor(scene: Scene, open: Open): readonly Line[] {
  const places = groupedBy(
    open.map(each => each.resource),
    ({ account, region }: Resource) => `${account} ${region}`,
  );
  const firsts = [...places.values()].map(([first]) => first!);
  return reasons(scene, firsts, [...new Set(firsts.flatMap(each => sourcesOf(scene, each, open[0].missing)))]);
}
