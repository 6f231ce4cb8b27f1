// Whoever imports string-width, Ink and its packages too, gets src/report/width.ts, which asks the real one when it must.
import { fileURLToPath } from 'node:url';

const ours = fileURLToPath(new URL('./src/report/width.ts', import.meta.url));

export function esbuildWidth() {
  return {
    name: 'width',
    setup(build) {
      build.onResolve({ filter: /^string-width$/ }, ({ importer }) => (importer === ours ? undefined : { path: ours }));
    },
  };
}
