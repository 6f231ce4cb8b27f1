import { firstOf, type Gaps, gapLines, gapsOf, isOpen } from './gaps.ts';
import { type Line, line } from './line.ts';
import { progressText } from './loading.ts';
import { listOf, type State, viewOf } from './state.ts';
import type { View } from './view.ts';

/** Words for a list without rows: why it is empty, and whether that is good. */
export function emptyLines(state: State): readonly Line[] {
  const { scene, loading } = state;
  if (listOf(state).rows.length > 0) return [line('Nothing matches the filter. Esc clears it.', 'dim')];
  if (scene === undefined)
    return loading.phase === 'failed' ? failureLines(state) : [line(`Nothing yet: ${progressText(loading)}.`, 'dim')];
  if (loading.phase === 'failed' && scene.pending.length > 0)
    return [line('Nothing here; not everything was read.', 'unknown')];
  const gaps = gapsOf(scene, viewOf(state).operations);
  return isOpen(gaps) ? gapReasons(gaps, viewOf(state)) : viewOf(state).nothing(scene);
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

/** A view with lines around its list names the gaps there. */
function gapReasons(gaps: Gaps, { around }: View): readonly Line[] {
  const words =
    gaps.pending.length > 0 ? 'Nothing yet, and not all was looked at' : 'Nothing here, but not all was looked at';
  if (around !== undefined) return [line(`${words}: see below.`, 'unknown')];
  return [line(`${words}:`, 'unknown'), ...firstOf(gapLines(gaps), MOST_REASONS)];
}
