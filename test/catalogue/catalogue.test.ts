import { describe, expect, test } from 'vitest';
import { judge } from '../../src/audit.ts';
import { loadRules } from '../../src/rules/load.ts';
import type { Settings } from '../../src/settings/settings.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import { accountCases } from './account.ts';
import { anchorCases } from './anchor.ts';
import { GOOD, NOW, SETTINGS, snapshotOf } from './base.ts';
import type { Case } from './case.ts';
import { crlCases } from './crl.ts';
import { profileCases } from './profile.ts';
import { subjectCases } from './subject.ts';
import { trustCases } from './trust.ts';

const CASES: readonly Case[] = [
  ...trustCases,
  ...anchorCases,
  ...crlCases,
  ...subjectCases,
  ...profileCases,
  ...accountCases,
];
const NUMBERED = CASES.filter(({ check }) => check !== undefined);
/** Known ways in which a set-up goes wrong. */
const CHECKS = 86;
const { rules } = loadRules({ dirs: [], builtin: true, now: NOW });

/** Rule and severity of each finding about resources, once each. */
function findingsOf(accounts: AccountSnapshot | readonly AccountSnapshot[], settings: Partial<Settings> = {}) {
  const { findings } = judge(snapshotOf(accounts), rules, { settings: { ...SETTINGS, ...settings } });
  return new Map(findings.filter(each => each.resource.kind !== 'event').map(each => [each.rule, each.severity]));
}

test('nothing is wrong with the good account, and no rule is at a loss', () => {
  const { findings, notEvaluated } = judge(snapshotOf(GOOD), rules, { settings: SETTINGS });
  expect(findings.map(({ rule }) => rule)).toEqual([]);
  expect(notEvaluated).toEqual([]);
});

describe('each check speaks of its own bad case, and no other does unless the case says so', () => {
  test.each(CASES.map(each => [`${each.check ?? '-'} ${each.rule}: ${each.name}`, each] as const))(
    '%s',
    (_, { rule, bad, settings, severity, also = [] }) => {
      const found = findingsOf(bad(GOOD), settings);
      expect([...found.keys()].sort()).toEqual([rule, ...also].sort());
      if (severity !== undefined) expect(found.get(rule)).toBe(severity);
    },
  );
});

test('every check has a rule', () => {
  const table = [...new Set(NUMBERED.map(({ check, rule }) => `${check} ${rule}`))].sort(
    (a, b) => parseInt(a, 10) - parseInt(b, 10),
  );
  const covered = new Set(NUMBERED.map(({ check }) => check));
  console.log(`check -> rule\n${table.join('\n')}\n${covered.size} of ${CHECKS} checks`);
  expect(Array.from({ length: CHECKS }, (_, at) => at + 1).filter(check => !covered.has(check))).toEqual([]);
});
