import { describe, expect, test } from 'vitest';
import { judge } from '../../src/audit.ts';
import type { Unread } from '../../src/snapshot/snapshot.ts';
import { gapLines, gapPage, gapsOf } from '../../src/ui/gaps.ts';
import type { Size } from '../../src/ui/layout.ts';
import { textOf } from '../../src/ui/line.ts';
import { sceneOf } from '../../src/ui/scene.ts';
import { modeOf } from '../../src/ui/state.ts';
import { overview } from '../../src/ui/views/overview.ts';
import { account, anchor, region, role, roleArn, snapshot, unread } from '../documents/snapshots.ts';
import { large, NOW, nothingThere } from './audits.ts';
import { pressed, screenOf, stateOf } from './frames.ts';

const refused = (operation: string, where: string): Unread => ({
  ...unread(operation),
  message: `no ${operation} in ${where}`,
});
const CLOSED: readonly Unread[] = [
  { ...unread('cloudtrail:LookupEvents'), error: 'OptInRequired', message: 'not tried: it was refused before' },
  { ...unread('rolesanywhere:ListTrustAnchors'), error: 'OptInRequired', message: 'not enabled' },
  ...['ListProfiles', 'ListCrls', 'ListSubjects'].map(name => ({
    ...unread(`rolesanywhere:${name}`),
    error: 'OptInRequired',
    message: 'not tried: it was refused before',
  })),
];
const NAMES = ['ap-south-1', 'eu-west-1', 'us-east-1'];

/** What is worst comes last in the coverage, or in the middle of it. */
const AUDIT = judge(
  snapshot(
    account({
      roles: [role('a'), role('b')],
      iamReadBy: { strategy: 'per-role', reason: '' },
      unread: [refused('iam:ListAccountAliases', 'IAM'), unread('iam:GetRolePolicy', roleArn('b'))],
      regions: [
        ...NAMES.map(name =>
          region({
            name,
            trustAnchors: [anchor()],
            certificateAuthorities: [],
            unread: [refused('rolesanywhere:ListSubjects', name), refused('cloudtrail:LookupEvents', name)],
          }),
        ),
        region({ name: 'me-south-1', unread: CLOSED }),
      ],
    }),
  ),
  [],
);

const WORST_FIRST = [
  'me-south-1: nothing could be read: OptInRequired: not enabled',
  'cloudtrail:LookupEvents in 3 regions: AccessDenied: no cloudtrail:LookupEvents in ap-south-1',
  'rolesanywhere:ListSubjects in 3 regions: AccessDenied: no rolesanywhere:ListSubjects in ap-south-1',
  `iam:GetRolePolicy: ${roleArn('b')}: AccessDenied: no`,
  'iam:ListAccountAliases: AccessDenied: no iam:ListAccountAliases in IAM',
  'rolesanywhere:ListTagsForResource in 3 regions: 1 of 1 not asked for (--call-budget)',
];

const scene = (pending: readonly string[] = []) => sceneOf(AUDIT, [], pending);

describe('what was not looked at', () => {
  test('the worst first: regions, events, lists, single things; the same once for all regions', () => {
    expect(gapLines(gapsOf(scene())).map(textOf)).toEqual(WORST_FIRST);
  });

  test('names every region on its page', () => {
    expect(gapPage(gapsOf(scene())).map(textOf)).toContain('    in ap-south-1, eu-west-1, us-east-1');
  });

  test('of single operations: only these, and the closed regions that they would have been asked in', () => {
    expect(gapLines(gapsOf(scene(), ['cloudtrail:LookupEvents'])).map(textOf)).toEqual(WORST_FIRST.slice(0, 2));
    expect(gapLines(gapsOf(scene(), ['iam:ListAccountAliases'])).map(textOf)).toEqual(WORST_FIRST.slice(4, 5));
  });

  test('is not what is still to come', () => {
    const { accounts, ...rest } = AUDIT.snapshot;
    const part = { ...rest, accounts: accounts.map(each => ({ ...each, notAsked: ['roles', 'policies'] as const })) };
    const lines = gapLines(gapsOf(sceneOf(judge(part, []), [], ['global']))).map(textOf);
    expect(lines[0]).toBe('still to come: global');
    expect(lines.filter(text => text.endsWith('not asked'))).toEqual([]);
  });
});

describe('on the overview', () => {
  const screen = (size: Size) => screenOf(stateOf({ ...AUDIT, findings: large(20).findings }, size));

  test('there is as much of it as the list leaves room for', () => {
    const lines = screen({ columns: 160, rows: 50 }).map(text => text.trim());
    expect(lines).toContain('Not looked at   u tells all of it');
    expect(lines).toEqual(expect.arrayContaining(WORST_FIRST));
  });

  test.each([
    [{ columns: 80, rows: 24 }, 'Not looked at   4 more: u tells all'],
    [{ columns: 60, rows: 15 }, 'Not looked at   6 more: u tells all'],
  ])('%j', (size, title) => {
    const lines = screen(size).map(text => text.trim());
    expect(lines).toContain(title);
    expect(lines.at(-1)).toMatch(/q quit$/);
  });

  test('what stands around the list is counted once for all the keys that move in it', () => {
    const [of, space] = [scene(), { columns: 80, body: 20, rows: 5 }];
    const first = overview.around!(of, NOW, space);
    expect(overview.around!(of, NOW, { ...space })).toBe(first);
    expect(overview.around!(of, NOW, { ...space, body: 21 })).not.toBe(first);
    expect(overview.around!(of, new Date(NOW.getTime() + 1), space)).not.toBe(first);
  });

  test('u shows all of it, over every list, and once more closes it', () => {
    const open = pressed(stateOf(AUDIT, { columns: 80, rows: 24 }), '4', 'u');
    expect(modeOf(open)).toBe('gaps');
    const page = [...screenOf(open), ...screenOf(pressed(open, 'G'))].join('\n');
    for (const what of ['me-south-1', 'cloudtrail:LookupEvents', 'rolesanywhere:ListTagsForResource', 'eu-west-1'])
      expect(page).toContain(what);
    expect(screenOf(open).at(-2)).toMatch(/^ lines 1 to \d+ of \d+ *$/);
    expect(modeOf(pressed(open, 'u'))).toBe('list');
    expect(modeOf(pressed(open, 'escape'))).toBe('list');
  });

  test('u says so where there is nothing', () => {
    const state = pressed(stateOf(nothingThere(), { columns: 80, rows: 24 }), 'u');
    expect(modeOf(state)).toBe('list');
    expect(state.message?.text).toBe('Nothing: all was asked for and answered.');
  });
});
