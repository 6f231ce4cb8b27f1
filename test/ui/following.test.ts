import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { press } from '../../src/ui/keys.ts';
import { sceneOf } from '../../src/ui/scene.ts';
import { happen, listOf, modeOf, type State, viewOf } from '../../src/ui/state.ts';
import { VIEWS } from '../../src/ui/views.ts';
import { breakIn, large, NOW } from './audits.ts';
import { pressed, screenOf, stateOf, typed } from './frames.ts';

const SIZE = { columns: 80, rows: 24 };
const open = () => stateOf(breakIn(), SIZE);
const where = (state: State) =>
  `${viewOf(state).name}: ${listOf(state).shown[listOf(state).at]?.name} (${modeOf(state)})`;
const keyOf = (view: string) => String(VIEWS.findIndex(({ name }) => name === view) + 1);
const screen = (state: State) => screenOf(state).join('\n');

describe('Enter in a detail', () => {
  const finding = () => pressed(open(), '2', 'enter');
  const anchored = () => pressed(open(), '2', 'j', 'enter');

  test('of a finding that leads to one thing goes there, and Esc comes back', () => {
    expect(where(anchored())).toBe('findings: Trust anchor is a CA nobody here has used before (detail)');
    const there = pressed(anchored(), 'enter');
    expect(where(there)).toBe('anchors: backup-ca (detail)');
    expect(screenOf(there)[1]).toContain('findings › anchors › backup-ca');
    const back = pressed(there, 'escape');
    expect(where(back)).toBe(where(anchored()));
    expect(where(pressed(back, 'escape'))).toBe('findings: Trust anchor is a CA nobody here has used before (list)');
  });

  test('of one that leads to several asks which', () => {
    const asked = pressed(finding(), 'enter');
    expect(screen(asked)).toMatch(
      /^ Go to *\n > profile ops-break-glass .*\n {3}path ops-break-glass -> Administrator /m,
    );
    expect(where(pressed(asked, 'enter'))).toBe('profiles: ops-break-glass (detail)');
    expect(where(pressed(asked, 'j', 'enter'))).toBe('paths: ops-break-glass -> Administrator (detail)');
    expect(where(pressed(asked, 'escape'))).toBe(where(finding()));
  });

  test('of a resource leads to its findings and to what stands next to it', () => {
    const asked = pressed(open(), keyOf('profiles'), 'enter', 'enter');
    expect(screen(asked)).toContain('> !! critical  Profile lets any certificate become an administrator');
    expect(where(pressed(asked, 'enter'))).toMatch(/^findings: Profile lets any certificate .* \(detail\)$/);
    expect(where(pressed(asked, 'G', 'enter'))).toBe('paths: ops-break-glass -> Administrator (detail)');
  });

  test('of what could not be evaluated leads to the resource', () => {
    expect(where(pressed(open(), '2', 'G', 'enter', 'enter', 'enter'))).toBe('roles: legacy (detail)');
  });

  test('on and on, and back the same way', () => {
    const far = pressed(finding(), 'enter', 'enter', 'enter', 'G', 'enter');
    expect(where(far)).toBe('paths: ops-break-glass -> Administrator (detail)');
    expect(where(pressed(far, 'escape'))).toBe('profiles: ops-break-glass (detail)');
    expect(where(pressed(far, 'escape', 'escape'))).toBe(where(finding()));
  });

  test('takes off a filter that hides where it leads', () => {
    const filtered = pressed(typed(pressed(open(), keyOf('anchors'), '/'), 'corp'), 'enter');
    const there = pressed(filtered, '2', 'j', 'enter', 'enter');
    expect(where(there)).toBe('anchors: backup-ca (detail)');
    expect(listOf(there).filter).toBeUndefined();
  });

  test('where a lead has gone says so', () => {
    const asked = pressed(finding(), 'enter');
    const gone = happen(asked, { kind: 'scene', scene: sceneOf({ ...breakIn(), documents: [] }, [], []) });
    const after = pressed(gone, 'enter');
    expect(viewOf(after).name).toBe('findings');
    expect(after.message?.text).toBe('It is not among the profiles.');
  });

  test('that leads nowhere says so', () => {
    const accountOnly = breakIn().findings.map(
      (each): Finding => ({ ...each, resource: { ...each.resource, kind: 'account' } }),
    );
    const state = pressed(stateOf({ ...breakIn(), findings: accountOnly }, SIZE), '2', 'enter', 'enter');
    expect(state.message?.text).toBe('This leads nowhere else.');
  });

  test('a view chosen by its key is no place to come back from', () => {
    const away = pressed(anchored(), 'enter', keyOf('roles'), 'escape');
    expect(viewOf(away).name).toBe('roles');
    expect(away.message?.text).toBe('No filter is on. q quits.');
  });
});

test('a list of more leads than there is room for keeps the chosen one on the screen', () => {
  const [finding] = large(1).findings;
  const findings = Array.from({ length: 60 }, (_, at) => ({ ...finding!, id: `f${at}`, name: `finding ${at}` }));
  const asked = pressed(stateOf({ ...large(1), findings }, SIZE), keyOf('anchors'), 'enter', 'enter');
  for (const keys of [[], ['G'], ['pagedown'], ['pagedown', 'pagedown', 'k'], ['G', 'k', 'k'], ['G', 'pageup', 'k']]) {
    const state = pressed(asked, ...keys);
    expect(screenOf(state)).toHaveLength(SIZE.rows);
    expect(screen(state)).toMatch(/^ > /m);
  }
  expect(screen(pressed(asked, 'G'))).toContain('finding 59');
  expect(press(pressed(asked, 'G'), { name: 'enter' }).state.message).toBeUndefined();
});

test('time goes on while one chooses', () => {
  const asked = pressed(open(), '2', 'enter', 'enter');
  expect(modeOf(happen(asked, { kind: 'tick', now: NOW }))).toBe('leads');
});
