import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { layersOfAbsentPath, layersOfPaths } from '../documents/stack.ts';
import { UserError } from '../errors.ts';
import { EXIT } from '../findings/verdict.ts';
import { type Comparison, compareAccess, type NewRequest } from '../iam/compare/compare.ts';
import type { LayerName, Layers, PlacedStatement } from '../iam/layer.ts';
import { readPolicy } from '../iam/policy.ts';
import { some, type Truth } from '../iam/truth.ts';
import { printable, safeJson } from '../report/printable.ts';
import { isTooDeep } from '../snapshot/depth.ts';
import { parseSnapshot } from '../snapshot/load.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { openOutput } from './output.ts';
import type { CommandRequest } from './registry.ts';

/**
 * `postern compare A B`: whether B allows anything that A does not. A and B are policies, stacks of layers, or snapshots,
 * whose paths are compared one by one. Exit codes: 0 nothing new, 2 something new, 3 not known.
 */
export async function compare({ arguments: [a = '', b = ''], options }: CommandRequest): Promise<number> {
  const result = compared(readSide(a), readSide(b));
  const output = openOutput(options.output);
  await output.write(options.format === 'json' ? `${safeJson(jsonOf(result))}\n` : textOf(result));
  await output.close();
  return exitCodeOf(result.newAccess);
}

function exitCodeOf(newAccess: Truth): number {
  if (newAccess === undefined) return EXIT.notAllRead;
  return newAccess ? EXIT.findings : EXIT.clean;
}

/** The answer for all paths together, and for each of them where there are paths. */
interface Result extends Comparison {
  readonly paths: readonly (Comparison & { readonly path: string })[] | undefined;
}

type Side = { readonly file: string } & (
  | { readonly kind: 'layers'; readonly layers: Layers }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
);

function compared(a: Side, b: Side): Result {
  if (a.kind === 'layers' && b.kind === 'layers') return { ...compareAccess(a.layers, b.layers), paths: undefined };
  if (a.kind === 'snapshot' && b.kind === 'snapshot') return comparedPaths(a.snapshot, b.snapshot);
  throw new UserError(`${a.file} and ${b.file} cannot be compared: one is a snapshot and the other is not`, {
    hint: 'Compare two policies, two files of layers, or two snapshots.',
  });
}

/** The first path with something new stands for all. */
function comparedPaths(a: Snapshot, b: Snapshot): Result {
  const [before, after] = [layersOfPaths(a), layersOfPaths(b)];
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  const paths = ids.map(path => ({
    path,
    ...compareAccess(before.get(path) ?? layersOfAbsentPath(a, path), after.get(path) ?? layersOfAbsentPath(b, path)),
  }));
  const telling = paths.find(each => each.newAccess === true) ?? paths.find(each => each.newAccess === undefined);
  return {
    newAccess: some(paths.map(each => each.newAccess)),
    witness: telling?.witness,
    statements: telling?.statements ?? [],
    assumptions: [...new Set([...paths.flatMap(each => each.assumptions), WHO_ENTERS])],
    paths,
  };
}

const WHO_ENTERS = 'Who may enter by a path is not compared, only what a session can do.';

function readSide(file: string): Side {
  const text = readText(file);
  const json = jsonIn(text);
  if (json === undefined) return { file, kind: 'layers', layers: policyLayers(text, file) };
  if (isTooDeep(json)) throw new UserError(`${file} is nested too deeply for a policy`, { where: file });
  if (has(json, 'postern')) return { file, kind: 'snapshot', snapshot: parseSnapshot(text, file) };
  if (LAYERS.some(name => has(json, name))) return { file, kind: 'layers', layers: stackOf(json, file) };
  return { file, kind: 'layers', layers: policyLayers(documentIn(json), file) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`cannot read ${file}: ${why}`, { where: file, cause });
  }
}

/** Undefined: it is no JSON, and may be a policy in URL encoding. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function has(json: unknown, member: string): boolean {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, member);
}

/** What `aws iam get-policy-version` and `aws iam get-role-policy` print has the policy inside. */
const Answer = v.union([
  v.pipe(
    v.object({ PolicyVersion: v.object({ Document: v.unknown() }) }),
    v.transform(each => each.PolicyVersion.Document),
  ),
  v.pipe(
    v.object({ PolicyDocument: v.unknown() }),
    v.transform(each => each.PolicyDocument),
  ),
]);

function documentIn(json: unknown): unknown {
  const answer = v.safeParse(Answer, json);
  return answer.success ? answer.output : json;
}

/** A policy with a mistake in it is one that nobody knows the meaning of; what is no policy at all is a slip of the pen. */
function policyLayers(document: unknown, file: string): Layers {
  const reading = readPolicy(document, 'identity');
  if (reading.kind === 'parsed' || isMeantAsPolicy(document))
    return [{ name: 'identity', policies: [{ name: file, reading }], complete: true }];
  throw new UserError(`${file} is no policy: ${reading.reason}`, {
    where: `${file} ${reading.where}`.trim(),
    hint: 'A policy document, a snapshot, or {"identity": [{"name", "document"}], "boundary": […], "session": […], "scp": [[…]], "rcp": [[…]]}.',
  });
}

