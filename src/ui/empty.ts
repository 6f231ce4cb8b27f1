import type { Coverage } from '../snapshot/coverage.ts';
import { type Line, line, say } from './line.ts';
import { progressText } from './loading.ts';
import { failures, type Scene } from './scene.ts';
import { listOf, type State, viewOf } from './state.ts';
import type { View } from './view.ts';

/** Words for a list without rows: why it is empty, and whether that is good. */
export function emptyLines(state: State): readonly Line[] {
  const { scene, loading } = state;
  if (listOf(state).rows.length > 0) return [line('Nothing matches the filter. Esc clears it.', 'dim')];
  if (scene === undefined)
    return loading.phase === 'failed' ? failureLines(state) : [line(`Nothing yet: ${progressText(loading)}.`, 'dim')];
  const reasons = [...unreadReasons(scene, viewOf(state)), ...pendingReasons(scene, state)];
  return reasons.length > 0 ? reasons : viewOf(state).nothing(scene);
}

function failureLines({ loading }: State): readonly Line[] {
  const { message = '', where, hint } = loading.failure ?? {};
  return [
    line('Nothing could be read.', 'critical'),
    ...message.split('\n').map(text => line(text)),
    ...(where === undefined ? [] : [line(where, 'dim')]),
    ...(hint === undefined ? [] : [line(hint)]),
    line('R tries again.', 'dim'),
  ];
}

const MOST_REASONS = 3;

function unreadReasons(scene: Scene, view: View): readonly Line[] {
  const matters = ({ operation }: Coverage) => view.operations.length === 0 || view.operations.includes(operation);
  const failed = failures(scene).filter(matters);
  const lines = failed
    .slice(0, MOST_REASONS)
    .map(({ operation, region, message }): Line => [say(`${operation} in ${region}: `, 'unknown'), say(message)]);
  const more = failed.length - lines.length;
  const rest = more > 0 ? [line(`and ${more} more`, 'dim')] : [];
  if (lines.length > 0) return [line('Nothing here, but this could not be read:', 'unknown'), ...lines, ...rest];
  const notAsked = scene.audit.coverage.some(
    row => row.status === 'not asked' && view.operations.includes(row.operation),
  );
  return notAsked
    ? [line(`Nothing here, because Postern was not asked to read it (${view.operations.join(', ')}).`, 'unknown')]
    : [];
}

function pendingReasons(scene: Scene, { loading }: State): readonly Line[] {
  if (loading.phase === 'failed') return [line('Nothing here; not everything was read.', 'unknown')];
  return scene.pending.length === 0 ? [] : [line(`Nothing yet: ${scene.pending.join(', ')} still to come.`, 'dim')];
}
