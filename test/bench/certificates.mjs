// How long certificates take, all their facts: in one process of its own, over the code bundled as the product is.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

export async function certificateFigure({ folder, limit }) {
  const file = join(folder, 'certificates.mjs');
  await build({
    entryPoints: [join(here, 'certificates.entry.ts')],
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the certificate benchmark failed: ${stderr}`);
  const { certificates, all } = JSON.parse(stdout);
  const value = all / 1000;
  const name = '10,000 certificates, all facts';
  return {
    name,
    value: Math.round(value * 100) / 100,
    unit: 's',
    limit,
    ok: certificates === 10_000 && value <= limit,
  };
}
