import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { contextFrom, decider, type SessionDecision, type SessionRequest } from '../documents/request.ts';
import { UserError } from '../errors.ts';
import type { Decision } from '../iam/decide.ts';
import type { Options } from '../options.ts';
import { printable, safeJson } from '../report/printable.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { decisionText } from './decisionText.ts';
import { openOutput } from './output.ts';
import { progressOnStderr } from './progress.ts';
import type { CommandRequest } from './registry.ts';
import { openSource } from './source.ts';

/** 0 allowed, 2 denied, 3 it depends or cannot be said. */
const EXIT_OF: Readonly<Record<Decision['decision'], number>> = { allowed: 0, denied: 2, conditional: 3, unknown: 3 };

/**
 * `postern can PROFILE ROLE ACTION RESOURCE`: what AWS would answer to one request of a session, and which statements say
 * so. With --requests: one JSON line for each line of requests, in their order.
 */
export async function can({ arguments: given, options }: CommandRequest): Promise<number> {
  const request = options.requests === undefined ? requestFrom(given, options) : refuseBoth(given);
  const decideOne = decider(await snapshotOf(options));
  const output = openOutput(options.output);
  const code =
    request === undefined
      ? await answerAll(decideOne, options, text => output.write(text))
      : await answerOne(decideOne(request), { request, options }, text => output.write(text));
  await output.close();
  return code;
}

function requestFrom([profile, role, action, resource]: readonly string[], options: Options): SessionRequest {
  if (profile === undefined || role === undefined || action === undefined || resource === undefined) {
    throw new UserError('postern can needs a profile, a role, an action and a resource', {
      hint: 'For example: postern can web web-reader s3:GetObject arn:aws:s3:::assets/logo.png',
    });
  }
  refuseOddAction(action);
  const named = namedKeys(options.context);
  return { profile, role, action, resource, context: contextFrom(named), complete: options.contextComplete };
}

function refuseOddAction(action: string): void {
  if (/^[^\s:*?]+:[^\s:*?]+$/.test(action)) return;
  throw new UserError(`${printable(action)} is no action`, { hint: 'Write service:Name, such as s3:GetObject.' });
}

function refuseBoth(given: readonly string[]): undefined {
  if (given.length === 0) return undefined;
  throw new UserError('with --requests the requests come from there', { hint: 'Leave the other words out.' });
}

/** `--context key=value`; the same key again is one more value of it, and `key=` alone says that it is absent. */
function namedKeys(pairs: readonly string[]): Readonly<Record<string, unknown>> {
  const values = new Map<string, string[]>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new UserError(`--context ${pair} is not key=value`, { where: '--context' });
    const [key, value] = [pair.slice(0, equals).toLowerCase(), pair.slice(equals + 1)];
    values.set(key, [...(values.get(key) ?? []), ...(value === '' ? [] : [value])]);
  }
  return Object.fromEntries(values);
}

async function snapshotOf(options: Options): Promise<Snapshot> {
  const source = await openSource(options);
  const progress = progressOnStderr(options.quiet);
  try {
    return (await source.audit({ progress: progress.show })).snapshot;
  } finally {
    progress.end();
    await source.close();
  }
}

type Write = (text: string) => Promise<void>;

async function answerOne(
  decision: SessionDecision,
  { request, options }: { readonly request: SessionRequest; readonly options: Options },
  write: Write,
): Promise<number> {
  if ('problem' in decision) {
    throw new UserError(decision.problem, {
      hint: decision.candidates.length > 0 ? `Name one of: ${decision.candidates.join(', ')}` : HINT,
    });
  }
  const text = options.format === 'json' ? `${safeJson(jsonOf(decision))}\n` : decisionText(decision, request);
  await write(text);
  return EXIT_OF[decision.decision];
}

const HINT = "postern query 'path.open: *' lists the profiles with their roles.";

/** What a program reads; nothing is left out, so that a member that is absent is a mistake. */
function jsonOf({ decision, layer, denial, statements, conditional, missing }: Decision) {
  return {
    decision,
    layer: layer ?? null,
    denial: denial ?? null,
    statements: statements.map(({ layer: from, policy, statement }) => ({
      layer: from,
      policy,
      at: statement.at,
      sid: statement.sid ?? null,
      effect: statement.effect,
      statement: statement.text,
    })),
    conditional,
    missing,
  };
}

const RequestLine = v.object({
  profile: v.string(),
  role: v.string(),
  action: v.string(),
  resource: v.string(),
  context: v.optional(v.record(v.string(), v.unknown()), {}),
  complete: v.optional(v.boolean(), false),
});

/** A line that cannot be answered gives `{"error": …}` in its place, and exit code 1 in the end. */
async function answerAll(
  decideOne: (request: SessionRequest) => SessionDecision,
  options: Options,
  write: Write,
): Promise<number> {
  let failed = false;
  for await (const line of linesOf(options.requests ?? '-')) {
    if (line.trim() === '') continue;
    const answer = answerLine(line, decideOne, options);
    failed ||= 'error' in answer;
    await write(`${safeJson(answer)}\n`);
  }
  return failed ? 1 : 0;
}

function answerLine(
  line: string,
  decideOne: (request: SessionRequest) => SessionDecision,
  { contextComplete }: Options,
): ReturnType<typeof jsonOf> | { readonly error: string } {
  const parsed = v.safeParse(RequestLine, jsonIn(line));
  if (!parsed.success) {
    return { error: 'not a request: {"profile", "role", "action", "resource", "context"?, "complete"?}' };
  }
  const { context, complete, ...rest } = parsed.output;
  const decision = decideOne({
    ...rest,
    context: contextFrom(context),
    complete: complete || contextComplete,
  });
  return 'problem' in decision ? { error: decision.problem } : jsonOf(decision);
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // What is not JSON is no request, and the answer says so.
    return undefined;
  }
}

async function* linesOf(file: string): AsyncIterable<string> {
  const { createReadStream } = await import('node:fs');
  const input = file === '-' ? process.stdin : createReadStream(file);
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    throw new UserError(`cannot read ${file}: ${cause instanceof Error ? cause.message : cause}`, {
      where: file,
      cause,
    });
  }
}
