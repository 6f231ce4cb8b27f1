import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { UserError } from '../errors.ts';
import { LAYER_NAMES, type LayerName, type Layers } from '../iam/layer.ts';
import { readPolicy, repeatedName } from '../iam/policy.ts';
import { isTooDeep } from '../snapshot/depth.ts';
import { parseSnapshot } from '../snapshot/load.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** One of the two things that are compared. */
export type Side = { readonly file: string } & (
  | { readonly kind: 'layers'; readonly layers: Layers }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
);

/** Reads a policy, a file of layers or a snapshot. Throws UserError for what is none of them. */
export function readSide(file: string): Side {
  const text = readText(file);
  const json = jsonIn(text);
  if (json === undefined) return { file, kind: 'layers', layers: policyLayers(text, file) };
  if (isTooDeep(json)) throw new UserError(`${file} is nested too deeply for a policy`, { where: file });
  if (has(json, 'postern')) return { file, kind: 'snapshot', snapshot: parseSnapshot(text, file) };
  if (has(json, 'Statement')) return { file, kind: 'layers', layers: policyLayers(text, file) };
  const twice = repeatedName(text);
  if (twice !== undefined)
    throw new UserError(`${file} has ${JSON.stringify(twice.name)} twice in one object`, {
      where: `${file} ${twice.where}`,
    });
  if (LAYER_NAMES.some(name => has(json, name))) return { file, kind: 'layers', layers: stackOf(json, file) };
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
  return [...single, scp, rcp].flatMap((levels, at) => levels.map(policies => layerOf(LAYER_NAMES[at]!, policies)));
}

function layerOf(name: LayerName, policies: v.InferOutput<typeof Policies>): Layers[number] {
  const form = name === 'rcp' ? undefined : 'identity';
  const read = (document: unknown) =>
    document === undefined || document === null ? undefined : readPolicy(document, form);
  return { name, policies: policies.map(each => ({ name: each.name, reading: read(each.document) })), complete: true };
}
