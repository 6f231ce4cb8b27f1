import type { Resource } from '../documents/document.ts';
import { OTHER_REGIONS } from '../documents/gaps.ts';
import type { UnseenPlace } from '../findings/places.ts';
import { once } from '../memo/once.ts';
import type { Coverage } from '../snapshot/coverage.ts';
import { fact, heading, listed } from './facts.ts';
import { bulleted } from './finding-row.ts';
import { KIND_WORDS } from './kind-words.ts';
import { line, say } from './line.ts';
import { NOT_EVALUATED, reasons } from './not-evaluated.ts';
import type { Scene } from './scene.ts';
import { graded, rankOf, symbol } from './severity.ts';
import type { Row } from './view.ts';

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
    subjects: once(() => [{ ...raw, id: '', rule: rules, name: names, why: '' }]),
    cells: () => [symbol('not evaluated'), say(`not evaluated: ${name}`), say(cell), say(region, 'dim'), say('')],
    detail: () => [
      [graded('not evaluated')],
      line(name, 'strong'),
      fact('about', what),
      fact('where', `${place.account} ${region}`),
      ...heading('Why they could not be evaluated'),
      line('  Postern does not know what is there. This is not a pass.'),
      ...listed('missing', missing),
      ...reasons(scene, [place], operationsIn(scene, place, missing)),
      ...bulleted('Rules', names),
    ],
    leads: () => [],
    order: { severity: rankOf('not evaluated'), risk: -1, rule: name, resource: '*', region, time: '' },
  };
}

/** Of all other regions nobody knows what the operations would have told. */
function operationsIn({ audit }: Scene, place: Resource, operations: readonly string[]): readonly Coverage[] {
  return audit.coverage.filter(
    row => row.account === place.account && row.region === place.region && operations.includes(row.operation),
  );
}
