import { describe, expect, test } from 'vitest';
import { judge } from '../../src/audit.ts';
import { headerLine } from '../../src/ui/header.ts';
import { textOf } from '../../src/ui/line.ts';
import { sceneOf } from '../../src/ui/scene.ts';
import { happen, initial } from '../../src/ui/state.ts';
import { account, anchor, region, snapshot, unread } from '../documents/snapshots.ts';

const LISTS = ['ListTrustAnchors', 'ListProfiles', 'ListCrls', 'ListSubjects'];
const CLOSED = [...LISTS.map(name => unread(`rolesanywhere:${name}`)), unread('cloudtrail:LookupEvents')];

/** Three regions: one read, one of which a list was refused, one that answered nothing. */
const SOME_UNREAD = account({
  alias: 'acme-prod',
  unread: [unread('iam:ListAccountAliases')],
  regions: [
    region({ name: 'eu-west-1', trustAnchors: [anchor()] }),
    region({ name: 'eu-west-2', unread: [unread('rolesanywhere:ListSubjects')] }),
    region({ name: 'me-south-1', unread: CLOSED }),
  ],
});

function header(width: number, title: string, of = SOME_UNREAD): string {
  const first = initial({ title, size: { columns: width, rows: 24 }, now: new Date('2026-11-24T00:02:00Z') });
  const scene = sceneOf(judge(snapshot(of), []), [], []);
  const state = happen(happen(first, { kind: 'scene', scene }), { kind: 'finished' });
  return textOf(headerLine(state, width)).trimEnd();
}

describe('the header', () => {
  test.each([
    [
      160,
      ' postern   acme-prod 1111-2222-3333   demo denied   3 regions, 1 not readable, 1 read in part, IAM read in part   2 min old   read-only',
    ],
    [
      120,
      ' postern  acme-prod 1111-2222-3333  demo denied  3 regions, 1 not read, 1 in part, IAM in part  2 min old  read-only',
    ],
    [100, ' postern  acme-prod 1111-2222-3333  demo denied  3 regions, 2 ?, IAM ?  2 min old  read-only'],
    [90, ' postern  1111-2222-3333  demo denied  3 regions, 2 ?, IAM ?  2 min old  read-only'],
    [80, ' postern  1111-2222-3333  demo denied  3 regions, 2 ?, IAM ?  2 min  read-only'],
    [60, ' postern  demo denied  3 regions, 2 ?  2 min  read-only'],
  ])('%i columns: says that it is a demo, and counts what was read in part apart', (width, expected) => {
    expect(header(width, 'demo denied')).toBe(expected);
  });

  test.each([
    [80, '', ' postern  acme-prod 1111-2222-3333  3 regions, 2 ?, IAM ?  2 min old  read-only'],
    [60, '', ' postern  1111-2222-3333  3 regions, 2 ?  2 min  read-only'],
    [
      80,
      '/home/ann/audits/2026/account.json',
      ' postern  1111-2222-3333  /home/…ount.json  3 regions, 2 ?  2 min  read-only',
    ],
  ])('%i columns, data from "%s"', (width, title, expected) => {
    expect(header(width, title)).toBe(expected);
  });

  test('says nothing of gaps where there are none', () => {
    const whole = account({ regions: [region({ name: 'eu-west-1' })] });
    expect(header(80, 'demo', whole)).toBe(' postern   1111-2222-3333   demo   1 region   2 min old   read-only');
  });
});
