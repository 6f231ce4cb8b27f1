import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { keepState } from '../../src/state/keep.ts';
import { loadState } from '../../src/state/load.ts';
import { NO_STATE, type State } from '../../src/state/state.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-state-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reached = { until: '2026-11-23T08:00:00.000Z', lookups: [{ source: 'a', names: ['B'] }], rules: { r: '1' } };
const STATE: State = {
  postern: 'state/1',
  accounts: { '111122223333': { 'eu-west-1': reached } },
  reported: [{ rule: 'r', event_id: 'e', time: '2026-11-23T07:00:00.000Z', status: 'match' }],
};

function errorOf(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('a state that is', () => {
  const other = (change: object) => JSON.stringify({ ...STATE, ...change });
  const later = { ...reached, until: '2030-01-01T00:00:00Z' };
  it.each([
    ['empty', '', /not JSON/],
    ['cut short', JSON.stringify(STATE).slice(0, -10), /not JSON/],
    ['of another version', other({ postern: 'state/2' }), /\$\.postern: .*state\/1/],
    ['a snapshot', other({ postern: 'snapshot/1' }), /\$\.postern/],
    ['a list', '[]', /\$\.postern: is missing/],
    ['without what was told', other({ reported: undefined }), /\$\.reported/],
    [
      'with no time',
      other({ accounts: { a: { b: { ...reached, until: 'soon' } } } }),
      /\$\.accounts\.a\.b\.until: is no time/,
    ],
    ['with half an entry', other({ reported: [{ rule: 'r' }] }), /\$\.reported\[0\]\.event_id: is missing/],
    [
      'of a clock that was wrong',
      other({ accounts: { '1': { 'eu-west-1': later } } }),
      /eu-west-1 of 1 was read up to 2030-01-01T00:00:00Z, which is yet to come/,
    ],
  ])('%s is an error that says what to do', (name, text, message) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    const error = errorOf(() => loadState(file, NOW));
    expect(error.message).toMatch(message);
    expect(error.message).toContain(file);
    expect(error.hint).toContain('Put back a copy, or delete it');
  });

  it('a folder is an error', () => {
    expect(errorOf(() => loadState(folder, NOW)).message).toBe(`cannot read the state ${folder}: it is a folder`);
  });

  it('not there is one without anything in it', () => {
    expect(loadState(join(folder, 'none'), NOW)).toMatchObject({ state: NO_STATE, text: undefined });
  });
});

describe('keeping', () => {
  it('gives the owner alone a file that loads again, and leaves nothing beside it', () => {
    const own = mkdtempSync(join(folder, 'own-'));
    const file = join(own, 'state.json');
    keepState(loadState(file, NOW), STATE);
    expect(loadState(file, NOW).state).toEqual(STATE);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(own)).toEqual(['state.json']);
  });

  it('replaces what was loaded, and keeps its mode', () => {
    const file = join(folder, 'mode.json');
    writeFileSync(file, JSON.stringify(NO_STATE));
    chmodSync(file, 0o640);
    keepState(loadState(file, NOW), STATE);
    expect(loadState(file, NOW).state).toEqual(STATE);
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it.each<[string, string | undefined, (file: string) => void]>([
    ['written anew', JSON.stringify(NO_STATE), file => writeFileSync(file, JSON.stringify(STATE))],
    ['made', undefined, file => writeFileSync(file, JSON.stringify(STATE))],
    ['deleted', JSON.stringify(NO_STATE), file => rmSync(file)],
  ])('leaves a file that was %s meanwhile', (name, before, change) => {
    const file = join(folder, `meanwhile-${name}`);
    if (before !== undefined) writeFileSync(file, before);
    const loaded = loadState(file, NOW);
    change(file);
    expect(errorOf(() => keepState(loaded, NO_STATE)).message).toContain('has changed since this run began');
    expect(name === 'deleted' || readFileSync(file, 'utf8') === JSON.stringify(STATE)).toBe(true);
  });
});
