import { ecsDocument } from '../cloudtrail/ecs.ts';
import type { ReadProblem } from '../cloudtrail/read.ts';
import type { JsonObject } from '../documents/document.ts';
import { recogniserOf } from '../documents/known.ts';
import type { Options } from '../options.ts';
import { safeJson } from '../report/printable.ts';
import { type Coverage, isFailed } from '../snapshot/coverage.ts';
import { configOf } from './config.ts';
import { locateFor } from './locate.ts';
import { logProgress } from './logProgress.ts';
import { openLogs } from './logs.ts';
import { openOutput } from './output.ts';
import { type Problems, problemsOnStderr } from './problems.ts';
import { progressOnStderr } from './progress.ts';
import type { CommandRequest } from './registry.ts';
import { asOf, openSource } from './source.ts';
import { nowOf } from './values.ts';

/** `postern documents`: what rules and filters are asked about, one JSON line each. */
export async function documents({ options }: CommandRequest): Promise<number> {
  const output = openOutput(options.output);
  const problems = problemsOnStderr();
  const { bodies } = await documentBodies(options, problems);
  for await (const body of bodies) await output.write(`${safeJson(body)}\n`);
  await output.close();
  return problems.exitCode();
}

/** Documents, and as of when they are judged. */
export interface Bodies {
  readonly at: Date;
  readonly bodies: AsyncIterable<JsonObject> | Iterable<JsonObject>;
}

/** Every document's body, from where the flags say: CloudTrail files with --events, an audit otherwise. */
export async function documentBodies(options: Options, { report }: Problems): Promise<Bodies> {
  const now = options.now === undefined ? undefined : nowOf(options.now);
  if (options.events.length > 0) return { at: now ?? new Date(), bodies: eventBodies(options, report) };
  const source = await openSource(options);
  const progress = progressOnStderr(options.quiet);
  try {
    const { documents: all, coverage, snapshot } = await source.audit({ progress: progress.show });
    progress.end();
    for (const row of coverage.filter(isFailed)) report(unread(row));
    return { at: asOf(snapshot, now), bodies: all.map(({ body }) => body) };
  } finally {
    progress.end();
    await source.close();
  }
}

/** What a call would have told is in no document. */
export function unread({ account, region, operation, message }: Coverage): ReadProblem {
  return { kind: 'unreadable', file: `${account} ${region}`, message: `${operation}: ${message}` };
}

async function* eventBodies(options: Options, report: Problems['report']): AsyncIterable<JsonObject> {
  const locate = await locateFor(options);
  const settings = configOf(options)?.settings;
  const recognise = settings && recogniserOf(settings.lists);
  const tally = { records: 0, bytes: 0 };
  // Where the documents scroll by on the same terminal, they are progress enough.
  const quiet = options.quiet || (process.stdout.isTTY && options.output === undefined);
  const progress = logProgress(options.events, tally, { quiet });
  const onProblem: typeof report = problem => {
    progress.clear();
    report(problem);
  };
  const logs = await openLogs(options.events, { profile: options.profile, onProblem, onChunk: progress.show });
  for await (const { record, source } of logs) {
    tally.records += 1;
    const body = ecsDocument(record, source, locate);
    yield recognise === undefined ? body : recognise(body);
  }
  progress.clear();
}
