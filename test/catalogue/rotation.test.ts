import { expect, test } from 'vitest';
import { judge } from '../../src/audit.ts';
import { loadRules } from '../../src/rules/load.ts';
import { daysAgo, daysAhead, GOOD, ISSUING, NOW, ROOT, SETTINGS, snapshotOf, withAnchor } from './base.ts';

const { rules } = loadRules({ dirs: [], builtin: true, now: NOW });

/** The anchor's CA and one of another name, that many days after that one began. */
function beside(days: number) {
  const dates = { notBefore: daysAgo(days), notAfter: daysAhead(1800) };
  const other = ROOT.subordinate({ subject: [['CN', 'Next CA']], pathLength: 0, ...dates });
  const x509CertificateData = [ISSUING, other].map(({ pem }) => pem).join('');
  return withAnchor(GOOD, { source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData } } });
}

test.each([
  ['under way is worth a word: it may be somebody else', 10, ['info anchor-multiple-certs']],
  ['that nobody ended is told', 100, ['low anchor-multiple-certs']],
])('a change to a CA of another name %s', (_, days, told) => {
  const settings = { ...SETTINGS, lists: { ...SETTINGS.lists, allowed_cas: [] } };
  const { findings } = judge(snapshotOf(beside(days)), rules, { settings });
  expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(told);
});
