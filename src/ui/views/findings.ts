import { findingRow, notEvaluatedRow } from '../finding-row.ts';
import { line } from '../line.ts';
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
  rows: scene => [
    ...scene.audit.findings.map(finding => findingRow(scene, finding)),
    ...scene.audit.notEvaluated.map(open => notEvaluatedRow(scene, open)),
  ],
  nothing: () => [line('No findings. Every rule was evaluated, and none has anything to say.', 'good')],
  operations: [],
};
