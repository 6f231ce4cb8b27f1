import type { Unnamed } from '../documents/request/named.ts';
import { decider, type SessionDecision, type SessionRequest } from '../documents/request/request.ts';
import { UserError } from '../errors.ts';
import type { Decision } from '../iam/decide.ts';
import type { Options } from '../options.ts';
import { nearest } from '../query/vocabulary.ts';
import { printable, safeJson } from '../report/printable.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { NO_CONFIG } from './config.ts';
import { decisionJson } from './decisionJson.ts';
import { decisionText } from './decisionText.ts';
import { openOutput } from './output.ts';
import { progressOnStderr } from './progress.ts';
import type { CommandRequest } from './registry.ts';
import type { CheckedRequest } from './requestCheck.ts';
import { type RequestLine, requestLines } from './requestLines.ts';
import { requestInWords } from './requestWords.ts';
import { openSource } from './source.ts';

/** 0 allowed, 2 denied, 3 it depends or cannot be said. */
const EXIT_OF: Readonly<Record<Decision['decision'], number>> = { allowed: 0, denied: 2, conditional: 3, unknown: 3 };

/**
 * `postern can PROFILE ROLE ACTION RESOURCE`: what AWS would answer to one request of a session, and which statements say
 * so. With --requests: one JSON line for each line of requests, in their order.
 */
export async function can({ arguments: given, options }: CommandRequest): Promise<number> {
  const checked = options.requests === undefined ? requestInWords(given, options) : refuseBoth(given);
  const decideOne = decider(await snapshotOf(options));
  const output = openOutput(options.output);
  const asking: Asking = { decideOne, options, write: text => output.write(text) };
  const code = checked === undefined ? await answerAll(asking) : await answerOne(checked, asking);
  await output.close();
  return code;
}

interface Asking {
  readonly decideOne: (request: SessionRequest) => SessionDecision;
  readonly options: Options;
  readonly write: (text: string) => Promise<void>;
}

function refuseBoth(given: readonly string[]): undefined {
  if (given.length === 0) return undefined;
  throw new UserError('with --requests the requests come from there', { hint: 'Leave the other words out.' });
}

async function snapshotOf(options: Options): Promise<Snapshot> {
  const source = await openSource({ ...options, config: NO_CONFIG });
  const progress = progressOnStderr(options.quiet);
  try {
    return (await source.audit({ progress: progress.show })).snapshot;
  } finally {
    progress.end();
    await source.close();
  }
}

async function answerOne({ request, notes }: CheckedRequest, { decideOne, options, write }: Asking): Promise<number> {
  const answer = decideOne(request);
  if ('problem' in answer) throw new UserError(answer.problem, hintOf(answer));
  for (const note of notes) process.stderr.write(`${printable(note)}\n`);
  await write(options.format === 'json' ? `${safeJson(decisionJson(answer, notes))}\n` : decisionText(answer, request));
  return EXIT_OF[answer.decision];
}

/** An account may have hundreds. */
const MOST_NAMED = 10;

function hintOf({ name, candidates }: Unnamed): { hint?: string } {
  if (candidates.length === 0) return {};
  const near = nearest(name, candidates);
  if (near.length > 0) return { hint: `Did you mean ${near.join(' or ')}?` };
  const more = candidates.length > MOST_NAMED ? `, and ${candidates.length - MOST_NAMED} more` : '';
  return { hint: `Name one of: ${candidates.slice(0, MOST_NAMED).join(', ')}${more}` };
}

/** A line that cannot be answered gives `{"error": …}` in its place, and exit code 1 in the end. */
async function answerAll({ decideOne, options, write }: Asking): Promise<number> {
  let failed = false;
  for await (const line of requestLines(options.requests ?? '-')) {
    const answer = lineAnswer(line, decideOne, options);
    failed ||= 'error' in answer;
    await write(`${safeJson(answer)}\n`);
  }
  return failed ? 1 : 0;
}

function lineAnswer(line: RequestLine, decideOne: Asking['decideOne'], { contextComplete }: Options) {
  if ('error' in line) return { error: line.error, line: line.line, member: line.member ?? null };
  const { request, notes } = line;
  const answer = decideOne({ ...request, complete: request.complete || contextComplete });
  return 'problem' in answer
    ? { error: answer.problem, line: line.line, member: answer.name === request.profile ? 'profile' : 'role' }
    : decisionJson(answer, notes);
}
