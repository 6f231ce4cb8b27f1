import type { Resource } from '../documents/document.ts';
import { OTHER_REGIONS } from '../documents/gaps.ts';
import type { NotEvaluated } from '../findings/finding.ts';
import type { UnseenPlace } from '../findings/places.ts';
import { type Coverage, isFailed, isNotAsked } from '../snapshot/coverage.ts';
import { fact, heading, listed } from './facts.ts';
import { bulleted, once, ruleLines, where, withDocument } from './finding-row.ts';
import { type Gaps, gapLines, gapsOf, NO_GAPS } from './gaps.ts';
import { KIND_WORDS } from './kind-words.ts';
import { type Line, line, say } from './line.ts';
import { resourceCell } from './resource-words.ts';
import { documentOf, type Scene } from './scene.ts';
import { graded, rankOf, symbol } from './severity.ts';
import { sourcesOf } from './sources.ts';
import type { Row } from './view.ts';

/** A rule that could not be evaluated stands among the findings: it is not a pass. */
export function notEvaluatedRow(scene: Scene, { rule, resource, missing }: NotEvaluated): Row {
  const name = scene.rules.get(rule)?.name ?? rule;
  const own = { rule, name, ...NOT_EVALUATED, resource, missing };
  return {
    id: `? ${rule} ${resource.account} ${resource.region} ${resource.id}`,
    name,
    copies: resource.id,
    raw: [withDocument(scene, resource, own), own],
    fix: undefined,
    subject: once(() => ({
      ...documentOf(scene, resource)?.body,
      ...NOT_EVALUATED,
      id: '',
      rule,
      name,
      why: '',
      resource,
    })),
    cells: () => [
      symbol('not evaluated'),
      say(`not evaluated: ${name}`),
      resourceCell(resource),
      say(resource.region, 'dim'),
      say(''),
    ],
    detail: () => [
      [graded('not evaluated')],
      line(name, 'strong'),
      ...where(resource),
      ...heading('Why it could not be evaluated'),
      line('  The rule reads what Postern could not. This is not a pass.'),
      ...listed('missing', missing),
      ...reasons(scene, resource, sourcesOf(scene, resource, missing)),
      ...ruleLines(scene.rules.get(rule)),
    ],
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

/** A place of which nobody knows what is there: one row for all the rules that could not be asked. */
export function unseenRow(scene: Scene, { place, rules, missing }: UnseenPlace): Row {
  const kind = KIND_WORDS[place.kind];
  const what = `whatever ${kind}s there are`;
  const region = place.region === OTHER_REGIONS ? 'all other regions' : place.region;
  const name = `${rules.length === 1 ? '1 rule' : `${rules.length} rules`} on ${kind}s`;
  const cell = place.region === 'global' ? `any ${kind}` : `${kind}s in ${region}`;
  const id = `? ${place.kind} ${place.account} ${place.region} ${missing.join()}`;
  const names = rules.map(rule => scene.rules.get(rule)?.name ?? rule);
  const raw = { ...NOT_EVALUATED, resource: place, rules, missing };
  return {
    id,
    name,
    copies: place.account,
    raw: [raw],
    fix: undefined,
    subject: once(() => ({
      ...raw,
      id: '',
      rule: rules,
      name: names,
      why: '',
    })),
    cells: () => [symbol('not evaluated'), say(`not evaluated: ${name}`), say(cell), say(region, 'dim'), say('')],
    detail: () => [
      [graded('not evaluated')],
      line(name, 'strong'),
      fact('about', what),
      fact('where', `${place.account} ${region}`),
      ...heading('Why they could not be evaluated'),
      line('  Postern does not know what is there. This is not a pass.'),
      ...listed('missing', missing),
      ...reasons(scene, place, operationsIn(scene, place, missing)),
      ...bulleted('Rules', names),
    ],
    order: { severity: rankOf('not evaluated'), risk: -1, rule: name, resource: '*', region, time: '' },
  };
}

const NOT_EVALUATED = { severity: 'not evaluated', status: 'not evaluated' };

/** What did not come of what was needed; then whatever else could not be read in that place. */
function reasons(scene: Scene, { account, region }: Resource, needed: readonly Coverage[]): readonly Line[] {
  const isThere = (row: Coverage) => row.account === account && [region, 'global'].includes(row.region);
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

/** Of all other regions nobody knows what the operations would have told. */
function operationsIn({ audit }: Scene, place: Resource, operations: readonly string[]): readonly Coverage[] {
  return audit.coverage.filter(
    row => row.account === place.account && row.region === place.region && operations.includes(row.operation),
  );
}
