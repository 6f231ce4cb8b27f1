import { compareAccess } from '../compare/compare.ts';
import type { LayerName, Layers } from '../layer.ts';
import type { Truth } from '../truth.ts';

/** Whether a layer takes anything away from what the others allow. */
export interface Removal {
  readonly truth: Truth;
  /** A request that it takes away: `s3:GetObject on arn:aws:s3:::x`. */
  readonly example: string | undefined;
}

/** For boundary and session policy: what would be allowed without it and is not with it. */
export function removals(layers: Layers): ReadonlyMap<LayerName, Removal> {
  const bounding = layers.filter(({ name }) => name !== 'identity').map(({ name }) => name);
  return new Map(bounding.map(name => [name, removalOf(layers, name)]));
}

function removalOf(layers: Layers, name: LayerName): Removal {
  const without = layers.filter(layer => layer.name !== name);
  const { newAccess, witness } = compareAccess(layers, without);
  return { truth: newAccess, example: witness && `${witness.action} on ${witness.resource}` };
}