function isMeantAsPolicy(document: unknown): boolean {
  return typeof document === 'string'
    ? document.trimStart().startsWith('{') && document.includes('"Statement"')
    : has(document, 'Statement');
}

const PolicyEntry = v.strictObject({ name: v.string(), document: v.optional(v.unknown()) });
const Policies = v.array(PolicyEntry);

/** A layer that is absent bounds nothing. A document that is absent or null could not be read. */
const Stack = v.strictObject({
  identity: v.optional(Policies),
  boundary: v.optional(Policies),
  session: v.optional(Policies),
  scp: v.optional(v.array(Policies)),
  rcp: v.optional(v.array(Policies)),
});

const LAYERS = ['identity', 'boundary', 'session', 'scp', 'rcp'] as const satisfies readonly LayerName[];

function stackOf(json: unknown, file: string): Layers {
  const stack = v.safeParse(Stack, json);
  if (!stack.success) {
    const [issue] = stack.issues;
    throw new UserError(`${file} is no file of layers: ${issue.message}`, {
      where: `${file} ${v.getDotPath(issue) ?? ''}`.trim(),
      hint: 'Each layer is a list of {"name", "document"}; scp and rcp are lists of such lists, one for each level.',
    });
  }
  const { identity, boundary, session, scp = [], rcp = [] } = stack.output;
  const single = [identity, boundary, session].map(policies => (policies === undefined ? [] : [policies]));
  return [...single, scp, rcp].flatMap((levels, at) => levels.map(policies => layerOf(LAYERS[at]!, policies)));
}

function layerOf(name: LayerName, policies: v.InferOutput<typeof Policies>): Layers[number] {
  const form = name === 'rcp' ? undefined : 'identity';
  const read = (document: unknown) =>
    document === undefined || document === null ? undefined : readPolicy(document, form);
  return { name, policies: policies.map(each => ({ name: each.name, reading: read(each.document) })), complete: true };
}

/** What a program reads; nothing is left out. */
function jsonOf({ paths, ...whole }: Result) {
  const each = paths?.map(({ path, ...comparison }) => ({ path, ...comparisonJson(comparison) }));
  return { ...comparisonJson(whole), ...(each === undefined ? {} : { paths: each }) };
}

function comparisonJson({ newAccess, witness, statements, assumptions }: Comparison) {
  return {
    newAccess: newAccess ?? null,
    witness: witness ?? null,
    statements: statements.map(({ layer, policy, statement }) => ({
      layer,
      policy,
      at: statement.at,
      sid: statement.sid ?? null,
      effect: statement.effect,
      statement: statement.text,
    })),
    assumptions,
  };
}

function textOf({ paths, ...whole }: Result): string {
  const lines = paths === undefined ? comparisonLines(whole) : paths.flatMap(pathLines);
  const assumptions = whole.assumptions.map(each => `  ${printable(each)}`);
  const verdict = paths === undefined ? [] : [verdictOf(whole.newAccess)];
  return `${[...verdict, ...lines, 'Assumptions:', ...assumptions].join('\n')}\n`;
}

function pathLines({ path, ...comparison }: Comparison & { readonly path: string }): readonly string[] {
  if (comparison.newAccess === false) return [];
  const why = comparison.newAccess === undefined ? comparison.assumptions.map(each => `  ${printable(each)}`) : [];
  return [
    '',
    printable(path),
    ...comparisonLines(comparison).map(line => `  ${line}`),
    ...why.map(line => `  ${line}`),
  ];
}

function comparisonLines({ newAccess, witness, statements }: Comparison): readonly string[] {
  return [
    verdictOf(newAccess),
    ...(witness === undefined ? [] : requestLines(witness)),
    ...statements.flatMap(statementLines),
  ];
}

function verdictOf(newAccess: Truth): string {
  if (newAccess === undefined) return 'Not known whether B allows anything that A does not.';
  return newAccess ? 'New access: B allows what A does not.' : 'No new access: B allows nothing that A does not.';
}

function requestLines({ action, resource, conditions }: NewRequest): readonly string[] {
  return [`  ${printable(action)} on ${printable(resource)}`, ...conditions.map(conditionLine)];
}

function conditionLine({ condition: { key, operator, values }, holds }: NewRequest['conditions'][number]): string {
  return `    ${holds ? 'where' : 'where not'} ${printable(key)} ${printable(operator)} ${values.map(printable).join(' or ')}`;
}

function statementLines({ layer, policy, statement }: PlacedStatement): readonly string[] {
  const sid = statement.sid === undefined ? '' : ` (${printable(statement.sid)})`;
  const side = statement.effect === 'Deny' ? 'A denies' : 'B allows';
  return [
    `  ${side} by ${layer} policy ${printable(policy)}, statement ${statement.at + 1}${sid}:`,
    `    ${printable(statement.text)}`,
  ];
}
