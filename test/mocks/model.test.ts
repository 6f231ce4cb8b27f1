import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PretendAws } from '../../mocks/server.ts';
import { ask, pretend } from './pretend.ts';

/** AWS's own service model, which is not part of the project: this runs where it lies beside it. */
const FILE = new URL('../../../shared/data/models/rolesanywhere-2018-05-10.json', import.meta.url);
const hasModel = existsSync(FILE);

describe.skipIf(!hasModel)("AWS's service model (skipped where it is not there)", () => {
  test.each(['break-in', 'tidy', 'fleet', 'empty', 'large=60'])('describes every answer of %s', async story => {
    const model = readModel();
    const aws = await pretend({ story });
    const problems: string[] = [];
    let checked = 0;
    for (const region of ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2', 'ap-south-1', 'ap-southeast-1']) {
      for (const { operation, path } of await pathsIn(aws, region)) {
        const answer: unknown = await (await ask(aws, { service: 'rolesanywhere', region, path })).json();
        problems.push(
          ...mismatches(model, model.operations[operation]!.output.shape, answer, `${region} ${operation}`),
        );
        checked++;
      }
    }
    expect(problems).toEqual([]);
    expect(checked).toBeGreaterThanOrEqual(24);
  });

  test('knows all operations at their paths', async () => {
    const aws = await pretend({ story: 'empty' });
    const id = '0ace5b12-24b9-427e-a483-c55884852fbf';
    const { operations } = readModel();
    for (const { http } of Object.values(operations)) {
      await ask(aws, { service: 'rolesanywhere', method: http.method, path: http.requestUri.replace(/\{\w+\}/, id) });
    }
    expect(aws.requests.map(({ operation }) => operation)).toEqual(Object.keys(operations));
  });
});

/** The lists of a region, and a get and the tags for the first few things in them. */
async function pathsIn(aws: PretendAws, region: string): Promise<readonly { operation: string; path: string }[]> {
  const kinds = [
    ['trustAnchor', 'TrustAnchor'],
    ['profile', 'Profile'],
    ['crl', 'Crl'],
    ['subject', 'Subject'],
  ] as const;
  const paths: { operation: string; path: string }[] = [];
  for (const [member, name] of kinds) {
    const path = `/${member.toLowerCase()}s`;
    paths.push({ operation: `List${name}s`, path });
    const answer = (await (await ask(aws, { service: 'rolesanywhere', region, path })).json()) as Record<
      string,
      Record<string, string>[]
    >;
    for (const item of answer[`${member}s`]!.slice(0, 12)) {
      paths.push({ operation: `Get${name}`, path: `/${member.toLowerCase()}/${item[`${member}Id`]}` });
      paths.push({
        operation: 'ListTagsForResource',
        path: `/ListTagsForResource?resourceArn=${item[`${member}Arn`]}`,
      });
    }
  }
  return paths;
}

interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly union?: boolean;
}

interface Model {
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly output: { readonly shape: string };
        readonly http: { readonly method: string; readonly requestUri: string };
      }
    >
  >;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const readModel = (): Model => JSON.parse(readFileSync(FILE, 'utf8')) as Model;

function mismatches(model: Model, name: string, value: unknown, at: string): readonly string[] {
  const shape = model.shapes[name]!;
  if (shape.type === 'structure') return structureMismatches(model, shape, value, at);
  if (shape.type === 'list') {
    if (!Array.isArray(value)) return [`${at}: not a list`];
    return [
      ...sizeMismatches(shape, value.length, at),
      ...value.flatMap((item, n) => mismatches(model, shape.member!.shape, item, `${at}[${n}]`)),
    ];
  }
  if (shape.type === 'boolean') return typeof value === 'boolean' ? [] : [`${at}: not a boolean`];
  if (shape.type === 'integer')
    return Number.isInteger(value) ? sizeMismatches(shape, Number(value), at) : [`${at}: not an integer`];
  if (typeof value !== 'string') return [`${at}: not a string`];
  if (shape.type === 'timestamp') return Number.isNaN(Date.parse(value)) ? [`${at}: not a time`] : [];
  return shape.type === 'blob' ? blobMismatches(value, at) : stringMismatches(shape, value, at);
}

function structureMismatches(model: Model, shape: Shape, value: unknown, at: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: not a structure`];
  const members = Object.entries(value);
  const names = members.map(([name]) => name);
  const missing = (shape.required ?? []).filter(name => !names.includes(name)).map(name => `${at}: no ${name}`);
  const union = shape.union === true && names.length !== 1 ? [`${at}: a union of ${names.length}`] : [];
  const inner = members.flatMap(([name, member]) => {
    const known = shape.members?.[name];
    return known === undefined ? [`${at}: unknown ${name}`] : mismatches(model, known.shape, member, `${at}.${name}`);
  });
  return [...missing, ...union, ...inner];
}

function stringMismatches(shape: Shape, value: string, at: string): readonly string[] {
  const isListed = shape.enum === undefined || shape.enum.includes(value);
  const isLike = shape.pattern === undefined || new RegExp(`^(?:${shape.pattern})$`, 'u').test(value);
  return [
    ...sizeMismatches(shape, value.length, at),
    ...(isListed ? [] : [`${at}: ${value}`]),
    ...(isLike ? [] : [`${at}: ${value} is not like ${shape.pattern}`]),
  ];
}

function blobMismatches(value: string, at: string): readonly string[] {
  return Buffer.from(value, 'base64').toString('base64') === value ? [] : [`${at}: not base64`];
}

function sizeMismatches(
  { min = 0, max = Number.POSITIVE_INFINITY }: Shape,
  size: number,
  at: string,
): readonly string[] {
  return size >= min && size <= max ? [] : [`${at}: ${size} is not within ${min} to ${max}`];
}
