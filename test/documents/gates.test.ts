import { describe, expect, it } from 'vitest';
import { gatesOf, sharedGates } from '../../src/documents/gates/gates.ts';
import { readPolicy } from '../../src/iam/policy.ts';
import type { Truth } from '../../src/iam/truth.ts';
import type { ProfileDetail, TrustAnchorDetail } from '../../src/snapshot/shapes.ts';
import { anchor, OPEN_TRUST, profile } from './snapshots.ts';

const SUBJECT_ALONE = [{ certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] }];
const now = new Date('2026-02-01T00:00:00Z');
const { trustAnchorArn } = anchor();

function gateWhere(condition: object, rest: Partial<ProfileDetail> = {}) {
  return gatesOf(pathWhere({ StringEquals: condition }, rest))!(trustAnchorArn);
}

function pathWhere(Condition: object, rest: Partial<ProfileDetail> = {}) {
  const reading = readPolicy({ Statement: { ...OPEN_TRUST.Statement, Condition } }, 'trust');
  if (reading.kind !== 'parsed') throw new Error(reading.kind);
  return { profile: profile(rest), facts: { trustPolicy: reading.policy }, now };
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

describe('the gates of a region', () => {
  const anchors = ['a1', 'a2', 'a3', 'b1'].map(id =>
    anchor({ trustAnchorId: id, trustAnchorArn: `arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/${id}` }),
  );
  const takes = () => true;
  const called = (...ids: readonly string[]) =>
    ids.map(id => `arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/${id}`);

  it.each<[string, object, string]>([
    ['nothing is asked of the trust anchor', {}, 'a1 a2 a3 b1'],
    ['one is named', { ArnEquals: { 'aws:SourceArn': called('a2') } }, 'a2 | a1 a3 b1'],
    ['one is named in other letters', { StringEqualsIgnoreCase: { 'aws:SourceArn': called('A2') } }, 'a2 | a1 a3 b1'],
    ['two are named', { ArnEquals: { 'aws:SourceArn': called('b1', 'a2') } }, 'a2 b1 | a1 a3'],
    ['all are named', { ArnEquals: { 'aws:SourceArn': called('a1', 'a2', 'a3', 'b1') } }, 'a1 a2 a3 b1'],
    ['one that is not there is named', { ArnEquals: { 'aws:SourceArn': called('c1') } }, 'a1 a2 a3 b1'],
    ['all but one', { ArnNotEquals: { 'aws:SourceArn': called('a3') } }, 'a3 | a1 a2 b1'],
    ['a pattern', { ArnLike: { 'aws:SourceArn': called('a*') } }, 'a1 a2 a3 | b1'],
    [
      'the ARN stands in a value',
      { StringEquals: { 'aws:SourceIdentity': 'CN=${aws:SourceArn}' } },
      'a1 | a2 | a3 | b1',
    ],
  ])('%s', (_, condition, expected) => {
    const path = pathWhere(condition);
    const gateFor = gatesOf(path)!;
    const shared = sharedGates(anchors, { ...path, takes });
    for (const { gate, anchors: sharing } of shared)
      for (const each of sharing()) expect(gateFor(each.trustAnchorArn)).toBe(gate);
    const idsOf = ({ anchors: sharing }: (typeof shared)[number]) =>
      sharing()
        .map(each => each.trustAnchorId)
        .sort()
        .join(' ');
    expect(shared.map(idsOf).join(' | ')).toBe(expected);
  });

  it.each<[string, Readonly<Record<string, boolean>>, boolean[]]>([
    ['by all', {}, [true, true]],
    ['by the one that is named', { a1: false, a3: false, b1: false }, [true, false]],
    ['by one of the others', { a1: false, a2: false, b1: false }, [false, true]],
    ['by none', { a1: false, a2: false, a3: false, b1: false }, [false, false]],
  ])('are in use where AWS takes certificates %s', (_, taking, inUse) => {
    const path = pathWhere({ ArnEquals: { 'aws:SourceArn': called('a2') } });
    const taken = ({ trustAnchorId: id }: TrustAnchorDetail) => taking[id] ?? true;
    expect(sharedGates(anchors, { ...path, takes: taken }).map(each => each.inUse)).toEqual(inUse);
  });

  it('are one that is not known where the trust policy is not, and none where there is no trust anchor', () => {
    const unknown = { profile: profile(), facts: { trustPolicy: undefined }, now, takes };
    const [all, ...more] = sharedGates(anchors, unknown);
    expect([all?.gate, all?.inUse, all?.anchors(), more]).toEqual([undefined, true, anchors, []]);
    expect(sharedGates([], unknown)).toEqual([]);
    expect(sharedGates([], { ...pathWhere({}), takes })).toEqual([]);
  });
});
