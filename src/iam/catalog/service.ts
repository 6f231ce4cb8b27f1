import { once } from '../../memo/once.ts';
import { remembering } from '../../memo/remembering.ts';
import { type Row, rows } from './table.ts';

export const LEVELS = ['Read', 'Write', 'List', 'Tagging', 'Permissions management'] as const;

/** AWS's access levels. An action has more than one where AWS names them together. */
export type Level = (typeof LEVELS)[number];

export interface Action {
  /** From 0 on, without gaps, in the order of the lower-case names. Another edition of the catalogue has others. */
  readonly id: number;
  /** In AWS's own case: `s3:GetObject`. */
  readonly name: string;
  readonly levels: readonly Level[];
  /** The ARNs it can be about, as sorted IAM globs: `arn:*:iam::*:role/*`. Empty when it is about no resource. */
  readonly resources: readonly string[];
  /** Whether a statement allows it only where its Resource is `*`. */
  readonly wildcardOnly: boolean;
}

export interface Service {
  readonly prefix: string;
  readonly actions: readonly Action[];
  /** For each action what comes after the colon, in lower case. */
  readonly names: () => readonly string[];
  /** The same names, to look one up. */
  readonly byName: () => ReadonlyMap<string, Action>;
}

/** Each service is read when it is first asked for. */
const services = once(() => new Map(rows().map(row => [row.prefix, once(() => readService(row))])));

/** The prefix in lower case. */
export function serviceNamed(prefix: string): Service | undefined {
  return services().get(prefix)?.();
}

function readService(row: Row): Service {
  const ownNames = readNames(row);
  const shapes = readShapes(row);
  const actions = ownNames.map((name, at) => ({ id: row.first + at, name: `${row.prefix}:${name}`, ...shapes[at]! }));
  const names = once(() => ownNames.map(name => name.toLowerCase()));
  const byName = once(() => new Map(names().map((name, at) => [name, actions[at]!])));
  return { prefix: row.prefix, actions, names, byName };
}

/** The ids of its actions that are about no resource, found without reading the service. */
export function idsWithoutResource({ first, shapes, shapeOf }: Row): readonly number[] {
  const without = new Set(shapes.split(',').flatMap((shape, at) => (shape.includes('.') ? [] : [base36(at)])));
  return shapeOf.split(',').flatMap((index, at) => (without.has(index) ? [first + at] : []));
}

/** The services in whose templates this is the service segment, by prefix; `*` too. Found without reading any. */
export const servicesByTemplate = once((): ReadonlyMap<string, readonly string[]> => {
  const bySegment = new Map<string, string[]>();
  for (const { prefix, templates } of rows())
    for (const segment of new Set(templates.split('|').map(template => segmentOf(template, prefix))))
      bySegment.set(segment, [...(bySegment.get(segment) ?? []), prefix]);
  return bySegment;
});

function segmentOf(template: string, prefix: string): string {
  return template.startsWith('arn:') ? template.split(':', 3)[2]! : prefix;
}

function readNames(row: Row): readonly string[] {
  let name = '';
  return row.names.split(',').map(entry => {
    name = name.slice(0, number(entry.charAt(0))) + entry.slice(1);
    return name;
  });
}

/** One for each action; those that are the same are one object. */
function readShapes(row: Row): readonly Shape[] {
  const templates = row.templates.split('|').map(template => wholeArn(template, row.prefix));
  const shapes = row.shapes.split(',').map(shape => readShape(shape, templates));
  return row.shapeOf.split(',').map(index => shapes[number(index)]!);
}

type Shape = Pick<Action, 'levels' | 'resources' | 'wildcardOnly'>;

function readShape(shape: string, templates: readonly string[]): Shape {
  const [initials = '', ...indexes] = shape.split('.');
  return {
    levels: levelsOf(initials),
    resources: indexes.map(index => templates[number(index)]!),
    wildcardOnly: indexes.length === 0,
  };
}

/** Few combinations occur, each in thousands of shapes. */
const levelsOf = remembering((initials: string): readonly Level[] =>
  LEVELS.filter(level => initials.includes(level.charAt(0))),
);

function wholeArn(template: string, prefix: string): string {
  return template.startsWith('arn:') ? template : `arn:*:${prefix}:*:*:${template}`;
}

function number(text: string): number {
  return Number.parseInt(text, 36);
}

function base36(value: number): string {
  return value.toString(36);
}
