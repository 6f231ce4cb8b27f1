// How long certificates and revocation lists take: in one process of its own, over the code bundled as the product is.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { atMost } from './figures.mjs';

const here = dirname(fileURLToPath(import.meta.url));

export async function certificateFigures({ folder }) {
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
  const { certificates, revocations } = JSON.parse(stdout);
  if (certificates.count !== 10_000 || revocations.count !== 100_000)
    throw new Error('the certificate benchmark lost some');
  return [
    atMost('10,000 certificates, all facts', certificates.ms / 1000, 's', 5),
    atMost('a revocation list of 100,000 entries, asked 200,000 times', revocations.ms / 1000, 's', 1),
  ];
}
