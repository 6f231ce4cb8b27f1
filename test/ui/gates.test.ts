import { describe, expect, test } from 'vitest';
import { judge } from '../../src/audit.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { type Gates, gatesOf } from '../../src/ui/gates.ts';
import { textOf } from '../../src/ui/line.ts';
import { type Scene, sceneOf } from '../../src/ui/scene.ts';
import { overview } from '../../src/ui/views/overview.ts';
import {
  account,
  anchor,
  EVERYTHING,
  OPEN_TRUST,
  profile,
  region,
  role,
  roleArn,
  snapshot,
  unread,
} from '../documents/snapshots.ts';
import { NOW } from './audits.ts';

describe('gates', () => {
  const closed = { Statement: [] };
  const refused = (operation: string, name: string) => ({ unread: [unread(operation, roleArn(name))] });
  const admin = { RolePolicyList: [{ PolicyName: 'all', PolicyDocument: EVERYTHING }] };
  const names = ['a', 'b'];

  const sceneWith = (rest: Partial<AccountSnapshot>, inRegion: Partial<RegionSnapshot> = {}): Scene => {
    const listing = profile({ roleArns: names.map(roleArn) });
    const one = region({ trustAnchors: [anchor()], profiles: [listing], ...inRegion });
    return sceneOf(judge(snapshot(account({ regions: [one], ...rest })), []), [], []);
  };
  const said = ({ open, admin: administrators, anyCertificate }: Gates) =>
    [open, administrators, anyCertificate].map(({ known, unknown }) => `${known}+${unknown}`).join(' ');

  test.each<[string, Partial<AccountSnapshot>, string]>([
    ['all known', { roles: [role('a', admin), role('b')] }, '2+0 1+0 2+0'],
    ['one closed', { roles: [role('a', admin), role('b', { AssumeRolePolicyDocument: closed })] }, '1+0 1+0 1+0'],
    ['one gone', { roles: [role('a')] }, '1+0 0+0 1+0'],
    ['one unread', { roles: [role('a')], ...refused('iam:GetRole', 'b') }, '1+1 0+1 1+1'],
    ['policies unread', { roles: [role('a'), role('b')], ...refused('iam:GetRolePolicy', 'b') }, '2+0 0+1 2+0'],
    [
      'policies of a closed one unread',
      {
        roles: [role('a'), role('b', { AssumeRolePolicyDocument: closed })],
        ...refused('iam:GetRolePolicy', 'b'),
      },
      '1+0 0+0 1+0',
    ],
    ['nothing asked', { notAsked: ['roles'] }, '0+2 0+2 0+2'],
  ])('%s', (_, rest, expected) => {
    expect(said(gatesOf(sceneWith(rest)))).toBe(expected);
  });

  test('there are none without an enabled trust anchor', () => {
    const trusting = { roles: [role('a', { AssumeRolePolicyDocument: OPEN_TRUST })] };
    expect(said(gatesOf(sceneWith(trusting, { trustAnchors: [anchor({ enabled: false })] })))).toBe('0+0 0+0 0+0');
  });

  test('the overview counts what is not known beside what is', () => {
    const scene = sceneWith({ roles: [role('a'), role('b')], ...refused('iam:GetRolePolicy', 'b') });
    const lines = overview.around!(scene, NOW, { columns: 80, body: 20, rows: 0 }).above.map(textOf);
    expect(lines).toContainEqual(' Gates     2 open   0 reach admin +1 ?   2 for any certificate  ? in part');
  });
});
