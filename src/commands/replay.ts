import { recogniserOf } from '../documents/known.ts';
import { EXIT } from '../findings/verdict.ts';
import { printable, safeJson } from '../report/printable.ts';
import { replayOf } from '../rules/replay.ts';
import type { Rule } from '../rules/rule.ts';
import { configOf } from './config.ts';
import { explainPlan } from './explainPlan.ts';
import { INTERRUPTED, untilInterrupted } from './interrupt.ts';
import { locateFor } from './locate.ts';
import { type LogTally, logProgress } from './logProgress.ts';
import { openLogs } from './logs.ts';
import { openOutput } from './output.ts';
import { problemsOnStderr } from './problems.ts';
import type { CommandRequest } from './registry.ts';
import { readConfiguredRules } from './ruleSet.ts';
import { nowOf } from './values.ts';

/**
 * `postern replay PATH…`: one JSON line for each event that a rule speaks of. Hits change no exit code; unread files do, and
 * more events than can be kept. Ctrl-C ends it with 130; what was found by then is printed.
 */
export async function replayFiles({ arguments: paths, options }: CommandRequest): Promise<number> {
  if (options.explainPlan) return await explainPlan(options);
  const now = options.now === undefined ? new Date() : nowOf(options.now);
  const locate = await locateFor(options);
  const settings = configOf(options)?.settings;
  const recognise = settings && recogniserOf(settings.lists);
  const rules = readConfiguredRules(options, now, locate).filter(rule => rule.kind === 'event');
  const tally = { hits: 0, records: 0, bytes: 0, file: '' };
  const problems = problemsOnStderr();
  const progress = logProgress(paths, tally, { quiet: options.quiet });
  const onProblem: typeof problems.report = problem => {
    progress.clear();
    problems.report(problem);
  };
  for (const { id, run } of rules)
    if ('unsupported' in run) process.stderr.write(`${printable(id)} is not run: ${printable(run.unsupported)}\n`);
  const output = openOutput(options.output);
  const limits: string[] = [];
  const onLimit = (message: string) => limits.push(message);
  const { wants, hits, needles } = replayOf(rules, { onLimit, locate, recognise });
  const records = await openLogs(paths, {
    profile: options.profile,
    onProblem,
    onChunk: progress.show,
    onFile: file => {
      tally.file = file;
    },
    wants: (head, record) => wants(head, record) || passed(tally, 1),
    needles: needles === undefined ? undefined : { texts: needles, passed: count => passed(tally, count) },
  });
  return await untilInterrupted(judgeAll, stopped);

  async function judgeAll(): Promise<number> {
    for await (const hit of hits(counted(records, tally))) {
      tally.hits += 1;
      progress.clear();
      await output.write(`${safeJson(hit)}\n`);
    }
    progress.clear();
    await output.close();
    for (const message of limits) process.stderr.write(`${printable(message)}\n`);
    if (!options.quiet) {
      sayTally({ ...tally, problems: problems.count });
      sayInTheDark(rules);
    }
    return limits.length > 0 ? EXIT.notAllRead : problems.exitCode();
  }

  async function stopped(): Promise<number> {
    progress.clear();
    await output.close();
    const place = tally.file === '' ? '' : `, in ${printable(tally.file)}`;
    process.stderr.write(`stopped after ${counts(tally)}${place}\n`);
    return INTERRUPTED;
  }
}

interface Tally extends LogTally {
  hits: number;
  /** The one that is being read. */
  file: string;
}

async function* counted<T>(items: AsyncIterable<T>, tally: { records: number }): AsyncIterable<T> {
  for await (const item of items) {
    tally.records += 1;
    yield item;
  }
}

/** Counts records that nobody wants. */
function passed(tally: Tally, count: number): false {
  tally.records += count;
  return false;
}

function sayTally({ problems, ...tally }: Tally & { problems: number }): void {
  const trouble = problems === 0 ? '' : `, ${problems} ${problems === 1 ? 'problem' : 'problems'} (above)`;
  process.stderr.write(`${counts(tally)}${trouble}\n`);
}

function counts({ hits, records }: Tally): string {
  return `${records} ${records === 1 ? 'record' : 'records'}, ${hits} ${hits === 1 ? 'hit' : 'hits'}`;
}

/** Hits of such rules are often `not evaluated`: why is told once. */
function sayInTheDark(rules: readonly Rule[]): void {
  const count = rules.filter(({ offline }) => offline.fieldsNotDerivable.length > 0).length;
  if (count === 0) return;
  const some = count === 1 ? 'one rule asks' : `${count} rules ask`;
  process.stderr.write(`${some} for fields that no log file gives: postern rules check says which\n`);
}
