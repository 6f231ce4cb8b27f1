// `import … from './x.peggy'` gives the generated parser, in the bundle (esbuild) and in the tests (vite).
import { readFile } from 'node:fs/promises';
import peggy from 'peggy';

export function esbuildPeggy() {
  return {
    name: 'peggy',
    setup(build) {
      build.onLoad({ filter: /\.peggy$/ }, async ({ path }) => ({ contents: await parserOf(path), loader: 'js' }));
    },
  };
}

export function vitePeggy() {
  return {
    name: 'peggy',
    enforce: 'pre',
    async load(id) {
      return id.endsWith('.peggy') ? { code: await parserOf(id), map: null } : undefined;
    },
  };
}

async function parserOf(path) {
  const grammar = await readFile(path, 'utf8');
  return peggy.generate(grammar, { output: 'source', format: 'es', grammarSource: path });
}
