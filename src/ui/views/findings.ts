import { apart } from '../../findings/places.ts';
import { findingRow } from '../finding-row.ts';
import { line } from '../line.ts';
import { notEvaluatedRow, unseenRow } from '../not-evaluated-row.ts';
import type { View } from '../view.ts';
import { findingVocabulary } from '../vocabulary.ts';

export const findings: View = {
  name: 'findings',
  help: 'Findings, worst first, then what could not be evaluated',
  columns: [
    { title: 'severity', width: 11 },
    { title: 'finding', width: 'fill' },
    { title: 'resource', width: 26, shorten: 'middle' },
    { title: 'region', width: 14, from: 90 },
    { title: 'when', width: 6, align: 'right' },
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
      ...resources.map(open => notEvaluatedRow(scene, open)),
      ...places.map(unseen => unseenRow(scene, unseen)),
    ];
  },
  nothing: () => [line('No findings. Every rule was evaluated, and none has anything to say.', 'good')],
  operations: [],
};
