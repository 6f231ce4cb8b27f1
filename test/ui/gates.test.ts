import { describe, expect, test } from 'vitest';
import { judge } from '../../src/audit.ts';
import type { ProfileDetail, RoleDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { type Gates, gatesOf } from '../../src/ui/gates.ts';
import { textOf } from '../../src/ui/line.ts';
import { type Scene, sceneOf } from '../../src/ui/scene.ts';
import { overview } from '../../src/ui/views/overview.ts';
import { paths } from '../../src/ui/views/paths.ts';
import { roles } from '../../src/ui/views/roles.ts';
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
  const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
  const ALL_OF_SUBJECT = [{ certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] }];
  const OWN_ACCOUNT = { StringEquals: { 'aws:SourceAccount': '111122223333' } };
  const ANY_NAME = { StringLike: { 'aws:PrincipalTag/x509Subject/CN': '*' } };
  const ONE_NAME = { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'web-1' } };
  const ONE_ANCHOR = { ArnEquals: { 'aws:SourceArn': anchor().trustAnchorArn } };
  const ORGANISATION = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };

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

  const openTo = (Condition: object, Action = OPEN_TRUST.Statement.Action) => ({
    AssumeRolePolicyDocument: { Statement: { ...OPEN_TRUST.Statement, Action, Condition } },
  });
  const bounding = (Action: string) => JSON.stringify({ Statement: { Effect: 'Allow', Action, Resource: '*' } });
  const itself = {
    RolePolicyList: [
      {
        PolicyName: 'own',
        PolicyDocument: { Statement: { Effect: 'Allow', Action: 'iam:PutRolePolicy', Resource: roleArn('a') } },
      },
    ],
  };

  test.each<[string, Partial<RoleDetail>, Partial<ProfileDetail>, string, number]>([
    ['an administrator', admin, {}, '1+0 1+0 1+0', 0],
    [
      'an administrator that a session policy narrows',
      admin,
      { sessionPolicy: bounding('s3:GetObject') },
      '1+0 0+0 1+0',
      0,
    ],
    ['one that can make itself an administrator', itself, {}, '1+0 1+0 1+0', 0],
    ['an administrator that wants MFA', { ...admin, ...openTo(MFA) }, {}, '0+0 0+0 0+0', 1],
    ['an administrator without sts:TagSession', { ...admin, ...openTo({}, ['sts:AssumeRole']) }, {}, '0+0 0+0 0+0', 1],
    ['one of those behind a disabled profile', { ...admin, ...openTo(MFA) }, { enabled: false }, '0+0 0+0 0+0', 0],
    ['an administrator for one organisation', { ...admin, ...openTo(ORGANISATION) }, {}, '0+1 0+1 0+1', 0],
  ])('%s', (_, own, rest, expected, dead) => {
    const profiles = [profile({ roleArns: [roleArn('a')], ...rest })];
    const gates = gatesOf(sceneWith({ roles: [role('a', own)] }, { profiles }));
    expect(said(gates)).toBe(expected);
    expect(gates.dead).toEqual({ known: dead, unknown: 0 });
  });

  test.each<[string, Partial<RoleDetail>, Partial<AccountSnapshot>, string, string]>([
    ['anybody', {}, {}, 'any certificate', 'yes'],
    ['nobody', openTo(MFA), {}, 'no certificate', 'no'],
    ['an organisation', openTo(ORGANISATION), {}, 'perhaps any', '?'],
    ['the account, as every certificate is', openTo(OWN_ACCOUNT), {}, 'any certificate', 'yes'],
    ['any with a name', openTo(ANY_NAME), {}, 'any certificate', 'yes'],
    ['one trust anchor', openTo(ONE_ANCHOR), {}, 'any of its CAs', 'yes'],
    ['one certificate of one trust anchor', openTo({ ...ONE_ANCHOR, ...ONE_NAME }), {}, 'conditions', 'yes'],
    ['an action is missing', openTo(MFA, ['sts:AssumeRole']), {}, 'actions missing', 'no'],
    ['nobody, as far as the regions go', openTo(MFA), { notAsked: ['regions'] }, 'conditions', '?'],
  ])('the roles view says whom a role is open to, and whether it is today: %s', (_, own, rest, open, reachable) => {
    const scene = sceneWith(
      { roles: [role('a', own)], ...rest },
      { profiles: [profile({ roleArns: [roleArn('a')], attributeMappings: ALL_OF_SUBJECT })] },
    );
    const [row] = roles.rows(scene);
    const cells = row!.cells(NOW).map(({ text }) => text);
    expect([cells[2], cells[5]]).toEqual([open, reachable]);
  });

  test.each<[string, Partial<RoleDetail>, string]>([
    ['anybody', {}, 'any certificate of any trust anchor'],
    [
      'nobody ever',
      openTo(MFA),
      'nobody: a request of Roles Anywhere has no aws:MultiFactorAuthPresent, so Bool never holds',
    ],
    ['an organisation', openTo(ORGANISATION), 'perhaps: any certificate of any trust anchor'],
  ])('the paths view says who may enter: %s', (_, own, expected) => {
    const scene = sceneWith({ roles: [role('a', own)] }, { profiles: [profile({ roleArns: [roleArn('a')] })] });
    expect(paths.rows(scene)[0]!.cells(NOW)[1]!.text).toBe(expected);
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
