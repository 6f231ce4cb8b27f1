import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The rules that come with Postern: beside the package's own package.json, wherever this module was bundled to. */
export function builtinFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isPackageRoot(folder)) {
    const above = dirname(folder);
    if (above === folder) throw new Error('no package.json of postern above this module');
    folder = above;
  }
  return join(folder, 'rules');
}

function isPackageRoot(folder: string): boolean {
  const file = join(folder, 'package.json');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'postern';
}

/**
 * The .toml files of a folder and the folders in it, sorted; of a file, itself. A link to a folder is not followed (it
 * may lead round in a circle). Throws what the file system throws.
 */
export function tomlFiles(path: string): readonly string[] {
  return statSync(path).isDirectory() ? filesIn(path).toSorted() : [path];
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.name.endsWith('.toml') && isFile(entry, path) ? [path] : [];
  });
}

/** A link that leads nowhere counts: reading it then says so. */
function isFile(entry: { isFile(): boolean; isSymbolicLink(): boolean }, path: string): boolean {
  return (
    entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
  );
}
