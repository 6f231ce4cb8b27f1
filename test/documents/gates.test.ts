import { describe, expect, it } from 'vitest';
import { gatesOf } from '../../src/documents/gates.ts';
import { readPolicy } from '../../src/iam/policy.ts';
import type { Truth } from '../../src/iam/truth.ts';
import type { ProfileDetail } from '../../src/snapshot/shapes.ts';
import { anchor, OPEN_TRUST, profile } from './snapshots.ts';

const SUBJECT_ALONE = [{ certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] }];
const now = new Date('2026-02-01T00:00:00Z');
const { trustAnchorArn } = anchor();

function gateWhere(condition: object, rest: Partial<ProfileDetail> = {}) {
  const reading = readPolicy(
    { Statement: { ...OPEN_TRUST.Statement, Condition: { StringEquals: condition } } },
    'trust',
  );
  if (reading.kind !== 'parsed') throw new Error(reading.kind);
  return gatesOf({ profile: profile(rest), facts: { trustPolicy: reading.policy }, now })!(trustAnchorArn);
}

describe('the gate of a path', () => {
  it.each<[string, object, Partial<ProfileDetail>, Truth]>([
    ['asks for this trust anchor', { 'aws:SourceArn': trustAnchorArn }, {}, true],
    ['asks for another', { 'aws:SourceArn': `${trustAnchorArn}x` }, {}, false],
    [
      'asks for what the profile maps',
      { 'aws:PrincipalTag/x509Subject/CN': 'web' },
      { attributeMappings: SUBJECT_ALONE },
      true,
    ],
    [
      'asks for what it does not map',
      { 'aws:PrincipalTag/x509Issuer/CN': 'CA' },
      { attributeMappings: SUBJECT_ALONE },
      false,
    ],
    [
      'asks for a session name that holders may choose',
      { 'sts:RoleSessionName': 'web' },
      { acceptRoleSessionName: true },
      undefined,
    ],
    [
      'asks for one that is no serial number',
      { 'sts:RoleSessionName': 'web' },
      { acceptRoleSessionName: false },
      false,
    ],
  ])('%s', (_, condition, rest, open) => {
    expect(gateWhere(condition, rest).open).toBe(open);
  });

  it('is not known where the trust policy is not', () => {
    expect(gatesOf({ profile: profile(), facts: { trustPolicy: undefined }, now })).toBeUndefined();
  });
});
