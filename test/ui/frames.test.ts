import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Size } from '../../src/ui/layout.ts';
import { happen, type State } from '../../src/ui/state.ts';
import { VIEWS } from '../../src/ui/views.ts';
import { breakIn, denied, hostile, large, notAsked, nothingThere, notSupported, unseen } from './audits.ts';
import { emptyState, pressed, screenOf, stateOf, typed } from './frames.ts';

const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 160, rows: 50 },
];

const VIEW_KEYS = VIEWS.map((view, index) => [view.name, String(index + 1)] as const);

const keyOf = (name: string) => VIEW_KEYS.find(([each]) => each === name)![1];

interface Case {
  readonly name: string;
  readonly state: (size: Size) => State;
}

const failure = { message: 'no AWS credentials', where: undefined, hint: 'sign in, or name a profile' };

const CASES: readonly Case[] = [
  ...VIEW_KEYS.map(([name, key]) => ({ name, state: (size: Size) => pressed(stateOf(breakIn(), size), key) })),
  ...VIEW_KEYS.map(([name, key]) => ({
    name: `${name}-empty`,
    state: (size: Size) => pressed(stateOf(nothingThere(), size), key),
  })),
  ...VIEW_KEYS.map(([name, key]) => ({
    name: `${name}-denied`,
    state: (size: Size) => pressed(stateOf(denied(), size), key),
  })),
  ...['overview', 'findings', 'anchors'].map(view => ({
    name: `${view}-not-asked`,
    state: (size: Size) => pressed(stateOf(notAsked(), size), keyOf(view)),
  })),
  ...['overview', 'findings'].map(view => ({
    name: `${view}-not-supported`,
    state: (size: Size) => pressed(stateOf(notSupported(), size), keyOf(view)),
  })),
  { name: 'overview-pending', state: size => stateOf(nothingThere(), size, ['sa-east-1', 'global']) },
  { name: 'overview-unseen', state: size => stateOf(unseen(), size) },
  { name: 'findings-unseen', state: size => pressed(stateOf(unseen(), size), '2', 'down') },
  { name: 'profiles-unseen', state: size => pressed(stateOf(unseen(), size), '4') },
  { name: 'findings-detail', state: size => pressed(stateOf(breakIn(), size), '2', 'enter') },
  { name: 'paths-detail', state: size => pressed(stateOf(breakIn(), size), keyOf('paths'), 'down', 'enter') },
  { name: 'subjects-detail', state: size => pressed(stateOf(breakIn(), size), keyOf('subjects'), 'enter') },
  { name: 'CRLs-detail', state: size => pressed(stateOf(breakIn(), size), keyOf('CRLs'), 'enter') },
  { name: 'profiles-leads', state: size => pressed(stateOf(breakIn(), size), '4', 'enter', 'enter', 'j') },
  { name: 'anchors-json', state: size => pressed(stateOf(breakIn(), size), '3', 'J') },
  { name: 'help', state: size => pressed(stateOf(breakIn(), size), '?') },
  {
    name: 'filter-matches',
    state: size => typed(pressed(stateOf(breakIn(), size), '2', '/'), 'severity: (high or critical)'),
  },
  { name: 'filter-broken', state: size => typed(pressed(stateOf(breakIn(), size), '2', '/'), 'severity: (high') },
  {
    name: 'filter-unknown-field',
    state: size => typed(pressed(stateOf(breakIn(), size), '2', '/'), 'severity: high and resource.nom: x'),
  },
  { name: 'filter-nothing', state: size => typed(pressed(stateOf(breakIn(), size), '4', '/'), 'no such thing') },
  { name: 'findings-many', state: size => pressed(stateOf(large(500), size), '2', 'G') },
  { name: 'findings-hostile', state: size => pressed(stateOf(hostile(), size), '2') },
  { name: 'anchors-hostile', state: size => pressed(stateOf(hostile(), size), '3', 'enter') },
  { name: 'loading-nothing-yet', state: size => loading(emptyState(size)) },
  { name: 'loading-part', state: size => loading(pressed(stateOf(breakIn(), size, ['sa-east-1', 'global']), '2')) },
  { name: 'failed', state: size => happen(emptyState(size), { kind: 'failed', failure }) },
];

function loading(state: State): State {
  const progress = [
    { kind: 'identity', account: '111122223333', arn: 'arn:aws:iam::111122223333:user/me' },
    { kind: 'regions', regions: ['ap-east-2', 'eu-west-1', 'sa-east-1', 'us-east-1'] },
    { kind: 'request', region: 'sa-east-1', operation: 'rolesanywhere:ListProfiles', done: 43, planned: 60 },
    { kind: 'waiting', region: 'sa-east-1', family: 'profile', perSecond: 1 },
  ] as const;
  return progress.reduce<State>((before, one) => happen(before, { kind: 'progress', progress: one }), state);
}

/** The narrowest terminals that many people have and that show a detail beside the list. */
const NARROW_PANE = { size: { columns: 120, rows: 40 }, cases: CASES.slice(0, VIEWS.length) };

describe.each([...SIZES.map(size => ({ size, cases: CASES })), NARROW_PANE])(
  'at $size.columns×$size.rows',
  ({ size, cases }) => {
    test.each(cases)('$name', async ({ name, state }) => {
      const lines = screenOf(state(size));
      expect(lines).toHaveLength(size.rows);
      expect(lines.filter(line => stringWidth(line) > size.columns)).toEqual([]);
      expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200b-\u200d\ufeff]/u);
      const golden = `../goldens/ui/${name}-${size.columns}x${size.rows}.txt`;
      await expect(`${lines.map(line => line.trimEnd()).join('\n')}\n`).toMatchFileSnapshot(golden);
    });
  },
);

describe('a screen that is too small', () => {
  test.each([
    { columns: 59, rows: 24 },
    { columns: 80, rows: 14 },
    { columns: 20, rows: 5 },
    { columns: 1, rows: 1 },
  ])('$columns×$rows says so and nothing else', size => {
    const lines = screenOf(stateOf(breakIn(), size));
    expect(lines.length).toBeLessThanOrEqual(size.rows);
    expect(lines.filter(line => stringWidth(line) > size.columns)).toEqual([]);
    if (size.columns >= 20) expect(lines.join('\n')).toMatch(/too small/i);
  });
});

test.each([60, 100, 109, 110, 111, 120, 200])('%i columns: every view keeps to the screen', columns => {
  const size = { columns, rows: 30 };
  for (const [, key] of VIEW_KEYS)
    for (const audit of [breakIn(), hostile(), denied()])
      for (const keys of [[key], [key, 'enter'], [key, 'J']]) {
        const lines = screenOf(pressed(stateOf(audit, size), ...keys));
        expect(lines).toHaveLength(30);
        expect(lines.filter(line => stringWidth(line) > columns)).toEqual([]);
      }
});
