// node build.mjs [build | start [ARG…] | test | bench]
// Installs what package-lock.json names when it is not there yet, then bundles src/ and mocks/ into dist/.
// Uses nothing but Node until the packages are installed.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const inRoot = (...path) => join(root, ...path);

const verbs = {
  build: async () => {
    await build();
    return 0;
  },
  start: async args => {
    await build({ unlessFresh: true });
    return start(args);
  },
  test: async args => {
    install();
    return run(process.execPath, [inRoot('test', 'run.mjs'), ...args]);
  },
  deep: async args => {
    install();
    process.env.POSTERN_DEEP = '1';
    return run(process.execPath, [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', 'test/iam', ...args]);
  },
  bench: async args => {
    await build();
    return run(process.execPath, [inRoot('test', 'bench', 'run.mjs'), ...args]);
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [verb = 'build', ...args] = process.argv.slice(2);
  if (!Object.hasOwn(verbs, verb))
    throw new Error(`build.mjs: no verb ${verb}; there are ${Object.keys(verbs).join(', ')}`);
  process.exitCode = await verbs[verb](args);
}

/** Opens the demo, or runs Postern with the arguments given. Without a terminal: the report, and no complaint from npm. */
function start(args) {
  const cli = inRoot('dist', 'cli.js');
  if (args.length > 0) return run(process.execPath, [cli, ...args]);
  if (process.stdout.isTTY) return run(process.execPath, [cli, '--demo']);
  const code = run(process.execPath, [cli, '--demo', '--ci']);
  return code === 2 || code === 3 ? 0 : code;
}

/** Makes node_modules what package-lock.json says, if it is not. Throws where npm fails. */
export function install() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new Error(`Postern needs Node 20 or newer; this is Node ${process.versions.node}.`);
  const marker = inRoot('node_modules', '.package-lock.json');
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(inRoot('package-lock.json')).mtimeMs) return;
  console.error('Installing packages (once) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = npm
    ? run(process.execPath, [npm, ...args], 'stderr')
    : run('npm', args, 'stderr', { shell: process.platform === 'win32' });
  if (code !== 0) throw new Error('npm ci failed; its message is above.');
}

/** Bundles into dist/. Returns esbuild's metafile. */
export async function build({ unlessFresh = false } = {}) {
  install();
  if (unlessFresh && isFresh()) return undefined;
  const esbuild = await import('esbuild');
  const { esbuildCatalog } = await import('./catalog-plugin.mjs');
  const { esbuildPeggy } = await import('./peggy-plugin.mjs');
  const { esbuildSdkSchemas } = await import('./schema-plugin.mjs');
  const { esbuildWidth } = await import('./width-plugin.mjs');
  rmSync(inRoot('dist'), { recursive: true, force: true });
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli.ts', 'pretend-aws': 'mocks/serve.ts' },
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    splitting: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    metafile: true,
    legalComments: 'none',
    mainFields: ['module', 'main'],
    plugins: [esbuildPeggy(), esbuildCatalog(), esbuildSdkSchemas(), esbuildWidth(), withoutDevtools()],
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      POSTERN_VERSION: JSON.stringify(version),
    },
    // The SDK's CommonJS parts call require.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
  });
  for (const entry of ['cli.js', 'pretend-aws.js']) {
    const file = inRoot('dist', entry);
    writeFileSync(file, `#!/usr/bin/env node\n${readFileSync(file, 'utf8').replace(/^#!.*\n/, '')}`);
    chmodSync(file, 0o755);
  }
  writeFileSync(inRoot('dist', 'THIRD-PARTY-LICENSES.txt'), licencesOf(metafile));
  return metafile;
}

/** Ink's devtools, and the WebSockets they talk by, are for those who write Ink: it loads them where DEV is true, which it is not. */
function withoutDevtools() {
  return {
    name: 'without devtools',
    setup(build) {
      build.onResolve({ filter: /^\.\/devtools\.js$/ }, ({ path }) => ({ path, external: true }));
    },
  };
}

/** Whether dist/ is newer than all it is made of. */
function isFresh() {
  const built = inRoot('dist', 'cli.js');
  if (!existsSync(built)) return false;
  const since = statSync(built).mtimeMs;
  const sources = ['src', 'mocks'].flatMap(folder =>
    readdirSync(inRoot(folder), { recursive: true }).map(file => inRoot(folder, file)),
  );
  const all = [
    ...sources,
    inRoot('package.json'),
    inRoot('package-lock.json'),
    inRoot('build.mjs'),
    inRoot('catalog-plugin.mjs'),
    inRoot('schema-plugin.mjs'),
    inRoot('peggy-plugin.mjs'),
  ];
  return all.every(file => statSync(file).mtimeMs <= since);
}

/** The licence of every package whose code is in the bundle. */
function licencesOf(metafile) {
  const packages = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) packages.add(match[1]);
  }
  return [...packages]
    .sort()
    .map(licenceOf)
    .join(`\n${'-'.repeat(80)}\n`);
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(inRoot(folder, 'package.json'), 'utf8'));
  const file = readdirSync(inRoot(folder)).find(entry => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n\n${file ? readFileSync(inRoot(folder, file), 'utf8') : ''}`;
}

function run(command, args, stdout = 'inherit', options = {}) {
  const stdio = ['inherit', stdout === 'stderr' ? 2 : 'inherit', 'inherit'];
  const { status, signal, error } = spawnSync(command, args, { cwd: process.cwd(), stdio, ...options });
  if (error) throw error;
  return signal ? 128 : (status ?? 1);
}
