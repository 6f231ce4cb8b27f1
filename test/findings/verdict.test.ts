import { expect, test } from 'vitest';
import type { Finding, Severity } from '../../src/findings/finding.ts';
import { exitCode, type FailOn } from '../../src/findings/verdict.ts';

const finding = (severity: Severity): Finding => ({
  id: '0',
  rule: 'r',
  name: 'n',
  severity,
  riskScore: 0,
  resource: { kind: 'role', id: 'a', name: 'n', account: '1', region: 'global' },
  why: '',
  evidence: [],
  fix: { text: '' },
  references: [],
  status: 'open',
});

const cases: readonly (readonly [readonly Severity[], number, FailOn, number])[] = [
  [[], 0, 'low', 0],
  [[], 1, 'low', 3],
  [['info'], 0, 'low', 0],
  [['info'], 1, 'low', 3],
  [['low'], 0, 'low', 2],
  [['low'], 1, 'low', 2],
  [['low', 'info'], 0, 'medium', 0],
  [['medium'], 0, 'high', 0],
  [['critical'], 0, 'high', 2],
  [['high'], 0, 'high', 2],
  [['info'], 0, 'info', 2],
  [['critical'], 0, 'none', 0],
  [['critical'], 2, 'none', 3],
];

test.each(cases)('%j with %i failed calls and --fail-on %s ends with %i', (severities, failedCalls, failOn, code) => {
  expect(exitCode({ findings: severities.map(finding), failedCalls }, failOn)).toBe(code);
});
