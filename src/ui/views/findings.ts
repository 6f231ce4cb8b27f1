import { apart } from '../../findings/places.ts';
import { findingRow } from '../finding-row.ts';
import { line } from '../line.ts';
import { notEvaluatedRows } from '../not-evaluated-row.ts';
import { unseenRow } from '../unseen-row.ts';
import type { View } from '../view.ts';
import { findingVocabulary } from '../vocabulary.ts';

export const findings: View = {
  name: 'findings',
  help: 'Findings, worst first, then what could not be evaluated',
  columns: [
    { title: 'severity', width: 11 },
    { title: 'finding', width: 'fill', least: 28 },
    { title: 'resource', width: 40, least: 18, shorten: 'middle' },
    { title: 'region', width: 14, lesser: 2 },
    { title: 'when', width: 6, lesser: 1, align: 'right' },
  ],
  sorts: [
    { name: 'severity' },
    { name: 'risk', descending: true },
    { name: 'rule' },
    { name: 'resource' },
    { name: 'region' },
    { name: 'time', descending: true },
  ],
  vocabulary: findingVocabulary,
  rows: scene => {
    const { resources, places } = apart(scene.audit.notEvaluated);
    return [
      ...scene.audit.findings.map(finding => findingRow(scene, finding)),
      ...notEvaluatedRows(scene, resources),
      ...places.map(unseen => unseenRow(scene, unseen)),
    ];
  },
  nothing: () => [line('No findings. Every rule was evaluated, and none has anything to say.', 'good')],
  operations: [],
};
