import { OTHER_REGIONS } from '../documents/gaps.ts';
import type { NotEvaluated } from '../findings/finding.ts';
import type { UnseenPlace } from '../findings/places.ts';
import { fact, heading, listed } from './facts.ts';
import { bulleted, KIND_WORDS, once, ruleLines, where } from './finding-row.ts';
import { type Line, line, say } from './line.ts';
import { documentOf, type Scene } from './scene.ts';
import { graded, rankOf, symbol } from './severity.ts';
import type { Row } from './view.ts';

/** A rule that could not be evaluated stands among the findings: it is not a pass. */
export function notEvaluatedRow(scene: Scene, { rule, resource, missing }: NotEvaluated): Row {
  const name = scene.rules.get(rule)?.name ?? rule;
  return {
    id: `? ${rule} ${resource.account} ${resource.region} ${resource.id}`,
    name,
    copies: resource.id,
    raw: documentOf(scene, resource)?.body ?? {},
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
      say(`${KIND_WORDS[resource.kind]} ${resource.name}`),
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
      ...coverageLines(scene, resource.account, resource.region),
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
    raw,
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
      ...coverageLines(scene, place.account, place.region),
      ...bulleted('Rules', names),
    ],
    order: { severity: rankOf('not evaluated'), risk: -1, rule: name, resource: '*', region, time: '' },
  };
}

const NOT_EVALUATED = { severity: 'not evaluated', status: 'not evaluated' };

function coverageLines(scene: Scene, account: string, region: string): readonly Line[] {
  const failed = scene.audit.coverage.filter(
    entry =>
      entry.account === account && (entry.region === region || entry.region === 'global') && entry.status !== 'read',
  );
  return failed.length === 0
    ? []
    : [
        ...heading('Not read here'),
        ...failed.map(entry => fact(entry.status, `${entry.operation} ${entry.region} ${entry.message}`)),
      ];
}
