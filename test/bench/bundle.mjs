// A measurement bundled as the product is, and run in a process of its own.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { esbuildCatalog } from '../../catalog-plugin.mjs';
import { esbuildPeggy } from '../../peggy-plugin.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** Bundles an entry beside this file into `folder`. Returns what runs it with arguments and reads its JSON. */
export async function measurement(entry, { folder }) {
  const file = join(folder, entry.replace(/\.ts$/, '.mjs'));
  await build({
    entryPoints: [join(here, entry)],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    inject: [join(here, '..', '..', 'src', 'engine.ts')],
    plugins: [esbuildPeggy(), esbuildCatalog()],
    banner: { js: "import {createRequire as __cr} from 'node:module';const require=__cr(import.meta.url);" },
    logLevel: 'error',
  });
  return (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args.map(String)], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${entry} failed: ${stderr}`);
    return JSON.parse(stdout);
  };
}
