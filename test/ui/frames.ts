import type { Audit } from '../../src/audit.ts';
import { frameOf } from '../../src/ui/frame.ts';
import { press } from '../../src/ui/keys.ts';
import type { Size } from '../../src/ui/layout.ts';
import { textOf } from '../../src/ui/line.ts';
import { sceneOf } from '../../src/ui/scene.ts';
import { happen, initial, type State } from '../../src/ui/state.ts';
import { NOW } from './audits.ts';

/** The state when an audit has arrived, with all of it there unless regions are named as pending. */
export function stateOf(audit: Audit, size: Size, pending: readonly string[] = []): State {
  const arrived = happen(emptyState(size), { kind: 'scene', scene: sceneOf(audit, [], pending) });
  return pending.length === 0 ? happen(arrived, { kind: 'finished' }) : arrived;
}

export function emptyState(size: Size): State {
  return initial({ title: 'demo', size, now: NOW });
}

/** Presses keys by name; a key that is a text of several characters is typed one by one. */
export function pressed(state: State, ...keys: readonly string[]): State {
  return keys.reduce((before, name) => press(before, { name }).state, state);
}

export function typed(state: State, text: string): State {
  return pressed(state, ...text);
}

/** The whole screen, line by line. */
export function screenOf(state: State): readonly string[] {
  const { top, body, bottom } = frameOf(state);
  return [...top, ...body, ...bottom].map(line => textOf(line));
}
