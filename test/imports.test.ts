import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What anybody in src/ may import. */
const FOR_ALL: readonly string[] = ['errors', 'memo', 'lists'];

/** Who may import whom besides among the folders of src/; a file at the top of src/ is a place of its own. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  memo: [],
  lists: [],
  query: [],
  pki: [],
  iam: [],
  cloudtrail: [],
  geoip: ['cloudtrail'],
  toml: [],
  settings: ['query', 'iam', 'toml'],
  snapshot: [],
  aws: ['snapshot'],
  documents: ['settings', 'snapshot', 'pki', 'iam', 'cloudtrail', 'query'],
  findings: ['documents', 'snapshot'],
  rules: ['query', 'documents', 'findings', 'cloudtrail', 'toml'],
  report: ['toml', 'findings', 'rules', 'snapshot', 'documents'],
  audit: ['aws', 'snapshot', 'documents', 'rules', 'findings', 'cloudtrail'],
  state: ['audit', 'snapshot', 'documents', 'rules', 'findings'],
  ui: ['audit', 'aws', 'snapshot', 'documents', 'rules', 'findings', 'report', 'query'],
  options: ['findings', 'report'],
  commands: [
    'engine',
    'options',
    'audit',
    'state',
    'settings',
    'aws',
    'snapshot',
    'documents',
    'rules',
    'findings',
    'report',
    'query',
    'cloudtrail',
    'geoip',
    'iam',
    'ui',
    'mocks',
  ],
  engine: [],
  cli: ['options', 'commands'],
  mocks: [],
};

/** Packages that only one place may import. */
const OWNED: readonly { readonly packages: RegExp; readonly by: string }[] = [
  { packages: /^@aws-sdk\/|^@smithy\//, by: 'aws' },
  { packages: /^(ink|react)(\/|$)/, by: 'ui' },
];

const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');
const files = ['src', 'mocks'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map(name => join(root, folder, name)),
);

interface Import {
  readonly from: string;
  readonly file: string;
  readonly target: string;
  readonly dynamic: boolean;
  readonly typeOnly: boolean;
}

const imports: readonly Import[] = files.flatMap(importsOf);

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(file, 'utf8');
  const statement = /^\s*(?:import|export)\s+(type\s)?[^;'"(]*?(?:from\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;
  return [...text.matchAll(statement)].map(([, type, fixed, dynamic]) => ({
    from: placeOf(file),
    file: relative(root, file),
    target: fixed ?? dynamic ?? '',
    dynamic: dynamic !== undefined,
    typeOnly: type !== undefined,
  }));
}

function placeOf(file: string): string {
  if (!file.startsWith(src)) return 'mocks';
  const [first = ''] = relative(src, file).split(/[\\/]/);
  return first.replace(/\.tsx?$/, '');
}

function targetFile({ file, target }: Import): string {
  return relative(root, resolve(root, dirname(file), target));
}

function targetPlace(one: Import): string {
  return placeOf(resolve(root, targetFile(one)));
}

/** `access` of `src/iam/access/reach.ts` in `iam`; what lies right in there belongs to all of them. */
function folderIn(place: string, file: string): string | undefined {
  const [top, from, folder, name] = file.split(/[\\/]/);
  return top === 'src' && from === place && name !== undefined ? folder : undefined;
}

const own = imports.filter(({ target }) => target.startsWith('.'));

describe('imports go one way', () => {
  test('there is something to check', () => {
    expect(own.length).toBeGreaterThan(50);
  });

  test.each(Object.keys(ALLOWED))('%s imports only what it may', place => {
    const wrong = own
      .filter(one => one.from === place)
      .filter(
        one => ![place, ...(place === 'mocks' ? [] : FOR_ALL), ...(ALLOWED[place] ?? [])].includes(targetPlace(one)),
      )
      .map(one => `${one.file} imports ${one.target}`);
    expect(wrong).toEqual([]);
  });

  test('every place is in the table', () => {
    expect([...new Set(files.map(placeOf))].filter(place => !(place in ALLOWED))).toEqual([]);
  });

  test('no two places import each other', () => {
    const edges = new Set(own.map(one => `${one.from}>${targetPlace(one)}`));
    const mutual = [...edges].filter(edge => {
      const [from, to] = edge.split('>');
      return from !== to && edges.has(`${to}>${from}`);
    });
    expect(mutual).toEqual([]);
  });

  test('no file of src/ comes back to itself by what it imports at once', () => {
    const targets = new Map<string, readonly string[]>();
    for (const one of own.filter(({ from, dynamic }) => from !== 'mocks' && !dynamic))
      targets.set(one.file, [...(targets.get(one.file) ?? []), targetFile(one)]);
    const reached = (file: string, seen = new Set<string>()) => {
      for (const target of targets.get(file) ?? []) if (!seen.has(target)) reached(target, seen.add(target));
      return seen;
    };
    expect(targets.size).toBeGreaterThan(50);
    expect([...targets.keys()].filter(file => reached(file).has(file))).toEqual([]);
  });

  test.each(['iam', 'documents'])('no two folders of %s/ import each other', place => {
    const within = own.map(one => [one.file, targetFile(one)] as const);
    const edges = new Set(
      within
        .map(pair => pair.map(file => folderIn(place, file)))
        .filter(pair => !pair.includes(undefined))
        .map(pair => pair.join('>')),
    );
    const mutual = [...edges].filter(edge => {
      const [from, to] = edge.split('>');
      return from !== to && edges.has(`${to}>${from}`);
    });
    expect(edges.size).toBeGreaterThan(5);
    expect(mutual).toEqual([]);
  });

  test.each(OWNED)('$packages belong to $by alone', ({ packages, by }) => {
    const wrong = imports
      .filter(one => packages.test(one.target) && one.from !== by)
      .map(one => `${one.file} imports ${one.target}`);
    expect(wrong).toEqual([]);
  });

  test("S3's client is loaded only for an s3:// path", () => {
    const s3 = own.filter(one => one.target.endsWith('/s3.ts') && one.from !== 'mocks' && !one.typeOnly);
    expect(s3.map(({ file, dynamic }) => ({ file, dynamic }))).toEqual([
      { file: 'src/commands/logs.ts', dynamic: true },
    ]);
  });

  test('the screen and the pretend AWS are loaded only when asked for', () => {
    const eager = own
      .filter(one => ['ui', 'mocks'].includes(targetPlace(one)) && targetPlace(one) !== one.from)
      .filter(one => !one.dynamic)
      .map(one => `${one.file} imports ${one.target}`);
    expect(eager).toEqual([]);
  });
});
