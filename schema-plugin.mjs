import { readFileSync } from 'node:fs';

/**
 * For esbuild: the SDK's shapes name their members by constants (`{ [_xN]: 1 }`), which a bundler must take for code with
 * effects, so that every shape of a service stays in. With the names written out it keeps those that are used.
 */
export function esbuildSdkSchemas() {
  return {
    name: 'sdk-schemas',
    setup(build) {
      build.onLoad({ filter: /[\\/]@aws-sdk[\\/].*[\\/]schemas[\\/]schemas_\d+\.js$/ }, ({ path }) => ({
        contents: withNamesWrittenOut(readFileSync(path, 'utf8')),
        loader: 'js',
      }));
    },
  };
}

export function withNamesWrittenOut(source) {
  const constants = new Map(
    [...source.matchAll(/^const (\w+) = ("(?:[^"\\]|\\.)*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return source.replace(/\[(\w+)\]:/g, (written, name) => (constants.has(name) ? `${constants.get(name)}:` : written));
}
