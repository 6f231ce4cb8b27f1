// How long policies take: in one process of its own, over the code bundled as the product is.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { esbuildCatalog } from '../../catalog-plugin.mjs';
import { esbuildPeggy } from '../../peggy-plugin.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** The figures, each beside its limit. */
export async function policyFigures({ folder }) {
  const file = join(folder, 'policies.mjs');
  await build({
    entryPoints: [join(here, 'policies.entry.ts')],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    plugins: [esbuildPeggy(), esbuildCatalog()],
    banner: { js: "import {createRequire as __cr} from 'node:module';const require=__cr(import.meta.url);" },
    logLevel: 'error',
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the policy benchmark failed: ${stderr}`);
  const { policies, all, worst, paths5000, paths10000 } = JSON.parse(stdout);
  return [
    atLeast('policies analysed per second', policies / (all / 1000), 250),
    atMost('worst single policy', worst, 'ms', 250),
    atMost('10,000 access paths', paths10000 / 1000, 's', 5),
    atMost('10,000 access paths against 5,000', paths10000 / paths5000, '×', 2.5),
  ];
}

function atMost(name, value, unit, limit) {
  return { name, value: Math.round(value * 100) / 100, unit, limit, ok: value <= limit };
}

function atLeast(name, value, limit) {
  return { name, value: Math.round(value), unit: '/s', atLeast: limit, ok: value >= limit };
}
