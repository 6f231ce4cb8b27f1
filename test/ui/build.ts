import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { esbuildCatalog } from '../../catalog-plugin.mjs';
import { esbuildPeggy } from '../../peggy-plugin.mjs';

/** Bundles the test program as the product is bundled; answers with its path. */
export async function buildEntry(): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'postern-ui-'));
  await build({
    entryPoints: [join(import.meta.dirname, 'entry.ts')],
    outdir,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['react-devtools-core'],
    plugins: [esbuildPeggy(), esbuildCatalog()],
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    banner: { js: "import {createRequire as __cr} from 'node:module';const require=__cr(import.meta.url);" },
    logLevel: 'error',
  });
  return join(outdir, 'entry.mjs');
}
