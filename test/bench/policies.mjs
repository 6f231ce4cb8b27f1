// How long policies take: in one process of its own, over the code bundled as the product is.
import { measurement } from './bundle.mjs';
import { atLeast, atMost } from './figures.mjs';

/** The figures, each beside its limit. */
export async function policyFigures({ folder }) {
  const measure = await measurement('policies.entry.ts', { folder });
  const { policies, all, worst, paths5000, paths10000 } = measure();
  return [
    atLeast('policies analysed per second', policies / (all / 1000), 250),
    atMost('worst single policy', worst, 'ms', 250),
    atMost('10,000 access paths', paths10000 / 1000, 's', 5),
    atMost('10,000 access paths against 5,000', paths10000 / paths5000, '×', 2.5),
  ];
}
